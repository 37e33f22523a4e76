"""A home whose key lives twice, copied again while its new key is on the way: every record comes over, once."""

import shutil

from agent_tui.book import Book
from tests.book.copies import copied, forked, numbers, settle
from tests.book.world import approve
from tests.company import Company, talk


def test_copies_that_wait_for_their_new_key_may_be_copied(company: Company) -> None:
    _, other = forked(company)
    assert other.identity.waiting == "一组"
    other, third = copied(company, "copy", "third")
    shutil.copytree(company.folder / "third", company.folder / "fourth")
    fourth = company.desks["fourth"] = Book.open(company.folder / "fourth", company.clock)
    for number, book in enumerate((other, third, fourth), 3):
        talk(book, number)
    settle(company)
    settle(company)
    for book in (company.boss, *company.desks.values()):
        assert book.identity.waiting is None
        assert numbers(book) == ["0001", "0002", "0003", "0004", "0005"]
    assert len({book.identity.writer for book in company.desks.values()}) == 4


def test_a_command_goes_over_beside_an_open_desk_to_a_new_key_that_is_copied_too(company: Company) -> None:
    one, other = forked(company)
    other, third = copied(company, "copy", "third")
    approve(company)
    third.sync_once()
    assert third.identity.waiting is None
    # The desk stays open, and knows of nothing yet.
    command = Book.open(company.folder / "copy", company.clock)
    command.sync_once()
    assert command.identity.writer == third.identity.writer
    talk(command, 3)
    command.close()
    talk(other, 4)
    settle(company)
    for book in (company.boss, one, other, third):
        assert numbers(book) == ["0001", "0002", "0003", "0004"]
    assert len({book.identity.writer for book in (one, other, third)}) == 3


def test_what_an_open_desk_wrote_beside_that_command_comes_over_after_a_start_too(company: Company) -> None:
    one, other = forked(company)
    other, third = copied(company, "copy", "third")
    approve(company)
    third.sync_once()
    talk(third, 5)
    third.sync_once()
    command = Book.open(company.folder / "copy", company.clock)
    command.sync_once()
    talk(command, 3)
    command.close()
    # It stands in the journal of the first key, and the desk starts under the second, which lives twice by now.
    talk(other, 4)
    other.close()
    again = company.desks["copy"] = Book.open(company.folder / "copy", company.clock)
    settle(company)
    for book in (company.boss, one, again, third):
        assert numbers(book) == ["0001", "0002", "0003", "0004", "0005"]
