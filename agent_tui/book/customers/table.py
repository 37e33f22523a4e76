"""All customers in memory, packed, and the search among them: by last digits, pinyin, part of a name.

Fifty thousand customers take about 25 MB. A search scans three long texts with one line per customer, the last called
first, and stops as soon as it has enough, so its cost hardly grows with the table. Rows that changed since the texts
were made are searched separately.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from heapq import merge
from itertools import islice
from threading import RLock
from typing import NamedTuple

import msgspec

from agent_tui.book.customers.letters import initials
from agent_tui.book.customers.pinyin import sounds
from shared_rules.text import plain

_REBUILD_AFTER = 500
# More changes than this occur only while everything is read for the first time.
_LOOKED_AT = 2000
_DIGITS = re.compile(r"[\d\s+\-()]+", re.ASCII)
# From so many digits on, a query matches anywhere in a number; fewer match only its end.
_ANYWHERE = 5

# Later than any instant of the calendar, in seconds.
_NO_TIME = 1 << 40
_CHUNK = 1000

Key = tuple[str, str]
"""Agent and phone tag: a customer as one agent's records know it."""


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A customer as one agent's records tell it: the latest of each field. Times are in whole seconds, 0 for none.

    `last` is the start of the last call that stands, `spoken` whether any was a conversation, `grade` the one proposed
    last. `lead_at` is when the number was assigned, with its list, its row there, the lead's author and id; `gone` that
    it was handed over or taken back since. `segments` are the numbers of the segments in which it occurs.
    """

    agent: str
    tag: str
    phone: str
    extension: str = ""
    company: str = ""
    contact: str = ""
    title: str = ""
    department: str = ""
    headcount: str = ""
    it_status: str = ""
    last: int = 0
    outcome: str = ""
    interest: str = ""
    grade: str = ""
    spoken: bool = False
    follow_up: int = 0
    lead_at: int = 0
    lead_list: str = ""
    lead_row: int = 0
    lead_by: str = ""
    lead_id: str = ""
    gone: bool = False
    letters: str = ""
    segments: tuple[int, ...] = ()

    @property
    def key(self) -> Key:
        return self.agent, self.tag

    @property
    def open_lead(self) -> bool:
        """Whether it was assigned and not called since."""
        return self.lead_at > self.last and not self.gone

    @property
    def rank(self) -> int:
        """The order in results, least first: who was called last, then the leads in the order of their lists."""
        return (_NO_TIME - self.last << 96) + (max(0, self.lead_at) << 32) + self.lead_row


def spelled(known: Known) -> Known:
    """With the pinyin initials of company and contact."""
    letters = " ".join((initials(known.company), initials(known.contact, surname=True))).strip()
    return msgspec.structs.replace(known, letters=letters)


class CustomerTable:
    """Safe for several threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._rows: list[bytes | None] = []
        # By agent, then by the tag as a number: a third of the memory that pairs of strings would take.
        self._places: dict[str, dict[int, int]] = {}
        # Rows whose present state is not in the texts, with the count of changes at which they came.
        self._changed: dict[int, int] = {}
        self._changes = self._taken = 0
        self._leads: dict[int, int] = {}
        self._order: list[int] | None = None
        self._texts = _Texts.of([], {})
        self._aliases: dict[str, str] = {}
        self._characters: set[str] = set()
        """Those of all names."""
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Known).decode

    def __len__(self) -> int:
        return sum(len(places) for places in self._places.values())

    def get(self, key: Key) -> Known | None:
        """The customer of an agent and a tag."""
        with self._lock:
            place = self._place(key)
            return None if place is None else self._at(place)

    def put(self, known: Known) -> None:
        """Add a customer, or replace what was known of it."""
        with self._lock:
            self._characters.update(known.company, known.contact, known.title)
            packed = self._encode(known)
            place = self._place(known.key)
            if place is None:
                place = self._add(known, packed)
            else:
                self._rows[place] = packed
            # The latest change comes first in what is found.
            self._changes += 1
            self._changed.pop(place, None)
            self._changed[place] = self._changes
            self._note_lead(known, place)

    def remove(self, key: Key) -> bool:
        """Forget a customer; whether it was there."""
        with self._lock:
            place = self._place(key)
            if place is None:
                return False
            del self._places[key[0]][int(key[1], 16)]
            self._rows[place] = None
            self._changed.pop(place, None)
            self._leads.pop(place, None)
            return True

    def packed(self) -> list[bytes]:
        """All customers as bytes, for `load`."""
        with self._lock:
            return [row for row in self._rows if row is not None]

    def load(self, packed: list[bytes]) -> None:
        """Take customers that `packed` gave into an empty table. Raises msgspec.DecodeError."""
        with self._lock:
            for row in packed:
                known = self._decode(row)
                self._characters.update(known.company, known.contact, known.title)
                self._note_lead(known, self._add(known, row))

    def all(self) -> Iterator[Known]:
        """Every customer, in no order."""
        for row in self.packed():
            yield self._decode(row)

    def leads(self, agent: str) -> Iterator[Known]:
        """The numbers assigned to an agent and not called since, in the order of their lists."""
        with self._lock:
            if self._order is None:
                self._order = sorted(self._leads, key=self._leads.__getitem__)
            order = self._order
        for place in order:
            with self._lock:
                known = self._at(place) if place in self._leads else None
            if known and known.agent == agent:
                yield known

    def lead_count(self, agent: str) -> int:
        """How many such numbers there are."""
        with self._lock:
            places = self._places.get(agent, {})
            if len(self._places) == 1:
                return len(self._leads) if places else 0
            return sum(place in self._leads for place in places.values())

    def _place(self, key: Key) -> int | None:
        places = self._places.get(key[0])
        return None if places is None else places.get(int(key[1], 16))

    def _add(self, known: Known, packed: bytes) -> int:
        place = len(self._rows)
        self._places.setdefault(known.agent, {})[int(known.tag, 16)] = place
        self._rows.append(packed)
        return place

    def _note_lead(self, known: Known, place: int) -> None:
        if not known.open_lead:
            self._leads.pop(place, None)
        elif self._leads.get(place) != (order := (known.lead_at << 32) + known.lead_row):
            self._leads[place] = order
            self._order = None

    # ---- the texts ----

    @property
    def stale(self) -> bool:
        """Whether so much has changed that the texts should be made anew."""
        return len(self._changed) > _REBUILD_AFTER or self._texts.count + len(self._changed) > 2 * len(self) + 1

    def spell(self, aliases: dict[str, str]) -> None:
        """Show companies by these names: other spelling to company. The texts must be made anew."""
        self._aliases = aliases
        self._characters.update(*aliases.values())

    def company(self, name: str) -> str:
        """The name under which a company is shown."""
        return self._aliases.get(name, name)

    def rows(self) -> tuple[list[bytes | None], dict[str, str]]:
        """The data that the texts are made of, so that they can be made without the lock."""
        with self._lock:
            self._taken = self._changes
            return list(self._rows), self._aliases

    def take_texts(self, texts: "_Texts") -> None:
        """Search in these texts from now on; they are made of what `rows` gave last."""
        with self._lock:
            self._texts = texts
            self._changed = {place: count for place, count in self._changed.items() if count > self._taken}

    # ---- search ----

    def search(self, query: str, limit: int) -> list[Known]:
        """At most `limit` customers that the query finds, who was called last first. Nothing without a query."""
        with self._lock:
            parts = [_Part(text, self.sounds(text)) for text in _parts(query)]
            return list(islice(self._found(parts), limit)) if parts else []

    def sounds(self, typed: str) -> re.Pattern[str] | None:
        """What finds `typed` in a name as its pinyin; None for what is no pinyin."""
        with self._lock:
            return sounds(typed, self._characters)

    def latest(self, limit: int) -> list[Known]:
        """The customers called last, then those of the lists."""
        with self._lock:
            changed = [known for place in reversed(self._changed) if (known := self._at(place))]
            rest = (known for place in self._texts.order if place not in self._changed and (known := self._at(place)))
            return list(islice(merge(sorted(changed, key=_rank), rest, key=_rank), limit))

    def _found(self, parts: "list[_Part]") -> Iterator[Known]:
        for place in islice(reversed(self._changed), _LOOKED_AT):
            known = self._at(place)
            if known and all(_matches(part, *_lines(known, self._aliases)) for part in parts):
                yield known
        longest = max(parts, key=lambda part: len(part.text))
        others = [part for part in parts if part is not longest]
        texts = self._texts
        for number in texts.find(longest):
            place = texts.order[number]
            if place not in self._changed and all(_matches(part, *texts.lines(number)) for part in others):
                known = self._at(place)
                if known:
                    yield known

    def _at(self, place: int) -> Known | None:
        row = self._rows[place]
        return None if row is None else self._decode(row)


class _Part(NamedTuple):
    """A word that must be found, and what finds it as pinyin."""

    text: str
    sounds: re.Pattern[str] | None


class _Texts:
    """Three texts of lines, a line a customer, all in one order: names, numbers, initials."""

    def __init__(self, order: "array[int]", texts: tuple[str, str, str], starts: "list[array[int]]") -> None:
        self.order = order
        self.count = len(order)
        self._names, self._numbers, self._letters = texts
        self._name_starts, self._number_starts, self._letter_starts = starts

    @classmethod
    def of(cls, rows: list[bytes | None], aliases: dict[str, str]) -> "_Texts":
        decode = msgspec.msgpack.Decoder(Known).decode
        ranks = [decode(row).rank if row else -1 for row in rows]
        order = array("l", sorted((place for place, row in enumerate(rows) if row), key=ranks.__getitem__))
        del ranks
        # In parts, joined at once: a list of a hundred thousand small texts would stay in memory for good.
        chunks: tuple[list[str], list[str], list[str]] = ([], [], [])
        starts = [array("l", [0]) for _ in chunks]
        for first in range(0, len(order), _CHUNK):
            lines = [_lines(decode(rows[place] or b""), aliases) for place in order[first : first + _CHUNK]]
            for chunk, start, column in zip(chunks, starts, zip(*lines, strict=True), strict=True):
                chunk.append("".join(f"{line}\n" for line in column))
                for line in column:
                    start.append(start[-1] + len(line) + 1)
        names, numbers, letters = ("".join(chunk) for chunk in chunks)
        return cls(order, (names, numbers, letters), starts)

    def find(self, part: "_Part") -> Iterator[int]:
        """The numbers of the lines that a part finds, in order, each once."""
        last = -1
        for number in merge(*self._searches(part)):
            if number != last:
                last = number
                yield number

    def lines(self, number: int) -> tuple[str, str, str]:
        """The three lines of one customer."""
        return (
            _line(self._names, self._name_starts, number),
            _line(self._numbers, self._number_starts, number),
            _line(self._letters, self._letter_starts, number),
        )

    def _searches(self, part: "_Part") -> list[Iterator[int]]:
        text = part.text
        found = [_hits(self._names, self._name_starts, text)]
        if text.isascii() and text.isdigit():
            needle = text if len(text) >= _ANYWHERE else text + "\n"
            found.append(_hits(self._numbers, self._number_starts, needle))
        elif text.isascii():
            found.append(_hits(self._letters, self._letter_starts, text))
        if part.sounds:
            found.append(_heard(self._names, self._name_starts, part.sounds))
        return found


def make_texts(rows: list[bytes | None], aliases: dict[str, str]) -> _Texts:
    """The texts of some rows; takes a while with many, and no lock."""
    return _Texts.of(rows, aliases)


def _parts(query: str) -> list[str]:
    """What must all be found: the digits of a number as one, else each word."""
    text = plain(query).casefold()
    if _DIGITS.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        return [digits] if digits else []
    return text.split()


def _lines(known: Known, aliases: dict[str, str]) -> tuple[str, str, str]:
    shown = aliases.get(known.company, "")
    names = f"{known.company} {shown} {known.contact}{known.title}"
    return plain(names).casefold(), known.phone.removeprefix("+86").removeprefix("+"), known.letters


def _matches(part: _Part, names: str, number: str, letters: str) -> bool:
    text = part.text
    if text in names or (part.sounds and part.sounds.search(names)):
        return True
    if text.isascii() and text.isdigit():
        return text in number if len(text) >= _ANYWHERE else number.endswith(text)
    return text.isascii() and text in letters


def _line(text: str, starts: "array[int]", number: int) -> str:
    return text[starts[number] : starts[number + 1] - 1]


def _hits(text: str, starts: "array[int]", needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        number = bisect_right(starts, at) - 1
        yield number
        at = text.find(needle, starts[number + 1])


def _heard(text: str, starts: "array[int]", pattern: re.Pattern[str]) -> Iterator[int]:
    found = pattern.search(text)
    while found:
        number = bisect_right(starts, found.start()) - 1
        yield number
        found = pattern.search(text, starts[number + 1])


def _rank(known: Known) -> int:
    return known.rank
