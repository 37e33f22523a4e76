"""Two supervisors and two agents act at random, each by itself; once quiet, all machines have the same books."""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from random import Random

from agent_tui.book import Book
from agent_tui.errors import Problem
from tests.book.acts_at_random import AGENTS, DAYS, START, agent_acts, books, chief_acts
from tests.book.month import Month


def test_the_same_books_on_every_machine(tmp_path: Path) -> None:
    random = Random(2)
    month = Month(tmp_path, START, {"A1": date(2020, 1, 1), "A2": date(2026, 11, 9)}, chief="S002")
    month.sync()
    chiefs = [month.boss, month.desks["S002"]]
    done = refused = 0
    for day in DAYS:
        for hour in (10, 19):
            month.clock.set(day, hour)
            for agent in AGENTS:
                for act in random.sample(agent_acts(month.desks[agent], agent, day, random), 4):
                    with suppress(Problem):
                        act()
                        done += 1
            for boss in chiefs:
                for act in random.sample(chief_acts(boss, random.choice(DAYS[: DAYS.index(day) + 1]), random), 6):
                    try:
                        act()
                        done += 1
                    except Problem:
                        refused += 1
            # Some hear of the others, some do not.
            for book in random.sample([*chiefs, *month.desks.values()], 2):
                book.sync_once()
    month.clock.set(DAYS[-1] + timedelta(days=4), 9)
    month.sync()
    month.sync()
    assert done > 60
    for agent in AGENTS:
        fresh = Book.open(tmp_path / agent, month.clock)
        mine = books(month.desks[agent], agent)
        assert books(fresh, agent) == mine
        for boss in chiefs:
            assert books(boss, agent) == mine
        fresh.close()
    month.close()
