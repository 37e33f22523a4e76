"""Which fields of a call are there, and which keep it from being complete (handbook 1, "Which calls count")."""

from collections.abc import Collection
from functools import lru_cache

from shared_rules.phones import parse_phone
from shared_rules.policy import Policy
from shared_rules.record_parts import FIELDS, Customer, Field_
from shared_rules.text import plain


def filled(customer: Customer, policy: Policy) -> tuple[Field_, ...]:
    """The fields that are there, in the order of records.FIELDS.

    A phone must be usable; the words for "none" answer some fields alone, those for "unknown" answer none.
    """
    return tuple(name for name in FIELDS if _there(name, getattr(customer, name), policy))


def missing(filled: Collection[str], policy: Policy) -> tuple[Field_, ...]:
    """The fields a complete record lacks, in the policy's order."""
    return tuple(name for name in policy.validity.required if name not in filled)


def _there(name: Field_, text: str, policy: Policy) -> bool:
    if name == "phone":
        return parse_phone(text) is not None
    validity = policy.validity
    word = plain(text).casefold()
    if not word or word in _folded(validity.non_answers):
        return False
    return name in validity.none_answers or word not in _folded(validity.none_words)


@lru_cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(word).casefold() for word in words)
