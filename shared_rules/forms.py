"""How records, documents and policies are declared: each field once, with its type and its bounds.

A form is a msgspec struct, which is written fast; records are also read and checked as such (`kinds.reader`). Making
one in code checks nothing: a draft is checked before it is written. What needs more than types and bounds, or is
explained to a person (a team's documents, policies, names), is checked and described by a pydantic model of the same
fields (`validating`). That model is made on demand, because importing pydantic takes longer than everything else at a
start.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, dataclass_transform

from msgspec import Meta, Struct, StructMeta, field


class Asks(NamedTuple):
    """What is checked of a field besides the bounds in its `Meta`.

    `strict`: no other type is converted. `before` makes the value from what is written, `after` checks the value and
    returns it; both raise ValueError.
    """

    strict: bool = False
    before: Callable[[Any], Any] | None = None
    after: Callable[[Any], Any] | None = None


Instant = Annotated[datetime, Meta(tz=True)]
"""A point in time with its offset."""


class _ByName(StructMeta):
    """Makes all fields keyword-only, so that a field with a default may stand before one without, also when a form is
    derived from another.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], members: dict[str, Any], **options: Any) -> Any:
        return super().__new__(mcs, name, bases, members, **{"kw_only": True, **options})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Form(Struct, metaclass=_ByName, frozen=True):
    """The base of all forms. `unknown` says what happens to unknown members; `strict`: no value's type is converted."""

    unknown: ClassVar[Literal["ignore", "forbid"]] = "ignore"
    strict: ClassVar[bool] = False

    def check(self) -> None:
        """Raise ValueError where fields contradict each other."""
