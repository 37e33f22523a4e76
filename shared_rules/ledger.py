"""The points ledger of one agent: its entries, what was appealed, and what a supervisor ruled (handbook 2).

An entry is a `points` record, or follows from a call found false: however many supervisors find it so, one entry.
Of entries that accept one proposal of the program one counts too. What is about one of them is about all of them.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Literal

import msgspec

from shared_rules.dossier import Dossier
from shared_rules.facts import Fact, about_key, standing, written
from shared_rules.policy import Policy

EntryState = Literal["standing", "appealed", "upheld", "withdrawn"]


class Entry(msgspec.Struct, frozen=True):
    """One entry of the ledger. `points` is signed, `fen` the fine as a positive amount, as they were entered.

    `fact` is the record it rests on, whose author and id name the entry. `appeal` is the agent's, `ruling` the one that
    holds, `undone` what took the entry back otherwise: a withdrawal, or a later verdict. `related` are all records that
    make the same entry.
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
        """Whether it has effect."""
        return self.state != "withdrawn"

    @property
    def counted_points(self) -> int:
        """The points that the month's balance has of it."""
        return self.points if self.counts else 0

    @property
    def counted_fen(self) -> int:
        """The fine that the statement has of it."""
        return self.fen if self.counts else 0


def entries(dossier: Dossier, month: str, policy_on: Callable[[date], Policy]) -> list[Entry]:
    """The ledger of a month (YYYY-MM), by date and then in the order of writing. `policy_on`: what judges a day."""
    groups: dict[object, list[Fact]] = {}
    for fact in dossier.all("points", month):
        groups.setdefault(fact.body.proposal or fact.key, []).append(fact)
    found = [_entered(dossier, group) for group in groups.values()]
    calls = dict.fromkeys(about_key(fact) for fact in dossier.all("verdict", month))
    for call in calls:
        entry = finding(dossier, dossier.all("verdict", call), policy_on)
        if entry is not None and f"{entry.on:%Y-%m}" == month:
            found.append(entry)
    return sorted(found, key=lambda entry: (entry.on, *entry.fact.order))


def entry_of(dossier: Dossier, fact: Fact, policy_on: Callable[[date], Policy]) -> Entry | None:
    """The entry that a record makes, alone or with others; None for a record that makes none."""
    if fact.kind == "points":
        group = dossier.all("points", fact.body.proposal) if fact.body.proposal else [fact]
        return _entered(dossier, group)
    if fact.kind == "verdict" and fact.body.false:
        return finding(dossier, dossier.all("verdict", about_key(fact)), policy_on)
    return None


def _entered(dossier: Dossier, group: list[Fact]) -> Entry:
    # The earliest that was not taken back: an appeal made against it stays where it is.
    left = [fact for fact in group if dossier.withdrawal(fact) is None]
    fact = (left or group)[0]
    body = fact.body
    undone = None if left else dossier.withdrawal(fact)
    return _entry(dossier, fact, group, body.rule, body.on, body.points, body.fen, body.note, body.evidence, undone)


def finding(dossier: Dossier, verdicts: Collection[Fact], policy_on: Callable[[date], Policy]) -> Entry | None:
    """The entry that the verdicts about one call make; None when none found it false or the rules have none for it."""
    false = [fact for fact in verdicts if fact.body.false]
    if not false:
        return None
    holds = standing(verdicts)
    fact = holds if holds.body.false else max(false, key=written)
    body = fact.body
    points = policy_on(body.about.day).points
    rule = points.finding if points else None
    if points is None or rule is None:
        return None
    found = points.rules[rule]
    undone = None if holds.body.false else holds
    return _entry(
        dossier, fact, false, rule, body.about.day, found.points, found.fine, body.text, body.about.id, undone
    )


def found_false(dossier: Dossier, verdicts: Collection[Fact]) -> bool:
    """Whether a call stands as false: by the verdict that holds, unless a later ruling withdrew the finding."""
    holds = standing(verdicts)
    if not holds.body.false:
        return False
    false = [fact for fact in verdicts if fact.body.false]
    return not _withdrawn(_ruling(_about(dossier, "ruling", false)), holds)


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
    """Whether a ruling withdrew the entry that rests on `fact`. A finding made after the ruling is a new one."""
    if ruling is None or ruling.body.upheld:
        return False
    return fact.kind != "verdict" or ruling.order > fact.order or about_key(ruling) == fact.key
