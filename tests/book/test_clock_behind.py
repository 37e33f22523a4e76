"""A machine whose clock is weeks behind: what it changes of a call that another device made would count nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.book.world import TALKED
from tests.company import NOW, Company
from tests.faults.erasure import second_device


def _correct(book: Book, id: str) -> None:
    book.own.correct(id, TALKED)


def _void(book: Book, id: str) -> None:
    book.own.void(id)


@pytest.mark.parametrize("change", [_correct, _void])
@pytest.mark.parametrize("days_before", [0, 60])
def test_it_is_told_so_until_its_clock_is_set(
    tmp_path: Path, change: Callable[[Book, str], None], days_before: int
) -> None:
    """Also of a call of a day that even the slow clock knows, logged late: when it was logged decides."""
    company = Company(tmp_path)
    company.join("A017", "张敏")
    second_device(company).close()
    desk = company.desks["A017"]
    call = desk.own.log(replace(TALKED, started_at=NOW - timedelta(days=days_before)))
    desk.sync_once()
    second = Book.open(tmp_path / "second", SetClock(NOW - timedelta(days=40)))
    second.sync_once()
    with pytest.raises(Problem) as told:
        change(second, call.id)
    assert "set the clock" in str(told.value)
    assert "2026-10-14" in str(told.value)
    assert "2026-11-23" in str(told.value)
    second.close()
    second = Book.open(tmp_path / "second", SetClock(NOW - timedelta(days=20)))
    change(second, call.id)
    second.sync_once()
    desk.sync_once()
    assert desk.own.call(call.id).corrected or desk.own.call(call.id).withdrawn
    company.close()
    second.close()


def test_what_the_same_device_wrote_it_may_change_by_whatever_clock(tmp_path: Path) -> None:
    company = Company(tmp_path)
    call = company.join("A017", "张敏").own.log(TALKED)
    company.desks.pop("A017").close()
    desk = Book.open(tmp_path / "A017", SetClock(NOW - timedelta(days=40)))
    desk.own.void(call.id)
    assert desk.own.call(call.id).withdrawn
    desk.close()
    company.close()
