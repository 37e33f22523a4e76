"""One example of every kind of record there is, made from the models, so that a new kind is tried as it is added."""

from datetime import UTC, date, datetime
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from msgspec import Meta
from msgspec.structs import fields, replace

from agent_tui.book.place.pen import Draft
from shared_rules.forms import Instant
from shared_rules.records.kinds import BODIES, Call
from shared_rules.records.parts import Body, Part, Secret, Week

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
_BY_PATTERN = {"^[0-9a-f]{16}": "5" * 16, "^[a-z2-7]{16}": "a" * 16, "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}": "A017"}


def secret_kinds() -> list[str]:
    """The kinds with a sealed part."""
    return [kind for kind, model in BODIES.items() if model.sealed]


def draft(kind: str, id: str, agent: str, tag: str | None, text: str) -> Draft:
    """A record of that kind about an agent, with `text` in every free text that is sealed in it.

    `tag` is the customer it speaks of, where its kind can.
    """
    model = BODIES[kind]
    body = example(model, "")
    if "phone_tag" in model.__struct_fields__:
        body = replace(body, phone_tag=tag)
    if "call" in model.__struct_fields__:
        body = replace(body, call=example(Call, "", phone_tag=tag))
    secret = example(model.sealed, text) if model.sealed else None
    assert isinstance(body, Body)
    assert secret is None or isinstance(secret, Secret)
    return Draft(id, agent, body, secret)


def example(model: Any, text: str, **given: Any) -> Any:
    """An instance of a model: required fields by their types, free texts filled with `text`."""
    values: dict[str, Any] = {}
    for field in fields(model):
        if field.name in given:
            values[field.name] = given[field.name]
        elif _is_text(field.type):
            values[field.name] = text
        elif field.required:
            values[field.name] = _value(field.type, text)
    return model(**values)


def _is_text(hint: Any) -> bool:
    """Whether a field takes any text."""
    if get_origin(hint) is not Annotated or get_args(hint)[0] is not str:
        return False
    bounds = [one for one in get_args(hint)[1:] if isinstance(one, Meta)]
    return not any(one.pattern or one.min_length for one in bounds)


def _value(hint: Any, text: str) -> Any:
    if hint is Week:
        return "2026-W48"
    if hint == Instant:
        return AT
    if get_origin(hint) is Annotated:
        inner, *bounds = get_args(hint)
        for pattern in [one.pattern for one in bounds if isinstance(one, Meta) and one.pattern]:
            return next(value for start, value in _BY_PATTERN.items() if pattern.startswith(start))
        return _value(inner, text) if inner is not str else "r1"
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is UnionType:
        return None
    if get_origin(hint) is tuple:
        return ()
    if isinstance(hint, type) and issubclass(hint, Part):
        return example(hint, text)
    simple: dict[Any, Any] = {int: 1, str: text, bool: True, date: DAY, datetime: AT}
    return simple[hint]
