"""The demo's team on disk: a share, a supervisor's home, a home for each agent, all of them real."""

import heapq
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event, Thread
from zoneinfo import ZoneInfo

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import DEFAULT_ZONE, Clock
from agent_tui.demo.clock import StoryClock
from agent_tui.demo.day import Planned, planned
from agent_tui.demo.people import Person, people
from agent_tui.demo.story import FAKES, OFFLINE, Story, having_a_bad_day, with_fakes
from agent_tui.i18n import t

ZONE = ZoneInfo(DEFAULT_ZONE)
SUPERVISOR = "S001"
_SETUP = time(8, 30)
_SILENT_FROM, _AFTERNOON, _EVENING = time(13, 50), time(14, 31), time(18, 20)
_FAKED_FROM = time(13, 20)
_HOME_TIME = time(18, 5)
_WAITS = "A900"
_BEAT = 0.5


def story_day(clock: Clock) -> date:
    """The last day from Monday to Friday that is not to come."""
    day = clock.now(ZONE).date()
    return day - timedelta(days=max(0, day.weekday() - 4))


class DemoTeam:
    """A team whose agents work through planned days. `folder` is thrown away by whoever made it.

    `first` is the day on which the team is made: `day` itself, or the workday before it for a whole story.
    """

    def __init__(self, folder: Path, agents: int, day: date, seed: int, first: date | None = None) -> None:
        self._first = first or day
        self.clock = StoryClock(datetime.combine(self._first, _SETUP, ZONE))
        self._folder = folder
        self._day = day
        self._people = people(agents, seed)
        self._desks: dict[str, Book] = {}
        self._silent: str | None = None
        self.story = Story(self._people, self._desks, seed)
        self._ahead = self._planned(seed)
        self._next: Planned | None = next(self._ahead, None)
        self._failure: Exception | None = None

    def _planned(self, seed: int) -> Iterator[Planned]:
        """All calls of the days in their order."""
        for day in self._workdays():
            bad = day == self._day != self._first
            workers = having_a_bad_day(self._people) if bad else self._people
            calls = heapq.merge(*(planned(one, day, ZONE, seed) for one in workers), key=lambda call: call.at)
            faker = self.story.person(FAKES)
            if bad and faker:
                yield from with_fakes(calls, faker.id, datetime.combine(day, _FAKED_FROM, ZONE))
            else:
                yield from calls

    def _workdays(self) -> Iterator[date]:
        """The first day, then every day from Monday to Friday, however long the demo is watched."""
        day = self._first
        while True:
            yield day
            day += timedelta(days=3 if day.weekday() == 4 else 1)

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
        teams.code_seen(self.home(SUPERVISOR))
        for person in self._people:
            self._ask(share, person)
        with self.supervisor() as book:
            book.sync_once()
            for member in book.members.all():
                if member.state == "waiting":
                    book.members.approve(member.writer)
            book.sync_once()
        for desk in self._desks.values():
            desk.sync_once()

    def _ask(self, share: Path, person: Person) -> None:
        home = self.home(person.id)
        hired = min(self._first, self._day - timedelta(days=person.hired_days_ago))
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

    def tell(self) -> None:
        """The whole story up to the afternoon: the day before, its evening, the morning, somebody offline."""
        with self.supervisor() as boss:
            self.until(_EVENING, self._first)
            self.story.evening(boss, self._first)
            self.clock.move(datetime.combine(self._day, _SETUP, ZONE))
            self.story.morning(boss, self._day)
            self.until(_SILENT_FROM)
            self.story.noon(boss, self._day)
            if silent := self.story.person(OFFLINE):
                self._silent = silent.id
            self.until(_AFTERNOON)
            self._one_more_asks()
            boss.sync_once()

    def _one_more_asks(self) -> None:
        """A device that waits to be let in."""
        teams.ask_to_join(self.home(_WAITS), self._folder / "share", _WAITS, t("demo.new_name"), self._day, self.clock)
        with closing(Book.open(self.home(_WAITS), self.clock)) as desk:
            desk.sync_once()

    def until(self, moment: time, day: date | None = None) -> None:
        """Work through a day up to `moment`, as fast as the disk goes; desks synced, the clock stands there."""
        end = datetime.combine(day or self._day, moment, ZONE)
        for call in self._due(end):
            self.clock.move(call.at)
            self._desks[call.agent].own.log(self.story.told(call).entry)
        self.clock.move(end)
        for agent, desk in self._desks.items():
            if agent != self._silent:
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
                now = self.clock.now(ZONE)
                for call in self._due(now):
                    if call.agent != without:
                        self._desks[call.agent].own.log(call.entry)
                        called.add(call.agent)
                for agent in called - {self._silent}:
                    self._desks[agent].sync_once()
                if now.time() >= _HOME_TIME and now.weekday() < 5:
                    self.story.home_time(now.date(), self._desks.keys() - {without, self._silent})
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
