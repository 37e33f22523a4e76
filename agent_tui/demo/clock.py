"""The clock of a demo: stands until it is moved, then runs as fast as one likes."""

from datetime import UTC, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo


class StoryClock:
    """Shared by all desks of a demo."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._since = monotonic()
        self._speed = 0

    def now(self, zone: ZoneInfo) -> datetime:
        """The present instant of the story."""
        elapsed = (monotonic() - self._since) * self._speed
        return (self._start + timedelta(seconds=elapsed)).astimezone(zone)

    def move(self, to: datetime) -> None:
        """Stand at `to`."""
        self._start, self._since = to.astimezone(UTC), monotonic()

    def run(self, speed: int) -> None:
        """Go on from where it stands, `speed` times as fast as the world."""
        self._since, self._speed = monotonic(), speed
