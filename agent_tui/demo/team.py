"""The demo's team on disk: a share, a supervisor's home, a home for each agent, all of them real."""

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event, Thread
from zoneinfo import ZoneInfo

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import Clock
from agent_tui.demo.clock import StoryClock
from agent_tui.demo.day import Planned, planned
from agent_tui.demo.people import Person, people
from agent_tui.i18n import t

ZONE = ZoneInfo("Asia/Shanghai")
SUPERVISOR = "S001"
_SETUP = time(8, 30)
_BEAT = 0.5


def story_day(clock: Clock) -> date:
    """The last day from Monday to Friday that is not to come."""
    day = clock.now(ZONE).date()
    return day - timedelta(days=max(0, day.weekday() - 4))


class DemoTeam:
    """A team whose agents work through one planned day. `folder` is thrown away by whoever made it."""

    def __init__(self, folder: Path, agents: int, day: date, seed: int) -> None:
        self.clock = StoryClock(datetime.combine(day, _SETUP, ZONE))
        self._folder = folder
        self._day = day
        self._people = people(agents, seed)
        self._desks: dict[str, Book] = {}
        self._ahead: Iterator[Planned] = heapq.merge(
            *(planned(person, day, ZONE, seed) for person in self._people), key=lambda call: call.at
        )
        self._next: Planned | None = next(self._ahead, None)
        self._failure: Exception | None = None

    def home(self, person: str) -> Path:
        """The home of the supervisor or an agent."""
        return self._folder / "homes" / person

    @property
    def first_agent(self) -> str:
        """The agent whose desk is opened by `demo --desk`."""
        return self._people[0].id

    def gather(self) -> None:
        """Make the team, let every agent ask, approve them all."""
        share = self._folder / "share"
        share.mkdir(parents=True)
        teams.init_team(
            self.home(SUPERVISOR), share, t("demo.team"), SUPERVISOR, t("demo.supervisor"), ZONE.key, self.clock
        )
        for person in self._people:
            self._ask(share, person)
        with self.supervisor() as book:
            book.sync_once()
            for member in book.members():
                if member.state == "waiting":
                    book.approve(member.writer)
            for person in self._people[3::6]:
                book.supervisor.points(person.id, "att.late", self._day, note=t("demo.late"))
            book.sync_once()
        for desk in self._desks.values():
            desk.sync_once()

    def _ask(self, share: Path, person: Person) -> None:
        home = self.home(person.id)
        hired = self._day - timedelta(days=person.hired_days_ago)
        teams.ask_to_join(home, share, person.id, person.name, hired, self.clock)
        desk = Book.open(home, self.clock)
        desk.sync_once()
        self._desks[person.id] = desk

    @contextmanager
    def supervisor(self) -> Iterator[Book]:
        """The supervisor's book, closed afterwards."""
        book = Book.open(self.home(SUPERVISOR), self.clock)
        try:
            yield book
        finally:
            book.close()

    def until(self, moment: time) -> None:
        """Work through the day up to `moment`, as fast as the disk goes; all desks synced, the clock stands there."""
        end = datetime.combine(self._day, moment, ZONE)
        for call in self._due(end):
            self.clock.move(call.at)
            self._desks[call.agent].log(call.entry)
        self.clock.move(end)
        for desk in self._desks.values():
            desk.sync_once()

    @contextmanager
    def working(self, speed: int, without: str | None = None) -> Iterator[None]:
        """Let the clock run and the colleagues call in a thread of their own, until the block ends.

        `without` is an agent who does not: somebody sits at that desk.
        """
        ended = Event()
        self.clock.run(speed)
        thread = Thread(target=self._work, args=(ended, without), name="demo colleagues", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
        if self._failure is not None:
            raise self._failure

    def _work(self, ended: Event, without: str | None) -> None:
        try:
            while not ended.wait(_BEAT):
                called = set()
                for call in self._due(self.clock.now(ZONE)):
                    if call.agent != without:
                        self._desks[call.agent].log(call.entry)
                        called.add(call.agent)
                for agent in called:
                    self._desks[agent].sync_once()
        except Exception as failure:
            # A thread cannot tell anybody; it is raised where the block ends.
            self._failure = failure

    def _due(self, moment: datetime) -> Iterator[Planned]:
        while self._next is not None and self._next.at <= moment:
            yield self._next
            self._next = next(self._ahead, None)

    def close(self) -> None:
        """Close all desks."""
        for desk in self._desks.values():
            desk.close()
