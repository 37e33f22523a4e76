"""Forms made from data that was validated when it came here: the same types, without validating again.

It is for what a home keeps (signed, or in a file of its own) and what is shipped: validating it would take longer than
everything else in a short command. What a person, a file or a share brings in is never read in this way.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from msgspec.structs import fields

from shared_rules.forms import Asks, Form

F = TypeVar("F", bound=Form)
Maker = Callable[[Any], Any]

_READERS: dict[Any, Maker] = {
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
}


def remake(form: type[F], data: Mapping[str, Any]) -> F:
    """The form that validating `data` (as JSON or TOML gives it) would make.

    Values are converted to the types of the fields; bounds and the form's own checks are taken as passed. Raises
    ValueError for data of another shape.
    """
    makers = _makers(form)
    try:
        return form(**{name: makers[name](value) for name, value in data.items() if name in makers})
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


@cache
def _makers(form: type[Form]) -> dict[str, Maker]:
    return {one.name: _maker(one.type) for one in fields(form)}


def _maker(hint: Any, marks: list[Any] | tuple[Any, ...] = ()) -> Maker:
    """A function that converts a value to a field's type."""
    convert = _converter(hint)
    for mark in reversed(marks):
        if isinstance(mark, Asks) and mark.before:
            convert = partial(_both, mark.before, convert)
    return convert


def _converter(hint: Any) -> Maker:
    if isinstance(hint, type) and issubclass(hint, Form):
        return partial(remake, hint)
    if hint in _READERS:
        return partial(_read, _READERS[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _maker(inner[0], inner[1:])
    if origin is tuple:
        return partial(_each, _maker(inner[0]))
    if origin is dict:
        return partial(_mapped, _maker(inner[1]))
    if origin in (Union, UnionType):
        return partial(_optional, _maker(next(part for part in inner if part is not type(None))))
    return _same


def _same(value: Any) -> Any:
    return value


def _both(first: Maker, then: Maker, value: Any) -> Any:
    return then(first(value))


def _read(reader: Maker, value: Any) -> Any:
    return reader(value) if isinstance(value, str) else value


def _each(make: Maker, value: Any) -> tuple[Any, ...]:
    return tuple(map(make, value))


def _mapped(make: Maker, value: Any) -> dict[Any, Any]:
    return {key: make(one) for key, one in value.items()}


def _optional(make: Maker, value: Any) -> Any:
    return None if value is None else make(value)
