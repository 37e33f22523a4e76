"""A save waits for today alone, and what it tells of earlier days is whole all the same."""

from datetime import timedelta
from pathlib import Path

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.ui.company import NOW, Company, talk

YESTERDAY, LAST_WEEK = NOW - timedelta(days=3), NOW - timedelta(days=7)  # a Friday, and the Monday before


def reopened(company: Company) -> Book:
    company.close()
    return Book.open(company.folder / "A017", SetClock(NOW, ticking=False))


def company_at(folder: Path) -> Company:
    company = Company(folder, LAST_WEEK)
    company.join("A017", "张敏")
    return company


def at(company: Company, time: SetClock) -> Book:
    company.desks["A017"].close()
    company.desks["A017"] = Book.open(company.folder / "A017", time)
    return company.desks["A017"]


def test_a_call_is_logged_and_told_with_nothing_but_today_folded(tmp_path: Path) -> None:
    company = company_at(tmp_path)
    talk(company.desks["A017"], 1)
    talk(at(company, SetClock(NOW, ticking=False)), 2)
    desk = reopened(company)
    talk(desk, 2)
    talk(desk, 3)
    assert desk.session.since == NOW.date()
    assert [call.why_not for call in desk.calls("A017", NOW.date())].count("repeat") == 1
    desk.close()


def test_a_call_of_an_earlier_day_is_told_with_what_was_written_of_it_since(tmp_path: Path) -> None:
    company = company_at(tmp_path)
    talk(company.desks["A017"], 1)
    (old,) = company.desks["A017"].calls("A017", LAST_WEEK.date())
    at(company, SetClock(YESTERDAY, ticking=False)).void(old.id, "按错")
    desk = reopened(company)
    talk(desk, 2)
    # The segment the call is in is folded, that of its withdrawal is not.
    held = desk.session.segment_with(old.id)
    assert held is not None
    desk.session.load_segment(held)
    assert desk.call(old.id).why_not == "void"
    desk.close()
