"""One model for each kind of record: what its clear body holds, and what is sealed.

Pydantic validates what a person or a file brings in, and describes the format (`agent-tui schema`). `reader` derives
from the same models the decoder that the bulk path uses, so that a field is declared once. Unknown members are ignored
by both: the bytes of a line are kept and copied, never written again.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Field_ = Literal["company", "contact", "title", "phone", "note", "department", "headcount", "it_status"]
FIELDS: tuple[Field_, ...] = get_args(Field_)

# The two engines differ at the end of a text: for Python's, which msgspec uses, "$" also matches before a newline.
_TAG = "^[0-9a-f]{16}"
_WRITER = "^[a-z2-7]{16}"
_NAME = "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}"

Tag = Annotated[str, Field(pattern=_TAG + "$"), msgspec.Meta(pattern=_TAG + r"\Z")]
Writer = Annotated[str, Field(pattern=_WRITER + "$"), msgspec.Meta(pattern=_WRITER + r"\Z")]
AgentId = Annotated[str, Field(pattern=_NAME + "$"), msgspec.Meta(pattern=_NAME + r"\Z")]
RecordId = Annotated[str, Field(min_length=1, max_length=40), msgspec.Meta(min_length=1, max_length=40)]
RuleId = Annotated[str, Field(min_length=1, max_length=64), msgspec.Meta(min_length=1, max_length=64)]
Short = Annotated[str, Field(max_length=200), msgspec.Meta(max_length=200)]
Text = Annotated[str, Field(max_length=4000), msgspec.Meta(max_length=4000)]
Base64 = Annotated[str, Field(max_length=4000), msgspec.Meta(max_length=4000)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000), msgspec.Meta(ge=0, le=1_000_000_000)]
Grade = Literal["A", "B"]
Interest = Literal["intent", "developable"]
Role = Literal["agent", "supervisor"]


class Body(BaseModel):
    """The clear member `body` of a record."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    kind: ClassVar[str]
    sealed: ClassVar["type[Secret] | None"] = None


class Secret(BaseModel):
    """What is sealed in a record; readable by the agent, the supervisors and the owner."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class About(BaseModel):
    """The record that another one is about. `day` is the day of the call, so that a reader knows which day changes."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    author: AgentId
    id: RecordId
    day: date


# ---- calls: written by the agent alone ----


class Customer(Secret):
    """What one call says of the customer. `phone` is E.164 where usable, else the text as it was given."""

    phone: Short = ""
    extension: Short = ""
    company: Short = ""
    contact: Short = ""
    title: Short = ""
    department: Short = ""
    headcount: Short = ""
    it_status: Short = ""
    note: Text = ""


class Call(Body):
    """A dial. `filled` names the fields that are there; the tags are keyed hashes (none for an unusable number).

    `follow_up` is when to call again: a time alone tells nobody's customer.
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


class Correction(Body):
    """The whole of a call as it should have been. Of those that no other replaces the latest holds."""

    kind = "correction"
    sealed = Customer
    about: About
    replaces: tuple[RecordId, ...] = ()
    call: Call


class Reason(Secret):
    """Why, in the author's words."""

    text: Text = ""


class Void(Body):
    """A call withdrawn by its author; stands in one line of succession with corrections. `phone_tag` is the call's."""

    kind = "void"
    sealed = Reason
    about: About
    replaces: tuple[RecordId, ...] = ()
    phone_tag: Tag | None = None


# ---- what supervisors write about an agent: sealed whole ----


class Entry(Body):
    """A record about a person: sealed whole, but for the tag of the customer it may speak of."""

    phone_tag: Tag | None = None


class PointsSecret(Secret):
    """An entry of the ledger. `points` is signed, `fen` the fine as a positive amount; the rule fixes both."""

    rule: RuleId
    on: date
    points: int
    fen: Count = 0
    note: Text = ""
    evidence: Short = ""


class PointsEntry(Entry):
    kind = "points"
    sealed = PointsSecret


class VerdictSecret(Secret):
    """Whether a call was found false. `line` is the SHA-256 of the call's line that was judged, in hex."""

    about: About
    line: Short = ""
    false: bool
    replaces: tuple[RecordId, ...] = ()
    text: Text = ""


class Verdict(Entry):
    kind = "verdict"
    sealed = VerdictSecret


class ExcuseSecret(Secret):
    """The shortfall of one day excused."""

    day: date
    reason: Text


class Excuse(Entry):
    kind = "excuse"
    sealed = ExcuseSecret


class TimeAwaySecret(Secret):
    """Approved minutes of leave or of an outside visit on a day; `leads` is a lowered lead quota, if one was given."""

    type: Literal["leave", "visit"]
    on: date
    minutes: Annotated[int, Field(ge=1, le=1440), msgspec.Meta(ge=1, le=1440)]
    leads: Count | None = None
    text: Text = ""


class TimeAway(Entry):
    kind = "time_away"
    sealed = TimeAwaySecret


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


BODIES: dict[str, type[Body]] = {
    model.kind: model
    for model in (Call, Correction, Void, PointsEntry, Verdict, Excuse, TimeAway, DoNotCall, Member, PolicyVersion)
}


@cache
def struct(model: type[BaseModel]) -> type[msgspec.Struct]:
    """A msgspec struct with the fields of `model`: the same names, types, bounds and defaults, a faster decoder."""
    hints = get_type_hints(model, include_extras=True)
    fields: list[tuple[str, Any, Any]] = []
    for name, info in model.model_fields.items():
        default = msgspec.NODEFAULT if info.is_required() else info.default
        fields.append((name, _convert(hints[name]), default))
    return msgspec.defstruct(model.__name__, fields, frozen=True, kw_only=True)


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


@cache
def reader(model: type[BaseModel]) -> Callable[[bytes], Any]:
    """A decoder of the JSON of `model` for the bulk path. Raises msgspec.DecodeError."""
    return msgspec.json.Decoder(struct(model)).decode
