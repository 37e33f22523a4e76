"""A model: agents, two devices of one, two supervisors, wrong clocks, offline, in any order, repeated, copied back,
with newer programs among them, against a plain set of what was written. After quiet all books are equal, and have it.

    python -m tests.faults model

Hypothesis chooses the steps and shortens what goes wrong. The control has the board forget a call.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from agent_tui.book import Book, CallEntry
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from tests.faults.erasure import second_device
from tests.faults.figures import Figure
from tests.ui.company import NOW, Company

AGENTS = ("A017", "A018", "A019")
DESKS = ("A017", "second", "A018", "A019")
SUPERVISORS = ("boss", "S002")
HOMES = (*DESKS, *SUPERVISORS)
T = TypeVar("T")
_OF = {"A017": "A017", "second": "A017", "A018": "A018", "A019": "A019"}
_PHONES = [f"1380000000{number}" for number in range(6)]
_OUTCOMES = ["talked", "busy", "no_answer", "refused", "do_not_call"]


class Wrong(Clock):
    """A clock of one machine, put forward and back."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


@dataclass
class Machine:
    """A home with its clock, open."""

    home: Path
    clock: Wrong
    book: Book


class Team(RuleBasedStateMachine):
    """One run. `template` is a team to begin with; its share's path is fixed, so each run is at the same place."""

    base: ClassVar[Path]
    template: ClassVar[Path]
    steps: ClassVar[int] = 0
    forgets: ClassVar[bool] = False

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.base, ignore_errors=True)
        shutil.copytree(self.template, self.base)
        self.machines = {name: self._open(name, Wrong()) for name in HOMES}
        self.calls: dict[str, str] = {}
        self.voided: set[str] = set()
        self.points: dict[str, str] = {}
        self.mine: dict[str, list[str]] = {name: [] for name in DESKS}
        self.erased: set[str] = set()

    # ---- what they do ----

    @rule(desk=st.sampled_from(DESKS), phone=st.sampled_from(_PHONES), outcome=st.sampled_from(_OUTCOMES))
    def log(self, desk: str, phone: str, outcome: str) -> None:
        self._count()
        made = self._try(
            lambda: self.machines[desk].book.own.log(
                CallEntry(
                    phone=phone, outcome=outcome, company=f"单位{phone}", contact="王", title="经理", note="要报价"
                )
            )
        )
        if made:
            self.calls[made.id] = _OF[desk]
            self.mine[desk].append(made.id)

    @rule(desk=st.sampled_from(DESKS), which=st.integers(0, 50), outcome=st.sampled_from(_OUTCOMES[:3]))
    def correct(self, desk: str, which: int, outcome: str) -> None:
        self._count()
        if own := self.mine[desk]:
            id = own[which % len(own)]
            entry = CallEntry(phone=_PHONES[which % len(_PHONES)], outcome=outcome, company="改", note="改")
            self._try(lambda: self.machines[desk].book.own.correct(id, entry))

    @rule(desk=st.sampled_from(DESKS), which=st.integers(0, 50))
    def void(self, desk: str, which: int) -> None:
        self._count()
        if own := self.mine[desk]:
            id = own[which % len(own)]
            if self._try(lambda: self.machines[desk].book.own.void(id, "按错")):
                self.voided.add(id)

    @rule(
        by=st.sampled_from(SUPERVISORS),
        agent=st.sampled_from(AGENTS),
        what=st.sampled_from(("points", "excuse", "time")),
    )
    def judge(self, by: str, agent: str, what: str) -> None:
        self._count()
        book = self.machines[by].book
        day = book.today()
        if what == "points":
            made = self._try(lambda: book.supervisor.points(agent, "att.late", day))
        elif what == "excuse":
            made = self._try(lambda: book.supervisor.excuse(agent, day, "停电"))
        else:
            made = self._try(lambda: book.supervisor.time_away(agent, "visit", day, 60))
        if made and what == "points":
            self.points[made.id] = agent

    @rule(by=st.sampled_from(SUPERVISORS), which=st.integers(0, 50), false=st.booleans())
    def verify(self, by: str, which: int, false: bool) -> None:
        self._count()
        if self.calls:
            id = sorted(self.calls)[which % len(self.calls)]
            self._try(lambda: self.machines[by].book.supervisor.verify(id, false, "查过"))

    @rule(by=st.sampled_from(SUPERVISORS), phone=st.sampled_from(_PHONES))
    def erase(self, by: str, phone: str) -> None:
        self._count()
        self._try(lambda: self.machines[by].book.erasures.erase(phone))

    # ---- what happens to them ----

    @rule(name=st.sampled_from(HOMES))
    def sync(self, name: str) -> None:
        self._count()
        self.machines[name].book.sync_once()

    @rule(name=st.sampled_from(HOMES), minutes=st.sampled_from((1, 1, 5, 30, 300, -30, -600)))
    def clock(self, name: str, minutes: int) -> None:
        self._count()
        self.machines[name].clock.at += timedelta(minutes=minutes)

    @rule(name=st.sampled_from(HOMES))
    def open_again(self, name: str) -> None:
        self._count()
        machine = self.machines[name]
        machine.book.close()
        self.machines[name] = self._open(name, machine.clock)

    @rule(name=st.sampled_from(HOMES))
    def read_again(self, name: str) -> None:
        """Everything of the others comes once more, in another order."""
        self._count()
        machine = self.machines[name]
        machine.book.close()
        for records in machine.home.glob("teams/*/mirror/records"):
            shutil.rmtree(records)
        for cached in (machine.home / "cache").glob("*"):
            cached.unlink()
        self.machines[name] = self._open(name, machine.clock)

    @rule(which=st.integers(0, 50), cut=st.integers(0, 400))
    def harm(self, which: int, cut: int) -> None:
        """The share loses the end of a file, or all of it."""
        self._count()
        files = sorted((self.base / "share").glob("records/*/*.jsonl"))
        if files:
            path = files[which % len(files)]
            data = path.read_bytes()
            path.write_bytes(data[: max(0, len(data) - cut)])

    @rule(name=st.sampled_from(DESKS))
    def newer(self, name: str) -> None:
        """A newer program writes a kind that nobody here knows."""
        self._count()
        place = self.machines[name].book.session.place
        at = self.machines[name].clock.at
        place.journal.append(
            [
                lambda seq: {
                    "v": 1, "id": f"new-{seq}", "kind": "of_the_future", "writer": place.writer, "seq": seq,
                    "at": at.isoformat(), "agent": "A017", "body": {"more": [seq]},
                }
            ],
            at,
        )  # fmt: skip

    # ---- what must hold ----

    def teardown(self) -> None:
        if not hasattr(self, "machines"):
            return
        try:
            self._quiet()
            self._compare()
        finally:
            for machine in self.machines.values():
                machine.book.close()

    def _quiet(self) -> None:
        for _ in range(3):
            for machine in self.machines.values():
                machine.book.sync_once()

    def _compare(self) -> None:
        books = {name: machine.book for name, machine in self.machines.items()}
        first = books["boss"]
        days = {NOW.date() + timedelta(days=offset) for offset in range(-4, 6)}
        for agent in AGENTS:
            seen = [books[name] for name in HOMES if name in SUPERVISORS or _OF[name] == agent]
            told = [_told(book, agent, days) for book in seen]
            assert all(one == told[0] for one in told), f"{agent} differs: {told}"
        there = {one.id: one for agent in AGENTS for day in days for one in first.calls(agent, day)}
        if self.forgets:
            there = dict(list(there.items())[1:])
        assert there.keys() == self.calls.keys(), "a call is missing, or was invented"
        assert {id for id, one in there.items() if one.why_not == "void"} <= self.voided
        months = {f"{day:%Y-%m}" for day in days}
        entries = {one.id for agent in AGENTS for month in months for one in first.ledger(agent, month).entries}
        assert self.points.keys() <= entries, "an entry is missing"

    # ---- helpers ----

    def _open(self, name: str, clock: Wrong) -> Machine:
        home = self.base / name
        return Machine(home, clock, Book.open(home, clock))

    def _count(self) -> None:
        type(self).steps += 1

    def _try(self, act: Callable[[], T]) -> T | None:
        """What an act gives; None where it was refused in a line."""
        try:
            return act()
        except Problem as refused:
            assert str(refused)
            return None


def _told(book: Book, agent: str, days: set[date]) -> list[object]:
    """What a book tells of an agent's days."""
    found: list[object] = []
    for day in sorted(days):
        calls = sorted((one.id, one.outcome, one.valid, one.lead, one.why_not or "") for one in book.calls(agent, day))
        found.append((book.day(agent, day).figures, calls))
    return found


def build(base: Path) -> None:
    """The team to begin with."""
    company = Company(base)
    for agent in AGENTS:
        company.join(agent, "张敏")
    second_device(company).close()
    other = company.ask("S002", "周丽")
    company.boss.sync_once()
    waiting = next(one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(waiting.writer, "supervisor")
    company.boss.sync_once()
    other.sync_once()
    company.sync()
    company.close()


def run(steps: int, *, forgets: bool = False, derandomize: bool = False) -> tuple[int, str]:
    """About so many steps: how many there were, and what went wrong, empty for nothing."""
    folder = Path(mkdtemp(prefix="model-"))
    Team.base, Team.template, Team.steps, Team.forgets = folder / "here", folder / "template", 0, forgets
    Team.base.mkdir()
    build(Team.base)
    shutil.copytree(Team.base, Team.template)
    each = min(60, steps)
    try:
        run_state_machine_as_test(
            Team,
            settings=settings(
                max_examples=max(1, steps // each),
                stateful_step_count=each,
                deadline=None,
                derandomize=derandomize,
                database=None,
                phases=(Phase.generate,) if forgets else (Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
                print_blob=False,
            ),
        )
    except Exception as fault:
        return Team.steps, f"{type(fault).__name__}: {fault}"[:300]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Team.steps, ""


def figures(tries: int) -> Iterator[Figure]:
    """The long form."""
    taken, faults = run(tries)
    control = next((wrong for steps in (120, 480, 1_000) if (wrong := run(steps, forgets=True)[1])), "")
    yield Figure("steps of agents, supervisors, clocks, faults", taken, bool(faults), int(bool(control)), faults)
