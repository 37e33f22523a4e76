"""A key that lives twice, found at a moment when no new one can be asked for: that is done later."""

import pytest

from agent_tui.book import Book
from agent_tui.errors import Problem
from tests.book.copies import copied, numbers, settle
from tests.book.world import valid
from tests.company import Company, talk


@pytest.mark.parametrize("restart", [False, True])
def test_a_home_that_can_keep_no_new_key_asks_for_one_when_it_can(company: Company, restart: bool) -> None:
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    talk(one, 1)
    one.sync_once()
    talk(other, 2)
    in_the_way = company.folder / "copy" / "rejoin.lock"
    in_the_way.mkdir()
    with pytest.raises(Problem):
        other.sync_once()
    in_the_way.rmdir()
    if restart:
        other.close()
        other = company.desks["copy"] = Book.open(company.folder / "copy", company.clock)
    other.sync_once()
    assert other.identity.waiting == "一组"
    settle(company)
    for book in (company.boss, one, other):
        assert numbers(book) == ["0001", "0002"]
        assert valid(book, "A017") == 2
