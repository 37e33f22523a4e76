"""The world of the model: a team's machines, each with a clock of its own, around one folder.

What the machines write is read from their journals into a plain set of records, `World.written`.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partialmethod
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from agent_tui import ids
from agent_tui.book import Book
from agent_tui.book.place import known_policies
from agent_tui.book.session import Session
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.sync import places
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.syncer import Syncer
from agent_tui.trust import keys, rings
from shared_rules.policies import policy
from shared_rules.records import lines
from shared_rules.records.lines import Line
from tests.company import NOW, Company
from tests.faults.erasure import second_device
from tests.faults.share import FaultyShare

PEOPLE = {"A017": "A017", "second": "A017", "A018": "A018", "boss": "S001", "other": "S002"}
"""The machines to begin with, and whose each is; `boss` has the owner's key."""
AGENTS = ("A017", "A018")
SUPERVISORS = ("S001", "S002")


class WrongClock(Clock):
    """A clock that is put forward and back."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


class Written(msgspec.Struct, frozen=True):
    """A record as it was first written: its envelope, its bytes, at which machine."""

    line: Line
    raw: bytes
    machine: str


@dataclass
class Machine:
    """A home, open, which `person` uses. `syncer` is that of the screens, `synced` what it syncs.

    `noted`: how many bytes of each file of the journal were read into the set of records.
    """

    name: str
    home: Path
    person: str
    clock: WrongClock
    book: Book
    syncer: Syncer | None = None
    synced: Session | None = None
    noted: dict[Path, int] = field(default_factory=dict)

    @property
    def supervisor(self) -> bool:
        return self.person in SUPERVISORS

    def open(self) -> None:
        """Start the program, which was closed."""
        self.book = Book.open(self.home, self.clock)
        self.syncer = self.synced = None

    def poll(self) -> None:
        """One round of the sync, as in a desk that is in use. Raises Problem."""
        target = self.book.sharing.target()
        if self.syncer is None or target is not self.synced:
            assert target is not None
            self.syncer, self.synced = self.book.sharing._open(target), target
        self.syncer.round()

    def sync(self) -> dict[str, int]:
        """Sync until nothing moves; what moved. Raises Problem."""
        self.syncer = self.synced = None
        return self.book.sync_once()


class World:
    """One history. `base` is made of `template`: a folder for each machine's home, and the share."""

    def __init__(self, base: Path, template: Path) -> None:
        self.base = base
        self.share = base / "share"
        self.chance = random.Random(0)
        self.seconds = 0.0
        self.fault: str | None = None
        """What goes wrong with the share at the next call of its kind."""
        self.met: Counter[str] = Counter()
        self.written: dict[str, Written] = {}
        self.ids: dict[str, list[str]] = {}
        """The ids of the records by kind, in the order of writing."""
        self.days: set[date] = set()
        self.confirmed = False
        self.accepted: set[str] = set()
        """The ids of entries that accept a proposal."""
        self.steps = 0
        self.bytes = random.Random(1)
        """Keys and ids of this history are the same whenever it is played."""
        self.story: list[str] = []
        shutil.rmtree(base, ignore_errors=True)
        shutil.copytree(template, base)
        self.machines: list[Machine] = []
        self.before = self.shared().keys()
        """What the template has."""
        for name, person in PEOPLE.items():
            self.add(name, person, NOW)

    def add(self, name: str, person: str, at: datetime) -> None:
        """Open the home of that name as one more machine. No two machines' clocks ever tell the same time."""
        clock = WrongClock(at.replace(microsecond=1000 * (1 + len(self.machines))))
        home = self.base / name
        self.machines.append(Machine(name, home, person, clock, Book.open(home, clock)))

    def close(self) -> None:
        for machine in self.machines:
            with suppress(OSError, Problem):  # what went wrong may have taken its home
                machine.book.close()

    # ---- what happens ----

    def do(self, machine: Machine, what: str, act: Callable[[], object]) -> bool:
        """Let a person act or something happen at a machine, and note what was written; False where it was refused."""
        self.steps += 1
        self.seconds += 3
        machine.clock.at += timedelta(seconds=7)
        self.days.add(machine.book.today())
        try:
            act()
        except Problem as refused:
            self.story.append(f"{machine.name}: {what}: {refused}")
            return False
        finally:
            self.note(machine)
        self.story.append(f"{machine.name}: {what}")
        return True

    def happened(self, what: str) -> None:
        """Note what happens to the share."""
        self.steps += 1
        self.story.append(f"share: {what}")

    def synced(self, machine: Machine, what: str, sync: Callable[[], object]) -> None:
        """Let a machine sync. Only where the share is made to fail may that fail, and nothing new is written by it."""
        fault, before = self.fault, len(self.written)
        if machine.syncer is not None:
            machine.syncer.backend.plan = fault  # type: ignore[attr-defined]
        well = self.do(machine, what, sync)
        self.fault = None
        if machine.syncer is not None:
            machine.syncer.backend.plan = None  # type: ignore[attr-defined]
        assert well or fault, self.story[-1]
        assert len(self.written) == before, f"the sync of {machine.name} invented {list(self.written)[before:]}"

    def note(self, machine: Machine, place: str = "") -> None:
        """Take what the journal of a place (default: that in use; `*`: any) has more into the set of records."""
        place = place or machine.book.session.place.name
        for path in machine.home.glob(f"teams/{place}/journal/*.jsonl"):
            known, size = machine.noted.get(path, 0), path.stat().st_size
            if size > known:
                machine.noted[path] = size
                for id, (line, raw) in records_in(path.read_bytes()[known:]).items():
                    if id not in self.written and id not in self.before:
                        self.written[id] = Written(line, raw, machine.name)
                        self.ids.setdefault(line.kind, []).append(id)

    def forget(self, ids: Iterable[str]) -> None:
        """These were lost with a disk before anybody else had them."""
        for id in ids:
            kind = self.written.pop(id).line.kind
            self.ids[kind].remove(id)

    def some(self, number: int, *kinds: str, of: str = "") -> str:
        """The id of a record of one of these kinds, about the agent `of`, mostly a new one; "-" where there is none."""
        found = [id for kind in kinds for id in self.ids.get(kind, ()) if of in ("", self.written[id].line.agent)]
        return found[-1 - number // 8 % (len(found) if number % 8 == 0 else min(8, len(found)))] if found else "-"

    # ---- what lies there ----

    def held(self, machine: Machine) -> dict[str, tuple[Line, bytes]]:
        """All records on a machine's disk, its own and its copies of others'."""
        return self.held_in(machine.home)

    def held_in(self, home: Path) -> dict[str, tuple[Line, bytes]]:
        """All records in a home."""
        return _records_below(home, "teams/*/journal/*.jsonl", "teams/*/mirror/records/*/*.jsonl")

    def own(self, home: Path) -> dict[str, tuple[Line, bytes]]:
        """The records in the journals of a home."""
        return _records_below(home, "teams/*/journal/*.jsonl")

    def shared(self) -> dict[str, tuple[Line, bytes]]:
        """The records on the share that are signed for."""
        return _records_below(self.share, "records/*/*.jsonl", signed=True)


def records_in(data: bytes) -> dict[str, tuple[Line, bytes]]:
    """The records among whole lines, by id."""
    found = {}
    for raw in data.splitlines(keepends=True):
        try:
            line = lines.decode(raw)
        except lines.LineError:
            continue
        if line.kind != "signature":
            found[line.id] = line, raw
    return found


def _records_below(folder: Path, *patterns: str, signed: bool = False) -> dict[str, tuple[Line, bytes]]:
    found: dict[str, tuple[Line, bytes]] = {}
    for pattern in patterns:
        for path in folder.glob(pattern):
            data = path.read_bytes()
            if signed:
                data = data[: data.rfind(b"\n") + 1]
                data = data[: data.rfind(b"\n", 0, max(0, data.rfind(b'"kind":"signature"'))) + 1]
            found |= records_in(data)
    return found


# ---- around a run ----


def build(base: Path) -> None:
    """The team to begin with, in `base`."""
    with played(random.Random(0).randbytes):
        company = Company(base)
        for agent in AGENTS:
            company.join(agent, "张敏")
        second_device(company).close()
        company.ask("S002", "周丽")
        company.boss.sync_once()
        waiting = next(one for one in company.boss.members.all() if one.state == "waiting")
        company.boss.members.approve(waiting.writer, "supervisor")
        company.boss.sync_once()
        company.sync()
        company.sync()
        company.close()
    (base / "S002").rename(base / "other")


@contextmanager
def instead(module: Any, name: str, other: Any) -> Iterator[None]:
    names = vars(module)
    before = names[name]
    names[name] = other
    try:
        yield
    finally:
        names[name] = before


@contextmanager
def played(made: Callable[[int], bytes]) -> Iterator[None]:
    """Keys and ids are made of these bytes, so that a history can be played again."""
    with ExitStack() as stack:
        stack.enter_context(instead(keys, "random_bytes", made))
        stack.enter_context(instead(ids, "urandom", made))
        stack.enter_context(instead(rings, "randbelow", lambda below: int.from_bytes(made(8), "big") % below))
        yield


@contextmanager
def in_world(world: Callable[[], World]) -> Iterator[None]:
    """Syncs go by the world's time, and reach the share through what goes wrong there."""

    def reached(place: str) -> FaultyShare:
        share = FaultyShare(FolderBackend(Path(place)), world().chance, world().met)
        share.plan = world().fault
        return share

    def made(size: int) -> bytes:
        return world().bytes.randbytes(size)

    policies: dict[str, policy.Policy] = {}

    def policy_of(data: dict[str, Any], toml: str) -> policy.Policy:
        """The rules are the same each time a home is opened, and take their time to be read."""
        if toml not in policies:
            policies[toml] = policy.policy_of(data, toml)
        return policies[toml]

    by_time = partialmethod(Syncer.__init__, monotonic=lambda: world().seconds)
    with played(made), instead(places, "open_backend", reached), instead(known_policies, "policy_of", policy_of):
        before = Syncer.__init__
        setattr(Syncer, "__init__", by_time)  # noqa: B010
        try:
            yield
        finally:
            setattr(Syncer, "__init__", before)  # noqa: B010
