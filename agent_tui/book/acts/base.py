"""What every act has in common: the locks, who acts, the days and texts it takes, and what was written.

An act is a method that looks, refuses with a Problem, and returns the records to write; `acts` runs it under the book's
locks and writes what it gives. Nothing is recorded when it refuses.
"""

import re
from collections.abc import Callable
from copy import copy
from datetime import date, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

import msgspec

from agent_tui.book.members.rights import member
from agent_tui.book.part import BookPart
from agent_tui.book.place.pen import Draft
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.trust.people import Person
from agent_tui.views import DayView
from shared_rules.calendar import is_workday, working_time
from shared_rules.dates import days_of_week
from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy
from shared_rules.records.kinds import whole
from shared_rules.records.parts import Body, Entry, Secret
from shared_rules.text import plain

if TYPE_CHECKING:
    from agent_tui.book.book import Book

_SHORT = 200
_TEXT = 4000
_ISO_WEEK = re.compile(r"\d{4}-W\d{2}", re.ASCII)


class Written(msgspec.Struct, frozen=True):
    """A record that an act wrote: the first, where it wrote several. `content` is what it says, JSON-ready."""

    id: str
    kind: str
    agent: str
    at: datetime
    content: dict[str, Any]


class Acts(BookPart):
    """The acts of one person on one book. Every method raises Problem."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book)
        self._only_trying = False
        self._tried: list[Draft] = []

    @property
    def _me(self) -> str:
        """Who acts."""
        return self._session.place.person

    def _policy(self, day: date) -> Policy:
        return self._session.folds.policies.on(day)

    def _told(self, fact: Fact) -> dict[str, str]:
        """Who wrote a record that exists already, and when; its id, `record`, is shown on the command line alone."""
        at = f"{fact.at.astimezone(self._session.place.zone):%m-%d %H:%M}"
        return {"by": self._book.members.named(fact.author), "at": at, "record": fact.id}

    def _draft(self, agent: str, body: Body, secret: Secret | None = None) -> Draft:
        return Draft(uuid7(self._now), agent, body, secret)

    @property
    def trial(self) -> Self:
        """The same acts on trial: they refuse what they would refuse, and write nothing. For use before a question."""
        twin = copy(self)
        twin._only_trying = True
        return twin

    def outcome(self, agent: str, day: date, act: Callable[[Self], Written]) -> DayView:
        """An agent's day as it would be after `act`, without its pay estimate; nothing is written.

        Raises Problem where the act would.
        """
        twin = self.trial
        with self._lock:
            act(twin)
            self._session.load_month(day, agent)
            facts = [self._fact(place, draft) for place, draft in enumerate(twin._tried, 1) if draft.agent == agent]
            return self._session.days.day_with(member(self._session, agent), day, self._now, facts)

    def _fact(self, place: int, draft: Draft) -> Fact:
        """The fact that a draft would become, as the line at that `place` (1, 2, …) after this device's last one."""
        writer = self._session.place.writer
        seq = self._session.folds.last.get(writer, 0) + place
        body = draft.secret if isinstance(draft.body, Entry) else draft.body
        return Fact(draft.body.kind, self._me, draft.id, writer, seq, self._now, draft.agent, body, 0)

    def put(self, make: Callable[[], list[Draft]]) -> Written:
        """Write what `make` gives, under the book's locks."""
        if self._only_trying:
            with self._lock:
                now, drafts = self._now, make()
            self._tried = drafts
        else:
            now, drafts = self._book.put(lambda _: make())
        first = drafts[0]
        content = whole(first.secret or first.body)
        return Written(first.id, first.body.kind, first.agent, now, content)

    # ---- what an act takes ----

    def _not_to_come(self, day: date) -> None:
        if day > self._today:
            raise Problem("errors.day_to_come", day=day)

    def _there(self, person: Person, day: date) -> None:
        """Refuse a day before the person was hired or after they left."""
        if day < (hired := self._session.folds.hired(person)):
            raise Problem("errors.before_hired", day=day, person=person.id, hired=hired)
        if person.left and day > person.left:
            raise Problem("errors.after_leaving", day=day, person=person.id, left=person.left)

    def _workday(self, day: date) -> None:
        """Refuse a day off: nothing is due on it."""
        if not is_workday(self._policy(day), day):
            raise Problem("acts.no_workday", day=day)

    def _asked(self, person: Person, day: date) -> None:
        """Refuse a day on which nothing is asked of a person: before the request to join, or while out of the team."""
        if not person.there(day):
            since = min((first for first, _ in person.spans if first > day), default=person.joined)
            raise Problem("acts.not_asked", agent=person.id, day=day, since=since)

    def _week(self, person: Person, week: str) -> tuple[date, date]:
        """The first and the last day of an ISO week in which the person is there."""
        first, last = span_of_week(week)
        if last < (hired := self._session.folds.hired(person)):
            raise Problem("errors.before_hired", day=week, person=person.id, hired=hired)
        if person.left and first > person.left:
            raise Problem("errors.after_leaving", day=week, person=person.id, left=person.left)
        return first, last

    def _minutes(self, day: date, minutes: int) -> int:
        """Minutes away within the working time of a day."""
        most = working_time(self._policy(day)) // timedelta(minutes=1)
        if not 1 <= minutes <= most:
            raise Problem("acts.minutes", minutes=minutes, most=most)
        return minutes


def span_of_week(week: str) -> tuple[date, date]:
    """Monday and Sunday of an ISO week such as 2026-W49. Raises Problem."""
    days = days_of_week(week) if _ISO_WEEK.fullmatch(week) else ()
    if not days:
        raise Problem("acts.not_a_week", week=week)
    return days[0], days[-1]


def text_of(text: str, *, needed: str = "", limit: int = _TEXT) -> str:
    """A text, trimmed. `needed` names what must be said, where something must. Raises Problem."""
    text = text.strip()
    if needed and not plain(text):
        raise Problem(f"acts.needs_{needed}")
    if len(text) > limit:
        raise Problem("acts.text_long", length=len(text), limit=limit)
    return text


def short(text: str) -> str:
    """A text of one line. Raises Problem."""
    return text_of(plain(text), limit=_SHORT)


P = ParamSpec("P")
A = TypeVar("A", bound=Acts)


def acts(make: Callable[Concatenate[A, P], list[Draft]]) -> Callable[Concatenate[A, P], Written]:
    """An act: its records are made under the book's locks, then written."""

    @wraps(make)
    def act(self: A, /, *args: P.args, **kwargs: P.kwargs) -> Written:
        return self.put(lambda: make(self, *args, **kwargs))

    return act
