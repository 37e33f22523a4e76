"""Filling a wiped share again, from the mirror, with what writers who are absent had published.

Every name has one writer, and here another machine writes it. So only bytes that their writer signed are put back, only
where nothing lies or the beginning of the same bytes, and nothing is cut or overwritten. What cannot be read, here or
there, is reported and keeps nothing else from being put back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from agent_tui.errors import Problem, system_reason
from agent_tui.store.files import cause_of
from agent_tui.sync import names
from agent_tui.sync.audit import MIRROR
from agent_tui.sync.backend import Backend, concerns_one, in_the_way
from agent_tui.sync.documents import MAX_DOCUMENT
from agent_tui.sync.findings import Finding, unread
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.readme import README_BYTES
from agent_tui.sync.shares import not_working
from agent_tui.sync.verify import MAX_FILE, verified


@dataclass(slots=True)
class Refilled:
    """What was put back. `kept` counts names under which something else lies, which was left as it is."""

    documents: int = 0
    segments: int = 0
    bytes: int = 0
    kept: int = 0
    lacking: list[Finding] = field(default_factory=list)
    """Copies in the mirror that could not be read."""
    unread: list[Finding] = field(default_factory=list)
    """Files on the share that could not be read or written."""
    not_synced: Problem | None = None
    """Why this machine's own records were not published afterwards."""


def refill(
    backend: Backend,
    mirror: Mirror,
    documents: Mapping[str, bytes],
    *,
    own: str,
    team: str,
    public_of: Callable[[str], bytes | None],
) -> Refilled:
    """Put back what the share lacks of `documents` and of the mirrored segments of all writers but `own`.

    `documents` are by name, in the order in which they are put. Raises Problem if the share cannot be written to.
    """
    filling = _Filling(backend, mirror)
    try:
        for name, data in {names.README: README_BYTES, **documents}.items():
            filling.put(name, data)
        for day in filling.days():
            for leaf in sorted(filling.segments(day)):
                segment = names.segment(leaf)
                public = public_of(segment.writer) if segment else None
                copy = filling.copy(day, leaf) if public and leaf[:16] != own else None
                if segment and public and copy is not None:
                    filling.extend(names.day_prefix(day) + leaf, copy[: verified(segment, public, team, copy).end])
    except OSError as error:
        raise not_working(backend, error) from error
    return filling.done


class _Filling:
    def __init__(self, backend: Backend, mirror: Mirror) -> None:
        self._backend = backend
        self._mirror = mirror
        self._there: set[str] = set()
        self.done = Refilled()

    def put(self, name: str, data: bytes) -> None:
        there = self._read(name, MAX_DOCUMENT)
        if there == b"":
            with self._told(name, _unwritten):
                self._backend.put_new(name, data)
                self.done.documents += name != names.README
                self.done.bytes += len(data)
        elif there not in (None, data):
            self.done.kept += name != names.README

    def days(self) -> Sequence[date]:
        """The days that have segments here."""
        with self._lacked(names.RECORDS):
            return self._mirror.days()
        return ()

    def segments(self, day: date) -> Iterable[str]:
        """The mirrored segments of a day; none if the day cannot be listed on the share."""
        prefix = names.day_prefix(day)
        with self._told(prefix, unread), self._lacked(prefix):
            self._there = {entry.name for entry in self._backend.list(prefix)}
            return self._mirror.segments(day)
        return ()

    def copy(self, day: date, leaf: str) -> bytes | None:
        name = names.day_prefix(day) + leaf
        with self._lacked(name):
            return self._mirror.read(name)
        return None

    def extend(self, name: str, data: bytes) -> None:
        held = self._read(name, MAX_FILE) if name.rpartition("/")[2] in self._there else b""
        if held is None:
            return
        if not data.startswith(held):
            self.done.kept += not held.startswith(data)
        elif len(held) < len(data):
            with self._told(name, _unwritten):
                self._backend.write_at(name, len(held), data[len(held) :])
                self.done.segments += 1
                self.done.bytes += len(data) - len(held)

    def _read(self, name: str, limit: int) -> bytes | None:
        """What lies there, empty if nothing does; None if it cannot be read, which is reported."""
        try:
            return self._backend.read(name, 0, limit)
        except FileNotFoundError:
            return b""
        except OSError as error:
            self.done.unread.append(unread(name, error))
            return None

    @contextmanager
    def _lacked(self, name: str) -> Iterator[None]:
        """Report what this machine's disk refuses of its copies, and go on."""
        try:
            yield
        except Problem as problem:
            self.done.lacking.append(unread(MIRROR + name, cause_of(problem)))

    @contextmanager
    def _told(self, name: str, finding: Callable[[str, OSError], Finding]) -> Iterator[None]:
        """Report what the share refuses of this one name, as that finding, and go on."""
        try:
            yield
        except OSError as error:
            if not concerns_one(error):
                raise
            self.done.unread.append(finding(name, error))


def _unwritten(name: str, error: OSError) -> Finding:
    """The finding for a name that cannot be written; what lies there instead of a file is told as such."""
    return unread(name, error) if in_the_way(error) else Finding("unwritten", name, None, system_reason(error))
