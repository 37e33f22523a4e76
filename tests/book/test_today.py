"""A save waits for today alone, a customer for one number's lines; earlier days are told whole all the same."""

from datetime import timedelta
from pathlib import Path

from agent_tui.book import Book, CallEntry
from agent_tui.book.records.naming import segments_with
from agent_tui.clock import SetClock
from tests.company import NOW, Company, talk

LONG_AGO = NOW - timedelta(days=130)
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
    assert list(desk.session.reach) == [("A017", NOW.date())]
    assert [call.why_not for call in desk.calls("A017", NOW.date())].count("repeat") == 1
    desk.close()


def test_a_call_of_an_earlier_day_is_told_with_what_was_written_of_it_since(tmp_path: Path) -> None:
    company = company_at(tmp_path)
    talk(company.desks["A017"], 1)
    (old,) = company.desks["A017"].calls("A017", LAST_WEEK.date())
    at(company, SetClock(YESTERDAY, ticking=False)).own.void(old.id, "按错")
    desk = reopened(company)
    talk(desk, 2)
    # The segment the call is in is folded, that of its withdrawal is not.
    (held,) = segments_with(desk.session, old.id)
    desk.session.load_segment(held)
    assert desk.own.call(old.id).why_not == "void"
    desk.close()


def test_a_customer_of_long_ago_is_told_whole_and_nobody_else_is_folded(tmp_path: Path) -> None:
    company = Company(tmp_path, LONG_AGO)
    desk = company.join("A017", "张敏")
    for place, number in enumerate((1, 2, 1, 3)):
        talk(desk, number, minutes_ago=40 - place)
    first, _, repeat, gone = desk.calls("A017", LONG_AGO.date())[::-1]
    desk.own.void(repeat.id, "按错")
    desk.own.correct(first.id, CallEntry(phone="13800000001", outcome="talked", company="改名公司", contact="李"))
    desk.own.correct(gone.id, CallEntry(phone="13800000001", outcome="refused"))
    desk = reopened(company)
    desk.sharing.index()
    for _ in range(2):
        found = desk.own.customer("13800000001")
        assert found is not None
        assert {call.id for call in found.calls} == {first.id, gone.id}
        assert (found.latest.company, found.latest.contact) == ("改名公司", "李")
    assert desk.own.customer("13800000003") is None
    fold = desk.session.folds.fold("A017")
    assert {fact.id for fact in fold.facts("call")} == {first.id, repeat.id, gone.id}
    # The whole of that day is there when the day is asked for.
    assert len(desk.calls("A017", LONG_AGO.date())) == 4
    desk.close()
