"""The records about one agent other than calls, by kind and by what they are about, with those that withdraw them.

It is a union: any order of arrival and any number of repeats give the same result. Nothing is ever dropped; a withdrawn
record stays visible and counts nothing. What the records mean is said by `ledger`, `leave`, `locks` and the like.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from shared_rules.dates import days_of_week
from shared_rules.folding.facts import Fact, Key, about_key, local_day, written
from shared_rules.records.entries import ENTRIES

Place = Any
"""What a record is found by: a day, a month (YYYY-MM), a week (YYYY-Www), a tag, a proposal, another record's key."""

KINDS = frozenset(model.kind for model in ENTRIES)
# Verdicts and rulings are changed by later ones; an appeal is made once.
WITHDRAWABLE = KINDS - {"withdrawal", "verdict", "ruling", "appeal"}
# The kinds of record about another one, and of which kinds that may be: it may change the days of that one too.
_TARGETS: dict[str, Container[str]] = {
    "appeal": ("points", "verdict"),
    "ruling": ("points", "verdict"),
    "refusal": ("request",),
    "withdrawal": WITHDRAWABLE,
}
_NONE: dict[Key, Fact] = {}
_NO_DAYS: frozenset[date] = frozenset()


class Dossier:
    """The records about one agent."""

    def __init__(self, agent: str, zone: ZoneInfo) -> None:
        self._agent = agent
        self._zone = zone
        self.revision = 0
        """Grows with each record put or taken."""
        self._facts: dict[Key, Fact] = {}
        self._by: dict[str, dict[Place, dict[Key, Fact]]] = {kind: {} for kind in KINDS}

    # ---- taking in ----

    def put(self, fact: Fact) -> frozenset[date]:
        """Take in a fact that is not here yet; the days that it may change."""
        self.revision += 1
        self._facts[fact.key] = fact
        for place in self._places(fact):
            self._by[fact.kind].setdefault(place, {})[fact.key] = fact
        return self._days(fact)

    def take(self, fact: Fact) -> frozenset[date]:
        """Take out a fact that is here; the days that it may change."""
        self.revision += 1
        days = self._days(fact)
        del self._facts[fact.key]
        for place in self._places(fact):
            del self._by[fact.kind][place][fact.key]
        return days

    # ---- asking ----

    def get(self, key: Key) -> Fact | None:
        """The record of that author and id, None when it is not here."""
        return self._facts.get(key)

    def all(self, kind: str, place: Place = None) -> list[Fact]:
        """The records of a kind (in one place, if given) in the order of writing, also those taken back."""
        return sorted(self._by[kind].get(place, _NONE).values(), key=written)

    def of(self, kind: str, place: Place = None) -> list[Fact]:
        """Like `all`, without those taken back."""
        return [fact for fact in self.all(kind, place) if not self.withdrawal(fact)]

    def last(self, kind: str, place: Place = None) -> Fact | None:
        """The latest that was not taken back."""
        return next(reversed(self.of(kind, place)), None)

    def any(self, kind: str, place: Place) -> bool:
        """Whether there is any, taken back or not. Constant time."""
        return bool(self._by[kind].get(place))

    def withdrawal(self, fact: Fact) -> Fact | None:
        """The withdrawal that takes a record back: by its author or, for a supervisor's record, by any supervisor."""
        if fact.kind not in WITHDRAWABLE or not (found := self._by["withdrawal"].get(fact.key)):
            return None
        return min((one for one in found.values() if self._may(one, fact)), key=written, default=None)

    def _may(self, withdrawal: Fact, fact: Fact) -> bool:
        # Only the agent and supervisors write about an agent, so whoever is not the agent is a supervisor.
        if withdrawal.author == fact.author:
            return True
        return self._agent not in (withdrawal.author, fact.author)

    # ---- where a record belongs, and which days it may change ----

    def _places(self, fact: Fact) -> Iterator[Place]:
        body = fact.body
        yield None
        match fact.kind:
            case "points":
                yield f"{body.on:%Y-%m}"
                yield body.on
                if body.proposal:
                    yield body.proposal
            case "verdict":
                yield about_key(fact)
                yield body.about.day
                yield f"{body.about.day:%Y-%m}"
            case "time_away":
                yield body.on
                if body.request is not None:
                    yield body.request.author, body.request.id
            case "appeal" | "ruling" | "refusal" | "withdrawal":
                yield about_key(fact)
                yield body.about.day
            case "flag" | "coaching":
                yield about_key(fact)
                yield from {body.about.day, local_day(fact.at, self._zone)}
            case "excuse" | "hand_in" | "confirm" | "release" | "punch_check":
                yield body.day
            case "request" | "attendance":
                yield body.on
            case "punch":
                yield local_day(fact.at, self._zone)
            case "summary" | "plan" | "review":
                yield body.week
            case "dismissal":
                yield body.proposal
                yield body.on
            case "proposal" | "visit_report" | "grade_step" | "payment" | "owner" | "seminar" | "lead" | "handover":
                if fact.tag is not None:
                    yield fact.tag
                if fact.kind in ("grade_step", "payment"):
                    yield body.on
                    yield f"{body.on:%Y-%m}"

    def _days(self, fact: Fact) -> frozenset[date]:
        body = fact.body
        match fact.kind:
            case "excuse" | "hand_in" | "confirm" | "release" | "punch_check":
                return frozenset((body.day,))
            case "request" | "attendance" | "payment" | "owner" | "dismissal" | "visit_report":
                return frozenset((body.on,))
            case "points":
                # Only one of several entries that accept one proposal counts.
                return frozenset((body.on, *(one.body.on for one in self._at("points", body.proposal or fact.key))))
            case "time_away":
                return frozenset((body.on,)) | (self._answered(body.request) if body.request else _NO_DAYS)
            case "refusal":
                return frozenset((body.about.day,)) | self._of_target(fact) | self._answered(body.about)
            case "grade_step":
                # Another step of the same customer can be the one that pays.
                return frozenset((body.on, *(one.body.on for one in self._at("grade_step", fact.tag or ""))))
            case "verdict":
                others = self._at("verdict", about_key(fact))
                return frozenset((body.about.day, *(one.body.about.day for one in others)))
            case "flag" | "coaching" | "appeal" | "ruling" | "withdrawal":
                return frozenset((body.about.day,)) | self._of_target(fact)
            case "summary" | "plan" | "review":
                return frozenset(days_of_week(body.week))
        return frozenset((local_day(fact.at, self._zone),))

    def _at(self, kind: str, place: Place) -> Iterable[Fact]:
        return self._by[kind].get(place, _NONE).values()

    def _answered(self, request: Any) -> frozenset[date]:
        """The days of the approvals that answer a request: only the latest of all answers holds."""
        return frozenset(one.body.on for one in self._at("time_away", (request.author, request.id)))

    def _of_target(self, fact: Fact) -> frozenset[date]:
        target = self._facts.get(about_key(fact))
        if target is None or target.kind not in _TARGETS.get(fact.kind, ()):
            return _NO_DAYS
        return self._days(target)
