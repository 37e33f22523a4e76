"""Two processes of a supervisor's home, one of which puts another history in the place of a copy: both know it then,
and nothing that was made of the copy before is taken for what is there.
"""

import pytest

from agent_tui.book import Book
from agent_tui.book.records.naming import segments_with
from tests.book.copies import settle
from tests.book.test_twin_histories import opened, parted, talked
from tests.book.world import DAY
from tests.company import Company

NO_RECORD = "0198a2b4-0000-7000-8000-000000000001"


def by_a_command(company: Company) -> None:
    """End the key that lives twice at the history that is there, which is read in the place of the one read before."""
    command = Book.open(company.boss_home, company.clock)
    command.members.leave(command.session.place.membership.reports()[0].writer, DAY)
    for _ in range(3):
        command.sync_once()
    command.close()


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_a_board_reads_what_a_command_read_beside_it_and_takes_nothing_of_it_away(company: Company, lost: int) -> None:
    _, _, expected = parted(company, lost)
    settle(company)
    board = opened(company.boss)
    assert talked(company.boss) == expected[:lost]
    by_a_command(company)
    for _ in range(2):
        board.once()
    assert talked(company.boss) == expected
    assert list(board.findings) == []
    assert talked(Book.open(company.boss_home, company.clock)) == expected


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_what_a_process_knew_before_and_keeps_afterwards_hides_no_record(company: Company, lost: int) -> None:
    parted(company, lost)
    settle(company)
    beside = Book.open(company.boss_home, company.clock)
    assert list(segments_with(beside.session, NO_RECORD)) == []
    by_a_command(company)
    beside.close()
    session = Book.open(company.boss_home, company.clock).session
    there = [one for held in session.segments.held() for one in session.segments.read(held) if one.line.kind == "call"]
    assert len(there) >= lost + 2
    for one in there:
        assert one.segment in [held.name for held in segments_with(session, one.line.id)]
