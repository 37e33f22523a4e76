"""The points ledger of one agent: its entries, what was appealed, and what a supervisor ruled (handbook 2).

An entry is a `points` record, or follows from a call found false. However many supervisors find a call false, that is
one entry until a ruling withdraws it; finding it false after that makes a new entry. Likewise several records that
accept one proposal of the program are one entry: an appeal or a ruling about one of them is about all.

If supervisors enter something alike by hand, no program can tell whether it happened once or twice: both entries count,
and they are shown as probably entered twice.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact, Key, about_key, standing, unreplaced, written
from shared_rules.policies.policy import Policy

EntryState = Literal["standing", "appealed", "upheld", "withdrawn"]


class Entry(msgspec.Struct, frozen=True):
    """One entry of the ledger. `points` is signed, `fen` the fine as a positive amount, as they were entered.

    `fact` is the record it rests on, whose author and id name the entry; `related` are all records that make this
    entry. `appeal` is the agent's first, `rulings` are all rulings, `ruling` the one that holds. `undone` is what took
    the entry back otherwise: a withdrawal, or a later verdict.
    """

    fact: Fact
    rule: str
    on: date
    points: int
    fen: int
    note: str
    evidence: str
    state: EntryState
    appeal: Fact | None
    ruling: Fact | None
    undone: Fact | None
    related: tuple[Fact, ...]
    rulings: tuple[Fact, ...]

    @property
    def counts(self) -> bool:
        """Whether it has any effect."""
        return self.state != "withdrawn"

    @property
    def ruled_apart(self) -> list[Fact]:
        """The rulings of supervisors who did not know of each other's, where they say different things."""
        return _apart_on(self.rulings, lambda ruling: ruling.body.upheld)

    @property
    def counted_points(self) -> int:
        """The points that go into the month's balance."""
        return self.points if self.counts else 0

    @property
    def counted_fen(self) -> int:
        """The fine, in fen, that goes into the statement."""
        return self.fen if self.counts else 0


def entries(dossier: Dossier, month: str, policy_on: Callable[[date], Policy]) -> list[Entry]:
    """The ledger of a month (YYYY-MM), by date and then in the order of writing. `policy_on` gives a day's policy."""
    groups: dict[object, list[Fact]] = {}
    for fact in dossier.all("points", month):
        groups.setdefault(fact.body.proposal or fact.key, []).append(fact)
    found = [_entered(dossier, group) for group in groups.values()]
    calls = dict.fromkeys(about_key(fact) for fact in dossier.all("verdict", month))
    for call in calls:
        made = findings(dossier, dossier.all("verdict", call), policy_on)
        found += [entry for entry in made if f"{entry.on:%Y-%m}" == month]
    return sorted(found, key=lambda entry: (entry.on, *entry.fact.order))


def entry_of(dossier: Dossier, fact: Fact, policy_on: Callable[[date], Policy]) -> Entry | None:
    """The entry that a record makes, alone or with other records; None if it makes none."""
    if fact.kind == "points":
        group = dossier.all("points", fact.body.proposal) if fact.body.proposal else [fact]
        return _entered(dossier, group)
    if fact.kind == "verdict" and fact.body.false:
        made = findings(dossier, dossier.all("verdict", about_key(fact)), policy_on)
        return next((entry for entry in made if fact in entry.related), None)
    return None


def repeats(found: Sequence[Entry]) -> dict[Key, Entry]:
    """The entries of a month that were probably entered twice: by the key of the later one the earliest like it.

    "One default, one sanction": these are two entries that count, of one rule and day, where neither names the other in
    `beside`. A supervisor who upholds the later one, knowing of the earlier, has decided that both stand.
    """
    told: dict[Key, Entry] = {}
    for place, entry in enumerate(found):
        earlier = next((one for one in found[:place] if _same_default(one, entry) and not _apart(one, entry)), None)
        if earlier is not None:
            told[entry.fact.key] = earlier
    return told


def alike(found: Iterable[Entry], rule: str, on: date) -> list[Entry]:
    """The entries of one rule and day that count."""
    return [entry for entry in found if entry.counts and (entry.rule, entry.on) == (rule, on)]


def _same_default(one: Entry, other: Entry) -> bool:
    """Whether two entries may be about one default: not if they have two proposals or two pieces of evidence."""
    if (one.rule, one.on) != (other.rule, other.on) or not (one.counts and other.counts):
        return False
    if (one.fact.kind, other.fact.kind) != ("points", "points"):
        return False
    proposed = one.fact.body.proposal and other.fact.body.proposal
    return not proposed and (one.evidence == other.evidence or not (one.evidence and other.evidence))


def _apart(earlier: Entry, later: Entry) -> bool:
    """Whether a supervisor who knew of both entries let them stand beside each other."""
    upheld = {id for ruling in later.rulings if ruling.body.upheld for id in ruling.body.beside}
    named = upheld.union(later.fact.body.beside)
    return any(fact.id in named for fact in earlier.related) or any(
        fact.id in earlier.fact.body.beside for fact in later.related
    )


def _entered(dossier: Dossier, group: list[Fact]) -> Entry:
    # The entry rests on the earliest record that was not taken back, and keeps its name when others follow.
    left = [fact for fact in group if dossier.withdrawal(fact) is None]
    fact = (left or group)[0]
    body = fact.body
    undone = None if left else dossier.withdrawal(fact)
    return _entry(dossier, fact, group, body.rule, body.on, body.points, body.fen, body.note, body.evidence, undone)


def findings(dossier: Dossier, verdicts: Collection[Fact], policy_on: Callable[[date], Policy]) -> list[Entry]:
    """The entries that the verdicts about one call make, the earliest first; none if the policy has no rule for it.

    All but the last were withdrawn by a ruling.
    """
    if not verdicts:
        return []
    holds = standing(verdicts)
    undone = None if holds.body.false else holds
    found: list[Entry] = []
    for alike in _rounds(dossier, verdicts):
        fact = holds if holds in alike else alike[-1]
        body = fact.body
        points = policy_on(body.about.day).points
        if points is None or points.finding is None:
            continue
        rule = points.rules[points.finding]
        found.append(
            _entry(
                dossier, fact, alike, points.finding, body.about.day, rule.points, rule.fine, body.text, body.about.id,
                undone,
            )
        )  # fmt: skip
    return found


def found_false(dossier: Dossier, verdicts: Collection[Fact]) -> bool:
    """Whether a call is found false: by the verdict that holds, unless a later ruling withdrew it."""
    holds = standing(verdicts)
    return any(
        holds in alike and not _withdrawn(_ruling(_about(dossier, "ruling", alike)), holds)
        for alike in _rounds(dossier, verdicts)
    )


def verified_apart(verdicts: Collection[Fact]) -> list[Fact]:
    """The verdicts about a call of supervisors who did not know of each other's, where they say different things."""
    return _apart_on(verdicts, lambda verdict: verdict.body.false)


def _apart_on(found: Collection[Fact], says: Callable[[Fact], bool]) -> list[Fact]:
    last = unreplaced(found)
    return last if len(set(map(says, last))) > 1 else []


def _rounds(dossier: Dossier, verdicts: Collection[Fact]) -> list[list[Fact]]:
    """The verdicts that found a call false, grouped by the entry they make. A ruling that withdraws it ends a group."""
    left = sorted((fact for fact in verdicts if fact.body.false), key=written)
    found: list[list[Fact]] = []
    while left:
        closed = left
        for ruling in _about(dossier, "ruling", left):
            within = [fact for fact in left if _withdrawn(ruling, fact)]
            if within and _withdrawn(_ruling(_about(dossier, "ruling", within)), within[0]):
                closed = within
                break
        found.append(closed)
        left = [fact for fact in left if fact not in closed]
    return found


def _entry(
    dossier: Dossier,
    fact: Fact,
    related: Iterable[Fact],
    rule: str,
    on: date,
    points: int,
    fen: int,
    note: str,
    evidence: str,
    undone: Fact | None,
) -> Entry:
    related = tuple(sorted(related, key=written))
    appeals = _about(dossier, "appeal", related)
    rulings = _about(dossier, "ruling", related)
    ruling = _ruling(rulings)
    state: EntryState = "standing"
    if undone is not None or _withdrawn(ruling, fact):
        state = "withdrawn"
    elif appeals and (ruling is None or ruling.body.appeal not in {appeal.id for appeal in appeals}):
        state = "appealed"
    elif ruling is not None and ruling.body.upheld:
        state = "upheld"
    appeal = appeals[0] if appeals else None
    return Entry(fact, rule, on, points, fen, note, evidence, state, appeal, ruling, undone, related, tuple(rulings))


def _about(dossier: Dossier, kind: str, related: Iterable[Fact]) -> list[Fact]:
    return sorted((fact for one in related for fact in dossier.all(kind, one.key)), key=written)


def _ruling(rulings: list[Fact]) -> Fact | None:
    return standing(rulings) if rulings else None


def _withdrawn(ruling: Fact | None, fact: Fact) -> bool:
    """Whether a ruling withdrew the entry that rests on `fact`. A verdict after the ruling makes a new entry; a
    proposal accepted after it, the acceptance that it was about taken back, counts again.
    """
    if ruling is None or ruling.body.upheld:
        return False
    return ruling.order > fact.order or about_key(ruling) == fact.key
