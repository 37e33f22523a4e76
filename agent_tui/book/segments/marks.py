"""Which record ids and phone tags occur in each segment, so that one customer or record is found in moments among
years of a team's records.

Each id or tag is kept as a four-byte checksum, so false hits are rare and harmless. It is a disposable cache in the
home, filled as it is asked.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, suppress
from datetime import date
from zlib import crc32

import msgspec

from agent_tui.book.place.place import Place
from agent_tui.book.segments.day_files import DayFiles
from agent_tui.book.segments.segments import Held, Segments
from agent_tui.errors import Problem
from agent_tui.store.segments import whole

_FORM = "2"
_SIZE = 4
_TEXTS = re.compile(rb'"(?:id|phone_tag|seal_tag)"\s*:\s*"([^"]*)"')
# What a segment of today grew by is read again as quickly as it is written.
_WORTH_KEEPING = 64 * 1024
# The rest between two days, in seconds: the board is in use.
_BREATH_S = 0.003


class _Marked(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The marks of what is in the first `size` bytes of a segment."""

    size: int
    marks: bytes


class Marks:
    """The marks of one place's segments."""

    def __init__(self, place: Place) -> None:
        self._home = place.home
        self._files = DayFiles(place, "marks", _FORM, dict[str, _Marked])

    def having(self, held: Iterable[Held], wanted: Mapping[str, Collection[str]]) -> Iterator[Held]:
        """The segments in which one of the ids or tags that are wanted of their writer occurs, day by day in the order
        in which each day first comes up.
        """
        marks = {writer: [_mark(text) for text in set(of)] for writer, of in wanted.items()}
        days: dict[date, list[Held]] = defaultdict(list)
        for one in held:
            if marks.get(one.writer):
                days[one.day].append(one)
        for day, ones in days.items():
            known = self._of(day, ones)
            for one in ones:
                there = known[one.name].marks
                for mark in marks[one.writer]:
                    if mark in there:
                        yield one
                        break

    def learn(self, segments: Segments, lock: AbstractContextManager[object], stopped: Callable[[float], bool]) -> None:
        """Read the days that are not known yet, the latest first, so that nobody has to wait for all of them. It holds
        `lock`, which guards the marks, for one day at a time. `stopped` sleeps so many seconds; True ends the reading.
        """
        days: dict[date, list[Held]] = defaultdict(list)
        known: Set[str] = frozenset()
        with lock, suppress(Problem, OSError):
            for one in segments.held():
                days[one.day].append(one)
            known = self._files.days()
        for day in sorted(days, reverse=True):
            if day.isoformat() not in known:
                if stopped(_BREATH_S):
                    return
                with lock, suppress(Problem):
                    self._of(day, days[day])
                self.save(lock)

    def forget(self, day: date) -> None:
        """Forget a day: other bytes are in the place of one of its segments."""
        self._files.forget(day)

    def save(self, lock: AbstractContextManager[object] | None = None) -> None:
        """Write what is new; see `DayFiles.save`."""
        self._files.save(lock)

    def _of(self, day: date, held: Collection[Held]) -> dict[str, _Marked]:
        """The marks of a day's segments, read of those, and as far as, they are not known yet."""
        known = self._files.of(day)
        for one in held:
            before = known.get(one.name)
            if before is None or before.size < one.size:
                after = known[one.name] = self._marked(one, before or _Marked(0, b""))
                if before is None or after.size - before.size > _WORTH_KEEPING:
                    self._files.put(day, known)
        return known

    def _marked(self, held: Held, before: _Marked) -> _Marked:
        data = self._home.read(held.path) or b""
        data = data[before.size : whole(data)]
        marks = b"".join({crc32(text).to_bytes(_SIZE, "little") for text in _TEXTS.findall(data)})
        return _Marked(before.size + len(data), before.marks + marks)


def _mark(text: str) -> bytes:
    return crc32(text.encode("utf-8", "replace")).to_bytes(_SIZE, "little")
