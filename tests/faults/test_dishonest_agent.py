"""What an agent with a program of his own gains by lines that this one would not write: nothing, and it is said."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shared_rules.entries import GradeProposal, ProposalSecret
from tests.book.world import DAY, valid
from tests.faults.dishonest import BEFORE, Dishonest


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Dishonest]:
    agent = Dishonest(tmp_path)
    yield agent
    agent.company.close()


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [(2, DAY, "twice"), (99, DAY, "twice"), (1, BEFORE, "second")],
    ids=["the next file", "a file far off", "a file of one name under another day"],
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
    assert [note for note in agent.boss.upkeep.notes() if note.startswith("A017 张敏: ")]
    assert said in {one.code for one in agent.check()}
    assert valid(agent.again(), "A017") == 3


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
