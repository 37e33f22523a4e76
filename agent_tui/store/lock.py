"""A short lock between the processes and threads of one machine.

The operating system holds it and drops it when its holder dies, so nobody ever judges by a process id whether it is
stale. The file is only something to lock: it stays, empty, for ever.
"""

import os
import sys
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

from agent_tui.errors import Problem

PATIENCE = 10.0
_PAUSES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02)

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class SystemLock:
    """`with lock:` holds it. Not re-entrant. Waits `patience` seconds for another holder, then raises Problem."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path = path
        self._patience = patience
        # The system's lock belongs to the open file, so threads that share this object need one of their own.
        self._threads = threading.Lock()
        self._handle: int | None = None
        self._given_back: Callable[[], object] = bool

    def __enter__(self) -> None:
        if not self._threads.acquire(timeout=self._patience):
            raise Problem("store.busy", path=self._path)
        try:
            if self._handle is None:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                self._given_back = weakref.finalize(self, os.close, self._handle)
            self._wait(self._handle)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._handle is not None:
                _unlock(self._handle)
        finally:
            self._threads.release()

    def close(self) -> None:
        """Close the file. The lock can be used again afterwards."""
        with self._threads:
            self._given_back()
            self._handle = None

    def _wait(self, handle: int) -> None:
        if _try_lock(handle):
            return
        until = monotonic() + self._patience
        tries = 0
        while (left := until - monotonic()) > 0:
            sleep(min(left, _PAUSES[min(tries, len(_PAUSES) - 1)]))
            if _try_lock(handle):
                return
            tries += 1
        raise Problem("store.busy", path=self._path)
