"""Which fields of a call are there, and which keep it from being complete (handbook 1, "Which calls count")."""

from collections.abc import Collection
from functools import lru_cache

from shared_rules.phones import parse_phone
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import FIELDS, Customer, Field_
from shared_rules.text import plain


def filled(customer: Customer, policy: Policy) -> tuple[Field_, ...]:
    """The fields that are there, in the order of FIELDS.

    A phone number must be usable. The policy's words for "none" are an answer in some fields only, those for "unknown"
    in none.
    """
    validity = policy.validity
    nothing, none = _folded(validity.non_answers), _folded(validity.none_words)
    found: list[Field_] = []
    for name in FIELDS:
        text: str = getattr(customer, name)
        if not text:
            continue
        if name == "phone":
            there = parse_phone(text) is not None
        else:
            word = plain(text).casefold()
            there = bool(word) and word not in nothing and (name in validity.none_answers or word not in none)
        if there:
            found.append(name)
    return tuple(found)


def missing(filled: Collection[str], policy: Policy) -> tuple[Field_, ...]:
    """The required fields that are not among `filled`, in the policy's order."""
    return tuple(name for name in policy.validity.required if name not in filled)


@lru_cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(word).casefold() for word in words)
