"""What a supervisor whose clock is weeks behind says of today holds after every start, whatever was looked at."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.company import NOW, Company

BEHIND = NOW - timedelta(days=40)


def balance(book: Book) -> int:
    """The points of A017's month on the day of `NOW`."""
    points = book.day("A017", NOW.date()).points
    assert points
    return points.balance


@pytest.mark.parametrize("looked", [False, True], ids=["not looked at", "that month looked at"])
def test_a_ruling_dated_last_month_on_an_entry_of_this_one(tmp_path: Path, *, looked: bool) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    company.supervisor("S002", "周丽").close()
    entry = company.boss.supervisor.points("A017", "att.late", NOW.date(), note="晚到")
    company.boss.sync_once()
    other = Book.open(tmp_path / "S002", SetClock(BEHIND, ticking=False))
    other.sync_once()
    for book in (company.boss, desk):
        book.sync_once()
        book.day("A017", NOW.date())
    other.supervisor.rule_on(entry.id, upheld=False, text="堵车")
    for book in (other, company.boss, desk):
        book.sync_once()
        assert balance(book) == 100
        if looked:
            book.day("A017", BEHIND.date())
        book.close()
    for home in ("S002", "boss", "A017"):
        for _ in range(2):
            book = Book.open(tmp_path / home, company.clock)
            assert balance(book) == 100, home
            book.close()
