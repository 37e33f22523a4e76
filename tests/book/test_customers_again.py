"""What stopped the reading of the customers' index once, the disk or an unexpected fault, leaves nothing unread."""

import errno
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.place.place import active_team
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.store.files import Files
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from tests.book.indexed import call, words
from tests.company import Company

FAULTS = [PermissionError(errno.EACCES, "Permission denied"), MemoryError()]


class Once(Files):
    """A disk that cannot read a segment of that writer, once."""

    fault: BaseException | None = None
    writer: str

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        if self.fault and path.name.startswith(self.writer):
            fault, self.fault = self.fault, None
            raise fault
        return super().read(path, offset, limit)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Once], Book]]:
    """Opens the home of a desk with calls of two customers, on that disk."""
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    call(desk, "13800138001", "宏达", minutes_ago=60 * 24 * 3)
    call(desk, "13800138002", "鑫源", minutes_ago=4)
    desk.close()
    books: list[Book] = []

    def on(disk: Once) -> Book:
        home = Home(company.folder / "A017", disk)
        odds = Odds(home.odds)
        team = active_team(home, odds)
        assert team is not None
        books.append(Book(home, Session(home, team, company.clock), odds, company.clock))
        return books[-1]

    yield on
    for book in books:
        book.close()


@pytest.mark.parametrize("fault", FAULTS, ids=["refused", "fault"])
def test_a_segment_that_could_not_be_read_is_read_without_anything_new(
    opened: Callable[[Once], Book], fault: BaseException
) -> None:
    disk = Once()
    desk = opened(disk)
    index = desk.customers
    disk.writer, disk.fault = desk.identity.writer, fault
    with suppress(MemoryError):
        index.build()
    assert words(index, "8001") == []
    index.hear()
    assert words(index, "8001") == ["8001"]


@pytest.mark.parametrize("fault", FAULTS, ids=["refused", "fault"])
def test_a_customer_that_could_not_be_read_whole_is_read_whole_afterwards(
    opened: Callable[[Once], Book], fault: BaseException
) -> None:
    disk = Once()
    desk = opened(disk)
    index = desk.customers
    index.build()
    (moved,) = (one for one in desk.calls("A017", desk.now().date()) if one.customer and one.customer.company == "鑫源")
    index.hear()
    entry = CallEntry(phone="13800138003", outcome="talked", company="鑫源", started_at=moved.started_at)
    desk.own.correct(moved.id, entry)
    disk.writer, disk.fault = desk.identity.writer, fault
    with pytest.raises((Problem, MemoryError)):
        index.hear()
    index.hear()
    assert words(index, "8002") == []
    assert words(index, "8003") == ["8003"]
