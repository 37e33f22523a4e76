"""The customers kept for a quick start, put back by themselves to what they were before an erasure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_tui.book import Book
from tests.book.copies import settle
from tests.book.test_sparing import found
from tests.book.world import TALKED
from tests.company import Company


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("by", ["a sync", "a look"])
def test_what_was_kept_before_an_erasure_is_removed_by_whatever_comes_first(company: Company, by: str) -> None:
    """It stayed until customers were next kept, which a desk that only reads never does."""
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    settle(company)
    desk.customers.build()
    desk.customers.stop()
    (kept,) = desk.session.place.home.cache.glob("*.customers")
    before = kept.read_bytes()
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    desk.close()
    assert found(company.folder) == []
    kept.write_bytes(before)
    assert found(company.folder) == [str(kept)]
    again = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    if by == "a sync":
        again.sync_once()
        assert found(company.folder) == []
    else:
        again.customers.build()
        assert [one.phone for one in again.customers.table.all()] == []
