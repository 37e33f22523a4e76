"""An index of one's own calls of older days: in which segments a number occurs, and whether another call was promised.

A year of calls is too much to keep folded. When a customer is asked for, only the few segments that the index names are
folded, and the fold decides what stands. The index is kept on the disk (`history_file`), so that a start only indexes
what is new. It holds nothing that the segments do not hold in clear.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from shared_rules.folding.facts import Fact

Latest = int
"""The start of the last call with a number in microseconds, doubled; odd where it promised another."""


class Packed(msgspec.Struct, frozen=True):
    """What was indexed before, of each number in the order of `tags`: its `latest`, and the segments that tell of it.

    Those of the number at place `n` are `names[i]` for each `i` in `places[starts[n]:starts[n + 1]]`. `marks` are the
    bytes that were read of each of `names`, 0 for one not read whole; `unsure` are the numbers of which a call was
    changed. Of 300,000 calls with 50,000 customers it takes some 2 MB, a tenth of what dictionaries take.
    """

    names: list[str] = []
    marks: list[int] = []
    tags: "array[int]" = array("Q")
    latest: "array[int]" = array("q")
    starts: "array[int]" = array("I", [0])
    places: "array[int]" = array("I")
    unsure: frozenset[int] = frozenset()

    def place(self, tag: int) -> int | None:
        """Where a number is in the order."""
        place = bisect_left(self.tags, tag)
        return place if place < len(self.tags) and self.tags[place] == tag else None

    def segments(self, place: int) -> Iterator[str]:
        """The segments that tell of the number at a place."""
        return (self.names[one] for one in self.places[self.starts[place] : self.starts[place + 1]])


class History:
    """It is given each own line at least once, in any order."""

    def __init__(self) -> None:
        self._packed = Packed()
        self._promised: set[int] = set()
        # What came since, by number: the segments, and the latest call of all that is known.
        self._segments: dict[int, tuple[str, ...]] = {}
        self._latest: dict[int, Latest] = {}
        self._unsure: set[int] = set()
        self._marks: dict[str, int] = {}
        # The ids of the calls that are folded; and, by segment, what gives those folded since somebody asked.
        self._calls: dict[str, set[str]] = {}
        self._folded: list[tuple[str, Callable[[], Iterable[Fact]]]] = []
        self.kept = False
        """Whether what was kept is in it."""
        self.whole = False
        """Whether all own segments were indexed."""

    def note(self, kind: str, id: str, segment: str, body: Any, *, folded: bool) -> None:
        """Take a line of kind call, correction or void, with its clear body (a struct); whether it is folded too."""
        if kind == "void":
            if body.phone_tag:
                self._unsure.add(int(body.phone_tag, 16))
            return
        if kind == "correction":
            if body.call.phone_tag:
                self._unsure.add(int(body.call.phone_tag, 16))
            id, body = body.about.id, body.call
        if body.phone_tag is None:
            return
        if folded:
            self._calls.setdefault(body.phone_tag, set()).add(id)
        tag = int(body.phone_tag, 16)
        place = self._packed.place(tag)
        before = self._latest.get(tag, None if place is None else self._packed.latest[place])
        latest = 2 * _microseconds(body.started_at) + (body.follow_up is not None)
        # Set before the segments, so that `pack`, running meanwhile, finds a latest call for each number with segments.
        if before is None or latest > before:
            self._tell_latest(tag, latest)
        known = self._segments.get(tag, ())
        if segment not in known and (place is None or segment not in self._packed.segments(place)):
            self._segments[tag] = (*known, segment)

    def note_calls(self, segment: str, calls: Callable[[], Iterable[Fact]]) -> None:
        """Take the folded calls of a segment, and the changes to them; not before somebody asks, as few commands do."""
        self._folded.append((segment, calls))

    def _look(self) -> None:
        while self._folded:
            segment, calls = self._folded[-1]
            for fact in calls():
                self.note(fact.kind, fact.id, segment, fact.body, folded=True)
            self._folded.pop()

    def forget_folded(self) -> None:
        """Forget which calls are folded: all is folded anew, and other segments may be one's own."""
        self._calls.clear()
        self._folded.clear()
        self.whole = False

    # ---- what is read of the segments ----

    def mark(self, segment: str, size: int) -> None:
        """Note that all lines in the first `size` bytes of a segment were indexed."""
        self._marks[segment] = size

    def marked(self, segment: str) -> int:
        """How many bytes of a segment were indexed."""
        return self._marks.get(segment, 0)

    def take(self, packed: Packed) -> None:
        """Take what was kept on the disk, beside what was indexed by now."""
        self.kept = True
        self._packed = packed
        self._promised = {tag for tag, latest in zip(packed.tags, packed.latest, strict=True) if latest % 2}
        self._unsure |= packed.unsure
        self._marks = dict(zip(packed.names, packed.marks, strict=True)) | self._marks
        for tag, latest in self._latest.items():
            place = packed.place(tag)
            self._tell_latest(tag, latest if place is None else max(latest, packed.latest[place]))

    def pack(self) -> Packed:
        """All of it, to be kept on the disk. Slow for a large index; changes nothing."""
        before, added, latest = self._packed, dict(self._segments), dict(self._latest)
        marks = dict(self._marks)
        names = list(dict.fromkeys((*before.names, *marks, *(name for of in added.values() for name in of))))
        numbers = {name: number for number, name in enumerate(names)}
        tags = array("Q", sorted({*before.tags, *added}))
        packed = Packed(
            names, [marks.get(name, 0) for name in names], tags, array("q"), array("I", [0]), array("I"),
            frozenset(self._unsure),
        )  # fmt: skip
        for tag in tags:
            place = before.place(tag)
            known = () if place is None else before.segments(place)
            packed.places.extend(numbers[name] for name in (*known, *added.get(tag, ())))
            packed.starts.append(len(packed.places))
            packed.latest.append(latest[tag] if place is None else latest.get(tag, before.latest[place]))
        return packed

    # ---- asking ----

    def segments(self, tag: str) -> set[str]:
        """The segments that tell of calls with a number."""
        self._look()
        number = int(tag, 16)
        place = self._packed.place(number)
        return {*self._segments.get(number, ()), *(() if place is None else self._packed.segments(place))}

    def calls(self, tag: str) -> set[str]:
        """The ids of the calls with a number; all of them once its segments are folded."""
        self._look()
        return self._calls.get(tag, set())

    def promised(self) -> list[str]:
        """The numbers whose last call may have promised another."""
        self._look()
        unsure = {tag for tag in self._unsure if tag in self._latest or self._packed.place(tag) is not None}
        return [f"{tag:016x}" for tag in sorted(self._promised | unsure)]

    def _tell_latest(self, tag: int, latest: int) -> None:
        self._latest[tag] = latest
        if latest % 2:
            self._promised.add(tag)
        else:
            self._promised.discard(tag)


def _microseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1_000_000)
