"""What is written of a record, and what the bulk path reads of it."""

from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from pydantic import AwareDatetime, BaseModel

from shared_rules.records import BODIES, encode, reader
from tests.shared_rules.making import DAY, clock

MODELS = [found for body in BODIES.values() for found in (body, body.sealed) if found is not None]
_TEXTS = ("a" * 16, "0123456789abcdef", "2026-W48", "2026-11", "A", '张敏 "ü"\n')


def _values(hint: Any) -> list[Any]:
    """A few values of a field's type, its bounds left aside."""
    if hint is AwareDatetime:
        return [clock(14, 31), datetime(2026, 11, 23, 6, 31, 7, 412_000, UTC)]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _values(inner[0])
    if origin is Literal:
        return list(inner)
    if origin in (Union, UnionType):
        return [value for part in inner for value in _values(part)]
    if origin is tuple:
        return [(), tuple(_values(inner[0])[:2])]
    if origin is dict:
        return [{}, {key: value for key in _values(inner[0]) for value in _values(inner[1])[:1]}]
    if hint is NoneType:
        return [None]
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _examples(hint)
    simple: dict[Any, list[Any]] = {str: list(_TEXTS), int: [0, 1, 300], bool: [False, True], date: [DAY]}
    return simple[hint]


def _examples(model: type[BaseModel]) -> list[BaseModel]:
    """As many as the field with the most values has, unchecked, and one of the fields that must be there alone."""
    values = {name: _values(hint) for name, hint in get_type_hints(model, include_extras=True).items()
              if name in model.model_fields}  # fmt: skip
    most = max(map(len, values.values()), default=1)
    full = [{name: some[turn % len(some)] for name, some in values.items()} for turn in range(most)]
    least = {name: some[-1] for name, some in values.items() if model.model_fields[name].is_required()}
    return [model.model_construct(**members) for members in (least, *full)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_written_says_what_the_model_says_and_leaves_out_what_is_default(model: type[BaseModel]) -> None:
    for example in _examples(model):
        assert msgspec.json.decode(encode(example)) == example.model_dump(mode="json", exclude_defaults=True)


def test_the_bulk_path_reads_what_is_written() -> None:
    body = BODIES["call"].model_validate({"outcome": "talked", "started_at": clock(14), "filled": ["phone"]})
    read = reader(BODIES["call"])(encode(body))
    assert {name: getattr(read, name) for name in type(body).model_fields} == dict(body)
