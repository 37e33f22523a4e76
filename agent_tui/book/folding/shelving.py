"""What is kept of a past day's segment, and how it is made."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from agent_tui.book.folding.plain import instant, own_fact
from agent_tui.book.segments.segments import Held
from agent_tui.store.segments import Damage, scan
from shared_rules.folding.facts import Fact, local_day
from shared_rules.folding.packing import pack_of
from shared_rules.folding.packs import Pack, counting_name, instant_of, microseconds
from shared_rules.policies.policy import Counting
from shared_rules.records.lines import SIGNATURE

Span = tuple[int, int]
"""Where a line begins in its segment, and its size."""

# What the numbers of a shelf can hold, and more than any clock that is right shows.
_FIRST, _LAST = 1970, 2100
_MOST = 2**62


class Shelved(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is kept of a segment with `digest` (SHA-256), all of whose lines are good and in order of seq.

    `first` is the seq of its first line; `heard` the newest instant in calls and signatures (microseconds since 1970),
    `roster` the highest that the signatures name. `rest` are the lines that are not in the pack, by offset and size.
    """

    digest: bytes
    first: int
    heard: int
    roster: int
    rest: tuple[tuple[int, int], ...]
    pack: Pack

    def fits(self, zone: ZoneInfo, countings: Callable[[date], Iterable[Counting]]) -> bool:
        """Whether its calls are still of the days they were in `zone`, counted as `countings` gives for each."""
        return all(
            local_day(instant_of(packed.begin), zone) == day == local_day(instant_of(packed.end), zone)
            and all(counting_name(rules) in packed.sums for rules in countings(day))
            for day, packed in self.pack.days.items()
        )


def shelve(
    held: Held, data: bytes, digest: bytes, person: str, zone: ZoneInfo, countings: Callable[[date], Iterable[Counting]]
) -> Shelved | None:
    """What is kept of a segment of a device of `person`, its bytes and their `digest` (SHA-256); None for one without
    calls, or that cannot be put away.

    Put away is only what nothing is wrong with: a damaged line is to be found, and said, each time.
    """
    calls: list[Fact] = []
    changes: list[tuple[Fact, Span]] = []
    rest: list[Span] = []
    heard: list[datetime] = []
    roster = first = seq = 0
    for found in scan(held.name, held.writer, data):
        if isinstance(found, Damage):
            return None
        line = found.line
        if line.kind == SIGNATURE:
            at = instant(line.at)
            if at is None or line.roster > _MOST:
                return None
            roster = max(roster, line.roster)
            heard.append(at)
            continue
        if not seq < line.seq <= _MOST:
            return None
        first, seq = first or line.seq, line.seq
        fact = own_fact(line, person)
        if fact is None:
            rest.append((found.offset, len(found.raw)))
            continue
        heard.append(fact.at)
        if fact.kind == "call":
            calls.append(fact)
        else:
            changes.append((fact, (found.offset, len(found.raw))))
    # A change to what another segment holds concerns that one.
    ids = {fact.id for fact in calls}
    rest += [span for fact, span in changes if fact.body.about.id not in ids]
    newest = max(heard, default=None)
    here = [fact for fact, _ in changes if fact.body.about.id in ids]
    pack = pack_of(held.name, person, [*calls, *here], zone, countings)
    if pack is None or newest is None or not _FIRST <= newest.year < _LAST:
        return None
    return Shelved(
        digest=digest,
        first=first,
        heard=microseconds(newest),
        roster=roster,
        rest=tuple(rest),
        pack=pack,
    )
