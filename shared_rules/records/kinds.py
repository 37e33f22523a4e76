"""One model for each kind of record: what its clear body holds, and what is sealed.

Unknown members are ignored here; they survive because the bytes of a line are copied and never written anew. The kinds
about a person, which are sealed whole, are in `entries`; the types of the fields are in `parts`.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from hashlib import blake2b
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import replace

from shared_rules.forms import Instant
from shared_rules.records.entries import ENTRIES
from shared_rules.records.lines import MAX_DEPTH, is_deep
from shared_rules.records.parts import (
    About,
    AgentId,
    Base64,
    Body,
    Count,
    Customer,
    Field_,
    Grade,
    Interest,
    Part,
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
    """A dial. `filled` names the fields that are there; the tags are keyed hashes (no phone tag for an unusable
    number: then `seal_tag` is in its place, see `alone`).

    `follow_up` is when to call again; it is in clear, as a time alone says nothing about a customer. `card` is the id
    of the talk card used.
    """

    kind = "call"
    sealed = Customer
    outcome: RuleId
    interest: Interest | None = None
    grade: Grade | None = None
    filled: tuple[Field_, ...] = ()
    phone_tag: Tag | None = None
    seal_tag: Tag | None = None
    company_tag: Tag | None = None
    started_at: Instant
    duration_s: Count | None = None
    follow_up: Instant | None = None
    imported: bool = False
    card: RecordId | None = None


class Correction(Body):
    """A whole call as it should have been written. Of corrections that no other one replaces the latest holds."""

    kind = "correction"
    sealed = Customer
    about: About
    replaces: tuple[RecordId, ...] = ()
    call: Call


class Void(Body):
    """A call withdrawn by its author. It replaces corrections, and they it. `phone_tag` or `seal_tag` is the call's."""

    kind = "void"
    sealed = Reason
    about: About
    replaces: tuple[RecordId, ...] = ()
    phone_tag: Tag | None = None
    seal_tag: Tag | None = None


def alone(body: Body, id: str) -> Body:
    """The body of the record `id` as it is written: what is said of a customer without a usable number is sealed under
    a tag of its own. So it can be erased once the number is known, and no other such record with it.
    """
    call = body.call if isinstance(body, Correction) else body
    if not isinstance(call, Call) or call.phone_tag is not None:
        return body
    call = replace(call, seal_tag=_tag_alone(id))
    return replace(body, call=call) if isinstance(body, Correction) else call


def _tag_alone(id: str) -> str:
    # The same for each device that imports a row, which comes in once.
    return blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def sealed_as_its_own(body: Call | Correction | Void, id: str) -> bool:
    """Whether the `seal_tag` of the record `id` is none, or the one that `alone` gives it or what it withdraws."""
    said = body.call if isinstance(body, Correction) else body
    if said.seal_tag is None:
        return True
    ids = (body.about.id, *body.replaces) if isinstance(body, Void) else (id,)
    return said.phone_tag is None and said.seal_tag in map(_tag_alone, ids)


# ---- the team ----


class DoNotCall(Body):
    """A number put on the team's do-not-call list or, by a supervisor, taken off it. `team_tag` is under the key of the
    whole team. What takes it off ends all earlier listings but those that name it in `replaces`, and of the later ones
    those that it names itself: a clock may be ahead.
    """

    kind = "do_not_call"
    sealed = Customer
    phone_tag: Tag
    team_tag: Tag
    listed: bool = True
    replaces: tuple[RecordId, ...] = ()


class End(Part):
    """The last line of a writer that counts: its `seq`, and the SHA-256 of that line in hex."""

    seq: Count
    line: Short = ""


class Member(Body):
    """Binds a device to a person, or ends it. Written by a supervisor; the newest that no other replaces holds.

    `public` is the device's Ed25519 key, `tag_keys` the keys of the agent's tags sealed to it, both in base64. `joined`
    is the first day judged, that of the request; `left` is the last day, once the person leaves.
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
    toml: Annotated[str, msgspec.Meta(max_length=60_000)]


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


class ErasedTag(Part):
    """A customer to erase, by the tag under one agent's key."""

    agent: AgentId
    tag: Tag


class Erase(Body):
    """A customer's data to be made unreadable, wherever the team's machines sync; `reason` names no customer.

    `team_tag` is the number's tag under the key of the whole team. `wrong_tag` is set instead for a number under which
    those agents recorded the customer by mistake: for other agents it may be somebody else's number.
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


def encode(value: Part) -> bytes:
    """The JSON of a body or a secret, members with their default value left out: what `reader` reads."""
    return msgspec.json.encode(value)


def whole(value: Part) -> dict[str, Any]:
    """All members of a body or a secret as JSON values, also those with their default."""
    return {name: _whole(getattr(value, name)) for name in value.__struct_fields__}


def _whole(value: Any) -> Any:
    if isinstance(value, Part):
        return whole(value)
    return [_whole(one) for one in value] if isinstance(value, tuple) else msgspec.to_builtins(value)


P = TypeVar("P", bound=Part)


@cache
def reader(model: type[P]) -> Callable[[bytes], P]:
    """A function that reads the JSON of `model` and checks it. It raises msgspec.ValidationError, a ValueError."""
    decode = msgspec.json.Decoder(model).decode
    times = _times_of(model)

    def read(data: bytes) -> P:
        try:
            # The body of a line comes as msgspec.Raw, and its depth was checked with the line; a sealed part comes as
            # bytes, and its depth was not.
            if type(data) is bytes and is_deep(data):
                raise ValueError(f"nested deeper than {MAX_DEPTH}")
            found = decode(data)
            for get in times:
                time = get(found)
                if time is not None:
                    nameable(time)
        except ValueError as error:
            raise msgspec.ValidationError(str(error)) from None
        return found

    return read


def _times_of(made: type[msgspec.Struct]) -> list[Callable[[Any], date | None]]:
    """Functions that give the days and instants in a struct, and in those of its members that are there."""
    found: list[Callable[[Any], date | None]] = []
    for field in msgspec.structs.fields(made):
        get = attrgetter(field.name)
        for hint in get_args(field.type) if get_origin(field.type) in (Union, UnionType) else (field.type,):
            kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
            if kind in (date, datetime):
                found.append(get)
            elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                found += [partial(_within, get, inner) for inner in _times_of(kind)]
    return found


def _within(get: Callable[[Any], Any], inner: Callable[[Any], date | None], made: Any) -> date | None:
    part = get(made)
    return None if part is None else inner(part)
