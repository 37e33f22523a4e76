"""The calls of one day as they stand, and their counts, kept up to date call by call.

Counts are multisets by number and by company, so that neither the order nor the repetition of records matters: a number
counts while any call to it counts. Which of those is *the* one that counts is only worked out when a day is shown.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

import msgspec

from shared_rules.figures import DayFigures
from shared_rules.folding.facts import Fact, Key
from shared_rules.policies.policy import Counting

WhyNot = Literal["not_spoken", "incomplete", "repeat", "false", "void", "do_not_call", "clock", "locked"]


class Standing(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One call after corrections, withdrawals and verdicts.

    `fact` is the call's own record, `source` the one its content comes from (itself or a correction), `call` that
    content, a `kinds.Call`. `void`: withdrawn; `false`: found false; `listed`: its number was on the do-not-call list
    when it began; `clock`: it began so long after it was written that a clock was wrong; `locked`: its day was
    confirmed without it, so that it stands beside.
    """

    fact: Fact
    source: Fact
    call: Any
    day: date
    void: bool
    false: bool
    listed: bool
    clock: bool
    locked: bool

    @property
    def counted(self) -> bool:
        """Whether it counts as a dial."""
        return not (self.void or self.clock or self.locked)

    @property
    def number(self) -> str | Key:
        """What two calls to one number have in common: its tag. A call without a tag has a number of its own."""
        return self.call.phone_tag or self.fact.key

    @property
    def order(self) -> tuple[float, str, int]:
        """Calls of a number count in this order: start, writer, seq."""
        return self.call.started_at.timestamp(), self.fact.writer, self.fact.seq

    def missing(self, rules: Counting) -> frozenset[str]:
        """The required fields that are not there. Without a tag the number is unusable, whatever `filled` says."""
        return _missing(rules.required, self.call.filled, self.call.phone_tag is not None)

    def found_false(self, rules: Counting) -> bool:
        """Whether it was found false and is complete, so that it would count otherwise."""
        return self.false and not self.missing(rules)

    def eligible(self, rules: Counting) -> bool:
        """Whether it would be valid if its number were new today."""
        return (
            self.counted
            and self.call.outcome in rules.spoken
            and not (self.false or self.listed)
            and not self.missing(rules)
        )


# Thousands of calls have the same few combinations of fields. Only so many are cached, as a hostile call may have
# thousands of fields.
@lru_cache(100)
def _missing(required: frozenset[str], filled: tuple[str, ...], tagged: bool) -> frozenset[str]:
    missing = required.difference(filled)
    return missing if tagged or "phone" not in required else missing | {"phone"}


Firsts = tuple[Mapping[str | Key, Standing], Mapping[str | Key, Standing]]
"""For each number the call that counts as valid, and the one that counts as its lead."""


class Tally:
    """The counts of a day's calls under one way of counting.

    `valid`, `leads` and `companies` have the number of calls for each number or company. `eligible` are the calls that
    would be valid if their numbers were new; `firsts` and `made` cache what `DayCalls` works out from them.
    """

    __slots__ = (
        "_rules", "companies", "complete", "connected", "dials", "eligible", "firsts", "leads", "made", "valid",
    )  # fmt: skip

    def __init__(self, rules: Counting) -> None:
        self._rules = rules
        self.dials = self.connected = self.complete = 0
        self.valid: dict[str | Key, int] = {}
        self.leads: dict[str | Key, int] = {}
        self.companies: dict[str, int] = {}
        self.eligible: dict[Standing, None] = {}
        self.firsts: Firsts | None = None
        self.made: tuple[list[datetime], list[datetime]] | None = None

    def count(self, one: Standing, by: int) -> None:
        """Add a call (`by` is 1) or take it out again (-1)."""
        if not one.counted:
            return
        self.firsts = self.made = None
        rules, call = self._rules, one.call
        self.dials += by
        if call.outcome not in rules.spoken:
            return
        self.connected += by
        if one.missing(rules):
            return
        self.complete += by
        if call.company_tag is not None:
            _bump(self.companies, call.company_tag, by)
        if one.false or one.listed:
            return
        if by > 0:
            self.eligible[one] = None
        else:
            del self.eligible[one]
        number = one.number
        _bump(self.valid, number, by)
        if call.interest in rules.interests:
            _bump(self.leads, number, by)

    def figures(self) -> DayFigures:
        """The day's figures."""
        return DayFigures(
            self.dials,
            self.connected,
            self.complete,
            self.connected - self.complete,
            len(self.valid),
            len(self.leads),
            len(self.companies),
        )


_NONE: Mapping[Key, Standing] = {}


class DayCalls:
    """The standing calls of one day and a tally for each way of counting that was asked for."""

    __slots__ = ("_numbers", "_tallies", "calls")

    def __init__(self) -> None:
        self.calls: dict[Key, Standing] = {}
        self._tallies: dict[Counting, Tally] = {}
        # The calls by number, from the first time somebody asks for a number.
        self._numbers: dict[str | Key, dict[Key, Standing]] | None = None

    def put(self, key: Key, one: Standing) -> None:
        """Add a call that is not there."""
        self.calls[key] = one
        if self._numbers is not None:
            self._numbers.setdefault(one.number, {})[key] = one
        for tally in self._tallies.values():
            tally.count(one, 1)

    def take(self, key: Key) -> None:
        """Take out a call that is there."""
        one = self.calls.pop(key)
        if self._numbers is not None:
            del self._numbers[one.number][key]
        for tally in self._tallies.values():
            tally.count(one, -1)

    def tally(self, rules: Counting) -> Tally:
        """The counts under `rules`; counted once, then kept up to date."""
        tally = self._tallies.get(rules)
        if tally is None:
            tally = self._tallies[rules] = Tally(rules)
            for one in self.calls.values():
                tally.count(one, 1)
        return tally

    def made(self, rules: Counting) -> tuple[list[datetime], list[datetime]]:
        """When each valid call and each lead of the day began, in order."""
        tally = self.tally(rules)
        if tally.made is None:
            first, first_lead = self.firsts(rules)
            tally.made = (
                sorted(one.call.started_at for one in first.values()),
                sorted(one.call.started_at for one in first_lead.values()),
            )
        return tally.made

    def firsts(self, rules: Counting) -> Firsts:
        """For each number the call that counts as valid, and the one that counts as its lead."""
        tally = self.tally(rules)
        if tally.firsts is None:
            valid: dict[str | Key, Standing] = {}
            leads: dict[str | Key, Standing] = {}
            for one in tally.eligible:
                number = one.number
                for firsts in (valid, leads) if one.call.interest in rules.interests else (valid,):
                    first = firsts.setdefault(number, one)
                    if first is not one and one.order < first.order:
                        firsts[number] = one
            tally.firsts = valid, leads
        return tally.firsts

    def counts(self, one: Standing, rules: Counting) -> tuple[bool, bool]:
        """Whether a call of this day is the one that counts for its number, as valid and as a lead. The answers are
        those of `firsts`, at the cost of the calls to that number and not of the whole day.
        """
        if not one.eligible(rules):
            return False, False
        eligible = [each for each in self.with_number(one.number).values() if each.eligible(rules)]
        leads = [each for each in eligible if each.call.interest in rules.interests]
        return min(eligible, key=_order) is one, bool(leads) and min(leads, key=_order) is one

    def card_uses(self, rules: Counting) -> dict[str, tuple[int, int]]:
        """By talk card ("" for none), how many conversations stand, and how many of those are leads."""
        leads, found = self.firsts(rules)[1], dict[str, tuple[int, int]]()
        for one in self.calls.values():
            if one.call.outcome in rules.spoken and one.counted and not one.found_false(rules):
                card = one.call.card or ""
                calls, of_leads = found.get(card, (0, 0))
                found[card] = calls + 1, of_leads + (leads.get(one.number) is one)
        return found

    def with_number(self, number: str | Key) -> Mapping[Key, Standing]:
        """The calls to a number, see `Standing.number`. The first time the calls of the day are sorted by number."""
        if self._numbers is None:
            self._numbers = {}
            for key, each in self.calls.items():
                self._numbers.setdefault(each.number, {})[key] = each
        return self._numbers.get(number, _NONE)

    def __iter__(self) -> Iterator[Standing]:
        """The calls in the order of their start."""
        return iter(sorted(self.calls.values(), key=_order))


def proposed(leads: Mapping[str | Key, Standing]) -> tuple[int, int]:
    """How many of the leads have the proposed grade A, and how many B."""
    grades = [one.call.grade for one in leads.values()]
    return grades.count("A"), grades.count("B")


def _order(one: Standing) -> tuple[float, str, int]:
    return one.order


def _bump(counts: dict[Any, int], what: Any, by: int) -> None:
    count = counts.get(what, 0) + by
    if count:
        counts[what] = count
    else:
        del counts[what]
