"""A short lock between the processes and threads of one machine.

The operating system holds it and drops it when its holder dies, so nobody ever judges by a process id whether it is
stale. The file is only something to lock: it stays, empty, for ever.
"""

import os
import sys
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
        self._handle = -1

    def __enter__(self) -> None:
        # Opened anew each time: the lock belongs to the open file, so threads exclude each other as processes do.
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait(handle)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        handle, self._handle = self._handle, -1
        _unlock(handle)
        os.close(handle)

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
