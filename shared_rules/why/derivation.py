"""Why a figure is what it is: the records behind it, the rule with its clause and version, who wrote what, the
arithmetic.

Each derivation is computed as the figure itself is, by the same functions, and names the derivations of its parts. It
has no words, which are left to whoever shows it: a term is a code with its values.

The ids of derivations: a record's own id (a call, an entry of the ledger, any other); `day:A017:2026-11-23:valid` for
that and the other figures of a day; `points:A017:2026-11`; `pay:A017:2026-11:LINE`, where LINE is a line's name,
`total` or `limits`.
"""

from collections.abc import Callable, Iterable, Set
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy
from shared_rules.policies.values import Status, Titles

Subject = Literal["call", "entry", "record", "figure", "points", "line"]
Role = Literal[
    "record", "counts", "changes", "found", "clears", "lowers", "entry", "appeal", "ruling", "undoes", "pays"
]
Value = str | int | None


class RuleRef(msgspec.Struct, frozen=True):
    """A rule as it was in force, in the policy of that name and digest; `effective` is None for a shipped policy."""

    id: str
    title: Titles
    clause: str
    status: Status
    policy: str
    digest: str
    effective: date | None


class Term(msgspec.Struct, frozen=True):
    """One step of the arithmetic, as a code with its values; `ref` is the id of the derivation that explains it."""

    code: str
    values: dict[str, Value] = {}
    ref: str = ""


class Used(msgspec.Struct, frozen=True):
    """A record that a figure comes from: who wrote it, when, and its role here."""

    id: str
    kind: str
    at: datetime
    by: str
    role: Role


class Why(msgspec.Struct, frozen=True):
    """A derivation. `what` is the figure or the rule, `value` its value as a text.

    `entered` is the record that states it, if one does; `confirmed` the confirmation of its day.
    """

    id: str
    subject: Subject
    agent: str
    what: str
    value: str
    day: date | None
    month: str
    rules: tuple[RuleRef, ...]
    terms: tuple[Term, ...]
    records: tuple[Used, ...]
    entered: Used | None
    confirmed: Used | None


class Lift(msgspec.Struct, frozen=True):
    """A number that `by` took off the do-not-call list with the record `id`. `listings` has the `told_number` of each
    of its listings.
    """

    id: str
    by: str
    at: datetime
    listings: frozenset[int]


class Case(msgspec.Struct, frozen=True):
    """Whom derivations are about, and all that they need to know.

    `policy_on` and `hired_on` give the policy and the hire date by which a day is judged, `judged` whether anything is
    asked of the agent on a day, `gone` whether the agent had left by then. `effective_of` gives the day from which a
    policy is in force, None for a shipped one. `lifted` gives what took numbers off the do-not-call list, for listings
    with one of those `told_number`s. `now` is aware.
    """

    fold: AgentFold
    policy_on: Callable[[date], Policy]
    effective_of: Callable[[Policy], date | None]
    judged: Callable[[date], bool]
    gone: Callable[[date], bool]
    hired_on: Callable[[date], date | None]
    lifted: Callable[[Set[int]], Iterable[Lift]]
    now: datetime

    @property
    def today(self) -> date:
        """The day of `now` in the team's zone."""
        return self.now.astimezone(self.fold.zone).date()

    def new_hire(self, day: date) -> bool:
        """Whether the agent is new on a day."""
        return self.policy_on(day).new_hire_day(self.hired_on(day), day) is not None

    def rules(self, policy: Policy, *ids: str) -> tuple[RuleRef, ...]:
        """The rules with these ids, as far as the policy has them."""
        found = ((id, policy.rules.get(id)) for id in dict.fromkeys(ids))
        return tuple(
            RuleRef(id, rule.title, rule.clause, rule.status, policy.name, policy.digest, self.effective_of(policy))
            for id, rule in found
            if rule is not None
        )

    def used(self, fact: Fact, role: Role) -> Used:
        """A record with its role."""
        return Used(fact.id, fact.kind, fact.at.astimezone(self.fold.zone), fact.author, role)

    def all_used(self, facts: Iterable[Fact], role: Role) -> tuple[Used, ...]:
        """Records that share a role."""
        return tuple(self.used(fact, role) for fact in facts)

    def apart(self, day: date) -> list[Term]:
        """The terms for records that the confirmation of a day read and that are missing here or no longer count."""
        apart = set(self.fold.gone(day))
        terms = []
        for lift in self.lifted(apart):
            at = lift.at.astimezone(self.fold.zone)
            terms.append(Term("lifted", {"by": lift.by, "at": f"{at:%Y-%m-%d %H:%M}"}, lift.id))
            apart -= lift.listings
        return [*terms, Term("gone", {"n": len(apart)})] if apart else terms

    def confirmed(self, day: date) -> Used | None:
        """The confirmation of a day; None while it is not confirmed."""
        lock = self.fold.lock(day)
        return self.used(lock.confirm, "record") if lock else None


def each(fen: int | Decimal) -> str:
    """A rate in fen as text in yuan, with as many decimals as it needs."""
    return f"{(Decimal(fen) / 100).normalize():f}"
