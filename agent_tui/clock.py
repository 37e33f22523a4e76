"""The program's one clock. `--now` or AGENT_TUI_NOW sets it; where a screen is open, it ticks on from there."""

from datetime import UTC, datetime
from time import monotonic
from typing import Protocol
from zoneinfo import ZoneInfo

from agent_tui.errors import Problem
from shared_rules.records.parts import nameable

DEFAULT_ZONE = "Asia/Shanghai"
"""The time zone of a team for which none was chosen."""


class Clock(Protocol):
    """Tells the time in a zone."""

    def now(self, zone: ZoneInfo) -> datetime:
        """The present instant, aware, in `zone`."""


class SystemClock:
    """The machine's clock."""

    def now(self, zone: ZoneInfo) -> datetime:
        return datetime.now(zone)


class SetClock:
    """A clock that was told the time once. A time without an offset is meant in the zone asked for."""

    def __init__(self, start: datetime, *, ticking: bool = True) -> None:
        self._start = start
        self._ticking = ticking
        self._since = monotonic()

    def now(self, zone: ZoneInfo) -> datetime:
        start = self._start if self._start.tzinfo else self._start.replace(tzinfo=zone)
        if not self._ticking:
            return start.astimezone(zone)
        elapsed = monotonic() - self._since
        return datetime.fromtimestamp(start.astimezone(UTC).timestamp() + elapsed, zone)


def clock_from(text: str | None, *, ticking: bool = False) -> Clock:
    """The clock for `--now TEXT` (ISO 8601). Raises Problem for a text that is no time.

    A screen's clock ticks on. A command's stands: of two commands told the same time the second is never the earlier.
    """
    if not text:
        return SystemClock()
    try:
        start = datetime.fromisoformat(text)
        nameable(start)  # at the ends of the calendar not every zone has the instant
        return SetClock(start, ticking=ticking)
    except ValueError:
        raise Problem("errors.not_a_time", text=text) from None
