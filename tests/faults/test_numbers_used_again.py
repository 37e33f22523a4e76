"""What an agent with a program of his own gains by numbers of records used before: nothing, and it is said."""

from datetime import date

import pytest

from shared_rules.records.entries import GradeProposal, Payment, PaymentSecret, ProposalSecret
from shared_rules.records.kinds import Erase, ErasedTag
from tests.book.world import DAY, valid
from tests.faults.dishonest import BEFORE, Dishonest


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [(2, DAY, "twice"), (99, DAY, "twice"), (1, BEFORE, "second"), (0, DAY, "foreign_name")],
    ids=["the next file", "a file far off", "a file of one name under another day", "a file before the first"],
)
@pytest.mark.parametrize("ended", [False, True])
def test_numbers_used_again_add_nothing_to_a_confirmed_day_and_are_said(
    agent: Dishonest, number: int, day: date, said: str, ended: bool
) -> None:
    agent.boss.supervisor.confirm("A017", DAY)
    if ended:
        agent.boss.members.leave("A017", DAY)
    agent.publish(b"".join(agent.call(seq, 100 + seq) for seq in (1, 2, 3)), 3, number=number, day=day)
    agent.boss.sync_once()
    assert valid(agent.boss, "A017") == 3
    assert [note for note in agent.boss.upkeep.notes() if said == "foreign_name" or note.startswith("A017 张敏: ")]
    assert said in {one.code for one in agent.check()}
    assert valid(agent.again(), "A017") == 3


@pytest.mark.parametrize("number", [0, 2, 99])
def test_numbers_used_again_count_no_second_time_before_a_confirmation_either(agent: Dishonest, number: int) -> None:
    """On a board that is open as on one that starts: each keeps count of the numbers in a place of its own."""
    agent.publish(b"".join(agent.call(seq, 100 + seq) for seq in (1, 2, 3)), 3, number=number)
    agent.boss.sync_once()
    assert valid(agent.boss, "A017") == 3
    assert valid(agent.again(), "A017") == 3


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_supervisor_who_was_ended_erases_and_pays_nobody_by_numbers_used_again(agent: Dishonest, number: int) -> None:
    """What was erased would be gone for good: no end that is moved brings it back."""
    second = agent.company.second_supervisor()
    for note in ("早到", "晚走", "带新人"):
        second.supervisor.points("A017", "award.excellent", DAY, points=1, note=note)
    second.sync_once()
    agent.company.sync()
    secret = second.session.place.tag_secret()
    assert secret is not None
    tag = secret.for_agent("A017").phone("+8613800000001")
    agent.boss.members.leave("S002", DAY)
    agent.boss.sync_once()
    first, agent.desk, agent.place = agent.desk, second, second.session.place
    lines = agent.line(1, Erase(tags=(ErasedTag(agent="A017", tag=tag),)), agent="S002")
    lines += agent.line(2, Payment(phone_tag=tag), PaymentSecret(fen=100_000, on=DAY))
    agent.publish(lines, 3, number=number)
    for board in (agent.boss, agent.again()):
        board.sync_once()
        first.sync_once()
        for book in (board, first):
            calls = book.calls("A017", DAY)
            assert calls
            assert all(call.customer for call in calls)
        assert board.read.payments("13800000001") == []
    assert {one.code for one in agent.check()} & {"twice", "foreign_name"}


def test_a_number_that_is_hidden_from_the_end_of_a_file_is_used_up_all_the_same(agent: Dishonest) -> None:
    """After a restart the next file is held against the last line of the one before: a signature names the highest."""
    seq = agent.next
    agent.publish(agent.call(seq, 50) + agent.call(1, 51), 1)
    agent.publish(b"".join(agent.call(each, 60 + each) for each in range(2, seq + 1)), seq, number=2)
    counted = valid(agent.boss, "A017")
    assert counted <= 4
    assert valid(agent.again(), "A017") <= 4


def test_a_request_in_a_file_far_off_stands_no_more_than_a_call(agent: Dishonest) -> None:
    """The kinds that concern every day are read from an index, not with the days."""
    tag = "0" * 16
    lines = b"".join(agent.line(seq, GradeProposal(phone_tag=tag), ProposalSecret(grade="A")) for seq in (1, 2))
    agent.publish(lines, 2, number=99)
    agent.boss.sync_once()
    again = agent.again()
    again.load_month(DAY)
    assert again.session.folds.fold("A017").dossier.all("proposal") == []


@pytest.mark.parametrize("hidden", [(4, 5, 6), (4, 11)], ids=["all of a file", "a part of it"])
def test_a_file_whose_numbers_were_used_before_it_keeps_nobody_from_confirming_the_day(
    agent: Dishonest, hidden: tuple[int, ...]
) -> None:
    """A line was looked for in the last file that begins with its number or a lower one."""
    agent.publish(agent.call(10, 50), 10)
    agent.publish(b"".join(agent.call(seq, 60 + seq) for seq in hidden), hidden[-1], number=2)
    agent.publish(agent.call(12, 72), 12, number=3)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        counted = valid(board, "A017")
        assert counted == 5 + hidden.count(11)
        assert all(board.session.segments.line(agent.place.writer, seq) for seq in (1, 2, 3, 10, 12))
        assert bool(board.session.segments.line(agent.place.writer, 11)) is (11 in hidden)
    for call in agent.boss.calls("A017", DAY):
        agent.boss.supervisor.verify(call.id, false=False, text="对")
    agent.boss.supervisor.confirm("A017", DAY)
    assert agent.boss.day("A017", DAY).beside == 0
    agent.boss.members.leave("A017", DAY)
    assert valid(agent.boss, "A017") == counted


@pytest.mark.parametrize("added", [(10,), (4, 5, 6)], ids=["past them", "the same"])
def test_confirmed_records_whose_numbers_an_older_file_takes_are_told_to_be_gone(
    agent: Dishonest, added: tuple[int, ...]
) -> None:
    agent.publish(b"".join(agent.call(seq, 60 + seq) for seq in (4, 5, 6)), 6, number=2)
    agent.boss.supervisor.confirm("A017", DAY)
    agent.publish(b"".join(agent.call(seq, 70 + seq, id=f"again-{seq}") for seq in added), added[-1], number=1)
    assert valid(agent.boss, "A017") == 6
    assert agent.check()
    board = agent.again()
    board.load_month(DAY)
    told = {term.code: term.values for term in board.read.why(f"day:A017:{DAY}:valid").why.terms}
    assert (valid(board, "A017"), told["gone"]) == (3, {"n": 3})
