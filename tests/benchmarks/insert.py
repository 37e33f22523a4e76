"""One record durable, with 100, 10,000 and 100,000 before it.

The floor is the bare append and fsync of the same line. Ours is the whole of an insert: checksum, lock, what others
added, one write, flush, and the document in the TinyDB table that holds all records before it. Then a call as a desk
writes it: the record made, its customer sealed under a ring, each call another number's. Last the whole of a save
besides: what was typed made a record, folded, and shown as it counts. The peers are given their record ready made.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tinydb import TinyDB

from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from agent_tui.clock import SetClock
from agent_tui.store.journal import Journal
from agent_tui.store.segments import segment_name
from agent_tui.store.table import RecordDB
from agent_tui.trust.rings import Ring
from agent_tui.trust.seal import seal
from shared_rules.records import lines
from tests.benchmarks.history import desk_with
from tests.benchmarks.side_by_side import measure, table
from tests.company import NOW

SIZES = (100, 10_000, 100_000)
ROUNDS = 7
SAMPLES = 60
ZONE = ZoneInfo("Asia/Shanghai")
WRITER = "bench" + "a" * 11
TODAY = datetime(2026, 11, 23, 14, 31, 7, 412_000, tzinfo=ZONE)
DAYS = 40
TAG = "0123456789abcdef"
CUSTOMER = (
    '{"phone":"+8613800138000","company":"宁波宏达科技有限公司","contact":"王","title":"采购经理","note":"要报价"}'
)
RING = Ring.new(WRITER, 1, "A017", "2026-11")

Act = Callable[[], object]


def made(seq: int, at: datetime = TODAY) -> dict[str, Any]:
    """A call as a desk writes it, its customer sealed."""
    return {
        "v": 1, "id": f"0193570c-7a1e-7000-8000-{seq:012d}", "kind": "call", "writer": WRITER, "seq": seq,
        "at": at.isoformat(timespec="milliseconds"), "agent": "A017",
        "body": {
            "outcome": "talked", "interest": "intent", "filled": ["company", "contact", "title", "phone", "note"],
            "phone_tag": TAG, "company_tag": TAG, "started_at": at.isoformat(), "duration_s": 87,
        },
        "sealed": seal(RING, TAG, WRITER, seq, CUSTOMER.encode()),
    }  # fmt: skip


def history(size: int) -> list[dict[str, Any]]:
    """`size` calls spread over the last 40 days, today among them, the oldest first."""
    return [made(seq, TODAY - timedelta(days=(size - seq) * DAYS // size)) for seq in range(1, size + 1)]


def bare(directory: Path, before: list[bytes]) -> Iterator[Act]:
    """Append and fsync, nothing else."""
    path = directory / "bare"
    path.write_bytes(b"".join(before))
    handle = os.open(path, os.O_WRONLY | os.O_APPEND)
    line = before[-1]

    def act() -> None:
        os.write(handle, line)
        os.fsync(handle)

    yield act
    os.close(handle)


def ours(directory: Path, before: list[bytes]) -> Iterator[Act]:
    """An insert into the records' table of a record ready made."""
    directory.mkdir()
    segments: dict[str, list[bytes]] = {}
    for raw in before:
        segments.setdefault(lines.decode(raw).at[:10], []).append(raw)
    for number, day in enumerate(sorted(segments), 1):
        (directory / segment_name(WRITER, number)).write_bytes(b"".join(segments[day]))
    with RecordDB(Journal(directory, WRITER, ZONE)) as db:
        held = db.load(TODAY.date(), DAYS)
        assert held == len(before)
        document = made(held)
        yield lambda: db.records.append([lambda seq: {**document, "seq": seq}], TODAY)
        assert len(db) > held
        db.journal.close()


def desk(directory: Path, size: int) -> Iterator[tuple[Act, Act]]:
    """A call written at a desk with `size` records, and one logged there: typed, written, folded, shown."""
    home, _ = desk_with(directory, size)
    book = Book.open(home, SetClock(NOW))
    book.load_month(book.today())
    entries = typed()
    drafts = [own.drafts(book.session, next(entries), book.now()) for _ in range(2 * SAMPLES * ROUNDS)]
    ready = iter(drafts)
    yield lambda: book.session.pen.write(next(ready), book.now()), lambda: book.own.log(next(entries))
    book.close()


def typed() -> Iterator[CallEntry]:
    """Conversations, each with another number."""
    return (
        CallEntry(
            phone=f"139{number:08}", outcome="talked", interest="intent", company="宁波宏达科技有限公司",
            contact="王", title="采购经理", note="要报价", duration_s=87,
        )
        for number in count(1)
    )  # fmt: skip


def sqlite(directory: Path, before: list[bytes]) -> Iterator[Act]:
    """SQLite in WAL mode, synchronous FULL."""
    db = sqlite3.connect(directory / "sqlite", isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    db.execute("create table records (seq integer primary key, line blob)")
    db.execute("begin")
    db.executemany("insert into records (line) values (?)", ((raw,) for raw in before))
    db.execute("commit")
    yield lambda: db.execute("insert into records (line) values (?)", (before[-1],))
    db.close()


def tinydb(directory: Path, documents: list[dict[str, Any]]) -> Iterator[Act]:
    """TinyDB with its own JSON storage."""
    with TinyDB(directory / "tinydb.json", encoding="utf-8") as db:
        db.insert_multiple(documents)
        yield lambda: db.insert(documents[-1])


def run(directory: Path) -> str:
    """The tables, one for each size."""
    tables = []
    for size in SIZES:
        documents = history(size)
        before = [lines.encode(document) for document in documents]
        place = directory / f"insert-{size}"
        place.mkdir()
        rounds = ROUNDS if size < SIZES[-1] else ROUNDS - 2
        with ExitStack() as stack:
            enter = stack.enter_context
            write, log = enter(contextmanager(desk)(place / "desk", size))
            rows = measure(
                {
                    "append and fsync": (enter(contextmanager(bare)(place, before)), SAMPLES),
                    "ours: TinyDB over the journal": (enter(contextmanager(ours)(place / "ours", before)), SAMPLES),
                    "ours: a call made, sealed, written": (write, SAMPLES),
                    "ours: a call logged, shown again": (log, SAMPLES),
                    "SQLite, WAL, synchronous FULL": (enter(contextmanager(sqlite)(place, before)), SAMPLES),
                    "TinyDB, its own JSON storage": (
                        enter(contextmanager(tinydb)(place, documents)),
                        max(1, 2_000 // size),
                    ),
                },
                rounds,
            )
        rows[1:3] = [replace(row, goal="≤ 1.5") for row in rows[1:3]]
        tables.append(table(f"One record durable, {size:,} before it", rows))
    return "\n\n".join(tables)
