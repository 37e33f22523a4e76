"""The durable records of this machine: an append-only journal in segments, shared by all its processes.

What `append` returned is on the disk. The desk, the commands and the sync of one machine each open a Journal on the
same directory; under a short lock each takes in what the others added before it writes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent_tui.errors import Problem
from agent_tui.store.files import Files, trouble
from agent_tui.store.segments import (
    MAX_SEGMENT,
    Damage,
    Segment,
    Stored,
    day_of,
    last_good,
    scan,
    segment_name,
    segment_number,
    whole,
)
from agent_tui.store.writing import TORN, Identity, Writing
from shared_rules.records import lines
from shared_rules.records.lines import SIGNATURE

Make = Callable[[int], Mapping[str, Any]]
"""Makes the members of one record (without `crc`) from its seq."""

Sign = Callable[[str, int, bytes], bytes]
"""Makes a signature line from a segment's name, its last seq and the SHA-256 of all its bytes so far."""


class Journal:
    """The journal of `writer` in `directory`. Opening it reads its last segment only. Safe to share between threads.

    What the disk refuses is raised as Problem, and leaves nothing behind.
    """

    def __init__(self, directory: Path, writer: str, zone: ZoneInfo, files: Files | None = None) -> None:
        self.directory = directory
        self.writer = writer
        self.zone = zone
        self._files = files or Files()
        self._writing = Writing(self._files, directory, writer)
        self._damage: dict[tuple[str, int], Damage] = {}
        self._days: dict[str, date] = {}
        self._others: list[Stored] = []
        # The current segment as far as it was taken in. Number 0: there is none yet.
        self._turn_to(0)
        self._seq = 0
        try:
            self._files.make_directories(directory)
            self._lock = self._files.lock(directory / "lock")
            with self._lock:
                self._open()
        except OSError as error:
            trouble(error, directory)

    # ---- writing ----

    def append(self, make: Sequence[Make], at: datetime) -> list[Stored]:
        """Write one record for each of `make`, in one write and one flush; they are on the disk when this returns.

        Each is called with the seq its record gets; `at` (aware) is the instant of them all and decides the segment.
        Raises Problem when the disk refuses: then none of them is stored. Raises LineError for a record over the
        limits and ValueError for one of another writer or seq, or a batch over 4 MiB; nothing is stored then either.
        """
        if not make:
            return []
        with self._lock:
            try:
                self._catch_up(writing=True)
                made = [lines.made(one(self._seq + 1 + place)) for place, one in enumerate(make)]
                data = b"".join(raw for raw, _ in made)
                name, offset = self._place(at, len(data))
                stored = self._check(name, offset, made)
                self._write(name, offset, data)
            except OSError as error:
                trouble(error, self.directory)
            self._seq += len(stored)
            return stored

    def append_signature(self, make: Sign, segment: str) -> Stored | None:
        """Write the signature line of `segment` if records in it are unsigned; None if there are none.

        Raises Problem when the disk refuses, FileNotFoundError for a segment that is not there.
        """
        with self._lock:
            try:
                self._catch_up(writing=True)
                data = self._writing.settled(self.path(segment), must=True)
                last, damaged = last_good(segment, self.writer, data)
                if last is None or last.line.kind == SIGNATURE:
                    return None
                seq = last.line.seq + damaged
                raw = make(segment, seq, sha256(data).digest())
                line = lines.decode(raw)
                if not raw.endswith(b"\n") or (line.kind, line.writer, line.seq) != (SIGNATURE, self.writer, seq):
                    raise ValueError("not the signature line of this writer and seq")
                self._write(segment, len(data), raw)
            except FileNotFoundError:
                raise
            except OSError as error:
                trouble(error, self.path(segment))
            return Stored(segment, len(data), raw, line)

    def replace(self, segment: str, data: bytes) -> bool:
        """Put `data`, whole lines mended from elsewhere, in the place of `segment`, at once.

        False, and nothing done, when the segment has a good line that `data` lacks: it has grown meanwhile. Raises
        Problem when the disk refuses, ValueError for bytes that are not whole lines.
        """
        if whole(data) != len(data):
            raise ValueError("only whole lines are put in the place of a segment")
        with self._lock:
            try:
                self._catch_up(writing=True)
                if self._files.status(self.path(segment)):
                    there = self._writing.settled(self.path(segment), must=True)
                    mended = {found.raw for found in scan(segment, self.writer, data) if isinstance(found, Stored)}
                    for found in scan(segment, self.writer, there):
                        if isinstance(found, Stored) and found.raw not in mended:
                            return False
                self._writing.release()
                self._files.put(self.path(segment), data)
                # A copy: who reads a segment in another thread notes what is damaged there as it goes.
                for key in [key for key in list(self._damage) if key[0] == segment]:
                    del self._damage[key]
                self._catch_up()
            except OSError as error:
                trouble(error, self.path(segment))
        return True

    def close(self) -> None:
        """Close the files that are kept open. The journal can be used again afterwards."""
        with self._lock:
            self._writing.close()
        self._lock.close()

    # ---- reading ----

    def refresh(self) -> list[Stored]:
        """The records that other processes of this machine added since the journal was opened or last asked.

        Records may come again: after a segment was mended, all of its records do. Signature lines never come.
        """
        with self._lock:
            try:
                self._catch_up()
            except OSError as error:
                trouble(error, self.directory)
            others, self._others = self._others, []
            return others

    def segments(self) -> list[Segment]:
        """All segments with a readable record, the oldest first; one with none at all is noted in `damage`."""
        with self._lock:
            try:
                entries = self._files.listing(self.directory)
                found = []
                for entry in entries:
                    number = segment_number(self.writer, entry.name)
                    if number is None or entry.kind != "file" or not entry.size:
                        continue
                    day = self._days.get(entry.name) or self._find_day(entry.name)
                    if day:
                        found.append(Segment(entry.name, number, entry.size, day))
                    else:
                        self._damage[entry.name, 0] = Damage(entry.name, 0, entry.size, "unreadable")
            except OSError as error:
                trouble(error, self.directory)
        return sorted(found, key=lambda segment: segment.number)

    def read(self, segment: str, offset: int = 0) -> Iterator[Stored]:
        """The lines of a segment from byte `offset`, where a line begins, signatures among them.

        Damaged ones are skipped and noted in `damage`. Raises FileNotFoundError.
        """
        with self._lock:
            try:
                data = self._files.read(self.path(segment), offset)
            except FileNotFoundError:
                raise
            except OSError as error:
                trouble(error, self.path(segment))
        return self._good(segment, data, offset)

    def bytes_of(self, name: str) -> bytes:
        """All bytes of a segment, or of a file with a torn tail, as they lie there. Raises Problem, also for none."""
        try:
            return self._files.read(self.path(name))
        except OSError as error:
            trouble(error, self.path(name))

    def path(self, segment: str) -> Path:
        """Where a segment lies."""
        return self.directory / segment

    @property
    def last_seq(self) -> int:
        """The seq of the last record taken in or written; 0 if there is none."""
        return self._seq

    @property
    def taken(self) -> tuple[str, int]:
        """The current segment, and how many of its bytes were taken in or written: those are on the disk."""
        return self._name, self._size

    @property
    def damage(self) -> tuple[Damage, ...]:
        """What had to be skipped in reading so far, in the order of the segments."""
        return tuple(found for _, found in sorted(self._damage.items(), key=lambda one: one[0]))

    def torn(self) -> list[str]:
        """The names of the files that torn tails were moved aside to, the oldest first."""
        try:
            return sorted(name for name in self._files.names(self.directory) if name.endswith(TORN))
        except OSError as error:
            trouble(error, self.directory)

    # ---- under the lock ----

    def _open(self) -> None:
        """Find the last segment and its last seq; an earlier one is read only where the last has no readable line."""
        numbers = [segment_number(self.writer, name) for name in self._files.names(self.directory)]
        damaged = 0
        for number in sorted((number for number in numbers if number is not None), reverse=True):
            name = segment_name(self.writer, number)
            data = self._writing.settled(self.path(name))
            if not self._number:
                self._turn_to(number)
                self._take(len(data))
            last, after = last_good(name, self.writer, data)
            damaged += after
            if last is not None:
                self._seq = last.line.seq
                break
        self._seq += damaged

    def _catch_up(self, *, writing: bool = False) -> None:
        """Take in what other processes added, and move a tail aside that one of them left torn when it died.

        Only writing needs that tail out of the way; without it, a disk too full to keep it is no trouble.
        """
        while True:
            if self._number:
                self._catch_up_current(writing)
            if not self._files.exists(self._next_path):
                return
            self._turn_to(self._number + 1)

    def _catch_up_current(self, writing: bool) -> None:
        if self._writing.unchanged(self._path, self._identity, self._size):
            return
        name = self._name
        status = self._files.status(self._path)
        if status is None:
            raise Problem("store.segment_gone", path=self._path)
        if status == (self._identity, self._size):
            return
        # Another file in its place, or a shorter one: what was read of it says nothing any more.
        start = self._size if status.identity == self._identity and status.size > self._size else 0
        data = self._writing.settled(self._path, start, must=writing)
        self._others += [found for found in self._good(name, data, start) if found.line.kind != SIGNATURE]
        last, damaged = last_good(name, self.writer, data)
        self._seq = max(self._seq, (last.line.seq if last else self._seq if start else 0) + damaged)
        self._take(start + len(data))

    def _turn_to(self, number: int) -> None:
        """Make the segment of that number the current one, nothing of it known yet."""
        self._number = number
        self._name = segment_name(self.writer, number)
        self._path = self.path(self._name)
        self._next_path = self.path(segment_name(self.writer, number + 1))
        self._identity: Identity = None
        self._size = 0

    def _take(self, size: int) -> None:
        """Note that `size` bytes of the current segment are known. Where that fails, all of it is read next time."""
        self._identity, self._size = None, size
        with suppress(OSError):
            status = self._files.status(self._path)
            self._identity = status.identity if status else None

    def _place(self, at: datetime, size: int) -> tuple[str, int]:
        """The segment that takes `size` more bytes at the instant `at`, and where in it they go."""
        if size > MAX_SEGMENT:
            raise ValueError("a batch is one write of at most 4 MiB")
        if self._number and not self._size:
            return self._name, 0
        if self._number:
            day = self._days.get(self._name) or self._find_day(self._name)
            if day == at.astimezone(self.zone).date() and self._size + size <= MAX_SEGMENT:
                return self._name, self._size
        return self._next_path.name, 0

    def _check(self, name: str, offset: int, made: list[tuple[bytes, lines.Line]]) -> list[Stored]:
        stored = []
        for place, (raw, line) in enumerate(made):
            if (line.writer, line.seq) != (self.writer, self._seq + 1 + place) or line.kind == SIGNATURE:
                raise ValueError("a record must have the journal's writer and the seq it was made for")
            stored.append(Stored(name, offset, raw, line))
            offset += len(raw)
        return stored

    def _write(self, name: str, offset: int, data: bytes) -> None:
        if name == self._name:
            if self._writing.append(self._path, self._identity, offset, data):
                self._take(offset + len(data))
            self._size = offset + len(data)
        else:
            self._writing.append(self.path(name), None, offset, data)
            if name == self._next_path.name:
                self._turn_to(self._number + 1)
                self._take(len(data))

    # ---- helpers ----

    def _good(self, segment: str, data: bytes, offset: int) -> Iterator[Stored]:
        for found in scan(segment, self.writer, data, offset):
            if isinstance(found, Stored):
                yield found
            else:
                self._damage[segment, found.offset] = found

    def _find_day(self, segment: str) -> date | None:
        """The day of a segment's first readable record; None if it has none."""
        for limit in (4096, None):  # the first line is nearly always in the first block
            data = self._files.read(self.path(segment), 0, limit)
            for found in scan(segment, self.writer, data):
                if isinstance(found, Stored) and found.line.kind != SIGNATURE:
                    with suppress(ValueError):
                        self._days[segment] = day_of(found.line.at, self.zone)
                        return self._days[segment]
        return None
