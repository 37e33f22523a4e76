"""Sync in the background: one daemon thread that polls, and a plain status. A hanging share holds nothing up."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.sync.host import Moved
from agent_tui.sync.syncer import Syncer

# A record must be on the board within two seconds: the wait for the next poll and the work after it together.
_POLL_S = 1.5
_BACK_OFF_S = 60.0
# After a save the screen repaints first: a round at the same moment would hold up the frame.
_AFTER_A_SAVE_S = 0.15
_HANGING_S = 15.0
# For so long another process of this home may sync, as in a first pull, before it is reported: it may be suspended.
_BUSY_S = 60.0
_STOP_S = 0.5


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the sync. Times are aware, in the team's zone.

    `last_ok` is when a round last ended well, `offline_since` when the first round that failed since then began,
    `error` one line for people, `published` the seq of the last own record on the share, `left` how many files and
    days are still to be read.
    """

    last_ok: datetime | None
    offline_since: datetime | None
    error: str | None
    published: int
    left: int


class Service:
    """Runs `syncer` in a daemon thread.

    `told` is called in that thread after each round, with what it moved (None if it failed); what it raises is an error
    of the round. `fault` is called with an exception that is a fault of the program. Neither may wait for the event
    loop.
    """

    def __init__(
        self,
        syncer: Syncer,
        *,
        now: Callable[[], datetime],
        told: Callable[[Moved | None], None] = lambda _: None,
        fault: Callable[[Exception], None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._syncer = syncer
        self._now = now
        self._told = told
        self._fault = fault
        self._monotonic = monotonic
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._failures = 0
        self._error: Exception | None = None
        self._last_ok: datetime | None = None
        self._offline_since: datetime | None = None
        # When the round under way began, by the monotonic clock and by the wall clock.
        self._under_way: tuple[float, datetime] | None = None
        # The same for the first round that could not begin as another process of this home syncs, with that Problem.
        self._busy: tuple[float, datetime, Problem] | None = None

    def start(self) -> None:
        """Start the thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="agent-tui-sync", daemon=True)
            self._thread.start()

    def stop(self) -> bool:
        """End the thread; False if it hangs on the share and was left behind after half a second."""
        self._stop.set()
        self._wake.set()
        if self._thread is None:
            return True
        self._thread.join(_STOP_S)
        if self._thread.is_alive():
            return False
        self._thread = None
        return True

    def wake(self) -> None:
        """Sync now, as something was logged. While the share fails, the next try stays when it was due."""
        if not self._failures:
            self._wake.set()

    def status(self) -> Status:
        """The state of the sync. Never waits."""
        error = self._line()
        offline_since = self._offline_since
        under_way = self._under_way
        if under_way and self._monotonic() - under_way[0] > _HANGING_S:
            error = error or t("sync.no_answer", place=self._syncer.backend.place)
            offline_since = offline_since or under_way[1]
        busy = self._busy
        if busy and self._monotonic() - busy[0] > _BUSY_S:
            error = error or str(busy[2])
            offline_since = offline_since or busy[1]
        return Status(self._last_ok, offline_since, error, self._syncer.published, self._syncer.left)

    def step(self) -> float:
        """Do one round; the seconds to wait before the next. This is all the thread does, so that tests can call it."""
        began = self._now()
        self._under_way = self._monotonic(), began
        moved: Moved | None = None
        try:
            moved = self._syncer.round()
        except Problem as error:
            if error.name == "store.busy":
                self._busy = self._busy or (*self._under_way, error)
            elif error.name == "sync.in_the_way":
                # The share answers: what somebody put in the way of one file must not slow down the polls.
                self._failures, self._error, self._offline_since, self._busy = 0, error, None, None
            else:
                self._failed(error, began)
        except Exception as error:  # the thread must outlive a fault, and say it
            self._failed(error, began)
            self._fault(error)
        else:
            self._failures, self._error, self._offline_since, self._busy = 0, None, None, None
            self._last_ok = self._now()
        finally:
            self._under_way = None
        try:
            self._told(moved)
        except Problem as error:
            self._failed(error, began)
            moved = None
        except Exception as error:  # as above
            self._failed(error, began)
            self._fault(error)
            moved = None
        if moved is not None and self._syncer.busy:
            return 0.0
        return min(_POLL_S * float(2**self._failures), _BACK_OFF_S)

    def _line(self) -> str | None:
        """What went wrong, in the language in use."""
        if self._error is None or isinstance(self._error, Problem):
            return str(self._error) if self._error else None
        return t("sync.fault", reason=type(self._error).__name__)

    def _failed(self, error: Exception, began: datetime) -> None:
        self._error, self._busy = error, None
        self._failures = min(self._failures + 1, 10)
        self._offline_since = self._offline_since or began

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            delay = self.step()
            if not self._stop.is_set() and self._wake.wait(delay):
                self._stop.wait(_AFTER_A_SAVE_S)
