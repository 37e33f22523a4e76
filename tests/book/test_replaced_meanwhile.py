"""Another history is put in the place of a copy just while another process begins, or reads: what it keeps of the copy
before is not taken for what is there.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.book.records.naming import segments_with
from agent_tui.store.files import Files
from tests.book.copies import settle
from tests.book.test_replaced_beside import NO_RECORD, by_a_command, calls, end_key_that_lives_twice
from tests.book.test_twin_histories import opened, parted, talked
from tests.company import Company


class Meanwhile(Files):
    """Has something happen just before another history is put in the place of a copy, when that is announced."""

    def __init__(self, happen: Callable[[], object]) -> None:
        super().__init__()
        self._happen: list[Callable[[], object]] = [happen]
        self._announced = False

    def put(self, path: Path, data: bytes) -> None:
        if self._announced and self._happen:
            self._happen.pop()()
        super().put(path, data)
        self._announced = path.name == "replaced"


def finds_all(book: Book, least: int) -> None:
    """Every line of a call that lies here, at least so many, is found by its id."""
    there = calls(book.session)
    assert len(there) >= least
    for one in there:
        assert one.segment in [held.name for held in segments_with(book.session, one.line.id)]


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_a_process_that_begins_to_sync_afterwards_finds_what_is_there(company: Company, lost: int) -> None:
    _, _, expected = parted(company, lost)
    settle(company)
    beside = Book.open(company.boss_home, company.clock)
    assert list(segments_with(beside.session, NO_RECORD)) == []
    by_a_command(company)
    opened(beside)
    assert talked(beside) == expected
    finds_all(beside, lost + 2)


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_what_a_process_keeps_that_opened_just_before_hides_nothing(company: Company, lost: int) -> None:
    parted(company, lost)
    settle(company)

    looked = []

    def look() -> None:
        looked.append(Book.open(company.boss_home, company.clock))
        assert list(segments_with(looked[0].session, NO_RECORD)) == []

    syncer = opened(company.boss)
    syncer.mirror._files = Meanwhile(look)
    end_key_that_lives_twice(company)
    for _ in range(3):
        syncer.once()
    (beside,) = looked
    beside.close()
    finds_all(Book.open(company.boss_home, company.clock), lost + 2)


def test_damage_to_the_note_of_what_was_replaced_keeps_nobody_from_their_records(company: Company) -> None:
    parted(company, 1)
    settle(company)
    by_a_command(company)
    known = talked(Book.open(company.boss_home, company.clock))
    note = company.boss.session.place.where.mirror / "replaced"
    note.write_bytes(note.read_bytes().replace(b"records", b"r\xe5cords", 1))
    assert talked(Book.open(company.boss_home, company.clock)) == known
