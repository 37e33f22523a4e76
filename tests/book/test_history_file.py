"""The index of older days on the disk: what a start need not do again, and what happens when the file is damaged."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.own.history import History
from agent_tui.book.own.history_file import history_path, read_history, write_history
from agent_tui.book.own.indexing import not_indexed
from agent_tui.clock import SetClock
from agent_tui.store.home import Home
from shared_rules.records.kinds import Void
from tests.book.test_history import promising
from tests.company import NOW, Company
from tests.shared_rules.making import about, clock, make

Note = tuple[str, str, str, Any]


def withdrawn(call: str, number: str) -> Any:
    return make(Void, about=about(call), phone_tag=number.zfill(16))


def notes(chance: random.Random) -> list[Note]:
    """Lines of some calls with a few numbers in a few segments; some promise another, some are withdrawn."""
    found: list[Note] = []
    for place in range(chance.randrange(60)):
        segment = f"{'a' * 16}-{chance.randrange(1, 9):06}.jsonl"
        number, start = str(chance.randrange(12)), clock(9) + timedelta(minutes=chance.randrange(300))
        body = promising(number, start, clock(17) if chance.random() < 0.4 else None)
        found.append(("call", f"c{place}", segment, body))
        if chance.random() < 0.2:
            found.append(("void", f"v{place}", segment, withdrawn(f"c{place}", number)))
    return found


def told(history: History) -> tuple[list[str], list[set[str]]]:
    tags = [str(number).zfill(16) for number in range(12)]
    return history.promised(), [history.segments(tag) for tag in tags]


@pytest.mark.parametrize("seed", range(40))
def test_what_was_kept_and_what_came_since_tell_what_all_of_it_would(tmp_path: Path, seed: int) -> None:
    chance, path = random.Random(seed), tmp_path / "cache" / "x.history"
    home = Home(tmp_path)
    lines = notes(chance)
    cuts = sorted(chance.randrange(len(lines) + 1) for _ in range(3))
    whole, kept = History(), History()
    for line in lines:
        whole.note(*line, folded=False)
    # Kept twice; between, and before what was kept is read, other lines come, some of them again.
    for line in lines[: cuts[1]]:
        kept.note(*line, folded=False)
    write_history(home, path, kept.pack(), 0)
    second = History()
    for line in lines[cuts[0] : cuts[2]]:
        second.note(*line, folded=False)
    read = read_history(home, path)
    assert read is not None
    second.take(read[0])
    write_history(home, path, second.pack(), 0)
    third = History()
    read = read_history(home, path)
    assert read is not None
    third.take(read[0])
    for line in lines[cuts[2] :]:
        third.note(*line, folded=False)
    assert told(third) == told(whole)


def test_no_byte_of_it_can_be_changed_unseen(tmp_path: Path) -> None:
    home, path, history = Home(tmp_path), tmp_path / "cache" / "x.history", History()
    for line in notes(random.Random(3)):
        history.note(*line, folded=False)
    write_history(home, path, history.pack(), 0)
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert read_history(home, path) is None
        path.write_bytes(data[:place])
        assert read_history(home, path) is None
    path.write_bytes(data)
    assert read_history(home, path) is not None
    path.unlink()
    assert read_history(home, path) is None


MONTHS_AGO = NOW - timedelta(days=100)


def calls(count: int, first: int, at: datetime) -> list[CallEntry]:
    return [
        CallEntry(
            phone=f"138{number:08}",
            outcome="talked",
            company="宏达公司" * 40,
            note="要报价" * 300,
            started_at=at - timedelta(minutes=count - number + first),
            follow_up=NOW - timedelta(minutes=number) if number < first + 2 else None,
        )
        for number in range(first, first + count)
    ]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """An agent with more than a mebibyte of calls long ago, the first two of which promised another."""
    company = Company(tmp_path, MONTHS_AGO)
    company.join("A017", "张敏").own.log_many(calls(450, 1, MONTHS_AGO))
    company.close()
    company.clock = SetClock(NOW, ticking=False)
    return company


def desk(company: Company) -> Book:
    return Book.open(company.folder / "A017", company.clock)


def test_a_start_reads_no_older_segment_that_was_indexed_before(company: Company) -> None:
    first = desk(company)
    assert [held.writer for held in not_indexed(first.session)] == [first.identity.writer]
    first.sharing.index()
    assert len(first.own.callbacks()) == 2
    first.close()
    second = desk(company)
    # What is long past is told by what was kept, and is folded only for who is asked for.
    second.sharing.index()
    assert second.session.history.kept
    assert not_indexed(second.session) == []
    assert len(second.own.callbacks()) == 2
    assert second.own.customer("13800000009") is not None
    second.own.log(CallEntry(phone="13800000001", outcome="no_answer"))
    assert len(second.own.callbacks()) == 1
    second.close()
    third = desk(company)
    third.sharing.index()
    # The new segment is indexed each time: less than what is worth keeping.
    assert len(third.own.callbacks()) == 1
    third.close()


def test_promises_of_long_ago_stand_when_the_members_change(company: Company) -> None:
    book = desk(company)
    book.sharing.index()
    with book.lock:
        book.session.refold()
    assert len(book.own.callbacks()) == 2
    book.close()


def test_where_another_history_came_in_the_place_of_a_segment_the_index_is_made_anew(company: Company) -> None:
    book = desk(company)
    book.sharing.index()
    path = history_path(book.session.place)
    assert path.exists()
    book.session.forget_segment(next(book.session.segments.held()).name)
    assert not path.exists()
    assert not book.session.history.whole
    book.sharing.index()
    assert len(book.own.callbacks()) == 2
    book.close()
