"""Why: every figure, entry, record and statement line is derived, and each part names what explains it further."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.errors import Problem
from agent_tui.i18n import LANGUAGES, set_language
from agent_tui.readings import WhyView
from agent_tui.words import explain
from shared_rules.money import yuan
from shared_rules.policies.policy import builtin_text
from shared_rules.why.days import day_figures
from tests.company import ZONE, Company, talk

DAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 20)
NOW = datetime(2026, 11, 23, 18, 30, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, NOW)
    yield made
    made.close()


def story(company: Company) -> Book:
    """A day in which something of everything happens."""
    desk, boss = company.join("A017", "张敏", date(2026, 11, 9)), company.boss.supervisor
    for number in range(6):
        talk(desk, number, minutes_ago=200 - number * 10, lead=number % 2 == 0)
    talk(desk, 1, minutes_ago=20)
    desk.own.log(CallEntry(phone="13900000001", outcome="no_answer"))
    short = desk.own.log(CallEntry(phone="13900000002", outcome="talked", company="甲"))
    gone = desk.own.log(CallEntry(phone="13900000003", outcome="busy"))
    desk.own.void(gone.id)
    desk.own.correct(short.id, CallEntry(phone="13900000002", outcome="talked", company="甲", contact="王"))
    asked = desk.agent.ask("visit", DAY, 60, "拜访客户")
    desk.agent.propose("13800000000", "B")
    both(company)
    boss.approve(asked.id, leads=10)
    late = boss.points("A017", "att.late", DAY)
    boss.points("A017", "award.excellent", DAY, points=5, note="好")
    boss.verify(desk.calls("A017", DAY)[-2].id, True, "没有此事")
    for step in ("visited", "file", "signed"):
        boss.grade_step("13800000000", step, "B", by="老王", on=DAY)
    boss.payment("13800000000", "1234.56", DAY)
    boss.payment("13800000000", "-34.56", DAY)
    both(company)
    desk.agent.appeal(late.id, "地铁故障")
    both(company)
    return desk


def both(company: Company) -> None:
    company.sync()
    for desk in company.desks.values():
        desk.sync_once()


def follow(book: Book, id: str, seen: dict[str, WhyView]) -> None:
    """Ask why, and why of each part, until nothing is left to ask."""
    if id in seen:
        return
    view = seen[id] = book.read.why(id)
    for language in LANGUAGES:
        set_language(language)
        text = explain.lines(view, book.members.named)
        assert len(text) > 1, id
        assert not [line for line in text if "{" in line], text
    for term in view.why.terms:
        if term.ref:
            follow(book, term.ref, seen)
    for record in view.why.records:
        follow(book, record.id, seen)


def test_every_part_of_a_statement_can_be_followed_down_to_the_records(company: Company) -> None:
    desk = story(company)
    company.boss.supervisor.confirm("A017", DAY)
    both(company)
    seen: dict[str, WhyView] = {}
    for book in (desk, company.boss):
        statement = book.read.statement("A017", "2026-11")
        assert statement is not None
        for one in statement.lines:
            assert book.read.why(one.id).why.value == yuan(one.line.fen), one.id
        total = book.read.why("pay:A017:2026-11:total").why
        assert total.value == yuan(statement.total)
        assert book.read.why("pay:A017:2026-11:limits").why.value == yuan(statement.limits.payable)
        seen = {}
        follow(book, "pay:A017:2026-11:total", seen)
        follow(book, "pay:A017:2026-11:limits", seen)
    kinds = {view.why.what for view in seen.values()}
    assert {"valid", "complete", "shortfall", "att.late", "report.false", "payment", "grade_step", "call"} <= kinds


def test_a_grade_is_explained_by_the_steps_it_was_paid_for_and_by_no_later_one(company: Company) -> None:
    desk = story(company)
    boss, phone = company.boss.supervisor, "13900000009"
    steps = [boss.grade_step(phone, step, "B", by="老王", agent="A017", on=DAY - timedelta(days=1)).id
             for step in ("visited", "file", "signed")]  # fmt: skip
    raised = boss.grade_step(phone, "signed", "A", by="老王", agent="A017", on=DAY).id
    both(company)
    why = desk.read.why("pay:A017:2026-11:pay.grade_b").why
    assert {one.id for one in why.records} >= set(steps)
    assert raised not in {one.id for one in why.records}
    assert {one.id for one in desk.read.why("pay:A017:2026-11:pay.grade_a:raised").why.records} == {*steps, raised}


def test_a_fine_of_days_of_pay_is_reckoned_out_unless_it_was_entered_under_other_rules(company: Company) -> None:
    company.join("A017", "张敏")
    boss = company.boss.supervisor
    before = boss.points("A017", "att.absent", DAY).id
    fined = builtin_text("handbook").replace('day_pay_status = "disabled"', 'day_pay_status = "disputed"')
    boss.publish_policy(fined, "x.toml", DAY)
    after = boss.points("A017", "att.absent", DAY, note="下午").id
    told = [
        [term.values for term in company.boss.read.why(entry).why.terms if term.code == "worth_day_pay"]
        for entry in (before, after)
    ]
    # Three times 1,000 yuan over the 21 workdays of the month.
    assert told == [[], [{"times": 3, "base": "1000", "workdays": 21, "amount": "142.86"}]]


def test_every_figure_of_a_day_is_derived_and_says_what_the_day_says(company: Company) -> None:
    desk = story(company)
    view = desk.day("A017", DAY)
    assert view.quota is not None
    assert view.pace is not None
    assert view.shortfall is not None
    expected = {
        **{name: getattr(view.figures, name) for name in ("dials", "connected", "complete", "incomplete", "valid")},
        "leads": view.figures.leads,
        "companies": view.figures.companies,
        "quota": view.quota.calls,
        "quota_leads": view.quota.leads,
        "pace": f"{view.pace.gap_calls:+d}",
        "pace_leads": f"{view.pace.gap_leads:+d}",
        "shortfall": yuan(view.shortfall.fen),
    }
    assert set(expected) == set(day_figures())
    for figure, value in expected.items():
        why = desk.read.why(f"day:A017:{DAY}:{figure}").why
        assert why.value == str(value), figure
        # What is counted up and taken away comes to the figure.
        if figure in ("dials", "connected", "complete", "incomplete", "valid"):
            parts = [
                (term.code, term.values["n"]) for term in why.terms if term.code not in ("lacks", "beside", "gone")
            ]
            assert sum(int(n or 0) * (-1 if code.startswith("less_") else 1) for code, n in parts) == int(why.value)
            assert len([one for one in why.records if one.role == "counts"]) == int(why.value)
    points = desk.read.why("points:A017:2026-11").why
    assert view.points is not None
    assert points.value == str(view.points.balance) == "103"


def test_who_entered_who_confirmed_and_under_which_rules(company: Company) -> None:
    desk = story(company)
    company.boss.supervisor.confirm("A017", DAY)
    both(company)
    entry = next(one for one in desk.ledger("A017", "2026-11").entries if one.rule == "att.late")
    why = desk.read.why(entry.id).why
    assert why.entered is not None
    assert why.confirmed is not None
    assert (why.entered.by, why.confirmed.by) == ("S001", "S001")
    (rule,) = why.rules
    assert (rule.id, rule.policy, rule.effective) == ("att.late", "handbook", None)
    assert rule.clause.startswith("凡迟到早退者")
    assert [one.role for one in why.records] == ["entry", "appeal"]
    assert "state_appealed" in [term.code for term in why.terms]


def test_a_call_says_what_keeps_it_from_counting(company: Company) -> None:
    desk = story(company)
    for call in desk.calls("A017", DAY):
        why = desk.read.why(call.id).why
        assert why.value == ("valid" if call.valid else call.why_not)
        missing = [term.values["field"] for term in why.terms if term.code == "field_missing"]
        assert missing == list(call.missing)
        if call.why_not == "repeat":
            (term,) = (term for term in why.terms if term.code == "not_repeat")
            assert desk.read.why(term.ref).why.value == "valid"


def test_what_cannot_be_explained_is_said(company: Company) -> None:
    desk = story(company)
    company.join("A018", "李强")
    both(company)
    ids = {
        "day:A017:2026-11-23:luck": "valid",
        "day:A017:yesterday:valid": "valid",
        "pay:A017:2026-11:pay.luck": "pay",
        "pay:A017:2026-13:total": "2026-13",
        "day:A099:2026-11-23:valid": "A099",
        "pay:A018:2026-11:total": "A018",
        "no-such-record": "no-such-record",
        "A017:punch:2026-11-23:in": "A017:punch:2026-11-23:in",
    }
    for id, told in ids.items():
        with pytest.raises(Problem) as caught:
            desk.read.why(id)
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_proposal_is_explained(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.attendance("A017", "daily", DAY, "missed")
    view = company.boss.read.why("A017:meeting:2026-11-23:daily")
    assert (view.why.what, view.why.value) == ("meet.missed", "-2")
    assert len(explain.lines(view, company.boss.members.named)) > 3


def test_a_supervisor_is_named_beside_the_id(company: Company) -> None:
    story(company)
    (late, *_) = company.boss.ledger("A017", "2026-11").entries
    company.boss.supervisor.excuse("A017", DAY, "停电")
    company.boss.supervisor.confirm("A017", DAY)
    for id in (late.id, f"day:A017:{DAY}:shortfall"):
        text = "\n".join(explain.lines(company.boss.read.why(id), company.boss.members.named))
        assert "S001 陈静" in text
