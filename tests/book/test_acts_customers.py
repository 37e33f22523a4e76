"""Acts about customers: owners, payments, grades, the do-not-call list."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.book.acts.dealing import fen_of
from agent_tui.book.customers.ownership import owner_of
from agent_tui.book.records.looking import standing
from shared_rules.policies.names import Builtin
from shared_rules.policies.policy import builtin_text
from tests.book.acting import NUMBER, TALKED, refuse
from tests.book.world import DAY
from tests.company import Company

FRIDAY = date(2026, 11, 20)


def test_a_customer_is_its_first_lead_callers_until_it_is_given_on(company: Company) -> None:
    first, second, boss = company.join("A001", "刘洋"), company.join("A002", "李强"), company.boss
    refuse(boss, lambda: boss.supervisor.payment("13800138000", "100", DAY), "lead call")
    earlier = first.own.log(replace(TALKED, started_at=first.now() - timedelta(minutes=9)))
    second.own.log(TALKED)
    company.sync()
    paid = boss.supervisor.payment("138-0013-8000", "80,000.50", DAY)
    assert (paid.agent, paid.content["fen"]) == ("A001", 8_000_050)
    first.own.void(earlier.id)
    company.sync()
    assert owner_of(boss.session, NUMBER, DAY) == "A002"
    refuse(boss, lambda: boss.supervisor.assign("13800138000", "A002"), "already")
    given = boss.supervisor.assign("13800138000", "A001")
    assert (given.agent, given.content["other"]) == ("A001", "A002")
    assert owner_of(boss.session, NUMBER, DAY) == "A001"
    assert owner_of(boss.session, NUMBER, FRIDAY) is None
    refund = boss.supervisor.payment("13800138000", "-1200", DAY)
    assert (refund.agent, refund.content["fen"]) == ("A001", -120_000)


def test_a_customer_given_by_mistake_is_given_back_whole(company: Company) -> None:
    first, second, boss = company.join("A001", "刘洋"), company.join("A002", "李强"), company.boss
    first.own.log(TALKED)
    company.sync()
    for half in ("A002", "A001"):
        given = boss.supervisor.assign("13800138000", "A002")
        company.sync()
        company.sync()
        assert next_up(second) == NUMBER
        records = {"A002": given.id, "A001": lost(first)}
        boss.supervisor.withdraw(records[half], "按错了")
        assert owner_of(boss.session, NUMBER, DAY) == "A001"
        company.sync()
        company.sync()
        assert next_up(second) is None
        for id in records.values():
            refuse(boss, partial(boss.supervisor.withdraw, id), "already")


def test_a_customer_that_was_nobodys_is_nobodys_again(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    given = boss.supervisor.assign("13800138000", "A001")
    company.sync()
    company.sync()
    assert next_up(desk) == NUMBER
    boss.supervisor.withdraw(given.id)
    assert owner_of(boss.session, NUMBER, DAY) is None
    company.sync()
    company.sync()
    assert next_up(desk) is None


def test_an_earlier_giving_that_is_taken_back_leaves_the_customer_where_it_is_now(company: Company) -> None:
    first, second, third = (company.join(f"A00{n}", name) for n, name in enumerate(("刘洋", "李强", "王五"), 1))
    boss = company.boss
    first.own.log(TALKED)
    company.sync()
    mistaken = boss.supervisor.assign("13800138000", "A002")
    second.own.log(replace(TALKED, interest=None))
    company.sync()
    boss.supervisor.assign("13800138000", "A003")
    boss.supervisor.withdraw(mistaken.id)
    assert owner_of(boss.session, NUMBER, DAY) == "A003"
    company.sync()
    company.sync()
    assert [next_up(desk) for desk in (first, second, third)] == [None, None, NUMBER]


def next_up(desk: Book) -> str | None:
    """The number at the head of a desk's list."""
    desk.customers.build()
    known = desk.lists.next()
    return known.phone if known else None


def lost(desk: Book) -> str:
    """The record by which a customer was taken from a desk's agent, as far as it stands."""
    owners = standing(desk.session.folds.fold(desk.identity.agent), "owner")
    return next(one.id for one in owners if not one.body.gained)


@pytest.mark.parametrize("amount", ["", "abc", "1e5", "12.345", "1,00", "0", "NaN", "--5", "5元"])
def test_what_is_no_payment_is_refused(company: Company, amount: str) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    refuse(boss, lambda: boss.supervisor.payment("13800138000", amount, DAY, agent="A001"), "amount|payment")


def test_a_grade_goes_through_its_steps(company: Company) -> None:
    company.join("A001", "刘洋")
    boss, step = company.boss, company.boss.supervisor.grade_step
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "visited.*file")
    step("13800138000", "visited", "B", by="周", agent="A001")
    refuse(boss, lambda: step("13800138000", "visited", "B", agent="A001"), "already")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "missing: file")
    step("13800138000", "file", "B", agent="A001")
    refuse(boss, lambda: step("13800138000", "signed", "B", agent="A001"), "salesman")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", on=FRIDAY, agent="A001"), "missing")
    step("13800138000", "signed", "B", by="周", agent="A001")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "B since")
    step("13800138000", "signed", "A", by="周", agent="A001")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "A since|B since")


def test_who_signs_or_records_a_step_is_told_which_signature_lacks_it(company: Company) -> None:
    """A step recorded for whoever has the customer now completes no signature of the agent before."""
    company.join("A001", "刘洋")
    company.join("A002", "李强")
    boss, step = company.boss, company.boss.supervisor.grade_step
    visited = step("13800138000", "visited", "A", agent="A001").id
    step("13800138000", "file", "A", agent="A001")
    signed = step("13800138000", "signed", "A", by="周", agent="A001").id
    boss.supervisor.assign("13800138000", "A002")
    boss.supervisor.withdraw(visited)
    lacks = "13800138000.*A signature of 2026-11-23 for A001.*visited.*[Rr]ecord it for A001.*sign anew"
    refuse(boss, lambda: step("13800138000", "visited", "A"), lacks)
    refuse(boss, lambda: step("13800138000", "visited", "A", agent="A002"), lacks)
    again = step("13800138000", "visited", "A", agent="A001").id
    assert paid_for_a(boss) == (1, 0)
    boss.supervisor.withdraw(again)
    boss.supervisor.withdraw(signed)
    step("13800138000", "visited", "A")
    step("13800138000", "signed", "A", by="周")
    assert paid_for_a(boss) == (0, 1)


def test_a_signature_that_lacks_a_step_is_no_grade_to_raise_from(company: Company) -> None:
    """Two supervisors who had not heard of each other: one signed, the other recorded the visit for another agent."""
    company.join("A001", "刘洋")
    company.join("A002", "李强")
    boss, other = company.boss, company.second_supervisor()
    step = boss.supervisor.grade_step
    visited = step("13800138000", "visited", "B", agent="A001").id
    step("13800138000", "file", "B", agent="A001")
    company.sync()
    company.sync()
    other.supervisor.withdraw(visited)
    other.supervisor.grade_step("13800138000", "visited", "B", agent="A002")
    signed = step("13800138000", "signed", "B", by="周", agent="A001").id
    company.sync()
    company.sync()
    for grade in ("A", "B"):
        refuse(boss, partial(step, "13800138000", "signed", grade, by="周", agent="A002"), "B signature.*visited.*anew")
    boss.supervisor.withdraw(signed)
    step("13800138000", "signed", "A", by="周", agent="A002")
    assert paid_for_a(boss) == (0, 1)


@pytest.mark.parametrize(("rules", "fen"), [("handbook", 10_000), ("points", 0)])
def test_a_signature_pays_nothing_under_rules_without_pay(company: Company, rules: Builtin, fen: int) -> None:
    company.join("A001", "刘洋")
    company.boss.supervisor.publish_policy(builtin_text(rules), "x.toml", DAY)
    assert company.boss.read.signature_pays("13800138000", "A", DAY, "A001") == fen


def paid_for_a(boss: Book) -> tuple[int, ...]:
    """How many A customers each of two agents is paid for this month."""
    return tuple(
        sum(one.line.quantity for one in view.lines if one.line.rule == "pay.grade_a")
        for view in (boss.read.statement(agent, f"{DAY:%Y-%m}") for agent in ("A001", "A002"))
        if view
    )


def test_a_number_is_lifted_from_the_list(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    desk.own.log(replace(TALKED, outcome="do_not_call"))
    company.sync()
    assert boss.lists.listed("13800138000")
    boss.supervisor.lift("13800138000")
    assert boss.lists.listed("13800138000") is None
    refuse(boss, lambda: boss.supervisor.lift("13800138000"), "not on")
    company.sync()
    desk.sync_once()
    assert desk.lists.listed("13800138000") is None


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", ","]))
def test_an_amount_is_read_to_the_fen(fen: int, thousands: str) -> None:
    yuan, part = divmod(abs(fen), 100)
    assert fen_of(f"{'-' if fen < 0 else ''}{yuan:{thousands}}.{part:02}") == fen
