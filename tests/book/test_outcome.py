"""What a day will come to is what it comes to once the act is done."""

from collections.abc import Callable

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.acts import Written
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.errors import Problem
from tests.book.acting import kinds
from tests.book.world import DAY
from tests.company import Company, talk

AGENT = "A017"
Act = Callable[[SupervisorActs], Written]


def worked(company: Company) -> Book:
    """A supervisor's book with a day of calls, confirmed, and what came since: calls, a correction, a listed number."""
    desk = company.join(AGENT, "张敏")
    for number in range(1, 6):
        talk(desk, number, minutes_ago=30, lead=number < 3)
    company.sync()
    company.boss.supervisor.time_away(AGENT, "visit", DAY, 60)
    company.boss.supervisor.excuse(AGENT, DAY, "停电")
    company.boss.supervisor.points(AGENT, "att.late", DAY)
    company.boss.supervisor.confirm(AGENT, DAY)
    for number in (6, 7):
        talk(desk, number, minutes_ago=20, lead=True)
    first = desk.calls(AGENT, DAY)[-1]
    assert first.customer is not None
    desk.own.correct(first.id, _unanswered(first.customer.phone))
    desk.own.log(CallEntry(phone="13800000002", outcome="do_not_call", started_at=desk.now()))
    company.sync()
    return company.boss


def _unanswered(phone: str) -> CallEntry:
    return CallEntry(phone=phone, outcome="no_answer")


ACTS: dict[str, Act] = {
    "confirm": lambda acts: acts.confirm(AGENT, DAY),
    "leave": lambda acts: acts.time_away(AGENT, "leave", DAY, 120, leads=10),
    "absent": lambda acts: acts.points(AGENT, "att.absent", DAY),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act(company: Company, name: str) -> None:
    boss, act = worked(company), ACTS[name]
    before, written = boss.day(AGENT, DAY, money=False), kinds(boss)
    foreseen = boss.supervisor.outcome(AGENT, DAY, act)
    assert (boss.day(AGENT, DAY, money=False), kinds(boss)) == (before, written), "nothing is written"
    assert foreseen != before
    act(boss.supervisor)
    assert foreseen == boss.day(AGENT, DAY, money=False)


@pytest.mark.parametrize("kind", ["time_away", "excuse", "points", "confirm"])
def test_a_withdrawal(company: Company, kind: str) -> None:
    boss = worked(company)
    (record,) = (one for one in boss.read.day_records(AGENT, DAY) if one.kind == kind)
    foreseen = boss.supervisor.outcome(AGENT, DAY, lambda acts: acts.withdraw(record.id))
    assert foreseen != boss.day(AGENT, DAY, money=False)
    boss.supervisor.withdraw(record.id)
    assert foreseen == boss.day(AGENT, DAY, money=False)


def test_a_call_found_false(company: Company) -> None:
    boss = worked(company)
    call = next(one for one in boss.calls(AGENT, DAY) if one.valid)
    foreseen = boss.supervisor.outcome(AGENT, DAY, lambda acts: acts.verify(call.id, False, "空号"))
    boss.supervisor.verify(call.id, False, "空号")
    assert foreseen == boss.day(AGENT, DAY, money=False)


def test_what_is_unanswered_is_refused(company: Company) -> None:
    boss = worked(company)
    with pytest.raises(Problem, match="excused already"):
        boss.supervisor.outcome(AGENT, DAY, lambda acts: acts.excuse(AGENT, DAY, "停电"))
