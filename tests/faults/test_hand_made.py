"""Records with contents, times and places that no screen writes: they move no figure unseen, and stop nobody."""

from datetime import date, datetime, timedelta
from typing import cast

import msgspec
import pytest
from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from shared_rules.records.entries import Payment, PaymentSecret, PointsEntry, PointsSecret, Punch, PunchSecret
from shared_rules.records.kinds import Call, Correction, Void
from shared_rules.records.parts import About, Reason
from tests.book.world import DAY, valid
from tests.effort import effort
from tests.faults.dishonest import Dishonest
from tests.faults.test_dishonest_agent import second_device

LONG_AGO = date(2026, 8, 5)


def months_read(agent: Dishonest) -> list[Book]:
    """The supervisor's program as it ran on, started anew, and one that has looked at all months."""
    whole = Book.open(agent.company.boss_home, agent.company.clock)
    whole.load_month(date(2026, 1, 1))
    anew = Book.open(agent.company.boss_home, agent.company.clock)
    for book in (agent.boss, anew):
        book.load_month(DAY)
    agent.company.desks |= {"whole": whole, "anew": anew}
    return [agent.boss, anew, whole]


def test_lines_of_another_day_than_their_file_count_whatever_months_were_read(agent: Dishonest) -> None:
    """They counted on a board that had looked at the month of the file, and on no other."""
    first = agent.line(4, Punch(), PunchSecret(side="in"), at=f"{LONG_AGO}T09:00:00.000+08:00")
    agent.publish(first + agent.call(5, 50) + agent.call(6, 51), 6, number=2, day=LONG_AGO)
    assert [valid(board, "A017") for board in months_read(agent)] == [5, 5, 5]


@pytest.mark.parametrize("at", ["20261123T143200+08:00", "2026-W48-1T14:32:00+08:00"])
def test_a_time_in_which_no_day_is_seen_is_none(agent: Dishonest, at: str) -> None:
    agent.publish(agent.call(4, 50) + agent.call(5, 51, at=at), 5)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert valid(board, "A017") == 4
        assert any(": 1 (" in note for note in board.upkeep.notes())


@pytest.mark.parametrize("other", [False, True], ids=["on its own device", "on another"])
def test_a_call_withdrawn_as_of_months_before_it_counts_alike_whatever_months_were_read(
    agent: Dishonest, other: bool
) -> None:
    call = agent.boss.calls("A017", DAY)[0]
    about = About(author="A017", id=call.id, day=LONG_AGO)
    if other:
        second_device(agent, lower=True)
    seq = agent.next
    line = agent.line(seq, Void(about=about), Reason(text="x"), at=f"{LONG_AGO}T09:00:00.000+08:00")
    agent.publish(line, seq, number=2, day=LONG_AGO)
    left = 3 if other else 2
    assert [valid(board, "A017") for board in months_read(agent)] == [left] * 3


def test_calls_in_a_file_begun_later_and_dated_earlier_count_whatever_months_were_read(agent: Dishonest) -> None:
    agent.publish(
        agent.line(4, Punch(), PunchSecret(side="in"), at=f"{LONG_AGO}T09:00:00.000+08:00"), 4, number=2, day=LONG_AGO
    )
    agent.boss.load_month(DAY)
    agent.publish(agent.call(5, 50), 5, number=2, day=LONG_AGO)
    assert [valid(board, "A017") for board in months_read(agent)] == [4, 4, 4]


def test_an_entry_dated_back_by_months_counts_whatever_months_were_read(agent: Dishonest) -> None:
    second = agent.company.second_supervisor()
    agent.desk, agent.place = second, second.session.place
    second.supervisor.points("A017", "award.excellent", DAY, points=1, note="带新人")
    second.sync_once()
    seq = agent.next
    entry = PointsSecret(rule="award.excellent", on=DAY, points=20)
    line = agent.line(seq, PointsEntry(), entry, at=f"{LONG_AGO}T09:00:00.000+08:00")
    agent.publish(line, seq, number=2, day=LONG_AGO)
    balances = [board.ledger("A017", "2026-11").balance for board in months_read(agent)]
    assert balances == [121, 121, 121]


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_call_that_began_at_the_end_of_the_calendar_keeps_nobody_from_verifying(
    agent: Dishonest, started: str
) -> None:
    """`verify`, `show` and `why` of the call crashed, also of one that was moved there."""
    call = agent.boss.calls("A017", DAY)[0]
    entry = CallEntry(phone="13800000001", outcome="talked", started_at=agent.desk.now())
    changed = own.drafts(agent.desk.session, entry, agent.desk.now())[0]
    body = replace(cast(Call, changed.body), started_at=datetime.fromisoformat(started))
    moved = Correction(about=About(author="A017", id=call.id, day=DAY), call=body)
    agent.publish(agent.call(4, 50, clear={"started_at": body.started_at}) + agent.line(5, moved, changed.secret), 5)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert valid(board, "A017") == 3
        assert any(": 2 (" in note for note in board.upkeep.notes())
        board.read.why(call.id)
    agent.boss.supervisor.verify(call.id, false=True, text="没有这通电话")
    assert valid(agent.boss, "A017") == 2


def test_points_without_end_and_a_payment_for_no_day_stop_no_board(agent: Dishonest) -> None:
    """Two such entries made a balance of more digits than can be written: no board, no desk of that agent."""
    second = agent.company.second_supervisor()
    agent.desk, agent.place = second, second.session.place
    endless = PointsSecret(rule="award.excellent", on=DAY, points=10**4300 - 1)
    paid = PaymentSecret(fen=100, on=DAY, rests_on=About(author="A017", id="x", day=date.max))
    second.supervisor.points("A017", "award.excellent", DAY, points=1, note="带新人")
    second.sync_once()
    seq = agent.next
    said = [(PointsEntry(), endless), (PointsEntry(), endless), (Payment(phone_tag="0" * 16), paid)]
    agent.publish(b"".join(agent.line(seq + n, *one) for n, one in enumerate(said)), seq + 2)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert board.ledger("A017", "2026-11").balance == 101
        assert any(": 3 (" in note for note in board.upkeep.notes())
        board.read.why("points:A017:2026-11")


def test_calls_dated_after_the_last_day_are_not_paid_for(agent: Dishonest) -> None:
    """An end names the last line written by that day; lines before it may be dated on days to come."""
    ahead = agent.desk.now() + timedelta(days=2)
    early = agent.call(4, 50, clear={"started_at": ahead}, at=ahead.isoformat(timespec="milliseconds"))
    agent.publish(early + agent.call(5, 51), 5)
    agent.boss.members.leave("A017", DAY)
    agent.company.clock._start += timedelta(days=5)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert board.day("A017", ahead.date()).figures.valid == 1
        found = board.read.statement("A017", "2026-11")
        assert found
        (line,) = [one.line for one in found.lines if one.line.rule == "pay.valid_calls"]
        assert line.quantity == 4
        terms = board.read.why("pay:A017:2026-11:pay.valid_calls").why.terms
        assert [term.code for term in terms] == ["on_day", "left_by_then", "times"]


def corrections(agent: Dishonest, seq: int, number: int) -> bytes:
    """So many corrections of calls that are nowhere."""
    entry = CallEntry(phone="13800000001", outcome="talked", started_at=agent.desk.now())
    draft = own.drafts(agent.desk.session, entry, agent.desk.now())[0]
    body = cast(Call, draft.body)
    bodies = (Correction(about=About(author="A017", id=f"none-{n}", day=DAY), call=body) for n in range(number))
    return b"".join(agent.line(seq + n, one, draft.secret, id=f"{seq}-{n}") for n, one in enumerate(bodies))


def test_twice_as_many_corrections_cost_whoever_looks_for_customers_twice_as_much(agent: Dishonest) -> None:
    """For each of them the board read all the segments of that agent: three thousand took it minutes."""

    def told(seq: int, count: int, number: int) -> int:
        agent.publish(corrections(agent, seq, count), seq + count - 1, number=number)
        return effort(agent.again().customers.build)

    told(4, 1, 2)
    few, more = told(5, 200, 3), told(205, 400, 4)
    assert more < 3 * few


def test_a_correction_of_a_call_in_no_form_keeps_nobody_from_the_customers(agent: Dishonest) -> None:
    broken = agent.call(4, 1, id="none-0", body=msgspec.Raw(b'{"outcome":5}'))
    agent.publish(broken + corrections(agent, 5, 1), 5)
    board = agent.again()
    board.customers.build()
    assert board.customers.known("13800000001")
