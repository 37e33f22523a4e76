"""What a report is about: days, and one agent or all of the team."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.views import DayView
from shared_rules.dates import month_end


@dataclass(frozen=True, slots=True)
class Scope:
    """`month` is YYYY-MM of a report on a month, None for a day. `agent` is None for the whole team."""

    days: tuple[date, ...]
    month: str | None
    agent: str | None

    @property
    def name(self) -> str:
        """The day or the month, as its title has it."""
        return self.month or self.days[0].isoformat()


def of_day(day: date, agent: str | None) -> Scope:
    """The scope of a day."""
    return Scope((day,), None, agent)


def of_month(month: str, agent: str | None, today: date) -> Scope:
    """The scope of a month (YYYY-MM) up to today. Raises Problem for a text that is no month."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Problem("errors.no_month", month=month) from None
    last = min(month_end(first), today)
    return Scope(tuple(first + timedelta(days=number) for number in range((last - first).days + 1)), month, agent)


def readable(book: Book, agent: str | None) -> str | None:
    """Whose report this machine may make: a supervisor's anybody's, an agent's its own. Raises Problem."""
    me = book.identity
    if me.supervises:
        return agent
    if agent not in (None, me.agent):
        raise Problem("errors.supervisors_only", person=me.agent)
    return me.agent


def day_views(book: Book, scope: Scope, tell: Callable[[int, int], None]) -> list[DayView]:
    """Each agent's days that anything is due on or was done on, by day and agent. Raises Problem for a stranger.

    `tell` is told how many of how many days are done.
    """
    if not scope.days or scope.days[0] > book.today():
        return []
    book.load_month(scope.days[0])
    found: list[DayView] = []
    for number, day in enumerate(scope.days):
        tell(number, len(scope.days))
        agents = [book.day(scope.agent, day, money=False)] if scope.agent else book.team(day, money=False).agents
        found += [view for view in agents if view.figures.dials or (view.judged and view.workday)]
    tell(len(scope.days), len(scope.days))
    return found
