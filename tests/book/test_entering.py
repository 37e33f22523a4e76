"""Records entered, taken back and shown."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.book.world import DAY, TALKED, valid
from tests.company import NOW, ZONE, Company


def test_an_entry_is_refused_in_one_line_and_nothing_is_recorded(company: Company) -> None:
    desk = company.join("A017", "张敏")
    later = desk.now() + timedelta(minutes=1)
    for entry in (
        CallEntry(phone="13800138000", outcome="telepathy"),
        CallEntry(phone="13800138000", outcome="talked", started_at=later),
        CallEntry(phone="13800138000", outcome="talked", note="长" * 4001),
        CallEntry(phone="1" * 201, outcome="talked"),
    ):
        with pytest.raises(Problem) as refused:
            desk.own.log(entry)
        assert "\n" not in str(refused.value)
    assert desk.day("A017", DAY).figures.dials == 0
    assert desk.session.place.journal.last_seq == 0


def test_points_are_refused_for_what_the_rules_do_not_allow(company: Company) -> None:
    company.join("A017", "张敏", date(2026, 11, 9))
    boss = company.boss
    for agent, rule, on, points in (
        ("A017", "att.late", date(2026, 11, 24), None),
        ("A017", "att.late", date(2026, 11, 8), None),
        ("A017", "att.late", DAY, -50),
        ("A017", "award.excellent", DAY, None),
        ("A017", "award.excellent", DAY, 21),
        ("A017", "award.excellent", DAY, 5),  # an award without its reason
        ("A017", "no.such", DAY, None),
        ("A099", "att.late", DAY, None),
    ):
        with pytest.raises(Problem):
            boss.supervisor.points(agent, rule, on, points=points)
    assert boss.ledger("A017", "2026-11").entries == ()


def test_undoing_lets_the_next_call_take_its_place(company: Company) -> None:
    desk = company.join("A017", "张敏")
    first, second = desk.own.log(TALKED), desk.own.log(TALKED)
    assert (first.valid, second.valid, second.why_not) == (True, False, "repeat")
    desk.own.void(first.id)
    assert {call.id: call.valid for call in desk.calls("A017", DAY)} == {first.id: False, second.id: True}
    assert valid(desk, "A017") == 1


def test_a_number_on_the_list_is_told_and_its_later_calls_do_not_count(company: Company) -> None:
    desk = company.join("A017", "张敏")
    number = "13900000003"
    before = desk.own.log(replace(TALKED, phone=number, started_at=desk.now() - timedelta(hours=1)))
    desk.own.log(CallEntry(phone=number, outcome="do_not_call", started_at=desk.now() - timedelta(minutes=30)))
    company.clock = SetClock(NOW + timedelta(minutes=5), ticking=False)
    desk = Book.open(company.folder / "A017", company.clock)
    found = desk.lists.listed("139-0000-0003")
    assert found is not None
    assert found[1] == "A017"
    desk.own.log(replace(TALKED, phone=number))
    desk.sync_once()
    company.boss.sync_once()
    for book in (desk, company.boss):
        assert [call.why_not for call in book.calls("A017", DAY)] == ["do_not_call", "not_spoken", None]
    assert before.valid


def test_a_customer_is_found_in_days_long_past(tmp_path: Path) -> None:
    home = tmp_path / "home"
    teams.create_solo(home, "A017", "张敏", date(2026, 1, 5), ZONE, SetClock(NOW - timedelta(days=200), ticking=False))
    old = Book.open(home, SetClock(NOW - timedelta(days=200), ticking=False))
    old.own.log(replace(TALKED, follow_up=NOW))
    old.close()
    desk = Book.open(home, SetClock(NOW, ticking=False))
    desk.sharing.index()
    found = desk.own.customer("+86 138-0013-8000")
    assert found is not None
    assert found.latest.company == "宁波宏达科技有限公司"
    assert [callback.due for callback in desk.own.callbacks()] == [NOW]
    desk.own.log(CallEntry(phone="13800138000", outcome="no_answer"))
    assert desk.own.callbacks() == []


def test_show_tells_a_record_with_its_history(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(TALKED)
    desk.own.void(call.id, "按错")
    company.sync()
    for book in (desk, company.boss):
        shown = book.record(call.id)
        assert json.loads(json.dumps(shown)) == shown
        assert shown["customer"]["company"] == "宁波宏达科技有限公司"
        assert [one["content"]["text"] for one in shown["history"]] == ["按错"]
        assert shown["why_not"] == "void"


def test_times_are_told_in_the_teams_zone(company: Company) -> None:
    desk = company.join("A017", "张敏")
    started = datetime.fromisoformat("2026-11-23T05:30:00+00:00")
    call = desk.own.log(replace(TALKED, started_at=started))
    assert call.started_at.isoformat() == "2026-11-23T13:30:00+08:00"


def test_a_number_that_a_colleague_listed_counts_no_more_at_either_end(company: Company) -> None:
    """Also where the call was there before the listing was heard of."""
    desk, colleague = company.join("A017", "张敏"), company.join("A018", "李强")
    colleague.own.log(CallEntry(phone="13900000003", outcome="do_not_call"))
    company.clock._start += timedelta(minutes=1)
    desk.own.log(replace(TALKED, phone="13900000003"))
    desk.own.log(replace(TALKED, phone="13900000004"))
    company.sync()
    company.sync()
    assert valid(desk, "A017") == valid(company.boss, "A017") == 1
    desk.own.log(replace(TALKED, phone="13900000005"))
    again = Book.open(company.folder / "A017", company.clock)
    assert valid(again, "A017") == valid(desk, "A017") == 2
    company.boss.supervisor.lift("13900000003")
    company.sync()
    company.sync()
    assert valid(desk, "A017") == valid(company.boss, "A017")
