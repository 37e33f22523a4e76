"""Two processes of a supervisor's home, one of which puts another history in the place of a copy: both know it then,
and nothing that was made of the copy before is taken for what is there.
"""

import pytest

from agent_tui.book import Book
from agent_tui.book.own import own
from agent_tui.book.records.naming import segments_with
from agent_tui.book.session import Session
from agent_tui.book.sharing import sharing
from agent_tui.store.segments import Stored
from tests.book.copies import copied, second_device, settle
from tests.book.test_twin_histories import opened, parted, published_and_lost, talked
from tests.book.world import DAY
from tests.company import Company, talk

NO_RECORD = "0198a2b4-0000-7000-8000-000000000001"


def by_a_command(company: Company) -> None:
    """End the key that lives twice at the history that is there, which is read in the place of the one read before."""
    command = Book.open(company.boss_home, company.clock)
    command.members.leave(command.session.place.membership.reports()[0].writer, DAY)
    for _ in range(3):
        command.sync_once()
    command.close()


def calls(session: Session) -> list[Stored]:
    """The lines of calls that lie here."""
    return [one for held in session.segments.held() for one in session.segments.read(held) if one.line.kind == "call"]


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
    there = calls(session)
    assert len(there) >= lost + 2
    for one in there:
        assert one.segment in [held.name for held in segments_with(session, one.line.id)]


def found(book: Book) -> list[str]:
    """The last digits of the numbers of the customers that a search goes through."""
    return sorted(known.phone[-4:] for known in book.customers.table.all())


def end_key_that_lives_twice(company: Company) -> None:
    """At the history that is on the share; it is read in the place of the one here by the syncs that follow."""
    company.boss.members.leave(company.boss.session.place.membership.reports()[0].writer, DAY)


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_the_customers_are_those_of_the_history_that_is_there(company: Company, lost: int) -> None:
    _, _, expected = parted(company, lost)
    settle(company)
    board = opened(company.boss)
    end_key_that_lives_twice(company)
    company.boss.customers.build()
    assert found(company.boss) == expected[:lost]
    for _ in range(2):
        board.once()
    company.boss.customers.hear()
    assert found(company.boss) == expected


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_the_customers_that_were_kept_before_are_not_taken_for_those_that_are_there(
    company: Company, lost: int
) -> None:
    _, _, expected = parted(company, lost)
    settle(company)
    end_key_that_lives_twice(company)
    beside = Book.open(company.boss_home, company.clock)
    beside.customers.build()
    assert found(beside) == expected[:lost]
    for _ in range(3):
        company.boss.sync_once()
    beside.close()
    again = Book.open(company.boss_home, company.clock)
    again.customers.build()
    assert found(again) == expected


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_the_own_calls_are_found_in_the_history_that_is_there(
    company: Company, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    monkeypatch.setattr(sharing, "_WORTH_KEEPING", 0)
    writer = company.join("A017", "张敏").identity.writer
    second = second_device(company, "A017", "张敏", "second")
    one, _ = copied(company, "A017")
    for number in range(lost):
        talk(one, number)
    one.sync_once()
    for book in (company.boss, second):
        book.sync_once()
    published_and_lost(company, writer)
    settle(company)
    second.sharing.index()
    end_key_that_lives_twice(company)
    company.boss.sync_once()
    beside = Book.open(company.folder / "second", company.clock)
    beside.sharing.index()
    for _ in range(3):
        second.sync_once()
    assert talked(second) == [f"{number:04}" for number in (*range(lost), 7, 8)]
    # One that has not heard of it keeps what it knows.
    talk(beside, 5)
    beside.sharing.index()
    again = Book.open(company.folder / "second", company.clock)
    again.sharing.index()
    tags = own.keys(again.session)
    for number in (*range(lost), 7, 8):
        tag = tags.phone(f"+86138{number:08}")
        there = {one.segment for one in calls(again.session) if tag.encode() in one.raw}
        assert there
        assert there <= again.session.history.segments(tag)
