"""A row of a file is a call that is there already if anything that was ever said of the call is the row."""

from contextlib import closing
from datetime import timedelta

import pytest
from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from tests.book.acting import TALKED
from tests.book.world import DAY
from tests.company import NOW, Company

TEN = NOW.replace(hour=10, minute=0)
LOGGED = replace(TALKED, started_at=TEN)
OTHER = "13800138001"
CORRECTED = [
    replace(LOGGED, started_at=TEN - timedelta(minutes=30)),
    replace(LOGGED, started_at=TEN - timedelta(days=1)),
    replace(LOGGED, phone=OTHER),
    replace(LOGGED, phone=OTHER, started_at=TEN - timedelta(days=3)),
]
NO_NUMBER = replace(LOGGED, phone="12345")


def row(entry: CallEntry) -> CallEntry:
    """A row of a file that tells the same call, in fewer words."""
    return replace(entry, note="", contact="", imported=True)


def dials(desk: Book) -> int:
    return sum(desk.day("A017", DAY - timedelta(days=back)).figures.dials for back in range(4))


@pytest.mark.parametrize("corrected", CORRECTED)
def test_a_row_that_waits_beside_a_confirmed_day_as_a_correction_is_there_already(
    company: Company, corrected: CallEntry
) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss
    call = desk.own.log(LOGGED)
    company.sync()
    boss.supervisor.confirm("A017", DAY)
    company.sync()
    desk.own.correct(call.id, corrected)
    assert desk.own.how_many_new([row(corrected), row(LOGGED)]) == 0
    assert desk.own.log_many([row(corrected), row(LOGGED)]) == 0
    company.sync()
    boss.supervisor.confirm("A017", DAY)
    company.sync()
    assert dials(desk) == 1


@pytest.mark.parametrize("corrected", CORRECTED)
@pytest.mark.parametrize("imported", [False, True])
def test_a_row_of_a_call_as_it_was_before_it_was_corrected_is_there_already(
    company: Company, corrected: CallEntry, imported: bool
) -> None:
    desk = company.join("A017", "张敏")
    if imported:
        desk.own.log_many([row(LOGGED)])
    else:
        desk.own.log(LOGGED)
    (call,) = desk.calls("A017", DAY)
    desk.own.correct(call.id, corrected)
    desk.own.correct(call.id, replace(LOGGED, started_at=TEN - timedelta(minutes=9), phone="13800138002"))
    assert desk.own.log_many([row(LOGGED), row(corrected)]) == 0
    assert dials(desk) == 1
    assert desk.own.log_many([row(replace(LOGGED, phone="13800138003"))]) == 1


def test_a_call_without_a_usable_number_is_known_by_what_was_written(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(NO_NUMBER)
    later = replace(NO_NUMBER, started_at=TEN + timedelta(minutes=5))
    desk.own.correct(call.id, later)
    assert desk.own.log_many([row(NO_NUMBER), row(later)]) == 0
    assert desk.own.log_many([row(replace(NO_NUMBER, phone="123456"))]) == 1


@pytest.mark.parametrize("moved", [replace(NO_NUMBER, started_at=TEN - timedelta(days=days)) for days in (1, 3)])
@pytest.mark.parametrize("anew", [False, True])
def test_a_call_without_a_usable_number_is_known_on_both_days_when_it_was_moved(
    company: Company, moved: CallEntry, anew: bool
) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(NO_NUMBER)
    desk.own.correct(call.id, moved)
    company.clock._start += timedelta(days=9 if anew else 0)
    with closing(Book.open(company.folder / "A017", company.clock)) as again:
        for told in (NO_NUMBER, moved):
            assert again.own.log_many([row(told)]) == 0
        assert again.own.log_many([row(replace(moved, phone="123456"))]) == 1


def test_a_row_of_a_withdrawn_call_stays_out(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(LOGGED)
    desk.own.correct(call.id, CORRECTED[0])
    desk.own.void(call.id)
    assert desk.own.log_many([row(LOGGED), row(CORRECTED[0])]) == 0


def test_a_call_is_known_to_a_desk_that_was_opened_anew_days_later(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(LOGGED)
    desk.own.correct(call.id, CORRECTED[3])
    company.clock._start += timedelta(days=9)
    with closing(Book.open(company.folder / "A017", company.clock)) as again:
        assert again.own.log_many([row(LOGGED), row(CORRECTED[3])]) == 0
