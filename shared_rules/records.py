"""One model for each kind of record: what its clear body holds, and what is sealed.

Pydantic validates what a person or a file brings in, and describes the format (`agent-tui schema`). `reader` derives
from the same models the decoder that the bulk path uses, so that a field is declared once. Unknown members are ignored
by both: the bytes of a line are kept and copied, never written again. What is about a person and sealed whole is in
`entries`, the types of the fields in `record_parts`.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shared_rules.entries import ENTRIES
from shared_rules.record_parts import (
    About,
    AgentId,
    Base64,
    Body,
    Count,
    Customer,
    Field_,
    Grade,
    Interest,
    Reason,
    RecordId,
    RuleId,
    Short,
    Tag,
    Text,
    Writer,
    nameable,
)

# ---- calls: written by the agent alone ----


class Call(Body):
    """A dial. `filled` names the fields that are there; the tags are keyed hashes (none for an unusable number).

    `follow_up` is when to call again: a time alone tells nobody's customer. `card` is the talk card used.
    """

    kind = "call"
    sealed = Customer
    outcome: RuleId
    interest: Interest | None = None
    grade: Grade | None = None
    filled: tuple[Field_, ...] = ()
    phone_tag: Tag | None = None
    company_tag: Tag | None = None
    started_at: AwareDatetime
    duration_s: Count | None = None
    follow_up: AwareDatetime | None = None
    imported: bool = False
    card: RecordId | None = None


class Correction(Body):
    """The whole of a call as it should have been. Of those that no other replaces the latest holds."""

    kind = "correction"
    sealed = Customer
    about: About
    replaces: tuple[RecordId, ...] = ()
    call: Call


class Void(Body):
    """A call withdrawn by its author; stands in one line of succession with corrections. `phone_tag` is the call's."""

    kind = "void"
    sealed = Reason
    about: About
    replaces: tuple[RecordId, ...] = ()
    phone_tag: Tag | None = None


# ---- the team ----


class DoNotCall(Body):
    """A number on (or, by a supervisor, off) the team's list. `team_tag` is keyed for the whole team."""

    kind = "do_not_call"
    sealed = Customer
    phone_tag: Tag
    team_tag: Tag
    listed: bool = True


class End(BaseModel):
    """The last line of a writer that counts: its `seq`, and the SHA-256 of that line in hex."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    seq: Count
    line: Short = ""


class Member(Body):
    """Binds a device to a person, or ends it. Written by a supervisor; the newest that no other replaces holds.

    `public` is the device's Ed25519 key, `tag_keys` the keys of the agent's tags sealed to it, all base64.
    `joined` is the first day judged: that of the request. `left` is the last day, when the person leaves.
    """

    kind = "member"
    writer: Writer
    public: Base64
    person: AgentId
    name: Short
    hired: date
    joined: date
    left: date | None = None
    end: End | None = None
    tag_keys: Base64 = ""
    replaces: tuple[RecordId, ...] = ()


class PolicyVersion(Body):
    """A policy in force from a day on, as its TOML."""

    kind = "policy"
    name: Short
    effective: date
    toml: Annotated[str, Field(max_length=60_000), msgspec.Meta(max_length=60_000)]


class Card(Body):
    """A talk card (handbook 5), for the whole team. The newest version that no other replaces holds."""

    kind = "card"
    event: Short
    on: date
    objection: Text
    reframe: Text
    question: Text
    withdrawn: bool = False
    replaces: tuple[RecordId, ...] = ()


class Notice(Body):
    """A supervisor's notice to every desk, shown through the day `until` (None: until the next one)."""

    kind = "notice"
    text: Text
    until: date | None = None


class ErasedTag(BaseModel):
    """A customer to erase, by the tag under one agent's key."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    agent: AgentId
    tag: Tag


class Erase(Body):
    """A customer's data to be made unreadable, wherever the team's machines sync; `reason` names no customer.

    `team_tag` is the team's tag of the number. `wrong_tag` is one of a number that those agents had recorded the
    customer under by mistake: elsewhere it may be somebody's.
    """

    kind = "erase"
    tags: tuple[ErasedTag, ...]
    team_tag: Tag | None = None
    wrong_tag: Tag | None = None
    reason: Short = ""


_MODELS: tuple[type[Body], ...] = (
    Call, Correction, Void, *ENTRIES, DoNotCall, Member, PolicyVersion, Card, Notice, Erase,
)  # fmt: skip
BODIES: dict[str, type[Body]] = {model.kind: model for model in _MODELS}


@cache
def struct(model: type[BaseModel]) -> type[msgspec.Struct]:
    """A msgspec struct with the fields of `model`: the same names, types, bounds and defaults, a faster decoder."""
    hints = get_type_hints(model, include_extras=True)
    fields: list[tuple[str, Any, Any]] = []
    for name, info in model.model_fields.items():
        default = msgspec.NODEFAULT if info.is_required() else info.default
        fields.append((name, _convert(hints[name]), default))
    marks = {"stays": model.stays} if issubclass(model, Body) else None
    return msgspec.defstruct(
        model.__name__, fields, frozen=True, kw_only=True, omit_defaults=True, gc=False, namespace=marks
    )


def _convert(hint: Any) -> Any:
    if hint is AwareDatetime:
        return Annotated[datetime, msgspec.Meta(tz=True)]
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return struct(hint)
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *marks = get_args(hint)
        bounds = [mark for mark in marks if isinstance(mark, msgspec.Meta)]
        return reduce(lambda kind, mark: Annotated[kind, mark], bounds, _convert(inner))
    if origin is tuple:
        return tuple.__class_getitem__((_convert(get_args(hint)[0]), ...))
    if origin is UnionType:
        return reduce(or_, (_convert(part) for part in get_args(hint)))
    return hint


def encode(value: BaseModel) -> bytes:
    """The JSON of a body or a secret, members with their default value left out: what `reader` reads."""
    return _encoder.encode(_as_struct(value))


def _as_struct(value: Any) -> msgspec.Struct:
    model: type[BaseModel] = type(value)
    return struct(model)(**value.__dict__)


# What it does not know are the models within.
_encoder = msgspec.json.Encoder(enc_hook=_as_struct)


@cache
def reader(model: type[BaseModel]) -> Callable[[bytes], Any]:
    """A decoder of the JSON of `model` for the bulk path. Raises msgspec.DecodeError."""
    made = struct(model)
    decode = msgspec.json.Decoder(made).decode
    days = _days_of(made)
    if not days:
        return decode

    def read(data: bytes) -> Any:
        found = decode(data)
        try:
            for path in days:
                day: Any = reduce(getattr, path, found)
                if day is not None:
                    nameable(day)
        except ValueError as error:
            raise msgspec.ValidationError(str(error)) from None
        return found

    return read


def _days_of(made: type[msgspec.Struct]) -> list[tuple[str, ...]]:
    """The fields of a struct that are days, also those of the structs in it that are always there."""
    found: list[tuple[str, ...]] = []
    for field in msgspec.structs.fields(made):
        if field.type in (date, date | None):
            found.append((field.name,))
        elif isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            found += [(field.name, *path) for path in _days_of(field.type)]
    return found
