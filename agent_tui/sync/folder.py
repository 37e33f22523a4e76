"""A share that is a folder: on a disk, on a network drive, or one that a sync tool keeps the same on all machines."""

import errno
import os
import stat
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from agent_tui.errors import Problem
from agent_tui.store.files import Entry, Files, write_all
from agent_tui.sync import names
from agent_tui.sync.backend import Probe

_KEPT_PATHS = 2000


class FolderBackend:
    """The share in the folder `path`. Regular files only; no link below `path` is followed."""

    def __init__(self, path: Path, files: Files | None = None) -> None:
        self.path = path.absolute()
        self._root = str(self.path)
        self._files = files or Files(private=False)
        # Making a path object costs more than reading a few bytes.
        self._path = lru_cache(maxsize=_KEPT_PATHS)(Path)
        # Directories checked since the last listing: a poll reads many files of one directory.
        self._seen: set[str] = set()

    @property
    def place(self) -> str:
        return self._root

    def list(self, prefix: str) -> list[Entry]:
        if not names.legal_prefix(prefix):
            raise ValueError(f"no directory of a share: {prefix!r}")
        self._seen.clear()
        if not self._folder_there(prefix):
            self._must_be_there()
            return []
        try:
            return self._files.listing(self._at(prefix))
        except FileNotFoundError:
            self._must_be_there()
            return []

    def read(self, name: str, offset: int, limit: int) -> bytes:
        return self._files.read(self._checked(name, names.readable), offset, limit)

    def write_at(self, name: str, offset: int, data: bytes) -> None:
        path = self._for_writing(name)
        there = self._files.status(path)
        if offset > (there.size if there else 0):
            # A hole would read as zeros; the caller looks again at what is there.
            raise OSError(errno.ESPIPE, "the file is shorter than it was", str(path))
        with self._files.opened(path, "create") as handle:
            write_all(self._files, handle, offset, data)
            self._files.flush(handle)
        if there is None:
            self._files.flush_directory(path.parent, tolerant=True)

    def put_new(self, name: str, data: bytes) -> None:
        path = self._for_writing(name)
        with self._files.opened(path, "empty") as handle:
            write_all(self._files, handle, 0, data)
            self._files.flush(handle)
        self._files.flush_directory(path.parent, tolerant=True)

    def truncate(self, name: str, size: int) -> None:
        with self._files.opened(self._checked(name), "existing") as handle:
            self._files.truncate(handle, size)
            self._files.flush(handle)

    def remove(self, name: str) -> None:
        if not name.startswith(names.KEYS):
            raise ValueError(f"never removed from a share: {name!r}")
        path = self._checked(name)
        self._files.remove(path)
        self._files.flush_directory(path.parent, tolerant=True)

    def probe(self) -> Probe:
        if not self.path.is_dir():
            return Probe(present=False, writable=False)
        return Probe(present=True, writable=os.access(self._root, os.W_OK | os.X_OK))

    # ---- paths ----

    def _at(self, prefix: str) -> Path:
        return self._path(f"{self._root}/{prefix}")

    def _checked(self, name: str, allowed: Callable[[str], bool] = names.legal) -> Path:
        if not allowed(name):
            raise ValueError(f"no name of a share: {name!r}")
        folder = name[: name.rfind("/") + 1]
        if folder not in self._seen and not self._folder_there(folder):
            self._must_be_there()
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        return self._at(name)

    def _for_writing(self, name: str) -> Path:
        if not names.legal(name):
            raise ValueError(f"no name of a share: {name!r}")
        # The share's own folder is never made: it may be a drive that is not mounted just now.
        self._must_be_there()
        folder = name[: name.rfind("/") + 1]
        if not self._folder_there(folder):
            self._files.make_directories(self._at(folder))
        return self._at(name)

    def _must_be_there(self) -> None:
        if not self.path.is_dir():
            raise Problem("sync.share_gone", place=self._root)

    def _folder_there(self, prefix: str) -> bool:
        """Whether all parts of `prefix` are there. Raises OSError if one is a link or anything else but a directory."""
        path = self._root
        for part in prefix.split("/")[:-1]:
            path = f"{path}/{part}"
            try:
                mode = os.lstat(path).st_mode
            except FileNotFoundError:
                return False
            if not stat.S_ISDIR(mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        self._seen.add(prefix)
        return True
