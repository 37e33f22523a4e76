"""The one way to the disk: every byte this program keeps, or puts on a shared folder, passes through `Files`.

Tests put a recording or failing one in its place, so each call here is one step at which a crash can be tried.
Methods raise OSError as the system does; `trouble` turns one into the Problem that a user is told.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Literal, NamedTuple, NoReturn

from agent_tui.errors import Problem, system_name, system_reason
from agent_tui.store.lock import PATIENCE, SystemLock

if sys.platform == "darwin":
    import fcntl

Mode = Literal["existing", "create", "new", "empty"]
"""How a file is opened: it must exist; it is made if missing; it must not exist; it is made or emptied."""

_FLAGS: dict[Mode, int] = {
    "existing": 0,
    "create": os.O_CREAT,
    "new": os.O_CREAT | os.O_EXCL,
    "empty": os.O_CREAT | os.O_TRUNC,
}
# No link is followed at the end of a path, and a FIFO somebody left in a share does not make us wait.
_ALWAYS = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# Access denied, sharing violation, lock violation: a virus scanner or a reader has the file for a moment.
_BUSY_ON_WINDOWS = (5, 32, 33)
_TRIES = 10
TEMPORARY = ".tmp"
"""The ending of a file that `put` has not finished."""
_PAUSE = 0.25
# Seconds between the tries to open a file of the home while such a program has it on Windows.
_PAUSES = (0.05, 0.1, 0.2, 0.4)
# Flushes everything but the file's times, which nobody asks for.
_flush: Callable[[int], object] = getattr(os, "fdatasync", os.fsync)


if sys.platform == "win32":

    def _read(handle: int, offset: int, wanted: int) -> bytes:
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, wanted)

    @contextmanager
    def _looked_at(directory: Path) -> Iterator[Path]:
        yield directory
else:

    def _read(handle: int, offset: int, wanted: int) -> bytes:
        return os.pread(handle, wanted, offset)

    @contextmanager
    def _looked_at(directory: Path) -> Iterator[int]:
        # With the directory open, the system does not walk the path to it once more for each name.
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield handle
        finally:
            os.close(handle)


class Entry(NamedTuple):
    """One name in a directory. `size` is in bytes and 0 for what is no regular file; links are `other`."""

    name: str
    size: int
    kind: Literal["file", "directory", "other"]


class Status(NamedTuple):
    """A regular file: `identity` changes when another file is put in its place; `size` is in bytes."""

    identity: tuple[int, int]
    size: int


class Files:
    """The real disk. `private`: what is made is for this user alone (0600, 0700); else the share's own rules apply."""

    keeps_open = sys.platform != "win32"
    """Whether a file can be replaced while another process has it open, so that one may be kept open."""

    follows = sys.platform == "linux"
    """Whether `place` can tell where an open file lies."""

    def __init__(self, *, private: bool = True) -> None:
        self._file_mode = 0o600 if private else 0o666
        self._directory_mode = 0o700 if private else 0o777
        # For a home alone: on a share a refusal seldom ends within moments, and the next poll tries again.
        self._pauses = _PAUSES if private and sys.platform == "win32" else ()

    # ---- looking ----

    def names(self, directory: Path) -> list[str]:
        """All names in a directory, in no order."""
        return os.listdir(directory)  # noqa: PTH208 - names, not paths

    def listing(self, directory: Path) -> list[Entry]:
        """All names in a directory with their sizes, in no order. What vanishes meanwhile is left out."""
        found = []
        with _looked_at(directory) as place, os.scandir(place) as entries:
            for entry in entries:
                try:
                    if entry.is_file(follow_symlinks=False):
                        found.append(Entry(entry.name, entry.stat(follow_symlinks=False).st_size, "file"))
                    else:
                        kind: Literal["directory", "other"] = (
                            "directory" if entry.is_dir(follow_symlinks=False) else "other"
                        )
                        found.append(Entry(entry.name, 0, kind))
                except FileNotFoundError:
                    continue
        return found

    def status(self, path: Path) -> Status | None:
        """What lies at `path`, or None. Raises OSError for anything but a regular file."""
        try:
            found = os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return Status((found.st_dev, found.st_ino), found.st_size)

    def exists(self, path: Path) -> bool:
        """Whether anything lies at `path`; quicker than `status` where nothing does."""
        return os.access(path, os.F_OK)

    def is_directory(self, path: Path) -> bool:
        """Whether a directory lies at `path`."""
        return path.is_dir()

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        """Bytes of a regular file from `offset` to its end, at most `limit`."""
        handle = self._handle(path, os.O_RDONLY | _ALWAYS)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(path))
            wanted = found.st_size - offset
            if limit is not None and wanted > limit:
                wanted = limit
            if wanted <= 0:
                return b""
            data = _read(handle, offset, wanted)
            while len(data) < wanted and (part := _read(handle, offset + len(data), wanted - len(data))):
                data += part
            return data
        except OSError as error:
            # Of what fails once a file is open the system does not say in which.
            error.filename = error.filename or str(path)
            raise
        finally:
            os.close(handle)

    # ---- one open file ----

    def open(self, path: Path, mode: Mode) -> int:
        """Open a regular file for writing; a handle for the methods below."""
        handle = self._handle(path, os.O_RDWR | _FLAGS[mode] | _ALWAYS)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return handle

    def write(self, handle: int, offset: int, data: bytes) -> int:
        """Write `data` at `offset` in one call; how many bytes the system took, which may be fewer."""
        if sys.platform != "win32":
            return os.pwrite(handle, data, offset)
        os.lseek(handle, offset, os.SEEK_SET)
        return os.write(handle, data)

    def place(self, handle: int) -> str:
        """Where an open file lies: another text as soon as it is replaced, moved or removed. Needs `follows`."""
        return os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115 - a text, not a path

    def still(self, handle: int, place: str, size: int) -> bool:
        """Whether an open file lies at `place` still and has `size` bytes.

        It does not ask for the file's status: the first write after that makes the system note the file's times anew,
        which is one more thing to flush.
        """
        return os.lseek(handle, 0, os.SEEK_END) == size and self.place(handle) == place

    def flush(self, handle: int) -> None:
        """Return when what was written, and the file's size, is on the disk. After a failure nothing unflushed of this
        file is certain.
        """
        if sys.platform == "darwin":
            # fsync there leaves the data in the drive's cache; some file systems know only fsync.
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
                return
            except OSError as error:
                if error.errno not in (errno.ENOTSUP, errno.EINVAL):
                    raise
        _flush(handle)

    def truncate(self, handle: int, size: int) -> None:
        """Cut a file to `size` bytes."""
        os.ftruncate(handle, size)

    def close(self, handle: int) -> None:
        """Give a handle back; flushes nothing."""
        os.close(handle)

    def _handle(self, path: Path, flags: int) -> int:
        for pause in self._pauses:
            # Of a file that another program has, the C library says no more than that access is denied.
            with suppress(PermissionError):
                return os.open(path, flags, self._file_mode)
            sleep(pause)
        try:
            return os.open(path, flags, self._file_mode)
        except PermissionError:
            # Windows says the same of a directory.
            if sys.platform == "win32" and path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from None
            raise

    # ---- names ----

    def make_directory(self, path: Path) -> None:
        """Make one directory; its parent must be there. Fine if it is there already."""
        with suppress(FileExistsError):
            path.mkdir(mode=self._directory_mode)

    def rename(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target`. On Windows tries ten times over 2.5 seconds while others read it."""
        for tries_left in reversed(range(_TRIES)):
            try:
                source.replace(target)
                return
            except OSError as error:
                if not tries_left or getattr(error, "winerror", None) not in _BUSY_ON_WINDOWS:
                    raise
                sleep(_PAUSE)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def flush_directory(self, path: Path, *, tolerant: bool = False) -> None:
        """Flush which names a directory holds. `tolerant`: a share that cannot do it raises nothing."""
        if sys.platform == "win32":
            return  # NTFS journals its names; there is no call for it
        try:
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            if not (tolerant and error.errno in (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM)):
                raise

    def lock(self, path: Path, patience: float = PATIENCE) -> SystemLock:
        """A lock between processes and threads at `path`; `with` holds it."""
        return SystemLock(path, patience)

    # ---- put together from the calls above ----

    @contextmanager
    def opened(self, path: Path, mode: Mode) -> Iterator[int]:
        """`open`, closed at the end."""
        handle = self.open(path, mode)
        try:
            yield handle
        finally:
            self.close(handle)

    def make_directories(self, path: Path) -> None:
        """Make a directory and the missing ones above it, durably. Raises FileNotFoundError if not even the root is
        there, as with a drive on Windows that is not connected.
        """
        missing = []
        while not self.is_directory(path):
            if path == path.parent:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            missing.append(path)
            path = path.parent
        # A process may have made the one that is there and been killed before it flushed its name.
        self.flush_directory(path.parent, tolerant=True)
        for directory in reversed(missing):
            self.make_directory(directory)
            self.flush_directory(directory.parent, tolerant=True)

    def put(self, path: Path, data: bytes) -> None:
        """Replace the whole of a local file durably: it holds the old bytes or the new ones, whatever happens.

        Where two processes may put the same file at once, the caller holds a lock.
        """
        beside = unfinished_of(path)
        try:
            with self.opened(beside, "empty") as handle:
                write_all(self, handle, 0, data)
                self.flush(handle)
            self.rename(beside, path)
        except OSError:
            with suppress(OSError):
                self.remove(beside)
            raise
        self.flush_directory(path.parent)


def unfinished_of(path: Path) -> Path:
    """Where `put` makes the file that is to lie at `path`; a process that is killed may leave it there."""
    return path.with_name(path.name + TEMPORARY)


def write_all(files: Files, handle: int, offset: int, data: bytes) -> None:
    """Write `data` in one call. Raises OSError (no space) when the system took less."""
    if files.write(handle, offset, data) < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def cause_of(problem: Problem) -> OSError:
    """The OSError that `trouble` made a Problem of. Raises any other Problem again."""
    if not isinstance(problem.__cause__, OSError):
        raise problem
    return problem.__cause__


def trouble(error: OSError, path: Path) -> NoReturn:
    """Raise the Problem that tells a user why `path`, or the file in it that the system names, could not be written or
    read.
    """
    if error.filename and os.path.lexists(error.filename) and Path(error.filename).parent == path:
        path = Path(error.filename)
    name = system_name(error)
    if name in ("ENOSPC", "EFBIG", "EDQUOT"):
        raise Problem("store.disk_full", path=path) from error
    if name == "EROFS":
        raise Problem("store.read_only", path=path) from error
    if name in ("EACCES", "EPERM"):
        raise Problem("store.no_access", path=path) from error
    if name == "ENOTDIR":
        raise Problem("store.no_folder", path=path) from error
    # Those that a call without a name gives tell of the disk, and not of what lies there.
    if name in ("EINVAL", "EISDIR", "ELOOP") and error.filename:
        raise Problem("store.no_file", path=path) from error
    raise Problem("store.disk_error", path=path, reason=system_reason(error)) from error
