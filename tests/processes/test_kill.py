"""A desk that is killed has every call that its screen showed as saved."""

import random
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.commands.running import process
from tests.company import NOW, ZONE
from tests.processes.office import Desk, number
from tests.waiting import PATIENCE_S

KILLS = 6
SAVED_BETWEEN = 3


class Moment:
    """What is seen before the last key, to tell a moment after it."""

    def __init__(self, desk: Desk, journal: Path, chance: random.Random) -> None:
        self._desk = desk
        self._journal = journal
        self._chance = chance
        self._logged = desk.logged
        self._size = size(journal)

    def at_once(self) -> None:
        """Before or while the key is read."""

    def when_written(self) -> None:
        """The journal has grown: the record is written, and perhaps not flushed."""
        until = monotonic() + PATIENCE_S
        while size(self._journal) == self._size:
            assert monotonic() < until

    def when_shown(self) -> None:
        """In the frame that shows it."""
        self._desk.wait(f"今天 {self._logged + 1} 通")

    def at_random(self) -> None:
        Event().wait(self._chance.uniform(0, 0.08))


MOMENTS = (Moment.when_shown, Moment.when_written, Moment.at_random, Moment.at_once)


def size(journal: Path) -> int:
    """The bytes in all segments of the journal."""
    return sum(path.stat().st_size for path in journal.glob("*.jsonl"))


def test_a_killed_desk_has_what_it_showed_as_saved(tmp_path: Path) -> None:
    home, clock = tmp_path / "home", SetClock(NOW)
    teams.create_solo(home, "A017", "张敏", date(2026, 1, 5), ZONE, clock)
    (journal,) = home.glob("teams/*/journal")
    chance = random.Random(11)
    typed, shown = 0, 0
    for kill in range(KILLS):
        with Desk(home) as desk:
            assert shown <= desk.logged <= typed
            for _ in range(SAVED_BETWEEN):
                typed += 1
                desk.log(number(typed))
            typed += 1
            moment = Moment(desk, journal, chance)
            desk.dial(number(typed))
            MOMENTS[kill % len(MOMENTS)](moment)
            desk.kill()
            shown = desk.logged
    book = Book.open(home, clock)
    kept = [call.customer.phone for call in book.calls("A017", NOW.date()) if call.customer]
    book.close()
    assert len(set(kept)) == len(kept) >= shown
    # Of each run the last call may be missing: the one that was under way.
    under_way = {f"+86{number(last)}" for last in range(SAVED_BETWEEN + 1, typed + 1, SAVED_BETWEEN + 1)}
    assert {f"+86{number(count)}" for count in range(1, typed + 1)} - under_way <= set(kept)
    assert process("--home", str(home), "check", "--json").done().json["findings"] == []
