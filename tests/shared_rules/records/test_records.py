"""What is written of a record, and what is read of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import pytest
from msgspec.structs import fields

from shared_rules.forms import Instant
from shared_rules.records.entries import HandInSecret
from shared_rules.records.kinds import BODIES, Call, encode, reader, whole
from shared_rules.records.parts import Part, Reason, read_day
from shared_rules.validating import checked_json
from tests.shared_rules.making import DAY, clock

FORMS = [found for body in BODIES.values() for found in (body, body.sealed) if found is not None]
_TEXTS = ("a" * 16, "0123456789abcdef", "2026-W48", "2026-11", "A", '张敏 "ü"\n')


def _values(hint: Any) -> list[Any]:
    """A few values of a field's type, its bounds left aside."""
    if hint == Instant:
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
    if isinstance(hint, type) and issubclass(hint, Part):
        return _examples(hint)
    simple: dict[Any, list[Any]] = {str: list(_TEXTS), int: [0, 1, 300], bool: [False, True], date: [DAY]}
    return simple[hint]


def _examples(form: type[Part]) -> list[Part]:
    """As many as the field with the most values has, unchecked, and one of the fields that must be there alone."""
    values = {one.name: _values(one.type) for one in fields(form)}
    most = max(map(len, values.values()), default=1)
    full = [{name: some[turn % len(some)] for name, some in values.items()} for turn in range(most)]
    least = {one.name: values[one.name][-1] for one in fields(form) if one.required}
    return [form(**members) for members in (least, *full)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_what_is_written_leaves_out_what_is_default(form: type[Part]) -> None:
    for example in _examples(form):
        assert msgspec.json.decode(encode(example)) == _said(example)


def _said(value: Any) -> Any:
    if isinstance(value, Part):
        told = [(one, getattr(value, one.name)) for one in fields(value)]
        return {one.name: _said(each) for one, each in told if one.required or each != one.default}
    return [_said(one) for one in value] if isinstance(value, tuple) else msgspec.to_builtins(value)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_what_is_read_is_what_pydantic_takes(form: type[Part]) -> None:
    for example in _examples(form):
        data = encode(example)
        assert _read(reader(form), data) == _read(partial(checked_json, form), data)


def _read(read: Callable[[bytes], Any], data: bytes) -> Any:
    """What was read; None where it is refused."""
    try:
        return read(data)
    except ValueError:
        return None


@pytest.mark.parametrize("form", [Reason, HandInSecret])
@pytest.mark.parametrize(
    "members",
    [
        b'"more":' + b"[" * 20_000 + b"]" * 20_000,
        b'"more":' + b"[" * 16 + b"]" * 16,
        b'"text":"\xff"',
        b'"text":"\\ud800"',
        b'"text":"',
        b'"text":1',
    ],
    ids=["nested without end", "nested too deep", "no UTF-8", "half a character", "cut off", "no text"],
)
def test_whatever_cannot_be_read_is_refused_in_one_way(form: type[Part], members: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        reader(form)(b'{"day":"2026-11-23",%s}' % members)


def test_a_call_is_read_as_it_was_written() -> None:
    call = Call(outcome="talked", started_at=clock(14), filled=("phone",))
    assert reader(Call)(encode(call)) == call
    assert whole(call).keys() == set(Call.__struct_fields__)


@pytest.mark.parametrize(("first", "beyond"), [("1900-01-01", "1899-12-31"), ("2999-12-31", "3000-01-01")])
def test_a_record_names_the_days_of_eleven_centuries(first: str, beyond: str) -> None:
    assert read_day(first).isoformat() == first
    with pytest.raises(ValueError, match=beyond):
        read_day(beyond)
