"""Asked about one call of long ago, a program that has folded nothing else says what the figures of its day say.

A verdict, a correction or the confirmation of the day may lie in other segments than the call: in later ones, and, of a
call that was entered late, in earlier ones.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.book.acting import NUMBER, TALKED
from tests.company import NOW, Company

LONG_AGO = NOW - timedelta(days=200)
DAY = LONG_AGO.date()
LATE = replace(TALKED, phone="13900000009", started_at=LONG_AGO - timedelta(hours=1))

Ask = Callable[[Book, str], object]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, LONG_AGO)
    yield made
    made.close()


@pytest.fixture
def call(company: Company) -> str:
    """A lead call of a day that was confirmed two days later."""
    id = company.join("A017", "张敏").own.log(TALKED).id
    company.sync()
    with opened(company, "boss", LONG_AGO + timedelta(days=2)) as boss:
        boss.supervisor.confirm("A017", DAY)
        boss.sync_once()
    return id


@contextmanager
def opened(company: Company, home: str, now: datetime = NOW) -> Iterator[Book]:
    """A program that begins on a machine of the team, half a year after the call."""
    book = Book.open(company.boss_home if home == "boss" else company.folder / home, SetClock(now))
    yield book
    book.close()


def settle(company: Company) -> None:
    for home in ("A017", "boss", "A017"):
        with opened(company, home) as book:
            book.sync_once()


def entered_late(company: Company) -> str:
    """A lead call of that day that is entered half a year later: it waits for another confirmation."""
    settle(company)
    with opened(company, "A017") as desk:
        id = desk.own.log(LATE).id
        assert [one.id for one in desk.calls("A017", DAY) if one.why_not == "locked"] == [id]
    settle(company)
    return id


def shown(book: Book, id: str) -> object:
    return book.record(id)["why_not"]


def derived(book: Book, id: str) -> object:
    return book.read.why(id).why.value


@pytest.mark.parametrize("home", ["boss", "A017"])
@pytest.mark.parametrize("ask", [shown, derived])
def test_a_call_entered_late_waits(company: Company, call: str, home: str, ask: Ask) -> None:
    late = entered_late(company)
    for id, says in ((late, {"locked"}), (call, {None, "valid"})):
        with opened(company, home) as book:
            assert ask(book, id) in says


def test_a_correction_and_a_withdrawal_of_a_call_on_a_confirmed_day_wait(company: Company, call: str) -> None:
    settle(company)
    with opened(company, "A017") as desk:
        changed = desk.own.correct(call, replace(TALKED, interest=None, started_at=LONG_AGO))
        assert (changed.pending, changed.lead) == (1, True)
    with opened(company, "A017") as desk:
        gone = desk.own.void(call)
        assert (gone.pending, gone.valid) == (2, True)


def test_a_number_at_the_desk_tells_its_calls_as_they_stand(company: Company, call: str) -> None:
    settle(company)
    with opened(company, "A017") as desk:
        desk.own.void(call)
    late = entered_late(company)
    for number, id, stands in ((NUMBER, call, (1, True)), (LATE.phone, late, (0, False))):
        with opened(company, "A017") as desk:
            desk.sharing.index()
            customer = desk.own.customer(number)
            assert customer is not None
            assert [(one.id, (one.pending, one.valid)) for one in customer.calls] == [(id, stands)]


def test_a_correction_asked_about_tells_of_its_call(company: Company, call: str) -> None:
    settle(company)
    with opened(company, "A017") as desk:
        desk.own.correct(call, replace(TALKED, interest=None, started_at=LONG_AGO))
        (correction,) = desk.record(call)["history"]
    settle(company)
    for home in ("boss", "A017"):
        with opened(company, home) as book:
            assert derived(book, correction["id"]) == "valid"


@pytest.mark.parametrize("home", ["boss", "A017"])
def test_a_customers_file_tells_how_old_calls_stand(company: Company, call: str, home: str) -> None:
    with opened(company, "boss", LONG_AGO + timedelta(days=9)) as boss:
        boss.supervisor.verify(call, false=True, text="没有这通电话")
        boss.sync_once()
    entered_late(company)
    for number, why_not in ((NUMBER, "false"), (LATE.phone, "locked")):
        with opened(company, home) as book:
            book.customers.build()
            file = book.lists.file(number)
            assert (file.calls[0].why_not, file.owner) == (why_not, None)
    with opened(company, "A017") as desk:
        assert desk.own.call(call).why_not == "false"


@pytest.mark.usefixtures("call")
def test_a_call_that_waits_makes_nobody_the_owner(company: Company) -> None:
    entered_late(company)
    with opened(company, "boss") as boss:
        assert boss.read.owner(NUMBER, NOW.date()).agent == "A017"
    with opened(company, "boss") as boss:
        assert boss.read.owner(LATE.phone, NOW.date()).agent is None
        with pytest.raises(Problem, match="nobody had a lead call"):
            boss.supervisor.payment(LATE.phone, "500", NOW.date())
