"""Where the packs of past days' segments are kept: in memory, and as a disposable cache in the home.

A pack is valid only for the very bytes of its segment. It is made anew if it is missing or damaged, or was made by
other rules. About customers it holds only what the records hold in clear: tags.
"""

import sys
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

import msgspec

import shared_rules
from agent_tui.book.folding.shelving import Shelved
from agent_tui.book.place.place import Place
from agent_tui.book.segments.day_files import DayFiles
from agent_tui.store import segments


class Shelf:
    """The packs of one place."""

    def __init__(self, place: Place) -> None:
        way = f"{made_by()} {place.zone.key} {sys.byteorder}"
        self._files = DayFiles(place, "packs", way, dict[str, Shelved])
        self._days: dict[date, dict[str, Shelved]] = {}

    def get(self, day: date, name: str, digest: bytes) -> Shelved | None:
        """The pack of the segment of that name, if its bytes still have that digest."""
        found = self._of(day).get(name)
        return found if found is not None and found.digest == digest else None

    def has(self, day: date) -> bool:
        """Whether there are packs of a day, as far as that shows without reading them."""
        return day in self._days or self._files.has(day)

    def put(self, day: date, name: str, shelved: Shelved) -> None:
        """Keep the pack of a segment."""
        of_day = self._of(day)
        of_day[name] = shelved
        self._files.put(day, of_day)

    def save(self, lock: AbstractContextManager[object] | None = None) -> None:
        """Write what is new; see `DayFiles.save`."""
        self._files.save(lock)

    def _of(self, day: date) -> dict[str, Shelved]:
        if day not in self._days:
            self._days[day] = self._files.of(day)
        return self._days[day]


@cache
def made_by() -> str:
    """A digest of the code that makes packs: the rules, this package and the reader of segments.

    Where the sources cannot be read it is random, so that no pack of another process is used.
    """
    rooms = (Path(shared_rules.__file__).parent, Path(__file__).parent, Path(segments.__file__).parent)
    try:
        sources = [source.read_bytes() for room in rooms for source in sorted(room.rglob("*.py"))]
    except OSError:
        sources = []
    return f"{sha256(b''.join(sources) or token_bytes()).hexdigest()} {msgspec.__version__}"
