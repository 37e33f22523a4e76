"""Making what is kept of a past day's segment."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from agent_tui.book.folding.plain import instant, own_fact
from agent_tui.book.folding.shelf import Shelved
from agent_tui.book.segments.segments import Held
from agent_tui.store.segments import SIGNATURE, Damage, scan
from shared_rules.folding.facts import Fact
from shared_rules.folding.packing import pack_of
from shared_rules.folding.packs import microseconds
from shared_rules.policies.policy import Counting

Span = tuple[int, int]
"""Where a line begins in its segment, and its size."""

# What the numbers of a shelf can hold, and more than any clock that is right shows.
_FIRST, _LAST = 1970, 2100
_MOST = 2**62


def shelve(
    held: Held, data: bytes, person: str, zone: ZoneInfo, countings: Callable[[date], Iterable[Counting]]
) -> Shelved | None:
    """What is kept of a segment of a device of `person`; None for one without calls, or that cannot be put away.

    Put away is only what nothing is wrong with: a damaged line is to be found, and said, each time.
    """
    facts: list[tuple[Fact, Span]] = []
    rest: list[Span] = []
    heard: list[datetime] = []
    roster = first = seq = 0
    for found in scan(held.name, held.writer, data):
        if isinstance(found, Damage):
            return None
        line = found.line
        at = instant(line.at)
        if line.kind == SIGNATURE:
            if at is None or line.roster > _MOST:
                return None
            roster = max(roster, line.roster)
            heard.append(at)
            continue
        if not seq < line.seq <= _MOST:
            return None
        first, seq = first or line.seq, line.seq
        fact, span = own_fact(line, person), (found.offset, len(found.raw))
        if fact is None:
            rest.append(span)
        else:
            facts.append((fact, span))
            heard.append(fact.at)
    # A change to what another segment holds concerns that one.
    calls = {fact.id for fact, _ in facts if fact.kind == "call"}
    here = [fact for fact, _ in facts if fact.kind == "call" or fact.body.about.id in calls]
    if len(here) < len(facts):
        rest += [span for fact, span in facts if fact.kind != "call" and fact.body.about.id not in calls]
    newest = max(heard, default=None)
    pack = pack_of(held.name, person, here, zone, countings)
    if pack is None or newest is None or not _FIRST <= newest.year < _LAST:
        return None
    return Shelved(
        digest=sha256(data).digest(),
        first=first,
        heard=microseconds(newest),
        roster=roster,
        rest=tuple(rest),
        pack=pack,
    )
