"""What is kept of the segments of each day: a disposable cache in the home, one file a day.

A file that is damaged, or was made in another way, is treated as missing. So is an entry for a mirrored copy that was
replaced by another history since: another process may have written down what it knew before.
"""

from collections.abc import Set
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from agent_tui.book.place.place import Place
from agent_tui.errors import Problem
from agent_tui.sync.mirror import Mirror

T = TypeVar("T")

# Of a list of three in MessagePack: what made it is the first.
_HEAD = b"\x93"


class DayFiles(Generic[T]):
    """Those of one place. `ending` names their folder in the cache, `made_by` the way in which the values are made;
    `form` is the type of what is kept of a day: a value for each of its segments, by name.
    """

    def __init__(self, place: Place, ending: str, made_by: str, form: type[dict[str, T]]) -> None:
        self._place, self._home = place, place.home
        self._mirror = Mirror(place.where.mirror, place.home.files)
        self._path = place.home.cache / f"{place.where.name}.{ending}"
        self._made_by = made_by
        self._form = form
        self._new: dict[date, dict[str, T]] = {}

    def days(self) -> Set[str]:
        """The days of which there is a file, as ISO 8601 has them, whatever it is worth. Raises OSError."""
        return set(self._home.files.names(self._path)) if self._home.files.exists(self._path) else frozenset()

    def of(self, day: date) -> dict[str, T]:
        """What is kept of a day."""
        if day in self._new:
            return self._new[day]
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            data = self._home.kept(self._file(day)) or b""
            made_by, replaced, segments = msgspec.msgpack.decode(data, type=tuple[str, int, msgspec.Raw])
            if made_by == self._made_by:
                stale = {name.rpartition("/")[2] for name in self._mirror.replaced(replaced)}
                found = msgspec.msgpack.decode(segments, type=self._form)
                return {name: value for name, value in found.items() if name not in stale} if stale else found
        return {}

    def has(self, day: date) -> bool:
        """Whether something is kept of a day, as far as can be told without reading it."""
        return day in self._new or self._home.keeps(self._file(day), _HEAD + msgspec.msgpack.encode(self._made_by))

    def put(self, day: date, segments: dict[str, T]) -> None:
        """Have this kept of a day, as it is when `save` writes it."""
        self._new[day] = segments

    def forget(self, day: date) -> None:
        """Forget a day. What the disk will not let go of is not read again, and written over by `save`."""
        self._new[day] = {}
        with suppress(Problem):
            self._home.remove(self._file(day))

    def save(self, lock: AbstractContextManager[object] | None = None) -> None:
        """Write what is new; `lock` guards it meanwhile. A disk that refuses costs some time later, no more."""
        while True:
            with lock or nullcontext():
                if not self._new:
                    return
                day, segments = self._new.popitem()
                data = msgspec.msgpack.encode((self._made_by, self._place.replaced, segments))
            self._home.keep(self._file(day), data)

    def _file(self, day: date) -> Path:
        return self._path / day.isoformat()
