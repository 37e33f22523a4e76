"""Whose a customer is, and which record an id names, is found in the segments that speak of it: no others are read."""

import errno
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.records.naming import segments_with
from agent_tui.store.files import Files
from tests.company import NOW, Company, talk

DAYS = 4
NUMBER = "13800000001"


class Reading(Files):
    """Notes the segments read. What is `held`, as by a virus scanner, is not removed."""

    held = False

    def __init__(self) -> None:
        super().__init__()
        self.segments: set[str] = set()

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        if path.suffix == ".jsonl":
            self.segments.add(path.name)
        return super().read(path, offset, limit)

    def remove(self, path: Path) -> None:
        if self.held:
            raise PermissionError(errno.EACCES, "held", path)
        super().remove(path)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A desk that calls another customer each day; the one with the number on the second, as a lead."""
    company = Company(tmp_path, NOW - timedelta(days=DAYS))
    desk = company.join("A017", "张敏")
    for day in range(DAYS):
        company.clock._start = NOW - timedelta(days=DAYS - day)
        talk(desk, day, lead=True)
        company.sync()
    company.clock._start = NOW
    return company


def opened(company: Company) -> tuple[Book, Reading]:
    """The supervisor's book anew, without a month folded, and what it reads."""
    company.boss.close()
    company.boss = Book.open(company.boss_home, company.clock)
    company.boss.session.place.home.files = disk = Reading()
    return company.boss, disk


def of_desk(company: Company, disk: Reading) -> int:
    """How many of the desk's segments were read since this was last asked."""
    writer = company.desks["A017"].identity.writer
    count = sum(name.startswith(writer) for name in disk.segments)
    disk.segments.clear()
    return count


def test_whose_a_customer_is_reads_only_what_speaks_of_it(company: Company) -> None:
    book, disk = opened(company)
    assert book.read.owner(NUMBER, NOW.date()).agent == "A017"
    assert of_desk(company, disk) == DAYS
    for _ in range(2):
        book, disk = opened(company)
        assert book.read.owner(NUMBER, NOW.date()).agent == "A017"
        assert of_desk(company, disk) == 1
    assert book.read.owner("13800000099", NOW.date()).agent is None
    assert of_desk(company, disk) == 0


def test_a_record_is_found_by_its_id_in_its_own_segment(company: Company) -> None:
    (id,) = [call.id for call in company.boss.calls("A017", (NOW - timedelta(days=DAYS - 1)).date())]
    for expected in (DAYS - 1, 1):
        book, disk = opened(company)
        assert [held.day for held in segments_with(book.session, id)] == [(NOW - timedelta(days=DAYS - 1)).date()]
        assert of_desk(company, disk) == expected


def test_what_came_since_is_found(company: Company) -> None:
    book, _ = opened(company)
    assert book.read.owner("13900000007", NOW.date()).agent is None
    company.desks["A017"].own.log(
        CallEntry(
            phone="13900000007",
            outcome="talked",
            interest="intent",
            company="宏达",
            contact="王",
            title="总",
            note="报价",
        )
    )
    company.sync()
    assert book.read.owner("13900000007", NOW.date()).agent == "A017"
    book, _ = opened(company)
    assert book.read.owner("13900000007", NOW.date()).agent == "A017"


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"x"])
def test_damaged_marks_are_made_anew(company: Company, damage: bytes) -> None:
    book, _ = opened(company)
    book.read.owner(NUMBER, NOW.date())
    book.close()
    files = list(company.boss_home.glob("cache/*.marks/*"))
    assert len(files) == DAYS
    for file in files:
        file.write_bytes(damage + file.read_bytes()[len(damage) :] if damage else b"")
    book, disk = opened(company)
    assert book.read.owner(NUMBER, NOW.date()).agent == "A017"
    assert of_desk(company, disk) == DAYS


@pytest.mark.parametrize("held", [False, True])
def test_a_segment_with_other_bytes_is_read_anew(company: Company, *, held: bool) -> None:
    book, _ = opened(company)
    book.read.owner(NUMBER, NOW.date())
    book, disk = opened(company)
    disk.held = held
    book.session.forget_segment(f"{company.desks['A017'].identity.writer}-000002.jsonl")
    assert book.read.owner("13800000099", NOW.date()).agent is None
    assert of_desk(company, disk) == 1


def test_a_board_reads_them_before_anybody_asks(company: Company) -> None:
    book, _ = opened(company)
    book.session.marks.learn(book.session.segments, book.lock, Event().wait)
    book, disk = opened(company)
    assert book.read.owner(NUMBER, NOW.date()).agent == "A017"
    assert of_desk(company, disk) == 1
