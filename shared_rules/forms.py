"""How records, documents and policies are declared: each field once, with its type and its bounds.

msgspec makes a struct of it, which is written fast; a record is read and checked so too (`kinds.reader`). To make one
in code checks nothing: a draft is checked before it is written. What needs more than types and bounds, or is explained
to a person (documents of a team, policies, names), is checked and described by pydantic's model of the same fields
(`validating`): it is made when it is asked for, because to import pydantic takes longer than all else a start does.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, dataclass_transform

from msgspec import Meta, Struct, StructMeta, field


class Asks(NamedTuple):
    """What a field asks besides the bounds of its `Meta`, where it is checked.

    `strict`: its very type. `before` makes the value of what is written, `after` looks at the value; both raise
    ValueError.
    """

    strict: bool = False
    before: Callable[[Any], Any] | None = None
    after: Callable[[Any], Any] | None = None


Instant = Annotated[datetime, Meta(tz=True)]
"""A point in time with its offset."""


class _ByName(StructMeta):
    """Fields are given by name: one with a default may stand before one without, in a form and in what it builds on."""

    def __new__(mcs, name: str, bases: tuple[type, ...], members: dict[str, Any], **options: Any) -> Any:
        return super().__new__(mcs, name, bases, members, **{"kw_only": True, **options})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Form(Struct, metaclass=_ByName, frozen=True):
    """The base of all. `unknown` members are left aside or refused; `strict`: nothing is taken for another type."""

    unknown: ClassVar[Literal["ignore", "forbid"]] = "ignore"
    strict: ClassVar[bool] = False

    def check(self) -> None:
        """Raise ValueError where fields contradict each other."""
