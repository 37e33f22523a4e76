"""The values of a rule as texts, and the differences between two policies."""

from datetime import date, time
from decimal import Decimal
from typing import Any, Literal

import msgspec

from shared_rules.policies.policy import Policy
from shared_rules.policies.values import Rule

_NOT_VALUES = frozenset({"title", "clause", "status", "rules"})
_MONEY = frozenset({"amount", "fine", "call", "lead", "rate", "minimum_wage"})


class Change(msgspec.Struct, frozen=True):
    """A difference in one rule, or in an outcome (`outcomes.<id>`): one value, named by `key`, or all of it if `key` is
    empty. `before` and `after` are texts.
    """

    rule: str
    what: Literal["added", "removed", "changed"]
    key: str = ""
    before: str = ""
    after: str = ""


def values(rule: Rule) -> dict[str, str]:
    """The values of a rule as texts, in the order of its table, without those that have their default."""
    found = {}
    for field in msgspec.structs.fields(rule):
        value = getattr(rule, field.name)
        if field.name not in _NOT_VALUES and (field.required or value != field.default):
            found[field.name] = written(field.name, value)
    return found


def written(name: str, value: Any) -> str:
    """A value as people read it: money in yuan, a time as HH:MM, lists with commas."""
    if name in _MONEY and isinstance(value, int | Decimal):
        return f"{(Decimal(value) / 100).normalize():f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(written("", one) for one in value)
    return str(getattr(value, "id", value))


def changes(before: Policy, after: Policy) -> list[Change]:
    """The differences from `before` to `after`, rule by rule in the order of the handbook, and then the outcomes."""
    found = []
    for id in dict.fromkeys((*before.rules, *after.rules)):
        old, new = before.rules.get(id), after.rules.get(id)
        if old is None or new is None:
            found.append(Change(id, "added" if old is None else "removed"))
            continue
        one, other = {"status": old.status, **values(old)}, {"status": new.status, **values(new)}
        for key in dict.fromkeys((*one, *other)):
            if one.get(key) != other.get(key):
                found.append(Change(id, "changed", key, one.get(key, ""), other.get(key, "")))
    known, shown = ({outcome.id: outcome for outcome in policy.outcomes} for policy in (before, after))
    for id in dict.fromkeys((*known, *shown)):
        if id not in known or id not in shown:
            found.append(Change(f"outcomes.{id}", "removed" if id in known else "added"))
        elif known[id] != shown[id]:
            found.append(Change(f"outcomes.{id}", "changed"))
    return found
