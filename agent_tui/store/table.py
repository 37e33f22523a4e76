"""TinyDB over the journal: records as documents, inserted for good and queried in memory.

    with RecordDB(journal) as db:
        db.insert({"v": 1, "id": …, "kind": "call", "at": …, "agent": …, "body": {…}})
        db.search(where("kind") == "call")

The default table holds the records of the journal's own writer; a document's id is its seq, here and after reopening.
`insert` appends a line and costs the same at any size. TinyDB's methods that change or remove documents are refused,
because a record is never changed after it is written. Records of other writers can be put in tables named after them
(`take`). As with any TinyDB, one thread at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NoReturn, cast

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from agent_tui.store.journal import Journal, Make
from agent_tui.store.segments import Stored, day_of
from shared_rules.records import lines
from shared_rules.records.lines import SIGNATURE

DAYS_HELD = 40
"""How many days of records are held as documents."""

_decode = msgspec.json.Decoder().decode


class Documents(Mapping[str, dict[str, Any]]):
    """A table's documents by id (the seq) as TinyDB reads them.

    They are kept as the bytes of their lines, which take a sixth of the memory of dictionaries, and decoded on demand.
    """

    def __init__(self) -> None:
        self.lines: dict[int, bytes] = {}

    def __getitem__(self, id: str) -> dict[str, Any]:
        document: dict[str, Any] = _decode(self.lines[int(id)])
        return document

    def __iter__(self) -> Iterator[str]:
        return map(str, self.lines)

    def __len__(self) -> int:
        return len(self.lines)


class PermanentError(TypeError):
    """Raised by whatever would change or remove a record."""

    def __init__(self) -> None:
        super().__init__("records are permanent: insert a correction or a withdrawal instead")


class JournalStorage(Storage):
    """The documents in memory, as TinyDB reads them. Only RecordTable adds to them, with what the journal holds."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self.tables: dict[str, Documents] = {}

    def read(self) -> dict[str, dict[str, Any]] | None:
        # A copy of the outer dictionary alone: TinyDB takes tables out of it before it writes, which is refused.
        return cast(dict[str, dict[str, Any]], dict(self.tables))

    def table(self, name: str) -> Documents:
        """The documents of a table, empty at first."""
        found = self.tables.get(name)
        if found is None:
            found = self.tables[name] = Documents()
        return found

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:  # noqa: ARG002 - TinyDB's signature
        raise PermanentError


class RecordTable(Table):
    """A table of records. TinyDB's reading methods work as documented; of its writing ones, the inserting ones."""

    _storage: JournalStorage

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append a record; its id, which is its seq. Durable when this returns.

        `document`: the members of a record in order; `v`, `kind` and `at` must be among them, and `writer`, `seq`
        and `crc` come from here. Raises ValueError for anything else, Problem when the disk refuses.
        """
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append records, all or none, in one flush; the `at` of the first decides the segment."""
        documents = list(documents)
        make = [self._maker(document) for document in documents]
        if not documents:
            return []
        return [stored.line.seq for stored in self.append(make, datetime.fromisoformat(documents[0]["at"]))]

    def append(self, make: list[Make], at: datetime) -> list[Stored]:
        """`Journal.append`, for records whose sealing needs their seq; they become documents too."""
        journal = self._storage.journal
        if self.name not in (RecordDB.default_table_name, journal.writer):
            raise PermanentError
        stored = journal.append(make, at)
        self.take(stored)
        return stored

    def take(self, stored: Iterable[Stored]) -> None:
        """Hold stored records as documents, each under its seq; those held already stay as they are."""
        held = self._storage.table(self.name).lines
        for found in stored:
            if found.line.kind != SIGNATURE:
                held.setdefault(found.line.seq, found.raw)
        self.clear_cache()

    def keep(self, since: date) -> None:
        """Let go of documents whose `at` is before the day `since`, in the journal's zone. Records stay on disk."""
        zone = self._storage.journal.zone
        documents = self._storage.table(self.name)
        documents.lines = {
            seq: raw for seq, raw in documents.lines.items() if day_of(lines.decode(raw).at, zone) >= since
        }
        self.clear_cache()

    def _maker(self, document: Mapping[str, Any]) -> Make:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        if isinstance(document, Document):
            raise ValueError("a record gets its id, the seq, from the journal")
        if not {"v", "kind", "at"} <= document.keys() or document.keys() & {"writer", "seq", "crc"}:
            raise ValueError("a record has v, kind and at; writer, seq and crc come from the journal")
        writer = self._storage.journal.writer
        head = {name: document[name] for name in ("v", "id", "kind") if name in document}
        rest = {name: value for name, value in document.items() if name not in head}
        return lambda seq: {**head, "writer": writer, "seq": seq, **rest}

    def _update_table(self, updater: Callable[[Any], None]) -> NoReturn:  # noqa: ARG002 - TinyDB's signature
        # Everything in TinyDB that changes a table comes through here; refused before it touches a document.
        raise PermanentError


class RecordDB(TinyDB):
    """The database of a journal's records. It opens empty and at once; `load` brings in what is on the disk."""

    table_class = RecordTable
    default_table_name = "records"

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal, storage=JournalStorage)
        self.journal = journal
        self._loaded: set[str] = set()

    @property
    def records(self) -> RecordTable:
        """The default table."""
        return self.table(self.default_table_name)

    def table(self, name: str, **options: Any) -> RecordTable:
        """The table of that name: TinyDB's own method, with our type."""
        table = super().table(name, **options)
        assert isinstance(table, RecordTable)
        return table

    def load(self, today: date, days: int = DAYS_HELD) -> int:
        """Hold the records of the last `days` days up to `today`, and let go of older ones; how many are held.

        The desk asks for one day at its start and for the rest in the background.
        """
        since = today - timedelta(days=days - 1)
        wanted = [segment.name for segment in self.journal.segments() if segment.day >= since]
        documents = self._journal_storage.table(self.default_table_name)
        older, documents.lines = documents.lines, {}
        for name in wanted:
            if name not in self._loaded:
                self.records.take(self.journal.read(name))
        # Segments come in order, so what was held already goes behind the earlier days and keeps the order of seq.
        for seq in sorted(older):
            documents.lines.setdefault(seq, older[seq])
        self._loaded = set(wanted)
        self.records.keep(since)
        return len(self.records)

    def refresh(self) -> list[Stored]:
        """Take in the records that other processes of this machine added, and return them."""
        others = self.journal.refresh()
        self.records.take(others)
        return others

    @property
    def _journal_storage(self) -> JournalStorage:
        assert isinstance(self.storage, JournalStorage)
        return self.storage
