"""The audit verifies everything this machine can see: lines, checksums, signatures, sequence and authority. It changes
nothing.

The share, this machine's own journal and its mirror are read in full and compared.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Protocol, TypeVar

from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.store.files import Entry, cause_of
from agent_tui.store.journal import Journal
from agent_tui.store.segments import Damage, Stored, scan
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, concerns_one, reason_of
from agent_tui.sync.documents import MAX_DOCUMENT
from agent_tui.sync.findings import Code, Finding, shown, unread
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.verify import MAX_FILE, Verified, verified
from shared_rules.records.lines import SIGNATURE

T = TypeVar("T")

JOURNAL = "journal/"
MIRROR = "mirror/"
"""What the names of files on this machine begin with in findings, to tell them from files on the share."""


class Judge(Protocol):
    """What the audit asks of the book."""

    @property
    def roster_number(self) -> int:
        """The highest roster this machine ever saw; 0 for none."""

    def public_of(self, writer: str) -> bytes | None:
        """The key of a writer, as `Host.public_of`; the own one always."""

    def vouched_for(self, name: str, data: bytes) -> bool:
        """Whether somebody entitled vouches for a document. It is not taken in, and nothing is raised."""

    def refused(self, writer: str, stored: Stored) -> str | None:
        """Why a signed line does not count: its author may not write it, or it lies past the writer's end. None if it
        counts, or if its content was brought over under the person's next key and counts there.
        """

    def sealed_as_its_own(self, stored: Stored) -> bool:
        """Whether a line that counts is sealed under a tag by which an erasure finds it, and takes nothing else."""

    def confirmed(self, segment: str) -> "Sequence[Confirmed]":
        """What the confirmations in force read of a segment."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The first `length` bytes of a segment, with their SHA-256 in hex, as read when a day was confirmed. `what` says
    whose day, and which.
    """

    what: str
    length: int
    sha256: str


@dataclass(slots=True)
class Audit:
    """What was seen. `lines` counts records that a signature covers, `waiting` those that none covers yet."""

    files: int = 0
    documents: int = 0
    lines: int = 0
    waiting: int = 0
    away: Problem | None = None
    """Why the share could not be read, if it could not: then only this machine was looked at."""
    unbound: set[str] = field(default_factory=set)
    """Writers whose device nobody has approved; their files were not judged."""
    rosters: dict[str, int] = field(default_factory=dict)
    """The highest roster that each writer's signatures name."""
    findings: list[Finding] = field(default_factory=list)
    sealed_off: int = 0
    """Records that count for the team and are sealed without this device, as it was ended; the book counts them."""


def audit(backend: Backend | None, mirror: Mirror, journal: Journal, judge: Judge, *, team: str) -> Audit:
    """Verify everything; only this machine if `backend` is None or the share is away (see `Audit.away`).

    Raises Problem if this machine's own disk refuses.
    """
    try:
        return _Auditor(mirror, journal, judge, team).run(backend)
    except (Problem, OSError) as error:
        if backend is None:
            raise
        seen = _Auditor(mirror, journal, judge, team).run(None)
        if isinstance(error, OSError):
            error = Problem("sync.trouble", place=backend.place, reason=reason_of(backend, error))
        seen.away = error
        return seen


@dataclass(slots=True)
class _Copy:
    """One file to be judged: where it lies, for findings, and its bytes."""

    where: str
    segment: names.SegmentName
    data: bytes


class _Auditor:
    def __init__(self, mirror: Mirror, journal: Journal, judge: Judge, team: str) -> None:
        self._mirror = mirror
        self._journal = journal
        self._judge = judge
        self._team = team
        self._audit = Audit()
        # By writer: the conflict copies on the share, and the day under which each segment lies there.
        self._conflicts: dict[str, list[tuple[str, names.SegmentName]]] = defaultdict(list)
        self._there: dict[str, dict[str, date]] = defaultdict(dict)
        # The number of the highest valid roster on the share, as far as they can be read.
        self._shown = 0
        # The files and directories of the share that cannot be read.
        self._unread: set[str] = set()
        # The documents in the mirror.
        self._taken: list[str] = []

    def run(self, backend: Backend | None) -> Audit:
        self._documents_here()
        if backend:
            self._documents_there(backend)
            hidden = any(name.startswith(names.ROSTER) for name in self._unread)
            if self._shown < self._judge.roster_number and not hidden:
                self._find("roster_back", names.ROSTER, None, str(self._shown))
        here: dict[str, dict[str, date]] = defaultdict(dict)
        for day in self._here(names.RECORDS, self._mirror.days) or ():
            for leaf in self._here(names.day_prefix(day), partial(self._mirror.segments, day)) or ():
                here[leaf[:16]][leaf] = day
        for segment in self._journal.segments():
            here[self._journal.writer][segment.name] = segment.day
        if backend:
            self._list_records(backend, here)
        for name in self._journal.torn():
            self._find("torn", JOURNAL + name, None, str(len(self._journal.bytes_of(name))))
        for writer in sorted(here.keys() | self._there.keys() | self._conflicts.keys()):
            self._writer(writer, here[writer], backend)
        return self._audit

    # ---- documents ----

    def _documents_here(self) -> None:
        for prefix in ("", names.ROSTER, names.JOIN, *(self._here(names.KEYS, self._mirror.keys) or ())):
            for name in self._here(prefix, partial(self._mirror.documents_in, prefix)) or ():
                self._taken.append(name)
                data = self._here(name, partial(self._mirror.read, name))
                if data is not None:
                    self._document(MIRROR + name, name, data)

    def _documents_there(self, backend: Backend) -> None:
        makers = self._list(backend, names.KEYS)
        for entry in makers:
            if entry.kind != "directory" or not names.is_writer(entry.name):
                self._odd(names.KEYS, entry)
        # Key files may be removed by an erasure; all other documents stay for good.
        lost = {name for name in self._taken if not name.startswith(names.KEYS)}
        prefixes = [names.keys_of(entry.name) for entry in makers if names.is_writer(entry.name)]
        for prefix in ("", names.ROSTER, names.JOIN, *prefixes):
            for entry in self._list(backend, prefix):
                if names.is_document(prefix, entry.name) and entry.kind == "file":
                    lost.discard(prefix + entry.name)
                    data = self._read(backend, prefix + entry.name, MAX_DOCUMENT + 1)
                    if data is None:
                        continue
                    if len(data) > MAX_DOCUMENT:
                        self._find("too_large", prefix + entry.name, None, str(entry.size))
                    else:
                        self._document(prefix + entry.name, prefix + entry.name, data)
                elif prefix or not names.usual_at_top(entry.name, entry.kind):
                    self._odd(prefix, entry)
        for name in sorted(lost):
            self._gone(name)

    def _document(self, where: str, name: str, data: bytes) -> None:
        self._audit.documents += 1
        writer = name.removeprefix(names.KEYS)[:16]
        if name.startswith(names.KEYS) and self._judge.public_of(writer) is None:
            # Nobody let this device in, or this machine has not read yet that somebody did.
            self._audit.unbound.add(writer)
        elif not self._judge.vouched_for(name, data) or (where == name and self._stands_for_another(name, data)):
            self._find("document", where)
        elif where.startswith(names.ROSTER):
            self._shown = max(self._shown, int(name.removeprefix(names.ROSTER)[:-5]))

    def _stands_for_another(self, name: str, data: bytes) -> bool:
        """Whether keys or a request differ from those that were read under that name before, which stand."""
        # What cannot be read here was told before.
        with suppress(Problem):
            held = self._mirror.read(name) if name.startswith((names.KEYS, names.JOIN)) else None
            return held is not None and held != data and self._judge.vouched_for(name, held)
        return False

    # ---- segments ----

    def _list_records(self, backend: Backend, here: Mapping[str, Mapping[str, date]]) -> None:
        for folder in backend.list(names.RECORDS):
            day = names.day(folder.name)
            if day is None or folder.kind != "directory":
                self._odd(names.RECORDS, folder)
                continue
            prefix = names.day_prefix(day)
            for entry in self._list(backend, prefix):
                segment = names.segment(entry.name)
                copy_of = names.conflict_copy_of(entry.name)
                if copy_of and entry.kind == "file":
                    self._conflicts[copy_of.writer].append((prefix + entry.name, copy_of))
                elif segment is None or entry.kind != "file":
                    self._odd(prefix, entry)
                else:
                    first = self._there[segment.writer].setdefault(entry.name, day)
                    if first == day:
                        continue
                    # The same name lies under two days: right is the day under which it was read here.
                    right, other = (day, first) if here[segment.writer].get(entry.name) == day else (first, day)
                    self._there[segment.writer][entry.name] = right
                    self._find("second", names.day_prefix(other) + entry.name, None, str(right))

    def _writer(self, writer: str, here: dict[str, date], backend: Backend | None) -> None:
        """Judge all segments of one writer, here and on the share, and whether they join."""
        public = self._judge.public_of(writer)
        if public is None:
            self._audit.unbound.add(writer)
            return
        there = self._there[writer]
        seen: dict[int, bytes] = {}
        for leaf in sorted(here.keys() | there.keys()):
            segment = names.segment(leaf)
            if segment is None:
                continue
            local = self._local(segment, here.get(leaf))
            remote = self._remote(segment, there.get(leaf), backend)
            if remote is None and local is not None and backend and writer != self._journal.writer:
                self._gone(names.day_prefix(here[leaf]) + leaf)
            copies = [copy for copy in (remote, local) if copy]
            if not copies:
                continue
            result = None
            judged = []
            for copy in copies:
                # Nearly always both are the same byte by byte, and are judged once.
                if result is None or copy.data != copies[0].data:
                    result = verified(segment, public, self._team, copy.data)
                self._judge_copy(copy, result)
                judged.append(result)
            good = [one.end for one in judged]
            for copy in copies:
                self._settled(copy)
            if remote and local:
                both = min(*good)
                if remote.data[:both] != local.data[:both]:
                    self._find("changed", remote.where, None, writer)
                elif good[0] < good[1] and writer != self._journal.writer:
                    self._find("shrunk", remote.where, good[0], str(good[1]))
            best = max(zip(judged, copies, strict=True), key=lambda one: one[0].end)
            self._sequence(best[1], best[0], seen)
        self._gaps(writer, seen)
        for name, copy_of in self._conflicts.pop(writer, []):
            self._conflict_copy(name, copy_of, seen, backend)

    def _local(self, segment: names.SegmentName, day: date | None) -> _Copy | None:
        if day is None:
            return None
        if segment.writer == self._journal.writer:
            return _Copy(JOURNAL + segment.leaf, segment, self._journal.bytes_of(segment.leaf))
        name = names.day_prefix(day) + segment.leaf
        data = self._here(name, partial(self._mirror.read, name))
        return None if data is None else _Copy(MIRROR + name, segment, data)

    def _remote(self, segment: names.SegmentName, day: date | None, backend: Backend | None) -> _Copy | None:
        if day is None or backend is None:
            return None
        name = names.day_prefix(day) + segment.leaf
        data = self._read(backend, name, MAX_FILE + 1)
        if data is None:
            return None
        if len(data) > MAX_FILE:
            self._find("too_large", name, None, str(len(data)))
        return _Copy(name, segment, data[:MAX_FILE])

    def _judge_copy(self, copy: _Copy, result: Verified) -> None:
        """Report what is wrong with one file, given what of it a signature covers."""
        self._audit.files += 1
        named = self._audit.rosters
        named[copy.segment.writer] = max(result.roster, named.get(copy.segment.writer, 0))
        for damage in result.damage:
            self._find(
                "writer" if damage.reason == "writer" else "unreadable", copy.where, damage.offset, damage.reason
            )
        rest = list(scan(copy.segment.leaf, copy.segment.writer, copy.data[result.end :], result.end))
        if rest and not (copy.where.startswith(JOURNAL) and all(isinstance(one, Stored) for one in rest)):
            # In the own journal unsigned records are only not published yet.
            first = next((one for one in rest if isinstance(one, Damage)), rest[0])
            self._find("unsigned", copy.where, first.offset)

    def _settled(self, copy: _Copy) -> None:
        """Compare a copy with what was read of it when days were confirmed. A shorter one is reported elsewhere."""
        for one in self._judge.confirmed(copy.segment.leaf):
            if len(copy.data) >= one.length and sha256(copy.data[: one.length]).hexdigest() != one.sha256:
                self._find("unlike_confirmed", copy.where, None, one.what)

    def _sequence(self, copy: _Copy, result: Verified, seen: dict[int, bytes]) -> None:
        """Check the signed lines of one segment: each seq stands once, each author may write the line."""
        rest = scan(copy.segment.leaf, copy.segment.writer, copy.data[result.end :], result.end)
        self._audit.waiting += sum(isinstance(one, Stored) and one.line.kind != SIGNATURE for one in rest)
        for one in result.stored:
            self._audit.lines += 1
            if seen.setdefault(one.line.seq, one.raw) != one.raw:
                self._find("twice", copy.where, one.offset, str(one.line.seq))
            reason = self._judge.refused(copy.segment.writer, one)
            if reason is not None:
                self._find("refused", copy.where, one.offset, reason)
            elif not self._judge.sealed_as_its_own(one):
                self._find("seal_tag", copy.where, one.offset, one.line.id)

    def _gaps(self, writer: str, seen: dict[int, bytes]) -> None:
        expected = 1
        for seq in sorted(seen):
            if seq > expected:
                self._find("gap", f"{writer}:{seq}", None, f"{expected}-{seq - 1}")
            expected = seq + 1

    def _conflict_copy(
        self, name: str, copy_of: names.SegmentName, seen: dict[int, bytes], backend: Backend | None
    ) -> None:
        """Report a file that a sync tool laid aside, and how many records it has that are nowhere else."""
        data = (self._read(backend, name, MAX_FILE) if backend else None) or b""
        lost = sum(
            isinstance(one, Stored) and one.line.kind != SIGNATURE and one.line.seq not in seen
            for one in scan(copy_of.leaf, copy_of.writer, data)
        )
        self._find("conflict_copy", shown(name), None, t("sync.nowhere_else", n=lost) if lost else "")

    # ---- this machine's copies and the share, parts of which may not be readable ----

    def _here(self, name: str, look: Callable[[], T]) -> T | None:
        """What a look at a copy, or at a directory of copies, gives; None where the disk refuses, which is told."""
        try:
            return look()
        except Problem as problem:
            self._audit.findings.append(unread(MIRROR + name, cause_of(problem)))
            return None

    def _list(self, backend: Backend, prefix: str) -> list[Entry]:
        """What lies in a directory; nothing if something else is in its place, which is reported as odd."""
        try:
            return backend.list(prefix)
        except NotADirectoryError:
            return []
        except OSError as error:
            if not concerns_one(error):
                raise
            self._refused(prefix, error)
            return []

    def _read(self, backend: Backend, name: str, limit: int) -> bytes | None:
        try:
            return backend.read(name, 0, limit)
        except FileNotFoundError:
            return None  # gone since it was listed
        except OSError as error:
            self._refused(name, error)
            return None

    def _refused(self, where: str, error: OSError) -> None:
        self._unread.add(where)
        self._audit.findings.append(unread(where, error))

    def _gone(self, name: str) -> None:
        """Report a file as gone, unless it or its directory only cannot be read."""
        if self._unread.isdisjoint((name, name[: name.rfind("/") + 1])):
            self._find("gone", name)

    # ---- findings ----

    def _odd(self, prefix: str, entry: Entry) -> None:
        where = prefix + shown(entry.name)
        oddity = names.oddity(entry.name)
        if oddity != "junk":
            self._find(oddity if entry.kind == "file" else "no_file", where)

    def _find(self, code: Code, where: str, offset: int | None = None, detail: str = "") -> None:
        self._audit.findings.append(Finding(code, where, offset, detail))
