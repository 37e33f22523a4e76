"""Which segments this machine holds, own and mirrored, and the few lines in them that concern every day.

A disposable cache under the home's cache directory spares reading a year's segments at each start. It holds nothing
that is not in the segments, and is built anew when it is missing or damaged.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from datetime import date, timedelta
from operator import attrgetter
from pathlib import Path

import msgspec

from agent_tui.book.place.place import Place
from agent_tui.book.segments.known import LOOKED, Cache, Entry, Looked
from agent_tui.book.segments.set_back import SetBack
from agent_tui.store.segments import Stored, day_of, last_good, scan, whole
from agent_tui.sync import names
from agent_tui.sync.mirror import OTHER, Mirror, undisturbed
from shared_rules.records import lines
from shared_rules.records.lines import SIGNATURE

# Kinds that concern days before or after the one they were written on, or every day.
STANDING = (
    "member", "policy", "do_not_call", "card", "notice", "erase", "grade_step", "owner", "proposal",
    "request", "refusal", "time_away", "plan", "withdrawal", "hired",
)  # fmt: skip
_KINDS = [*STANDING, *LOOKED]
# Writers whose last segment asked for stays in memory: a row of the board is opened, one at a time.
_AT_HAND = 4
_OTHERS = re.compile(rb'"kind":"(?!call"|%s")' % SIGNATURE.encode())
_ZONES = timedelta(days=1)
_MARK = re.compile(b'"kind":"(%s)"' % b"|".join(kind.encode() for kind in _KINDS))


class Held(msgspec.Struct, frozen=True, gc=False):
    """A segment on this machine, in `folder`. `day` is the date in the `at` of its first line."""

    writer: str
    name: str
    day: date
    folder: str
    size: int

    @property
    def path(self) -> Path:
        """Where it lies. Made when asked for: years of segments are gone through to read a few."""
        return Path(self.folder, self.name)


class Segments:
    """All segments of a team on this machine."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._mirror = Mirror(place.where.mirror, place.home.files)
        self._own = str(place.where.journal)
        self._path = place.home.cache / f"{place.where.name}.segments"
        self._entries: dict[str, Entry] = {}
        # The names among those, by writer.
        self._names: dict[str, list[str]] = defaultdict(list)
        # The highest seq before each, by writer, as far as it was asked for; and the last of them, before none.
        self._before: dict[str, dict[str, int]] = defaultdict(dict)
        self._newest: dict[str, str] = {}
        self._set_back = SetBack()
        # Mirrored ones that came since they were listed, with their days.
        self._come: dict[str, date] = {}
        # How far lines reach that were folded as they came, of segments that were not seen yet.
        self._reached: dict[str, date] = {}
        # The first seqs of a writer's segments and their names, by seq: a day's lines are looked for one by one.
        self._starts: dict[str, tuple[list[int], list[str]]] = {}
        # The mirrored ones, from a day on, as they were when the mirror's mark was this.
        self._seen_at: bytes | None = None
        self._seen_from = date.min
        self._seen: list[Held] = []
        self._stale = False
        self.damaged: set[tuple[str, int]] = set()
        """Lines that could not be read, by segment and byte."""
        self._lines: dict[str, dict[int, Stored]] = {}
        try:
            if data := place.home.kept(self._path):
                cache = msgspec.json.decode(data, type=Cache)
                stale = {*self.replaced(cache.replaced)}
                for name, entry in cache.entries.items() if cache.kinds == _KINDS else ():
                    if name not in stale:
                        self._note(name, entry)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._stale = True

    def held(self, since: date | None = None) -> Iterator[Held]:
        """The segments of `since` and later days (default: all), the own ones first, then those that reach so far."""
        writer, folder = self._place.writer, self._own
        for entry in sorted(self._place.home.listing(self._place.where.journal)):
            if entry.name.endswith(".jsonl") and entry.name.startswith(writer) and entry.size:
                known = self._known(entry.name, folder, entry.size, None)
                if known and (since is None or known.day >= since):
                    yield Held(writer, entry.name, known.day, folder, entry.size)
        yield from self._copies(since)
        if since is not None:
            self._note_come()
            early = {name for name, one in self._entries.items() if one.day < since <= (one.reaches or date.min)}
            yield from self.named(early | self._set_back.to(since))

    def _copies(self, since: date | None) -> list[Held]:
        """The mirrored segments of `since` and later days, by day and name. Listed anew only after something was added:
        years of a team are tens of thousands.
        """
        mark = undisturbed(self._place.where, self._place.home.files)
        since = since or date.min
        if mark and mark == self._seen_at and since >= self._seen_from:
            return self._seen[bisect_left(self._seen, since, key=attrgetter("day")) :]
        found = []
        for day in self._mirror.days():
            if day >= since:
                folder = self._folder(day)
                for name, size in sorted(self._mirror.segments(day).items()):
                    # Own lines that were mended from the share are in the journal.
                    if not name.startswith(self._place.writer) and self._known(name, folder, size, day):
                        found.append(Held(name[:16], name, day, folder, size))
        self._seen_at, self._seen_from, self._seen = mark, since, found
        return found

    def came(self, first: Stored) -> None:
        """Note that a mirrored segment came, of which that is the first line. It may be of a day not listed again."""
        if first.segment not in self._entries:
            with suppress(ValueError, OverflowError):
                self._come.setdefault(first.segment, day_of(first.line.at, self._place.zone))

    def _note_come(self) -> None:
        come, self._come = self._come, {}
        for name, day in come.items():
            folder = self._folder(day)
            if status := self._place.home.status(Path(folder, name)):
                self._known(name, folder, status.size, day)

    def unread(self, since: date, until: date) -> list[Held]:
        """The segments from `since` to before `until` of which it is not known yet how far they reach."""
        found = []
        for held in self.held(since):
            entry = self._entries[held.name]
            if entry.read < held.size and held.day < until:
                found.append(held)
        return found

    def about_others(self, held: Held) -> Iterator[Stored]:
        """The lines of a segment that may be about another day: all but calls and signatures."""
        if _OTHERS.search(self._place.home.read(held.path) or b""):
            for stored in self.read(held):
                if stored.line.kind not in ("call", SIGNATURE):
                    yield stored

    def was_read(self, held: Held) -> None:
        """Note that all of a segment was folded, and `reach` told what its lines are about."""
        entry = self._entries[held.name]
        if entry.read != held.size:
            entry.read = held.size
            self._stale = True

    def reach(self, name: str, day: date) -> None:
        """Note that a line of a segment is about a day, which may be later than the segment's own."""
        entry = self._entries.get(name)
        if entry is None:
            self._reached[name] = max(day, self._reached.get(name, day))
        elif day > max(entry.day + _ZONES, entry.reaches or date.min):
            entry.reaches = day
            self._stale = True

    def named(self, wanted: Set[str]) -> list[Held]:
        """The segments of those names here, by day and name. Lists directories only for a name not seen yet."""
        if not wanted <= self._entries.keys():
            self._look()
        found = [held for name in wanted if name in self._entries and (held := self._held(name))]
        return sorted(found, key=lambda one: (one.day, one.name))

    def standing(self) -> Iterator[Stored]:
        """The lines of kinds that concern every day: members, policies, do-not-call numbers, owners, grades, cards,
        erasures.
        """
        for held in list(self.held()):
            for offset, text in self._entries[held.name].standing:
                raw = text.encode()
                line = lines.decode(raw)
                if line.seq > self.last_before(held.name):
                    yield Stored(held.name, offset, raw, line)

    def day_of(self, name: str) -> date | None:
        """The day of a segment that was seen here; None for a name not seen yet."""
        known = self._entries.get(name)
        return known.day if known else None

    def of(self, writer: str, seq: int) -> Held | None:
        """The segment that holds the line `seq` of `writer`. Lists directories only for a line not seen yet."""
        held = self._last_from(writer, seq)
        if held is None or self._entries[held.name].last_seq < seq:
            self._look()
            held = self._last_from(writer, seq)
        return held

    def after(self, writer: str, seq: int) -> list[Held]:
        """The segments of a writer, as far as they were seen here, that have lines after a seq."""
        return self.named({name for name in self._names[writer] if self._entries[name].last_seq > seq})

    def holding(self, lines_wanted: Iterable[tuple[str, int]]) -> list[Held]:
        """The segments that hold those lines (writer and seq), by name."""
        found = {held.name: held for writer, seq in lines_wanted if (held := self.of(writer, seq))}
        return sorted(found.values(), key=lambda one: one.name)

    def _last_from(self, writer: str, seq: int) -> Held | None:
        """The last of a writer's segments seen here whose lines that count begin at a seq or before it."""
        if writer not in self._starts:
            starts = {
                name: max(self._entries[name].first_seq, self.last_before(name) + 1) for name in self._names[writer]
            }
            # Of two that begin alike the earlier has no line that counts.
            ordered = sorted(starts, key=lambda name: (starts[name], name))
            self._starts[writer] = [starts[name] for name in ordered], ordered
        firsts, ordered = self._starts[writer]
        before = bisect_right(firsts, seq)
        return self._held(ordered[before - 1]) if before else None

    def _held(self, name: str) -> Held | None:
        """A segment that was seen here, as long as it is now; None where it is gone."""
        writer, day = name[:16], self._entries[name].day
        folder = self._own if writer == self._place.writer else self._folder(day)
        status = self._place.home.status(Path(folder, name))
        if status is None or not self._known(name, folder, status.size, day):
            return None
        return Held(writer, name, day, folder, status.size)

    def _folder(self, day: date) -> str:
        """Where the copies of a day's segments lie."""
        return str(self._mirror.path(names.day_prefix(day)))

    def _look(self) -> None:
        """See what there is here by now."""
        for _ in self.held():
            pass

    def line(self, writer: str, seq: int) -> Stored | None:
        """The line `seq` of `writer`. The lines of a day are shown together: the last segments stay at hand."""
        at_hand = self._lines.get(writer)
        if at_hand is None or seq not in at_hand:
            held = self.of(writer, seq)
            if held is None:
                return None
            at_hand = {stored.line.seq: stored for stored in self.read(held) if stored.line.kind != SIGNATURE}
            if len(self._lines) >= _AT_HAND:
                self._lines.clear()
            self._lines[writer] = at_hand
        return at_hand.get(seq)

    def read(self, held: Held) -> Iterator[Stored]:
        """The whole lines of a segment; damaged ones are passed over, and those whose seq was there before."""
        yield from self._lines_of(held, self._place.home.read(held.path) or b"")

    def read_other(self, held: Held) -> list[Stored]:
        """The lines of the other history that the share had of a segment when it was last looked at; none without."""
        path = held.path.with_name(held.name + OTHER)
        return list(self._lines_of(held, self._place.home.read(path) or b""))

    def _lines_of(self, held: Held, data: bytes) -> Iterator[Stored]:
        last = self.last_before(held.name)
        for found in scan(held.name, held.writer, data[: whole(data)]):
            if isinstance(found, Stored):
                if found.line.seq > last or found.line.kind == SIGNATURE:
                    last = max(last, found.line.seq)
                    yield found
            else:
                self.damaged.add((found.segment, found.offset))

    def last_before(self, name: str) -> int:
        """The highest seq of its writer's segments before one, as far as they are here: no number counts twice."""
        writer = name[:16]
        known = self._before[writer]
        if name not in known:
            highest = 0
            for one in sorted({*self._names[writer], name}):
                known[one] = highest
                highest = max(highest, self._entries[one].last_seq if one in self._entries else 0)
        # What is not looked at yet is asked again.
        return known[name] if name in self._entries else known.pop(name)

    def days_before(self, writer: str, until: date) -> list[tuple[int, date]]:
        """Of each segment of a writer but the first, in order: its first seq, and the latest day of those before it.

        Days after `until` are passed over: that a clock was ahead says nothing of what was written when it was right.
        """
        found, latest = [], date.min
        for entry in sorted((self._entries[name] for name in self._names[writer]), key=lambda one: one.first_seq):
            if latest > date.min:
                found.append((entry.first_seq, latest))
            if entry.day <= until:
                latest = max(latest, entry.day)
        return found

    def tags(self, held: Held) -> set[str]:
        """The phone tags in a segment: found all at once, as each agent has another tag for a number."""
        return set(lines.tags_in(self._place.home.read(held.path) or b""))

    def has(self, held: Held, *kinds: Looked) -> bool:
        """Whether a segment has lines of one of those kinds. Nothing is read for it: years of segments are asked."""
        entry = self._entries.get(held.name)
        return entry is not None and not set(kinds).isdisjoint(entry.has)

    def replaced(self, since: int | None = None) -> list[str]:
        """The segments in whose place another history was put since the place heard of it, or since that many."""
        names_of = self._mirror.replaced(self._place.replaced if since is None else since)
        return [name.rpartition("/")[2] for name in names_of]

    def forget(self, name: str) -> None:
        """Forget what was known of a segment: other bytes are in its place."""
        if self._entries.pop(name, None):
            self._names[name[:16]].remove(name)
            self._before.pop(name[:16], None)
            self._starts.pop(name[:16], None)
            self._set_back.forget(name)
        self._lines.clear()
        self._seen_at = None
        self._stale = True

    def save(self) -> None:
        """Write the cache if it has grown. A disk that refuses costs the next start some time, nothing else."""
        if not self._stale:
            return
        cache = Cache(_KINDS, self._entries, self._place.replaced)
        self._stale = not self._place.home.keep(self._path, msgspec.json.encode(cache))

    def _known(self, name: str, folder: str, size: int, day: date | None) -> Entry | None:
        known = self._entries.get(name)
        if known is not None and day not in (None, known.day):
            return None  # a second one of its name, under another day
        if known is not None and known.size >= size:
            return known
        writer, start = name[:16], known.size if known else 0
        data = self._place.home.read(Path(folder, name), start) or b""
        data = data[: whole(data)]
        if known is None:
            # The first line is good but for damage: the others need not be taken apart for it.
            parts = (data[: data.find(b"\n") + 1], data)
            lines_found = (one for part in parts for one in scan(name, writer, part))
            first = next((one for one in lines_found if isinstance(one, Stored)), None)
            if first is None:
                return None
            known = Entry(day or _day(first.line.at), 0, first.line.seq, [])
            self._note(name, known)
        kinds = {kind.decode() for kind in _MARK.findall(data)}
        if not kinds.isdisjoint(STANDING):
            known.standing += self._standing(name, writer, data, known)
        known.has += [kind for kind in LOOKED if kind in kinds and kind not in known.has]
        last, _ = last_good(name, writer, data)
        if last is not None and last.line.seq > known.last_seq:
            known.last_seq = last.line.seq
            if name != self._newest[writer]:
                self._before.pop(writer, None)
                self._starts.pop(writer, None)
        known.size = start + len(data)
        self._stale = True
        self.reach(name, lines.last_day(data, known.day))
        return known

    def _standing(self, name: str, writer: str, data: bytes, known: Entry) -> Iterator[tuple[int, str]]:
        """The lines of standing kinds in what was added to a segment, but for those whose seq was there before."""
        last = known.last_seq
        for one in scan(name, writer, data, known.size):
            if isinstance(one, Stored) and one.line.kind != SIGNATURE and one.line.seq > last:
                last = one.line.seq
                if one.line.kind in STANDING:
                    yield one.offset, one.raw.decode()

    def _note(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry
        self._names[name[:16]].append(name)
        self._starts.pop(name[:16], None)
        self._newest[name[:16]] = max(name, self._newest.get(name[:16], name))
        self._set_back.note(name, entry.day)
        if reached := self._reached.pop(name, None):
            self.reach(name, reached)


def _day(at: str) -> date:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return date.max  # a broken clock's segment is always read
