"""What histories by chance of whole homes have in common: machines around a share, each of which stops again and again.

A life: a machine's program does some deeds, is stopped before one of its calls, or killed, or goes on; it finds the
disk failing or full; and where the power went, its home and what it had under way on the share are in one of the states
that this may leave. The next life goes on from there. At the end comes quiet: no more faults, and everybody syncs.
"""

import errno
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.book.place.place import active_team
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from agent_tui.sync.findings import Code, Finding
from agent_tui.sync.syncer import Syncer
from tests.company import NOW, ZONE
from tests.faults.crash import Count
from tests.faults.crash_world import by_chance, contents, on
from tests.faults.disk import Image, PowerCut, SimDisk
from tests.faults.model_world import WrongClock

SHARE = Path("/share")
HIRED = date(2026, 1, 5)
NAMES = {"S001": "陈静", "S002": "周丽", "A017": "张敏", "A018": "李强"}
ACCUSED: tuple[Code, ...] = ("cloned", "changed", "twice", "writer", "second", "misplaced", "unlike_confirmed")
"""What is never true of machines that only stop: that somebody tampered with records, or copied a key."""

_MINUTES = (1, 30, 300, 1440, 1440, 2880)


@dataclass
class Machine:
    """A home and whose it is; the program that is open in it, if one is. `syncer` is that of the screens."""

    name: str
    person: str
    clock: WrongClock
    book: Book | None = None
    syncer: Syncer | None = None

    @property
    def supervisor(self) -> bool:
        return self.person.startswith("S")

    def kill(self) -> None:
        self.book = self.syncer = None


Deed = Callable[[Machine], object]


class Team:
    """One history. `people`: whose each machine is. What goes wrong is noted in `count`, with the seed."""

    stops: ClassVar[tuple[int, ...]] = (15, 60, 200, 600)
    """A life is stopped before one of so many calls."""

    def __init__(
        self, image: Image, people: Mapping[str, str], seed: int, count: Count, *, flushes: bool = True
    ) -> None:
        self.rng, self.made = random.Random(seed), random.Random(seed)
        self.seed, self.count, self.flushes = seed, count, flushes
        self.disk = SimDisk(image, flushes=flushes)
        # Else a disk as on Windows.
        self.disk.follows = self.disk.keeps_open = self.rng.random() < 0.8
        self.machines = {
            name: Machine(name, person, WrongClock(NOW.replace(microsecond=1000 * (1 + place)) + timedelta(minutes=5)))
            for place, (name, person) in enumerate(people.items())
        }
        self.number = 0
        self.where = ""
        self.story: list[str] = []

    # ---- what subclasses have ----

    def deeds(self, machine: Machine) -> dict[Deed, float]:
        """What a machine may do, and how often it does so."""
        raise NotImplementedError

    def before(self) -> None:
        """What happens between two lives."""

    def log(self, machine: Machine) -> None:
        """Write a record."""
        raise NotImplementedError

    def check(self) -> None:
        """Note what is not as it must be after quiet."""
        raise NotImplementedError

    # ---- the history ----

    def play(self, lives: int) -> None:
        """So many lives of the machines, then quiet. A fault of the program is noted too."""
        with on(lambda: self.disk, self.made.randbytes):
            try:
                for number in range(lives):
                    self.where = f"life {number}"
                    self.before()
                    self.life(self.rng.choice([*self.machines.values()]))
                    if self.count.first:
                        return
                self.where = "quiet"
                for machine in self.machines.values():
                    machine.kill()
                self.quiet()
                self.check()
            except Exception as fault:
                self.wrong(f"{type(fault).__name__}: {fault}")

    def wrong(self, what: str, *, lost: bool = True) -> None:
        self.count.note(f"history {self.seed}, {self.where}: {what}", lost=lost)

    def life(self, machine: Machine) -> None:
        """One life of a machine."""
        self._trouble()
        stopped = False
        try:
            for _ in range(self.rng.randrange(1, 14)):
                deeds = self.deeds(machine)
                (deed,) = self.rng.choices([*deeds], [*deeds.values()])
                self._do(machine, deed)
        except PowerCut:
            stopped = True
            self.story.append(f"   stopped at {self.disk.calls}")
        self.disk.stop_at, self.disk.fail_at, self.disk.capacity = 0, {}, 1 << 30
        cut = False
        if stopped or self.rng.random() < 0.4:
            machine.kill()
            cut = self.rng.random() < 0.6
        if cut:
            self._cut(machine.name, self.rng.choice((0.0, 0.5, 0.8, 0.95)))
        # What a server took it keeps, but for what was under way as the power of both went.
        share = self.disk.directory(SHARE)
        assert share is not None
        self.disk.replace("share", contents(share))
        self.count.states += 1
        self.after(machine, cut=cut)

    def after(self, machine: Machine, *, cut: bool) -> None:
        """What is looked at after a life. `cut`: the power went."""

    def _trouble(self) -> None:
        disk, rng = self.disk, self.rng
        disk.stop_at = disk.calls + rng.randrange(1, rng.choice(self.stops))
        if rng.random() < 0.3:
            calls = (disk.calls + rng.randrange(1, 300) for _ in range(rng.choice((1, 1, 3))))
            disk.fail_at = {call: rng.choice((errno.EIO, errno.ENOSPC)) for call in calls}
        if rng.random() < 0.12:
            disk.capacity = sum(len(one.content) for one in disk.root.files()) + rng.randrange(20_000)

    def _do(self, machine: Machine, deed: Deed) -> None:
        machine.clock.at += timedelta(seconds=7)
        self.story.append(f"{machine.name} {getattr(deed, '__name__', deed)}")
        try:
            deed(machine)
        except Problem as refused:
            self.story.append(f"   refused: {refused}")
        self.accused(machine, self._told(machine))

    def _cut(self, name: str, kept: float) -> None:
        self.story.append(f"   power cut, {kept} kept")
        for one in (name, "share"):
            node = self.disk.directory(Path("/") / one)
            assert node is not None
            self.disk.replace(one, by_chance(node, self.rng, kept))

    def _told(self, machine: Machine) -> list[Finding]:
        """What the syncers of the open program tell now."""
        inner = machine.book.sharing._syncer if machine.book else None
        return [found for one in {machine.syncer, inner} if one is not None for found in one.findings]

    def accused(self, machine: Machine, findings: Sequence[Finding]) -> None:
        """Nobody is accused of what no machine here does."""
        for one in findings:
            if one.code in ACCUSED:
                self.wrong(f"{machine.name} says {one.text()}", lost=False)

    # ---- deeds ----

    def open(self, machine: Machine) -> Book:
        """The program that is open in a home, or is started now. Raises Problem."""
        if machine.book is None:
            home = Home(Path("/") / machine.name, self.disk)
            odds = Odds(home.odds, self.disk)
            team = active_team(home, odds)
            if team is None:
                raise Problem("errors.no_team")
            machine.book = Book(home, Session(home, team, machine.clock), odds, machine.clock)
            machine.syncer = None
        return machine.book

    def beside(self, machine: Machine) -> None:
        """A command in the same home logs, and may sync or be killed."""
        with self._another(machine):
            self.log(machine)
            if self.rng.random() < 0.4:
                self.sync(machine)
            if self.rng.random() < 0.7:
                self.close(machine)

    @contextmanager
    def _another(self, machine: Machine) -> Iterator[None]:
        book, syncer = machine.book, machine.syncer
        machine.book = None
        try:
            yield
        finally:
            machine.book, machine.syncer = book, syncer

    def poll(self, machine: Machine) -> None:
        book = self.open(machine)
        target = book.sharing.target()
        if target is not None:
            machine.syncer = machine.syncer or book.sharing._open(target)
            machine.syncer.round()

    def sync(self, machine: Machine) -> None:
        self.open(machine).sync_once()

    def audit(self, machine: Machine) -> None:
        self.accused(machine, self.open(machine).upkeep.check().findings)

    def refill(self, machine: Machine) -> None:
        self.open(machine).upkeep.refill(str(SHARE))

    def close(self, machine: Machine) -> None:
        if machine.book:
            machine.book.close()
        machine.kill()

    def die(self, machine: Machine) -> None:
        machine.kill()

    def later(self, machine: Machine) -> None:  # noqa: ARG002 - it is later everywhere
        minutes = self.rng.choice(_MINUTES)
        if self.flushes:
            self.disk.write_back()
        for one in self.machines.values():
            one.clock.at += timedelta(minutes=minutes)

    def look(self, machine: Machine) -> None:
        book = self.open(machine)
        book.day("A017", book.today())
        book.load_month(book.today())

    @property
    def usual(self) -> dict[Deed, float]:
        """What every machine does."""
        return {
            self.log: 6, self.beside: 1.5, self.poll: 6, self.sync: 2.5, self.audit: 0.3, self.refill: 0.3,
            self.close: 1, self.die: 1, self.later: 0.8, self.look: 0.4,
        }  # fmt: skip

    # ---- quiet ----

    def quiet(self) -> None:
        """Everybody syncs, and again."""
        for _ in range(4):
            for machine in self.machines.values():
                self.sync(machine)

    def nothing_alarms(self, machine: Machine, but: str = "") -> None:
        """Nobody is told of anything that is wrong, but for the tails that a crash tore, and of files of `but`."""
        book = self.open(machine)
        syncer = book.sharing._syncer
        assert syncer is not None
        held = [one.finding for there in syncer.findings._held.values() for one in there.values()]
        held += [one for one in book.upkeep.check().findings if one.code != "torn"]
        for text in (*(one.text() for one in held), *book.upkeep.notes()):
            if but and but in text:
                continue
            self.wrong(f"{machine.name} says {text}", lost=False)

    def days(self) -> list[date]:
        """The days of the history."""
        last = max(machine.clock.at for machine in self.machines.values())
        return [(NOW + timedelta(days=number)).date() for number in range(-5, (last - NOW).days + 2)]

    def same_time(self) -> None:
        """What depends on the day it is can be compared on one day alone."""
        last = max(machine.clock.at for machine in self.machines.values())
        for machine in self.machines.values():
            machine.clock.at = last

    def shown(self, machine: Machine, agent: str) -> tuple[list[Any], list[str], list[str]]:
        """What a machine shows of an agent: figures, the calls' numbers ("" for one not readable), ledger notes."""
        book, days = self.open(machine), self.days()
        calls = [one.customer for day in days for one in book.calls(agent, day)]
        months = sorted({f"{day:%Y-%m}" for day in days})
        return (
            [book.day(agent, day).figures for day in days],
            sorted(one.phone.removeprefix("+86") if one else "" for one in calls),
            sorted(one.note for month in months for one in book.ledger(agent, month).entries),
        )


def joined(people: Mapping[str, str]) -> tuple[Image, str]:
    """A disk with a team on it: the homes of `people`, the first of whom made it, and the share; the recovery code."""
    homes: Image = {name: {} for name in (*people, "share")}
    disk = SimDisk(homes)
    clock = WrongClock(NOW)
    (first, _), *others = people.items()
    with on(lambda: disk, random.Random(0).randbytes):
        code = teams.init_team(Path("/") / first, SHARE, "一组", "S001", NAMES["S001"], ZONE, clock)
        teams.code_seen(Path("/") / first)
        boss = Book.open(Path("/") / first, clock)
        books = [boss]
        boss.sync_once()
        for name, person in others:
            teams.ask_to_join(Path("/") / name, SHARE, person, NAMES[person], HIRED, clock)
            books.append(Book.open(Path("/") / name, clock))
            books[-1].sync_once()
            boss.sync_once()
            let_in(boss)
        for book in (*books, *books, *books):
            book.sync_once()
        for book in books:
            book.close()
    return contents(disk.root), code


def let_in(boss: Book) -> int:
    """Let in whoever waits; how many. Raises Problem."""
    waiting = [one for one in boss.members.all() if one.state == "waiting"]
    for one in waiting:
        boss.members.approve(one.writer, "supervisor" if one.id.startswith("S") else None)
    return len(waiting)


def run(play: Callable[[int, Count], object], tries: int, first_seed: int = 0) -> Count:
    """Histories until so many states were tried, or something was wrong."""
    count, seed = Count(), first_seed
    while count.states < tries and not count.first:
        play(seed, count)
        seed += 1
    return count
