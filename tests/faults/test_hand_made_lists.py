"""Listings of the do-not-call list that no program writes: none keeps a customer on it, or off it, for good."""

from datetime import timedelta

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from shared_rules.records.kinds import DoNotCall
from shared_rules.records.parts import Customer
from tests.book.world import valid
from tests.company import talk
from tests.faults.dishonest import Dishonest

NUMBER, OTHER = "+8613800000007", "+8613800000008"


def list_number(agent: Dishonest, at: str, sealed: str | None, *, times: int = 1) -> Book:
    """List the number of a customer of a colleague, who is returned, with that number sealed."""
    colleague = agent.company.join("A018", "李雷")
    keys = own.keys(agent.desk.session)
    body = DoNotCall(phone_tag=keys.phone(NUMBER), team_tag=keys.team_phone(NUMBER))
    secret = Customer(phone=sealed) if sealed else None
    lines = (agent.line(4 + n, body, secret, at=at, id=f"listing-{n}") for n in range(times))
    agent.publish(b"".join(lines), 3 + times)
    agent.company.sync()
    return colleague


def later(agent: Dishonest) -> None:
    agent.company.clock._start += timedelta(minutes=1)
    for _ in range(2):
        agent.company.sync()


@pytest.mark.parametrize("times", [1, 600])
@pytest.mark.parametrize("at", ["2099-01-01T00:00:00.000+08:00", "2999-12-31T23:59:59.999+08:00"])
def test_a_number_listed_as_of_years_to_come_is_lifted_and_can_be_listed_again(
    agent: Dishonest, at: str, times: int
) -> None:
    """The lift was dated later still: no listing of that number counted any more, or there was no later time."""
    colleague = list_number(agent, at, NUMBER, times=times)
    later(agent)
    agent.boss.supervisor.lift(NUMBER)
    later(agent)
    for book in (colleague, agent.boss, agent.again()):
        assert book.lists.listed(NUMBER) is None
    colleague.own.log(CallEntry(phone=NUMBER, outcome="do_not_call"))
    later(agent)
    for book in (colleague, agent.boss, agent.again()):
        found = book.lists.listed(NUMBER)
        assert found and found[1] == "A018"


def test_a_number_that_a_clock_that_was_ahead_lifted_can_be_listed(agent: Dishonest) -> None:
    clock = agent.company.clock
    agent.desk.own.log(CallEntry(phone=NUMBER, outcome="do_not_call"))
    later(agent)
    clock._start += timedelta(days=400)
    agent.boss.supervisor.lift(NUMBER)
    clock._start -= timedelta(days=400)
    later(agent)
    agent.desk.own.log(CallEntry(phone=NUMBER, outcome="do_not_call"))
    later(agent)
    for book in (agent.desk, agent.boss, agent.again()):
        assert book.lists.listed(NUMBER)
    agent.boss.supervisor.lift(NUMBER)
    later(agent)
    assert agent.boss.lists.listed(NUMBER) is agent.desk.lists.listed(NUMBER) is None


@pytest.mark.parametrize("sealed", [OTHER, None], ids=["another", "nothing"])
def test_a_number_listed_under_the_tag_of_a_colleagues_customer_is_lifted(agent: Dishonest, sealed: str | None) -> None:
    """Supervisors passed it over, and could not lift what the desks held to."""
    colleague = list_number(agent, (agent.desk.now() - timedelta(hours=1)).isoformat(), sealed)
    for book in (colleague, agent.boss, agent.again()):
        found = book.lists.listed(NUMBER)
        assert found and found[1] == "A017"
    assert any(": 1 (" in note for note in agent.boss.upkeep.notes())
    agent.boss.supervisor.lift(NUMBER)
    later(agent)
    talk(colleague, 7)
    later(agent)
    assert [valid(book, "A018") for book in (colleague, agent.boss, agent.again())] == [1, 1, 1]
