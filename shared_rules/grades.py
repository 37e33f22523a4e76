"""A and B customers: the steps to a grade, and what a signature pays (handbook 3, "A and B")."""

import msgspec

from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact
from shared_rules.records.parts import Grade, Step


class Signature(msgspec.Struct, frozen=True):
    """A salesman's signature. `pays` is the grade that it pays; `raised`: only the difference from B to A.

    `pays` is None if it pays nothing, because steps are `missing` or the customer has the grade already.
    """

    fact: Fact
    grade: Grade
    pays: Grade | None
    raised: bool
    missing: tuple[Step, ...]


def signatures(dossier: Dossier, tag: str) -> list[Signature]:
    """The signatures of a customer in the order of their days, and what each pays.

    A signature counts once all three steps are recorded, in any order. A is the better grade, and sorts before B.
    """
    steps = dossier.of("grade_step", tag)
    there = {fact.body.step for fact in steps}
    held: Grade | None = None
    found = []
    for fact in sorted((one for one in steps if one.body.step == "signed"), key=lambda one: (one.body.on, one.order)):
        body = fact.body
        missing: tuple[Step, ...] = tuple(
            step for step in ("visited", "file") if step not in there and step not in body.brought
        )
        if body.raises and (held is None or body.raises < held):
            held = body.raises
        better = held is None or body.grade < held
        pays: Grade | None = body.grade if better and not missing else None
        found.append(Signature(fact, body.grade, pays, pays is not None and held is not None, missing))
        if pays:
            held = pays
    return found


def month_signatures(dossier: Dossier, month: str) -> list[Signature]:
    """The signatures of a month (YYYY-MM), in the order of their days."""
    tags = dict.fromkeys(
        fact.tag for fact in dossier.of("grade_step", month) if fact.tag and fact.body.step == "signed"
    )
    found = [one for tag in tags if tag for one in signatures(dossier, tag) if f"{one.fact.body.on:%Y-%m}" == month]
    return sorted(found, key=lambda one: (one.fact.body.on, one.fact.order))
