"""The do-not-call list applied as its records come, in whatever order, gives what a start gives."""

from contextlib import closing
from datetime import date, timedelta
from random import Random

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.folding.folds import Folds
from agent_tui.book.place.rings import Rings
from agent_tui.store.segments import Stored
from tests.book.world import DAY, TALKED
from tests.company import Company

AGENTS = ("A017", "A018", "A019")
DAYS = [DAY + timedelta(days=number) for number in range(4)]
NUMBERS = [f"1380013800{number}" for number in range(4)]
_CALLS = ("call", "correction", "void")

Told = dict[tuple[str, date], list[tuple[str, bool, str | None]]]


def told(folds: Folds) -> Told:
    """Of each agent's days the calls, whether they count, and why not."""
    return {
        (agent, day): [
            (one.id, one.valid, one.why_not) for one in folds.fold(agent).calls(day, folds.policy(agent, day))
        ]
        for agent in AGENTS
        for day in DAYS
    }


def folded(book: Book, rings: Rings, lines: list[Stored]) -> tuple[Folds, bool]:
    """What lines make in their order, and whether they asked to be folded anew."""
    folds = Folds(book.session.place, rings)
    taken = [*map(folds.take, lines), folds.retry()]
    return folds, any(one.everything for one in taken)


def listed_and_lifted(company: Company) -> None:
    """Numbers listed by several, lifted, listed again, erased, and called by somebody who came later."""
    one, other = company.join("A017", "张敏"), company.join("A018", "李强")

    def entry(number: int, outcome: str = "talked") -> CallEntry:
        return CallEntry(
            phone=NUMBERS[number], outcome=outcome, company=TALKED.company, contact="王", title="经理", note="要报价"
        )

    def later(hours: int = 1) -> None:
        company.clock._start += timedelta(hours=hours)

    for number in range(4):
        other.own.log(entry(number))
    later()
    for number in range(3):
        one.own.log(entry(number, "do_not_call"))
        later()
        other.own.log(entry(number, "do_not_call" if number == 1 else "talked"))
    company.sync()
    later()
    company.boss.supervisor.lift(NUMBERS[0])
    company.boss.supervisor.lift(NUMBERS[1])
    company.boss.erasures.erase(NUMBERS[2])
    company.sync()
    later(24)
    other.own.log(entry(1, "do_not_call"))
    late = company.join("A019", "王五")
    for desk in (one, other, late):
        for number in range(4):
            desk.own.log(entry(number))
    for _ in range(2):
        company.sync()


@pytest.mark.parametrize("name", ["boss", "A017", "A018", "A019"])
def test_whatever_comes_first_the_same_calls_count(company: Company, name: str) -> None:
    listed_and_lifted(company)
    book = company.boss if name == "boss" else company.desks[name]
    lines = [stored for held in book.session.segments.held() for stored in book.session.segments.read(held)]
    started = company.boss_home if name == "boss" else company.folder / name
    with closing(Book.open(started, company.clock)) as again:
        again.session.load(DAY)
        expected = told(again.session.folds)
    assert {why for calls in expected.values() for _, _, why in calls} >= {None, "do_not_call"}
    for seed in range(15):
        order = list(lines)
        Random(seed).shuffle(order)
        rings = Rings(book.session.place)
        folded(book, rings, order)
        # The erasures are known now: what is asked for is asked by the list.
        folds, anew = folded(book, rings, order)
        if anew:
            # As a session does: what concerns every day first.
            folds, _ = folded(book, rings, sorted(order, key=lambda stored: stored.line.kind in _CALLS))
        assert told(folds) == expected
