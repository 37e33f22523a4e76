"""The running program with one essential thing left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out, where, and by what instead."""

    what: str
    owner: Any
    name: str
    instead: Any


@contextmanager
def in_place(one: LeftOut) -> Iterator[None]:
    """The program is without it within."""
    before = vars(one.owner)[one.name]
    setattr(one.owner, one.name, one.instead)
    try:
        yield
    finally:
        setattr(one.owner, one.name, before)
