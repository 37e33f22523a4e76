"""Records that take the id of somebody else's: nobody is kept from that one, and it is said which is meant."""

from datetime import timedelta

import pytest

from agent_tui.book.own import own
from agent_tui.errors import Problem
from shared_rules.records.entries import Handover, HandoverSecret, PointsEntry, PointsSecret
from shared_rules.records.parts import Customer
from tests.book.world import DAY, valid
from tests.company import talk
from tests.faults.dishonest import Dishonest


def test_a_record_that_takes_the_id_of_anothers_keeps_nobody_from_that(agent: Dishonest) -> None:
    """A verdict on a colleague's call would be about the wrong one, and a supervisor's entry could not be ruled on."""
    colleague = agent.company.join("A018", "李雷")
    talk(colleague, 7)
    agent.company.sync()
    call = agent.boss.calls("A018", DAY)[0]
    entry = agent.boss.supervisor.points("A018", "award.excellent", DAY, points=3, note="耐心")
    agent.boss.sync_once()
    agent.publish(agent.call(4, 50, id=call.id) + agent.call(5, 51, id=entry.id), 5)
    for board in (agent.boss, agent.again()):
        for ask in (board.record, board.read.why):
            with pytest.raises(Problem, match=f"A017/{call.id}, A018/{call.id}"):
                ask(call.id)
            ask(entry.id)
        assert board.record(f"A018/{call.id}")["author"] == "A018"
        with pytest.raises(Problem, match=f"A018/{call.id}"):
            board.supervisor.verify(call.id, True, "没有这次通话")
    board.supervisor.verify(call.named, True, "没有这次通话")
    assert (valid(board, "A017"), valid(board, "A018")) == (5, 0)
    board.supervisor.rule_on(entry.id, upheld=False, text="重复")
    assert board.record(entry.id)["author"] == "S001"


@pytest.mark.parametrize("after", [0, 3])
def test_a_refused_record_with_the_id_of_a_call_does_not_keep_it_from_a_verdict(agent: Dishonest, after: int) -> None:
    call = agent.boss.calls("A017", DAY)[0]
    day = DAY + timedelta(days=after)
    at = (agent.desk.now() + timedelta(days=after)).isoformat(timespec="milliseconds")
    entry = PointsSecret(rule="award.excellent", on=DAY, points=20)
    lines = agent.line(4, PointsEntry(), entry, id=call.id, at=at)
    lines += agent.line(5, PointsEntry(), entry, id=call.id, at=at, agent="S001")
    agent.publish(lines, 5, number=1 + bool(after), day=day)
    board = agent.again()
    assert board.record(call.id)["kind"] == "call"
    board.supervisor.verify(call.id, True, "没有这次通话")
    assert valid(board, "A017") == 2


def test_an_offer_that_takes_the_id_of_anothers_is_not_given_in_its_place(agent: Dishonest) -> None:
    giver, _ = agent.company.join("A018", "李雷"), agent.company.join("A019", "韩梅")
    agent.company.sync()
    giver.lists.hand_over("13800000009", "A019")
    agent.company.sync()
    (offer,) = agent.boss.lists.offered()
    keys = own.keys(agent.desk.session)
    secret = HandoverSecret(to="A017", customer=Customer(phone="+8613800000008"))
    at = (agent.desk.now() - timedelta(hours=1)).isoformat(timespec="milliseconds")
    agent.publish(agent.line(4, Handover(phone_tag=keys.phone("+8613800000008")), secret, id=offer.id, at=at), 4)
    agent.boss.sync_once()
    with pytest.raises(Problem, match=f"A018/{offer.id}"):
        agent.boss.lists.accept(offer.id)
    assert agent.boss.lists.accept(f"A018/{offer.id}").agent == "A019"
