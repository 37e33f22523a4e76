"""What is folded is what is asked for: at a desk no colleagues' days, of an old record what concerns its agent."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from tests.book.month import Month, a_day
from tests.company import NOW, Company, talk

DAYS = 3
TODAY = NOW.date()


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """Two desks that call on some days; all hear of all."""
    company = Company(tmp_path, NOW - timedelta(days=DAYS))
    for agent in ("A017", "A018"):
        company.join(agent, agent)
    for day in range(DAYS):
        company.clock._start = NOW - timedelta(days=DAYS - day)
        for desk in company.desks.values():
            talk(desk, day)
        company.sync()
    company.sync()
    company.clock._start = NOW
    return company


def folded(book: Book) -> set[str]:
    """Whose calls are folded."""
    return {agent for agent, fold in book.session.folds.agents.items() if fold.call_days()}


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: desk.load_month(TODAY),
        lambda desk: desk.day("A017", TODAY),
        lambda desk: desk.calls("A017", TODAY),
        lambda desk: desk.read.statement("A017", f"{TODAY:%Y-%m}"),
        lambda desk: desk.read.proposals(),
        lambda desk: desk.read.weeks(desk.read.this_week()),
    ],
)
def test_a_desk_folds_no_colleague(company: Company, ask: Callable[[Book], object]) -> None:
    company.desks["A017"].close()
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    ask(desk)
    assert folded(desk) == {"A017"}


def test_who_asks_of_all_is_told_of_all_then_and_later(company: Company) -> None:
    company.desks["A017"].close()
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    desk.load_month(TODAY)
    yesterday = TODAY - timedelta(days=1)
    assert [one.figures.dials for one in desk.team(yesterday).agents] == [1, 1]
    assert desk.day("A018", yesterday).figures.dials == 1
    talk(company.desks["A018"], 77)
    company.sync()
    company.sync()
    assert [one.figures.dials for one in desk.team(TODAY).agents] == [0, 1]


def test_what_comes_of_an_agent_that_was_asked_for_alone_counts(company: Company) -> None:
    company.boss.close()
    boss = company.boss = Book.open(company.boss_home, company.clock)
    assert boss.day("A018", TODAY).figures.dials == 0
    assert folded(boss) == {"A018"}
    talk(company.desks["A018"], 77)
    talk(company.desks["A017"], 78)
    company.sync()
    assert boss.day("A018", TODAY).figures.dials == 1
    assert folded(boss) == {"A018"}
    assert [one.figures.dials for one in boss.team(TODAY).agents] == [1, 1]


def test_an_old_record_folds_its_agent_alone(company: Company) -> None:
    id = company.boss.calls("A017", TODAY - timedelta(days=DAYS))[0].id
    company.clock._start = NOW + timedelta(days=70)
    acts: list[Callable[[Book], object]] = [
        lambda boss: boss.read.why(id),
        lambda boss: boss.supervisor.flag(id, "会上提"),
        lambda boss: boss.supervisor.confirm("A017", TODAY - timedelta(days=DAYS)),
        lambda boss: boss.record(id),
    ]
    for act in acts:
        company.boss.close()
        company.boss = Book.open(company.boss_home, company.clock)
        company.boss.load_month(company.boss.today())
        act(company.boss)
        assert folded(company.boss) == {"A017"}


def test_appeals_do_not_lead_further_back_each_time_they_are_asked_for(tmp_path: Path) -> None:
    month = Month(tmp_path, date(2026, 3, 2), {"A001": date(2026, 1, 5)})
    for number in range(3, 8):
        month.clock.set(date(2026, number, 27), 18)
        month.desks["A001"].own.log_many(a_day(date(2026, number, 27), 1, 0))
        entry = month.boss.supervisor.points("A001", "att.late", date(2026, number, 27))
        month.sync()
        month.clock.set(date(2026, number + 1, 2), 9)
        month.desks["A001"].agent.appeal(entry.id, "地铁")
        month.sync()
    month.boss.close()
    month.boss = Book.open(tmp_path / "boss", month.clock)
    first = [(one.agent, one.entry.on) for one in month.boss.read.appeals()]
    assert first == [("A001", date(2026, 6, 27)), ("A001", date(2026, 7, 27))]
    reach = list(month.boss.session.reach)
    for _ in range(3):
        assert [(one.agent, one.entry.on) for one in month.boss.read.appeals()] == first
    assert list(month.boss.session.reach) == reach
    month.close()
