"""TinyDB's documented behaviour on our two storages: the same calls, by chance, on ours and on TinyDB's own storage.

On the mutable one everything: insert, get, search, tables, update, upsert, remove, truncate, caching, closing and
reopening. On the records' table the same but for what changes or removes, which must be refused and change nothing.
The control is a storage that forgets now and then what it was given.
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage, Storage
from tinydb.table import Table

from agent_tui.store.odds import AtomicStorage
from agent_tui.store.table import PermanentError, RecordDB
from tests.faults.figures import Figure
from tests.store.records import MONDAY, journal_at


class Reference(Storage):
    """What TinyDB's own JSON storage does, on a text in place of a file; that one opens files without an encoding."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts

    def read(self) -> dict[str, dict[str, Any]] | None:
        return json.loads(self._texts[-1]) if self._texts else None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._texts.append(json.dumps(data))


class Forgetful(AtomicStorage):
    """The control."""

    _writes = 0

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._writes += 1
        if self._writes % 7:
            super().write(data)


def _outcome(act: Callable[[], Any]) -> Any:
    """What a call gives, made comparable; an error by its type."""
    try:
        found = act()
    except (RuntimeError, KeyError, ValueError, TypeError) as error:
        return type(error).__name__
    if isinstance(found, list):
        return [(one.doc_id, dict(one)) if hasattr(one, "doc_id") else one for one in found]
    return (found.doc_id, dict(found)) if hasattr(found, "doc_id") else found


def _document(rng: random.Random) -> dict[str, Any]:
    return {"n": rng.randrange(4), "t": rng.choice(("甲", "b", "")), "deep": {"x": [rng.randrange(3)]}}


def mutable_calls(rng: random.Random) -> Callable[[Table], Any]:
    """One call on a table that may be changed."""
    number, document, ids = rng.randrange(4), _document(rng), [rng.randrange(1, 12) for _ in range(2)]
    condition = where("n") == number
    return rng.choice(
        [
            lambda table: table.insert(dict(document)),
            lambda table: table.insert(dict(document)),
            lambda table: table.insert_multiple([dict(document), {"n": number}]),
            lambda table: table.search(condition),
            lambda table: table.search(condition),
            lambda table: table.search(where("deep").x.any([number])),
            lambda table: table.get(condition),
            lambda table: table.get(doc_id=ids[0]),
            lambda table: table.get(doc_ids=ids),
            lambda table: table.contains(condition),
            lambda table: table.contains(doc_id=ids[0]),
            lambda table: table.count(condition),
            lambda table: table.all(),
            list,
            len,
            lambda table: sorted(table.update({"t": "c"}, condition)),
            lambda table: sorted(table.update(increment("n"), condition)),
            lambda table: table.update({"t": "d"}, doc_ids=ids),
            lambda table: table.update_multiple([({"t": "e"}, condition), (delete("t"), where("t") == "b")]),
            lambda table: sorted(table.upsert({"n": number, "t": "up"}, condition)),
            lambda table: sorted(table.remove(condition)),
            lambda table: table.remove(doc_ids=ids[:1]),
            lambda table: table.truncate(),
            lambda table: table.clear_cache(),
        ]
    )


def mutable(tries: int, rng: random.Random, storage: type[Storage] = AtomicStorage) -> tuple[int, int]:
    """Calls on both, a new file every hundred: how many, and how many told otherwise."""
    different = 0
    for number in range(0, tries, 100):
        with TemporaryDirectory() as folder:
            ours, theirs = Path(folder) / "ours.json", list[str]()
            with TinyDB(ours, storage=storage) as left, TinyDB(theirs, storage=Reference) as right:
                different += _side_by_side(left, right, rng, min(50, tries - number))
            # Closed and opened again.
            with TinyDB(ours, storage=storage) as left, TinyDB(theirs, storage=Reference) as right:
                different += _side_by_side(left, right, rng, min(50, tries - number))
    return tries, different


def _side_by_side(left: TinyDB, right: TinyDB, rng: random.Random, count: int) -> int:
    different = 0
    for _ in range(count):
        name = rng.choice(("_default", "other"))
        if rng.random() < 0.03:
            left.drop_table(name)
            right.drop_table(name)
        act = mutable_calls(rng)
        different += _outcome(lambda: act(left.table(name))) != _outcome(lambda: act(right.table(name)))  # noqa: B023
        different += left.tables() != right.tables()
    return different


def _record(rng: random.Random, number: int) -> dict[str, Any]:
    at = MONDAY + timedelta(days=rng.randrange(3))
    return {"v": 1, "id": f"r{number}", "kind": rng.choice(("call", "void")), "at": at.isoformat(), "agent": "A017",
            "body": _document(rng)}  # fmt: skip


def records(tries: int, rng: random.Random) -> tuple[int, int]:
    """The same of the records' table, against a table in memory that is given what was inserted."""
    different = number = 0
    while number < tries:
        with TemporaryDirectory() as folder, TinyDB(storage=MemoryStorage) as memory:
            theirs = memory.table("records")
            db = RecordDB(journal_at(Path(folder)))
            for _ in range(min(60, tries - number)):
                number += 1
                different += _one_on_records(db, theirs, rng, number)
                if rng.random() < 0.05:
                    db.close()
                    db = RecordDB(journal_at(Path(folder)))
                    db.load((MONDAY + timedelta(days=3)).date())
            db.close()
    return tries, different


def _one_on_records(db: RecordDB, theirs: Table, rng: random.Random, number: int) -> int:
    condition = where("body").n == rng.randrange(4)
    ids = [rng.randrange(1, 30) for _ in range(2)]
    match rng.randrange(4):
        case 0:
            new = [_record(rng, number * 10 + each) for each in range(rng.randrange(1, 3))]
            given = db.insert_multiple(new) if len(new) > 1 else [db.insert(new[0])]
            wanted = theirs.insert_multiple(dict(db.get(doc_id=one) or {}) for one in given)
            return given != wanted
        case 1:
            before = [dict(one) for one in db]
            refused = 0
            changing: list[Callable[[], Any]] = [
                lambda: db.update({"kind": "x"}, condition),
                lambda: db.remove(condition),
                lambda: db.upsert(_record(rng, number), where("kind") == "call"),
                db.truncate,
                lambda: db.drop_table("records"),
                db.drop_tables,
            ]
            try:
                rng.choice(changing)()
            except PermanentError:
                refused = 1
            # An update that finds nothing to change is refused too; where there is nothing at all there is no need.
            return (bool(before) and not refused) or before != [dict(one) for one in db]
        case _:
            reading: list[Callable[[Any], Any]] = [
                lambda table: table.search(condition),
                lambda table: table.search(condition),
                lambda table: table.get(condition),
                lambda table: table.get(doc_id=ids[0]),
                lambda table: table.get(doc_ids=ids),
                lambda table: table.contains(condition),
                lambda table: table.count(condition),
                lambda table: table.all(),
                list,
                len,
            ]
            act = rng.choice(reading)
            return bool(_outcome(lambda: act(db.records)) != _outcome(lambda: act(theirs)))


def figures(tries: int) -> Iterator[Figure]:
    """The long form."""
    tries = tries or 20_000
    rng = random.Random(tries)
    _, control = mutable(300, random.Random(1), Forgetful)
    yield Figure("calls of TinyDB on the odds and ends", *mutable(tries, rng), control)
    yield Figure("calls of TinyDB on the records", *records(tries, rng))
