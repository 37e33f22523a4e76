"""A note of how far the last sync came, for commands that do not sync. It may be deleted at any time."""

from datetime import datetime

import msgspec

from agent_tui.store.files import Files, trouble
from agent_tui.store.home import TeamHome

KNOWN = "sync.json"


class Known(msgspec.Struct, frozen=True):
    """The seq of the last own record on the share, and when a sync last ended well (aware; None for never)."""

    published: int = 0
    last_ok: datetime | None = None


def last_known(place: TeamHome) -> Known:
    """The note in a team's home; an empty one if it is missing or damaged."""
    try:
        found = msgspec.json.decode(Files().read(place.path / KNOWN))
        last_ok = found["last_ok"]
        return Known(int(found["published"]), datetime.fromisoformat(last_ok) if last_ok else None)
    except (OSError, ValueError, KeyError, TypeError):
        return Known()


def keep_known(place: TeamHome, known: Known, files: Files) -> None:
    """Write the note. Raises Problem if this machine's disk refuses."""
    path = place.path / KNOWN
    try:
        files.put(path, msgspec.json.encode(known) + b"\n")
    except OSError as error:
        trouble(error, path)
