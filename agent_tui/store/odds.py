"""Mutable odds and ends of this machine: settings, drafts, cursors. A small TinyDB, replaced whole or not at all.

Values are JSON. The caller seals whatever tells of a customer before it comes here.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import msgspec
from tinydb import where
from tinydb.storages import Storage
from tinydb.table import Table

from agent_tui.store.files import Files, trouble, unfinished_of

Shelf = Literal["settings", "drafts", "cursors"]

_NUMBER = re.compile(r"[0-9]{1,18}")
_ASIDE = ".damaged-"
_BASE64 = re.compile(r"[A-Za-z0-9+/]{64,}={0,2}")
_State = dict[str, dict[str, dict[str, Any]]]
# A damaged file may hold other documents, which are passed over.
_WHOLE = where("name").test(lambda name: isinstance(name, str)) & where("value").exists()


class AtomicStorage(Storage):
    """A TinyDB storage whose file holds the state before a write or the one after it, whatever happens.

    A file that cannot be understood is moved aside to `moved_aside` and counts as empty. Raises Problem when the disk
    refuses to read or write; the state before stands then.
    """

    def __init__(self, path: Path, files: Files | None = None) -> None:
        super().__init__()
        self._path = path
        self._files = files or Files()
        self.moved_aside: Path | None = None

    def begin(self) -> None:
        """Remove what a process that was killed left unfinished, a draft perhaps of a customer who is erased now; and
        move a damaged file aside. Raises Problem when the disk refuses to read.
        """
        if self._files.exists(unfinished := unfinished_of(self._path)):
            with suppress(OSError):
                self._files.remove(unfinished)
        self.read()

    def read(self) -> _State | None:
        try:
            data = self._files.read(self._path)
        except FileNotFoundError:
            return None
        except OSError as error:
            trouble(error, self._path)
        try:
            found = msgspec.json.decode(data, type=_State)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            found = None
        # TinyDB takes each document's key for a number.
        if found is None or not all(_NUMBER.fullmatch(key) for table in found.values() for key in table):
            self._move_aside()
            return None
        return found

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        encoded = msgspec.json.encode(data)
        try:
            self._files.put(self._path, encoded)
        except OSError as error:
            trouble(error, self._path)

    def _move_aside(self) -> None:
        number = 1
        while self._files.status(aside := self._path.with_name(f"{self._path.name}{_ASIDE}{number}")) is not None:
            number += 1
        try:
            self._files.rename(self._path, aside)
            self._files.flush_directory(self._path.parent)
        except OSError as error:
            trouble(error, self._path)
        self.moved_aside = aside


class Odds:
    """Values by name on three shelves. Each call reads the file, so that desk and commands see each other's changes."""

    def __init__(self, path: Path, files: Files | None = None) -> None:
        files = files or Files()
        self._path = path
        self._files = files
        self._storage = AtomicStorage(path, files)
        try:
            files.make_directories(path.parent)
        except OSError as error:
            trouble(error, path.parent)
        self._lock = files.lock(path.with_name(path.name + ".lock"))
        self._locked(self._storage.begin)

    @property
    def moved_aside(self) -> Path | None:
        """Where a damaged file was put, if there was one. The user is told of it: the defaults are in use now."""
        return self._storage.moved_aside

    def texts_aside(self) -> dict[Path, list[str]]:
        """The damaged files that were moved aside, by whatever program, with what may be sealed texts in each. Raises
        Problem.
        """
        try:
            names = [entry.name for entry in self._files.listing(self._path.parent) if entry.kind == "file"]
            paths = [self._path.with_name(name) for name in names if name.startswith(self._path.name + _ASIDE)]
            return {path: _BASE64.findall(self._files.read(path).decode("ascii", "replace")) for path in paths}
        except OSError as error:
            trouble(error, self._path.parent)

    def get(self, shelf: Shelf, name: str, default: Any = None) -> Any:
        """The value of that name, or `default`."""
        return self._locked(lambda: self._find(shelf, name, default))

    def all(self, shelf: Shelf) -> dict[str, Any]:
        """All values of a shelf by name."""

        def under_lock() -> dict[str, Any]:
            return {each["name"]: each["value"] for each in self._table(shelf).search(_WHOLE)}

        found: dict[str, Any] = self._locked(under_lock)
        return found

    def put(self, shelf: Shelf, name: str, value: Any) -> None:
        """Keep a JSON value under that name; durable when this returns. Raises Problem when the disk refuses."""
        self._locked(lambda: self._table(shelf).upsert({"name": name, "value": value}, where("name") == name))

    def change(self, shelf: Shelf, name: str, change: Callable[[Any], Any]) -> Any:
        """Replace a value (None if there is none) by `change(value)` while no other process can; the new value."""

        def under_lock() -> Any:
            value = change(self._find(shelf, name, None))
            self._table(shelf).upsert({"name": name, "value": value}, where("name") == name)
            return value

        return self._locked(under_lock)

    def remove(self, shelf: Shelf, name: str) -> None:
        """Forget the value of that name; fine if there is none."""
        self._locked(lambda: self._table(shelf).remove(where("name") == name))

    def close(self) -> None:
        """Close the file that is kept open. It can be used again afterwards."""
        self._lock.close()

    def _find(self, shelf: Shelf, name: str, default: Any) -> Any:
        found = self._table(shelf).get((where("name") == name) & _WHOLE)
        return found["value"] if found else default

    def _table(self, shelf: Shelf) -> Table:
        # A new one each time: what a table remembers of its documents does not see what other processes wrote.
        return Table(self._storage, shelf, cache_size=0)

    def _locked(self, work: Callable[[], Any]) -> Any:
        try:
            with self._lock:
                return work()
        except OSError as error:
            trouble(error, self._path)
