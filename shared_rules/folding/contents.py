"""What one call says after its author's changes, and whether its number was on the do-not-call list."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from shared_rules.folding.facts import Fact, standing
from shared_rules.folding.locks import Lock


class Listing(msgspec.Struct, frozen=True):
    """A number put on the do-not-call list at the instant `at`, by a record in the line `line` whose content has the
    number `told`; and whether by a supervisor.
    """

    at: datetime
    told: int
    line: tuple[str, int]
    supervisor: bool


class Content(msgspec.Struct, frozen=True, eq=False):
    """What a call says: `fact` is its record, `source` the record that `call`, its content, comes from (itself or a
    correction); `void` means withdrawn.
    """

    fact: Fact
    source: Fact
    call: Any
    void: bool


def content_of(fact: Fact, changes: Collection[Fact]) -> Content:
    """The content of a call after its author's corrections and withdrawals, `changes`."""
    source, call, void = fact, fact.body, False
    if changes:
        holds = standing(changes)
        void = holds.kind == "void"
        corrections = [each for each in changes if each.kind == "correction"]
        # A withdrawn call is shown as it was last corrected.
        if corrections:
            source = standing(corrections) if void else holds
            call = source.body.call
    return Content(fact, source, call, void)


def ended_at(call: Any) -> datetime:
    """When a call ended, from its clear content; without a duration when it began."""
    started: datetime = call.started_at
    try:
        return started + timedelta(seconds=call.duration_s or 0)
    except OverflowError:  # at the end of the calendar, from a hostile or broken clock
        return started


def was_listed(listings: Iterable[Listing], started: datetime, lock: Lock | None) -> bool:
    """Whether a number was on the list when a call began. Under a lock an agent's listing counts only if the lock's
    confirmation read it.
    """
    before = (one for one in listings if one.at < started)
    return any(lock is None or one.supervisor or lock.settles(one.told) for one in before)
