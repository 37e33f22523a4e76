"""A call that a correction put into another month counts the same, whatever was looked at before."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.book.world import TALKED, valid
from tests.company import NOW, Company, talk

BEFORE = NOW - timedelta(days=34)
CLOCK = SetClock(NOW, ticking=False)


def moved(folder: Path, *, confirmed: bool = False) -> Company:
    """A call of last month whose agent says now that it was today's; the supervisor has not heard of that yet."""
    company = Company(folder, BEFORE)
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    if confirmed:
        company.boss.supervisor.confirm("A017", BEFORE.date())
        company.boss.sync_once()
        company.sync()
    company.close()
    desk = Book.open(folder / "A017", CLOCK)
    (call,) = desk.calls("A017", BEFORE.date())
    desk.own.correct(call.id, replace(TALKED, started_at=NOW - timedelta(minutes=30)))
    desk.sync_once()
    assert valid(desk, "A017") == (0 if confirmed else 1)
    desk.close()
    return company


@pytest.mark.parametrize("confirmed", [False, True], ids=["open", "on a confirmed day"])
def test_a_call_of_last_month_that_is_todays_now(tmp_path: Path, *, confirmed: bool) -> None:
    company = moved(tmp_path, confirmed=confirmed)
    for home in (company.boss_home, company.boss_home, tmp_path / "A017"):
        book = Book.open(home, CLOCK)
        before = valid(book, "A017")
        book.sync_once()
        found = valid(book, "A017"), book.day("A017", BEFORE.date()).figures.valid, valid(book, "A017")
        assert found == ((0, 1, 0) if confirmed else (1, 0, 1))
        assert before in (0, found[0])
        book.close()


def test_a_correction_that_comes_before_its_call(tmp_path: Path) -> None:
    company = moved(tmp_path)
    writer = company.desks["A017"].session.place.writer
    (call,) = (company.share / "records" / str(BEFORE.date())).glob(f"{writer}-*")
    hidden = call.rename(tmp_path / call.name)
    # A supervisor who has read nothing of it yet.
    for copy in (company.boss_home / "teams").glob(f"*/mirror/records/{BEFORE.date()}/{call.name}"):
        copy.unlink()
    boss = Book.open(company.boss_home, CLOCK)
    boss.sync_once()
    assert valid(boss, "A017") == 0
    hidden.rename(call)
    boss.sync_once()
    assert valid(boss, "A017") == 1
    boss.close()
