"""Which segments this machine holds, own and mirrored, and the few lines in them that concern every day.

A disposable cache under the home's cache directory spares reading a year's segments at each start. It holds nothing
that is not in the segments, and is built anew when it is missing or damaged.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import msgspec

from agent_tui.book.place import Place
from agent_tui.errors import Problem
from agent_tui.store.segments import SIGNATURE, Stored, last_good, scan, segment_name, whole
from agent_tui.sync import names
from agent_tui.sync.mirror import Mirror
from shared_rules import lines

# Kinds that concern days before or after the one they were written on, or every day.
STANDING = (
    "member", "policy", "do_not_call", "card", "notice", "erase", "grade_step", "owner", "proposal",
    "request", "refusal", "time_away", "plan", "withdrawal",
)  # fmt: skip
Looked = Literal["lead", "handover", "refusal", "withdrawal"]
"""Kinds that are rare, or in few segments, and are looked for in all of them."""
# Writers whose last segment asked for stays in memory: a row of the board is opened, one at a time.
_AT_HAND = 4
_MARK = re.compile(b"|".join(b'"kind":"%s"' % kind.encode() for kind in STANDING))


class Held(msgspec.Struct, frozen=True):
    """A segment on this machine. `day` is the date in the `at` of its first line."""

    writer: str
    name: str
    day: date
    path: Path
    size: int


class _Entry(msgspec.Struct, array_like=True):
    """What is known of the first `size` bytes of a segment: first and last seq, lines of standing kinds by offset."""

    day: date
    size: int
    first_seq: int
    standing: list[tuple[int, str]]
    last_seq: int = 0


class _Cache(msgspec.Struct, array_like=True):
    """What is kept of all segments. `kinds` are the standing kinds it was built for."""

    kinds: list[str]
    entries: dict[str, _Entry]


class Segments:
    """All segments of a team on this machine."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._mirror = Mirror(place.where.mirror, place.home.files)
        self._path = place.home.cache / f"{place.where.name}.segments"
        self._entries: dict[str, _Entry] = {}
        self._stale = False
        self._has: dict[str, tuple[int, frozenset[str]]] = {}
        self.damaged: set[tuple[str, int]] = set()
        """Lines that could not be read, by segment and byte."""
        self._lines: dict[str, dict[int, Stored]] = {}
        try:
            if data := place.home.read(self._path):
                cache = msgspec.json.decode(data, type=_Cache)
                self._entries = cache.entries if tuple(cache.kinds) == STANDING else {}
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._stale = True

    def held(self, since: date | None = None) -> Iterator[Held]:
        """The segments of `since` and later days (default: all), the own ones first."""
        writer = self._place.writer
        folder = self._place.where.journal
        for entry in sorted(self._place.home.files.listing(folder), key=lambda one: one.name):
            if entry.name.endswith(".jsonl") and entry.name.startswith(writer) and entry.size:
                known = self._known(writer, entry.name, folder / entry.name, entry.size, None)
                if known and (since is None or known.day >= since):
                    yield Held(writer, entry.name, known.day, folder / entry.name, entry.size)
        for day in self._mirror.days():
            if since is None or day >= since:
                for name, size in sorted(self._mirror.segments(day).items()):
                    path = self._mirror.path(f"records/{day}/{name}")
                    # Own lines that were mended from the share are in the journal.
                    if name[:16] != writer and self._known(name[:16], name, path, size, day):
                        yield Held(name[:16], name, day, path, size)

    def named(self, names: Collection[str]) -> list[Held]:
        """The segments of those names that are here."""
        return [held for held in self.held() if held.name in names] if names else []

    def standing(self) -> Iterator[Stored]:
        """The lines of kinds that concern every day: members, policies, do-not-call numbers, owners, grades, cards,
        erasures.
        """
        for held in list(self.held()):
            for offset, text in self._entries[held.name].standing:
                raw = text.encode()
                yield Stored(held.name, offset, raw, lines.decode(raw))

    def of(self, writer: str, seq: int) -> Held | None:
        """The segment that holds the line `seq` of `writer`."""
        fitting = [held for held in self.held() if held.writer == writer and self._entries[held.name].first_seq <= seq]
        return max(fitting, key=lambda held: self._entries[held.name].first_seq, default=None)

    def holding(self, lines_wanted: Iterable[tuple[str, int]]) -> list[Held]:
        """The segments that hold those lines (writer and seq)."""
        held: dict[str, list[Held]] = defaultdict(list)
        for one in self.held():
            held[one.writer].append(one)
        for of_writer in held.values():
            of_writer.sort(key=self._first)
        found = {}
        for writer, seq in lines_wanted:
            place = bisect_right(held[writer], seq, key=self._first) if writer in held else 0
            if place:
                one = held[writer][place - 1]
                found[one.name] = one
        return sorted(found.values(), key=lambda one: one.name)

    def _first(self, held: Held) -> int:
        return self._entries[held.name].first_seq

    def line(self, writer: str, seq: int) -> Stored | None:
        """The line `seq` of `writer`. The lines of a day are shown together: the last segments stay at hand."""
        at_hand = self._lines.get(writer)
        if at_hand is None or seq not in at_hand:
            held = self.of(writer, seq)
            if held is None:
                return None
            at_hand = {stored.line.seq: stored for stored in self.read(held) if stored.line.kind != "signature"}
            if len(self._lines) >= _AT_HAND:
                self._lines.clear()
            self._lines[writer] = at_hand
        return at_hand.get(seq)

    def read(self, held: Held) -> Iterator[Stored]:
        """The whole lines of a segment; damaged ones are passed over, and those whose seq was there before."""
        data = self._place.home.read(held.path) or b""
        last = self.last_before(held.name)
        for found in scan(held.name, held.writer, data[: whole(data)]):
            if isinstance(found, Stored):
                if found.line.seq > last or found.line.kind == SIGNATURE:
                    last = max(last, found.line.seq)
                    yield found
            else:
                self.damaged.add((found.segment, found.offset))

    def last_before(self, name: str) -> int:
        """The last seq of its writer's segment before one, as far as that is here: what comes again counts once."""
        segment = names.segment(name)
        before = self._entries.get(segment_name(segment.writer, segment.number - 1)) if segment else None
        return before.last_seq if before else 0

    def mentions(self, held: Held, text: str) -> bool:
        """Whether a segment has that text in clear, such as an id or a tag."""
        return text.encode("utf-8", "replace") in (self._place.home.read(held.path) or b"")

    def has(self, held: Held, *kinds: Looked) -> bool:
        """Whether a segment has lines of one of those kinds. Each byte of it is looked at once."""
        size, found = self._has.get(held.name, (0, frozenset[str]()))
        if size < held.size:
            data = self._place.home.files.read(held.path, size)
            found |= {kind for kind in get_args(Looked) if b'"kind":"%s"' % kind.encode() in data}
            self._has[held.name] = held.size, found
        return not found.isdisjoint(kinds)

    def forget(self, name: str) -> None:
        """Forget what was known of a segment: other bytes are in its place."""
        self._entries.pop(name, None)
        self._has.pop(name, None)
        self._lines.clear()
        self._stale = True

    def save(self) -> None:
        """Write the cache if it has grown. A disk that refuses costs the next start some time, nothing else."""
        if not self._stale:
            return
        try:
            self._place.home.make_directory(self._place.home.cache)
            self._place.home.write(self._path, msgspec.json.encode(_Cache(list(STANDING), self._entries)))
            self._stale = False
        except Problem:
            return

    def _known(self, writer: str, name: str, path: Path, size: int, day: date | None) -> _Entry | None:
        known = self._entries.get(name)
        if known is not None and known.size >= size:
            return known
        start = known.size if known else 0
        data = self._place.home.files.read(path, start)
        data = data[: whole(data)]
        if known is None:
            first = next((one for one in scan(name, writer, data) if isinstance(one, Stored)), None)
            if first is None:
                return None
            known = _Entry(day or _day(first.line.at), 0, first.line.seq, [])
        if _MARK.search(data):
            known.standing += [
                (one.offset, one.raw.decode())
                for one in scan(name, writer, data, start)
                if isinstance(one, Stored) and one.line.kind in STANDING
            ]
        last, _ = last_good(name, writer, data)
        known.last_seq = last.line.seq if last else known.last_seq
        known.size = start + len(data)
        self._entries[name] = known
        self._stale = True
        return known


def _day(at: str) -> date:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return date.max  # a broken clock's segment is always read
