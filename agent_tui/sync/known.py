"""What the last sync left known, for commands that do not sync. Disposable: without it nothing is known."""

from datetime import datetime

import msgspec

from agent_tui.store.files import Files
from agent_tui.store.home import TeamHome

KNOWN = "sync.json"


class Known(msgspec.Struct, frozen=True):
    """The seq of the last own record on the share, and when a sync was last well (aware); None: never."""

    published: int = 0
    last_ok: datetime | None = None

    def to_bytes(self) -> bytes:
        """The file."""
        return msgspec.json.encode(self) + b"\n"


def last_known(place: TeamHome) -> Known:
    """What is known of the last sync of a team's home."""
    try:
        found = msgspec.json.decode(Files().read(place.path / KNOWN))
        last_ok = found["last_ok"]
        return Known(int(found["published"]), datetime.fromisoformat(last_ok) if last_ok else None)
    except (OSError, ValueError, KeyError, TypeError):
        return Known()
