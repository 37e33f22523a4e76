"""The checked copies this machine keeps of what others published, under the names they have on the share.

A copy only ever grows by bytes that a signature covers. Copies of the latest days are not flushed: after a power cut
their ends may be lost or zeros, so they are checked again at start and read again from the share. Several processes of
a home share one mirror; they sync one at a time, and each leaves a mark before it adds anything.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import NoReturn

from agent_tui.errors import Problem
from agent_tui.store.files import Entry, Files, trouble, write_all
from agent_tui.store.home import TeamHome
from agent_tui.sync import names

OTHER = ".other"
"""The ending of a copy that holds another history of a file than the one read here."""

_MARK = "mark"
_REPLACED = "replaced"
_KEPT_PATHS = 2000


def undisturbed(place: TeamHome, files: Files) -> bytes | None:
    """The mark of a mirror, see `Mirror.mark`; None while another process syncs."""
    with suppress(Problem, OSError), files.lock(place.sync_lock, 0):
        return Mirror(place.mirror, files).mark()
    return None


class Mirror:
    """The mirror of one team in `directory`. Raises Problem where this machine's disk refuses."""

    def __init__(self, directory: Path, files: Files | None = None) -> None:
        self.directory = directory
        self._root = str(directory)
        self._files = files or Files()
        self._made: set[str] = set()
        # Making a path object costs more than writing a few bytes.
        self._path = lru_cache(maxsize=_KEPT_PATHS)(Path)
        self._mark: bytes | None = None
        self._marked = False

    def begin(self) -> bool:
        """Begin a round, under the sync's lock. Whether others may have added something since the last one (True for
        the first).
        """
        before = self._mark
        self._mark, self._marked = self.mark(), False
        if before != self._mark:
            self._made.clear()
        return before != self._mark

    def mark(self) -> bytes:
        """The mark of the last round that added something, this one included; empty if none did. Each such round
        leaves a mark that was never used before.
        """
        return self.read(_MARK) or b""

    def days(self) -> list[date]:
        """The days that have segments here, the earliest first."""
        found = (names.day(entry.name) for entry in self._listing(names.RECORDS) if entry.kind == "directory")
        return sorted(day for day in found if day)

    def segments(self, day: date) -> dict[str, int]:
        """The segments of a day, by file name, with their sizes."""
        return {
            entry.name: entry.size
            for entry in self._listing(names.day_prefix(day))
            if entry.kind == "file" and names.segment(entry.name)
        }

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """The documents that were taken: team.json, rosters by number, requests, key files. The caller checks them."""
        for prefix in ("", names.ROSTER, names.JOIN, *self.keys()):
            for name in self.documents_in(prefix):
                data = self.read(name)
                if data is not None:
                    yield name, data

    def keys(self) -> list[str]:
        """The directories with key files."""
        return sorted(names.keys_of(entry.name) for entry in self._listing(names.KEYS))

    def documents_in(self, prefix: str) -> list[str]:
        """The names of the documents in one directory, by number."""
        leaves = [entry.name for entry in self._listing(prefix) if names.is_document(prefix, entry.name)]
        return [prefix + leaf for leaf in sorted(leaves, key=lambda leaf: (len(leaf), leaf))]

    def sizes(self, prefix: str) -> dict[str, int]:
        """The files below `prefix`, with their sizes."""
        return {entry.name: entry.size for entry in self._listing(prefix) if entry.kind == "file"}

    def size(self, name: str) -> int:
        """The size of a copy; 0 if there is none."""
        try:
            status = self._files.status(self.path(name))
        except OSError as error:
            trouble(error, self.path(name))
        return status.size if status else 0

    def read(self, name: str, offset: int = 0) -> bytes | None:
        """A copy from byte `offset`; None if there is none."""
        try:
            return self._files.read(self.path(name), offset)
        except FileNotFoundError:
            return None
        except OSError as error:
            trouble(error, self.path(name))

    def extend(self, name: str, offset: int, data: bytes, *, flush: bool) -> None:
        """Append `data` to a copy of `offset` bytes."""
        path = self.path(name)
        try:
            if not offset:
                self._make(name)
            self._leave_mark()
            handle = self._files.open(path, "create")
            try:
                write_all(self._files, handle, offset, data)
                if flush:
                    self._files.flush(handle)
            finally:
                self._files.close(handle)
        except OSError as error:
            self._refused(error, path)

    def cut(self, name: str, size: int) -> None:
        """Cut a copy, whose end turned out damaged, to `size` bytes."""
        try:
            with self._files.opened(self.path(name), "existing") as handle:
                self._files.truncate(handle, size)
        except FileNotFoundError:
            return
        except OSError as error:
            trouble(error, self.path(name))

    def replaced(self, since: int = 0) -> list[str]:
        """The copies that were replaced by another history, in that order, without the first `since` entries. Each is
        named before and after it was replaced: what was made of it in between may rest on either history.
        """
        return (self.read(_REPLACED) or b"").decode("utf-8", "replace").split("\n")[since:-1]

    def replace(self, name: str, data: bytes) -> None:
        """Replace a copy by another history; the earlier copy is kept beside it."""
        path = self.path(name)
        try:
            self._leave_mark()
            number = 1
            while self._files.exists(beside := path.with_name(f"{path.name}.earlier-{number}")):
                number += 1
            self._files.put(beside, self._files.read(path))
            self._name_replaced(name)
            self._files.put(path, data)
            self._name_replaced(name)
        except OSError as error:
            self._refused(error, path)
        self.remove(name + OTHER)

    def keep_other(self, name: str, data: bytes) -> None:
        """Keep the other history that the share has beside the copy: a writer's end may name a line of that one."""
        if self.read(name + OTHER) != data:
            self.put(name + OTHER, data)

    def adopt(self, other: "Mirror") -> None:
        """Copy the segments that another mirror of this team has and this one lacks."""
        for day in other.days():
            there = self.segments(day)
            for leaf in other.segments(day).keys() - there.keys():
                name = names.day_prefix(day) + leaf
                self.put(name, other.read(name) or b"")

    def put(self, name: str, data: bytes) -> None:
        """Keep a whole document, durably: the book may need it while the share is away."""
        try:
            self._make(name)
            self._leave_mark()
            self._files.put(self.path(name), data)
        except OSError as error:
            self._refused(error, self.path(name))

    def remove(self, name: str) -> None:
        """Remove a copy; fine if there is none."""
        try:
            self._files.remove(self.path(name))
        except FileNotFoundError:
            return
        except OSError as error:
            trouble(error, self.path(name))

    def path(self, name: str) -> Path:
        """Where a copy lies."""
        return self._path(f"{self._root}/{name}")

    def _listing(self, prefix: str) -> list[Entry]:
        try:
            return self._files.listing(self.path(prefix))
        except FileNotFoundError:
            return []
        except OSError as error:
            trouble(error, self.path(prefix))

    def _leave_mark(self) -> None:
        if not self._marked:
            mark = token_bytes(16)
            self._make(_MARK)
            # Overwritten, not emptied first: some file systems flush a file at once that was emptied and written.
            with self._files.opened(self.path(_MARK), "create") as handle:
                write_all(self._files, handle, 0, mark)
            self._mark, self._marked = mark, True

    def _name_replaced(self, name: str) -> None:
        self._files.put(self.path(_REPLACED), (self.read(_REPLACED) or b"") + f"{name}\n".encode())

    def _refused(self, error: OSError, path: Path) -> NoReturn:
        """Raise Problem for what the disk refused. Copies may be gone: the next round looks at all of them again."""
        self._made.clear()
        self._mark = None
        trouble(error, path)

    def _make(self, name: str) -> None:
        folder = name[: name.rfind("/") + 1]
        if folder not in self._made:
            self._files.make_directories(self.path(folder))
            self._made.add(folder)
