"""A model: agents, two devices of one, two supervisors, wrong clocks, offline, in any order, repeated, homes cloned and
restored, newer programs among them, against a plain set of records. After quiet all books are equal, and say what the
set says.

    python -m tests.faults model

Hypothesis chooses the steps: acts of people, syncs, and what happens to machines and the share. In the control
something essential is left out of the program, one thing after another, and each must be noticed.
"""

import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from pkgutil import walk_packages
from tempfile import mkdtemp
from typing import Any, ClassVar

import msgspec
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import agent_tui
import shared_rules
from agent_tui.book.sharing import bring
from agent_tui.sync.publish import Publisher
from shared_rules.folding import contents
from shared_rules.folding.facts import Fact
from shared_rules.folding.intake import Intake
from shared_rules.records.lines import Line
from tests.faults.figures import Figure, new_seed
from tests.faults.left_out import LeftOut, in_place
from tests.faults.model_board import BOARD
from tests.faults.model_checks import check, quiet
from tests.faults.model_desk import DESK, Act
from tests.faults.model_trouble import TROUBLE, fault, harm
from tests.faults.model_world import Machine, World, build, in_world

_ADD = Intake.add


def _repeats_counted(self: Intake, fact: Fact) -> frozenset[Any]:
    return _ADD(self, msgspec.structs.replace(fact, id=f"{fact.id}-{fact.seq}") if fact.kind == "points" else fact)


LEFT_OUT = [
    LeftOut("looking at the share before writing", Publisher, "_compare", lambda *_: True),
    LeftOut("bringing over with a new key", bring, "bring_over", lambda *_: 0),
    LeftOut("of two changes the later holds", contents, "standing", lambda changes: list(changes)[-1]),
    LeftOut("a record is counted once", Intake, "add", _repeats_counted),
    LeftOut("a newer format is not counted", Line, "known", property(lambda _: True)),
]
"""What the controls are without."""

_MEMORY = Path("/dev/shm")
_PROCESSES = 2
_STEPS = 150
_CHUNK = 5_000
_NUMBER = st.integers(0, 99_999)
_WHO = st.integers(0, 59)
_HOUR = st.lists(_NUMBER, min_size=1, max_size=14)


class Model(RuleBasedStateMachine):
    """One history. `wrong` collects what went wrong in each, unless it `raises`, so that Hypothesis shortens it."""

    base: ClassVar[Path]
    template: ClassVar[Path]
    world: ClassVar[World]
    raises: ClassVar[bool]
    steps: ClassVar[int]
    histories: ClassVar[int]
    wrong: ClassVar[list[str]]

    @initialize(number=_NUMBER)
    def begin(self, number: int) -> None:
        # The first history of every run is the simplest there is, whatever the seed: once is enough, in no run.
        self.over = self.left_out = number == 0
        Model.world = World(self.base, self.template)

    @rule(who=_WHO, acts=_HOUR, sync=_NUMBER)
    def at_a_desk(self, who: int, acts: list[int], sync: int) -> None:
        self._acts(who, DESK, acts, supervisor=False)
        self._sync(who, sync, supervisor=False)

    @rule(who=_WHO, acts=_HOUR, sync=_NUMBER)
    def at_the_board(self, who: int, acts: list[int], sync: int) -> None:
        self._acts(who, BOARD, acts, supervisor=True)
        self._sync(who, sync, supervisor=True)

    @rule(who=_WHO, number=_NUMBER)
    def trouble(self, who: int, number: int) -> None:
        self._acts(who, TROUBLE, [number])

    @rule(number=_NUMBER)
    def at_the_share(self, number: int) -> None:
        self._go(lambda: (fault if number % 3 == 0 else harm)(self.world, number // 3))

    @rule(who=_WHO, number=_NUMBER)
    def sync(self, who: int, number: int) -> None:
        self._sync(who, number)

    def teardown(self) -> None:
        if not hasattr(self, "over"):
            return
        self._go(lambda: quiet(self.world))
        self._go(lambda: check(self.world))
        self.world.close()
        if not self.left_out:
            Model.steps += self.world.steps
            Model.histories += 1

    # ---- helpers ----

    def _acts(self, who: int, acts: tuple[Act, ...], numbers: list[int], *, supervisor: bool | None = None) -> None:
        for number in numbers:
            self._act(self._machine(who, supervisor), acts[number % len(acts)], number // len(acts))

    def _act(self, machine: Machine, act: Act, number: int) -> None:
        self._go(lambda: self.world.do(machine, f"{act.__name__} {number}", lambda: act(self.world, machine, number)))

    def _sync(self, who: int, number: int, *, supervisor: bool | None = None) -> None:
        """Some hours end with a poll, some with a whole sync; in the others the machine is offline."""
        machine = self._machine(who, supervisor)
        if number % 10 < 4:
            self._go(lambda: self.world.synced(machine, "poll", machine.poll))
        elif number % 10 < 5:
            self._go(lambda: self.world.synced(machine, "sync", machine.sync))

    def _machine(self, who: int, supervisor: bool | None) -> Machine:
        there = [one for one in self.world.machines if supervisor in (None, one.supervisor)]
        return there[who % len(there)]

    def _go(self, act: Callable[[], object]) -> None:
        """Go on, unless something went wrong already."""
        if self.over:
            return
        try:
            act()
        except Exception as wrong:
            self.over = True
            where = "".join(traceback.format_tb(wrong.__traceback__)[-4:])
            Model.wrong.append("\n".join((f"{type(wrong).__name__}: {wrong}", where, *self.world.story)))
            if self.raises:
                raise


@dataclass
class Run:
    """How many steps in how many histories, and what went wrong, with the story of each."""

    steps: int = 0
    histories: int = 0
    wrong: list[str] = field(default_factory=list)


def run(steps: int, number: int, *, left_out: LeftOut | None = None, shorten: bool = False) -> Run:
    """About so many steps, by the seed `number`; of a program with something left out. `shorten` what goes wrong.

    What went wrong in the long form goes wrong again in `run(5000, SEED)`.
    """
    _load_all()
    folder = Path(mkdtemp(prefix="model-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None))
    Model.base, Model.template, Model.raises = folder / "here", folder / "template", shorten
    Model.steps, Model.histories, Model.wrong = 0, 0, []
    Model.base.mkdir()
    try:
        build(Model.base)
        shutil.copytree(Model.base, Model.template)
        with in_world(lambda: Model.world), in_place(left_out) if left_out else nullcontext():
            while Model.steps < steps:
                _play(min(steps - Model.steps, _CHUNK), number + Model.histories, shorten=shorten)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Run(Model.steps, Model.histories, Model.wrong)


@cache
def _load_all() -> None:
    """Load the whole program: Hypothesis also draws numbers that occur in the code loaded by then, and a seed must give
    the same histories whatever was played before.
    """
    for package in (agent_tui, shared_rules):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                import_module(found.name)
    import_module("tests.faults.__main__")


def _play(steps: int, number: int, *, shorten: bool) -> None:
    run_state_machine_as_test(
        seed(number)(Model),
        settings=settings(
            max_examples=1 + max(1, steps // 500),
            stateful_step_count=min(_STEPS, max(10, steps // 4)),
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink) if shorten else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


# ---- the long form ----


def figures(tries: int) -> Iterator[Figure]:
    """The long form: by as many processes as there are processors; each that goes wrong is told with its story."""
    first, share = new_seed(), max(1, min(_PROCESSES, tries // _CHUNK))
    found = Run()
    with ProcessPoolExecutor(share, mp_context=get_context("spawn")) as pool:
        chunks = range(first, first + 1000 * max(1, tries // _CHUNK), 1000)
        each = tries // len(chunks)
        for number, one in zip(chunks, pool.map(run, (each for _ in chunks), chunks), strict=True):
            found.steps += one.steps
            found.histories += one.histories
            found.wrong += one.wrong
            if tries >= _CHUNK:
                print(
                    f"{datetime.now():%H:%M:%S} seed {number}: {found.steps:,} steps, {len(found.wrong)} wrong",
                    file=sys.stderr,
                )
            for wrong in one.wrong:
                print(f"---- {wrong}", file=sys.stderr, flush=True)
    note = f"{found.histories:,} histories from seed {first}"
    yield Figure("steps of people, clocks, copies, faults", found.steps, len(found.wrong), _control(first, tries), note)


def _control(number: int, tries: int) -> int:
    """How many histories of programs with something left out are noticed; 0 where one of those never is.

    The short form tries the first alone, which nothing overlooks.
    """
    if tries < _CHUNK:
        return len(run(tries, number, left_out=LEFT_OUT[0]).wrong)
    noticed = [len(run(_CHUNK * 2, number, left_out=one).wrong) for one in LEFT_OUT]
    return sum(noticed) if all(noticed) else 0
