"""The pydantic model of a form: it checks documents and policies that are brought in, and describes any form.

No module that a start loads imports this one at its top (see `forms`).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

import msgspec
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)

from shared_rules.forms import Asks, Form

__all__ = ["ValidationError", "checked", "checked_json", "made", "model_of"]

F = TypeVar("F", bound=Form)


def checked(form: type[F], data: Any) -> F:
    """The form in `data`, which has tables as dictionaries, as from TOML. Raises ValidationError."""
    return cast(F, model_of(form).model_validate(data))


def made(form: type[F], **values: Any) -> F:
    """The form with these values, which may be forms themselves. Raises ValidationError."""
    return cast(F, model_of(form).model_validate(values, from_attributes=True))


def checked_json(form: type[F], data: bytes) -> F:
    """The form in a JSON text. Raises ValidationError."""
    return cast(F, model_of(form).model_validate_json(data))


@cache
def model_of(form: type[Form]) -> type[BaseModel]:
    """The model with the fields of a form. Validating with it returns the form."""
    fields: dict[str, Any] = {}
    for one in msgspec.structs.fields(form):
        default = one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory()
        fields[one.name] = _typed(one.type), ... if one.required else default
    model: type[BaseModel] = create_model(
        form.__name__,
        __config__=ConfigDict(extra=form.unknown, strict=form.strict, hide_input_in_errors=True),
        __doc__=form.__doc__,
        __validators__={"make": cast(Any, model_validator(mode="after")(_maker(form)))},
        **fields,
    )
    return model


def _maker(form: type[Form]) -> Callable[[Any], Any]:
    def make(found: Any) -> Any:
        one = form(**{name: getattr(found, name) for name in form.__struct_fields__})
        one.check()
        return one

    return make


def _typed(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Form):
        return model_of(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        aware = any(isinstance(mark, msgspec.Meta) and mark.tz for mark in inner[1:])
        kind = AwareDatetime if inner[0] is datetime and aware else _typed(inner[0])
        marks = (own for mark in inner[1:] for own in _marks(mark))
        return reduce(lambda marked, mark: Annotated[marked, mark], marks, kind)
    if origin is tuple:
        return tuple.__class_getitem__((_typed(inner[0]), ...))
    if origin is dict:
        return dict.__class_getitem__((_typed(inner[0]), _typed(inner[1])))
    if origin in (Union, UnionType):
        return reduce(or_, map(_typed, inner))
    return hint


def _marks(mark: Any) -> Iterator[Any]:
    """The pydantic annotations for one annotation of a field."""
    if isinstance(mark, msgspec.Meta):
        names = ("ge", "le", "min_length", "max_length", "description")
        bounds = {name: value for name in names if (value := getattr(mark, name)) is not None}
        if mark.pattern:
            # msgspec's patterns are Python's, pydantic's are Rust's: the end of a text is written differently.
            bounds["pattern"] = mark.pattern.replace(r"\Z", "$")
        if bounds:
            yield Field(**bounds)
    elif isinstance(mark, Asks):
        if mark.before:
            yield BeforeValidator(mark.before)
        if mark.strict:
            yield Field(strict=True)
        if mark.after:
            yield AfterValidator(mark.after)
