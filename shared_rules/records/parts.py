"""What records are made of: the types of their fields, with their bounds, and the bases of their bodies."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, get_args

from msgspec import Meta

from shared_rules.forms import Form

Field_ = Literal["company", "contact", "title", "phone", "note", "department", "headcount", "it_status"]
FIELDS: tuple[Field_, ...] = get_args(Field_)

# "$" would also match before a newline.
_TAG = "^[0-9a-f]{16}"
_WRITER = "^[a-z2-7]{16}"
_NAME = "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}"

Tag = Annotated[str, Meta(pattern=_TAG + r"\Z")]
Writer = Annotated[str, Meta(pattern=_WRITER + r"\Z")]
AgentId = Annotated[str, Meta(pattern=_NAME + r"\Z")]
RecordId = Annotated[str, Meta(min_length=1, max_length=40)]
RuleId = Annotated[str, Meta(min_length=1, max_length=64)]
Short = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
Base64 = Annotated[str, Meta(max_length=4000)]
Keys = Annotated[str, Meta(max_length=48_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Grade = Literal["A", "B"]
GRADES: tuple[Grade, ...] = get_args(Grade)
Step = Literal["visited", "file", "signed"]
"""The steps to a grade (handbook 3)."""
Week = Annotated[str, Meta(pattern=r"^[0-9]{4}-W[0-5][0-9]\Z")]
Fen = Annotated[int, Meta(ge=-(10**13), le=10**13)]
Points = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Minutes = Annotated[int, Meta(ge=1, le=1440)]
Side = Literal["in", "out"]
AwayType = Literal["leave", "visit"]
Meeting = Literal["daily", "company", "training"]
Presence = Literal["present", "late", "left_early", "missed", "on_leave"]
Interest = Literal["intent", "developable"]
Role = Literal["agent", "supervisor"]


YEARS = range(1900, 3000)
"""The years of the days and instants that a record may name."""


def nameable(day: date) -> date:
    """The day or instant itself, if a record may name it. Raises ValueError otherwise: reckoning with a day at either
    end of the calendar would fail.
    """
    if day.year not in YEARS:
        raise ValueError(f"{day} is out of reach")
    return day


def read_day(text: str) -> date:
    """The day of a text YYYY-MM-DD. Raises ValueError for any other text, and for a day that no record may name."""
    return nameable(date.fromisoformat(text))


class Part(Form, omit_defaults=True, gc=False):
    """What a record says, or a part of it. Members with their default value are not written to the line."""


class Body(Part):
    """The clear member `body` of a record."""

    kind: ClassVar[str]
    sealed: ClassVar["type[Secret] | None"] = None
    stays: ClassVar[bool] = False
    """Whether it stays readable once the customer it speaks of is erased: it makes figures and describes nobody."""


class Secret(Part):
    """What is sealed in a record: readable by the agent, the supervisors and the owner alone."""


class About(Part):
    """Names the record that another one is about. `day` is the day of that record, so that a reader knows which day
    changes.
    """

    author: AgentId
    id: RecordId
    day: date


class Entry(Body):
    """A record about a person. All of it is sealed except the tag of the customer it may speak of."""

    stays = True
    phone_tag: Tag | None = None


class Customer(Secret):
    """What one call says of the customer. `phone` is in E.164 if it is usable, else the text as it was given."""

    phone: Short = ""
    extension: Short = ""
    company: Short = ""
    contact: Short = ""
    title: Short = ""
    department: Short = ""
    headcount: Short = ""
    it_status: Short = ""
    note: Text = ""


class Reason(Secret):
    """Why, in the author's words."""

    text: Text = ""


def tag_of(body: Any) -> str | None:
    """The tag of the customer that a record's body names; None if it names none."""
    try:
        tag: str | None = body.phone_tag
    except AttributeError:
        tag = getattr(getattr(body, "call", None), "phone_tag", None)
    return tag


def path_of(body: Any) -> str | None:
    """The tag under whose key a record's sealed part lies, and with which it is erased; None if it has none."""
    return None if body.stays else tag_of(body) or _seal_tag_of(body)


def _seal_tag_of(body: Any) -> str | None:
    tag: str | None = getattr(getattr(body, "call", body), "seal_tag", None)
    return tag
