"""What happened in a made-up team, one thing after another, as plain facts: nothing here is the program's."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

AGENTS = ("A017", "A018")
CHIEFS = ("S001", "S002")


@dataclass(frozen=True)
class Event:
    """Something done at an instant of the team's zone; events are listed in the order in which they were done.

    `by`: the supervisor who did it, where it was one.
    """

    at: datetime
    by: str = field(default="S001", kw_only=True)


class Story(list[Event]):
    """What happened, or what one of them knows of it. It is not changed any more, so answers about it are kept."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__(events)
        self.kept: dict[object, object] = {}


P = ParamSpec("P")
T = TypeVar("T")


def kept(ask: Callable[Concatenate[Story, P], T]) -> Callable[Concatenate[Story, P], T]:
    """A question about a story that is asked often, and worked out once."""

    @wraps(ask)
    def answer(story: Story, /, *about: P.args, **named: P.kwargs) -> T:
        question = ask, about, *named.items()
        if question not in story.kept:
            story.kept[question] = ask(story, *about, **named)
        return story.kept[question]  # type: ignore[return-value]

    return answer


@dataclass(frozen=True)
class Asked(Event):
    """An agent asked to join, who was hired on a day, and was let in."""

    agent: str
    hired: date


@dataclass(frozen=True)
class Left(Event):
    """An agent's last day in the team."""

    agent: str
    last: date


@dataclass(frozen=True)
class Hired(Event):
    """The supervisor put an agent's hire date right."""

    agent: str
    hired: date


@dataclass(frozen=True)
class Synced(Event):
    """Somebody's machine gave out all that was done on it, and took in what others had given out."""

    who: str


@dataclass(frozen=True)
class Form:
    """A call as it is filled in: `number` is who was called, `phone` how it was written."""

    number: str
    phone: str
    outcome: str
    start: datetime
    interest: str = ""
    grade: str = ""
    company: str = ""
    contact: str = ""
    title: str = ""
    department: str = ""
    headcount: str = ""
    it_status: str = ""
    note: str = ""
    imported: bool = False
    card: str = ""


@dataclass(frozen=True)
class Called(Event):
    """An agent logged a call, then or later."""

    agent: str
    key: str
    form: Form


@dataclass(frozen=True)
class Corrected(Event):
    """An agent corrected a call: the whole form as it is now."""

    agent: str
    key: str
    form: Form


@dataclass(frozen=True)
class Imported(Event):
    """An agent imported past calls from a file: each row with the key that it has if it comes in."""

    agent: str
    rows: tuple[tuple[str, Form], ...]


@dataclass(frozen=True)
class Erased(Event):
    """A supervisor had all data of a customer removed."""

    number: str


@dataclass(frozen=True)
class Voided(Event):
    """An agent withdrew a call."""

    agent: str
    key: str


@dataclass(frozen=True)
class Confirmed(Event):
    """The supervisor confirmed the day of an agent."""

    agent: str
    key: str
    day: date


@dataclass(frozen=True)
class Judged(Event):
    """The supervisor found a call false, or true."""

    agent: str
    key: str
    false: bool


@dataclass(frozen=True)
class Entered(Event):
    """The supervisor made an entry in the ledger; `points` is told for an award alone. `proposal`: the program's."""

    agent: str
    key: str
    rule: str
    day: date
    points: int = 0
    evidence: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class Appealed(Event):
    """The agent appealed an entry; `key` is the entry's, or that of the call which was found false."""

    agent: str
    key: str


@dataclass(frozen=True)
class Ruled(Event):
    """The supervisor ruled on an entry; `key` is the entry's, or that of the call which was found false."""

    agent: str
    key: str
    upheld: bool


@dataclass(frozen=True)
class Requested(Event):
    """An agent asked for leave or a visit."""

    agent: str
    key: str
    type: str
    day: date
    minutes: int


@dataclass(frozen=True)
class Refused(Event):
    """The supervisor refused a request."""

    agent: str
    key: str
    request: str


@dataclass(frozen=True)
class Away(Event):
    """The supervisor approved leave or a visit; `leads`: the quota of leads, where it was lowered; `request`: the one
    that this answers.
    """

    agent: str
    key: str
    type: str
    day: date
    minutes: int
    leads: int | None = None
    request: str = ""


@dataclass(frozen=True)
class Excused(Event):
    """The supervisor excused the shortfall of a day."""

    agent: str
    key: str
    day: date


@dataclass(frozen=True)
class TakenBack(Event):
    """Taken back: what a supervisor decided (leave, an excuse, a payment, a step to a grade, a confirmation).

    Or what an agent asked for, who is `by` then.
    """

    agent: str
    key: str


@dataclass(frozen=True)
class Released(Event):
    """The supervisor let an agent go home."""

    agent: str
    day: date


@dataclass(frozen=True)
class Given(Event):
    """A customer was given to an agent as of a day."""

    number: str
    agent: str
    day: date


@dataclass(frozen=True)
class Stepped(Event):
    """The supervisor recorded a step to a customer's grade, for the agent whose customer it is."""

    key: str
    number: str
    step: str
    grade: str
    day: date


@dataclass(frozen=True)
class Paid(Event):
    """What a customer paid, or got back, on a day, for the agent whose customer it is, or for one who is named."""

    key: str
    number: str
    fen: int
    day: date
    agent: str | None = None


@dataclass(frozen=True)
class Lifted(Event):
    """The supervisor took a number off the do-not-call list."""

    number: str


@dataclass(frozen=True)
class Punched(Event):
    """An agent clocked in or out."""

    agent: str
    side: str


@dataclass(frozen=True)
class HandedIn(Event):
    """An agent handed in the summary of a week."""

    agent: str
    week: str


@dataclass(frozen=True)
class Attended(Event):
    """The supervisor said whether an agent was at a meeting."""

    agent: str
    meeting: str
    day: date
    state: str


@dataclass(frozen=True)
class Dismissed(Event):
    """The supervisor did not follow what the program proposed, by its name."""

    agent: str
    key: str
    proposal: str


@dataclass(frozen=True)
class Checked(Event):
    """The supervisor marked a missing or late punch as checked."""

    agent: str
    key: str
    day: date
    side: str


@dataclass(frozen=True)
class Planned(Event):
    """An agent sent the plan of a week."""

    agent: str
    key: str
    week: str
    companies: int
    grades: int


@dataclass(frozen=True)
class Approved(Event):
    """The supervisor approved the plan of a week: as it was known, but for the companies where they are told."""

    agent: str
    key: str
    week: str
    companies: int | None


@dataclass(frozen=True)
class Reviewed(Event):
    """The supervisor rated the skill of an agent in a week."""

    agent: str
    key: str
    week: str
    rating: int


@dataclass(frozen=True)
class Carded(Event):
    """A talk card came out; `instead`: in place of that one. Or that one was taken back."""

    key: str
    instead: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Published(Event):
    """The supervisor published other numbers from a day on; `{}` is the shipped handbook."""

    start: date
    numbers: dict[str, int | str] = field(default_factory=dict)
    days_off: tuple[date, ...] = ()
    extra_workdays: tuple[date, ...] = ()
    punches: bool = False
    cleared_by: tuple[str, ...] = ("att.absent",)
