"""Histories by chance of a team that erases customers: once an erasure was called done, after quiet nobody who has all
homes, all keys and the share finds the customer, though any machine was stopped anywhere meanwhile; all others stand.
"""

from datetime import timedelta
from functools import cache
from pathlib import Path

from agent_tui.book import CallEntry
from shared_rules.policies.policy import builtin_text
from tests.faults.crash import Count
from tests.faults.crash_team import Deed, Machine, Team, joined
from tests.faults.crash_world import below
from tests.faults.disk import Image
from tests.faults.vault import look_into

PEOPLE = {"boss": "S001", "A017": "A017", "second": "A017", "A018": "A018", "other": "S002"}
_LIVES = (8, 20, 40)
_NEWEST = 6


@cache
def template() -> Image:
    return joined(PEOPLE)[0]


class Erasing(Team):
    """One history. Each customer has a name and a number that nothing else has."""

    def __init__(self, seed: int, count: Count, *, flushes: bool = True) -> None:
        super().__init__(template(), PEOPLE, seed, count, flushes=flushes)
        # By number: which machine logged the call, its id, the customer's name.
        self.calls: dict[str, tuple[str, str, str]] = {}
        self.points: dict[str, str] = {}
        self.begun: set[str] = set()
        self.erased: set[str] = set()

    def deeds(self, machine: Machine) -> dict[Deed, float]:
        deeds = self.usual | {self.draft: 0.5, self.index: 0.5}
        if machine.supervisor:
            return deeds | {self.erase: 2.0, self.policy: 0.5}
        return deeds | {self.correct: 1.5}

    # ---- deeds ----

    def log(self, machine: Machine) -> None:
        book = self.open(machine)
        self.number += 1
        if machine.supervisor:
            note, agent = f"点{self.number}", self.rng.choice(("A017", "A018"))
            book.supervisor.points(agent, "att.late", book.today(), note=note)
            self.points[note] = agent
            return
        phone, name = f"138{self.number:08}", f"单位第{self.number}号"
        view = book.own.log(_call(phone, name))
        self.calls[phone] = machine.name, view.id, name

    def correct(self, machine: Machine) -> None:
        mine = [phone for phone in self.calls if self.calls[phone][0] == machine.name and phone not in self.begun]
        if mine:
            phone = self.rng.choice(mine)
            _, id, name = self.calls[phone]
            self.open(machine).own.correct(id, _call(phone, f"{name}改"))

    def draft(self, machine: Machine) -> None:
        left = sorted(self.calls.keys() - self.begun)
        if left:
            self.open(machine).machine.keep_draft({"form": {"phone": self.rng.choice(left), "note": ""}})

    def index(self, machine: Machine) -> None:
        """The customers are kept on the disk for a quick start."""
        customers = self.open(machine).customers
        customers.build()
        customers._save()

    def erase(self, machine: Machine) -> None:
        left = sorted(self.calls.keys() - self.erased)[-_NEWEST:]
        if left:
            phone = self.rng.choice(left)
            self.begun.add(phone)
            self.open(machine).erasures.erase(phone)
            self.erased.add(phone)

    def policy(self, machine: Machine) -> None:
        """Other quotas from today or tomorrow on."""
        toml = builtin_text("handbook").replace("calls = 120", f"calls = {100 + self.rng.randrange(30)}")
        book = self.open(machine)
        book.supervisor.publish_policy(toml, "quota", book.today() + timedelta(days=self.rng.randrange(2)))

    # ---- after quiet ----

    def check(self) -> None:
        self.same_time()
        for machine in self.machines.values():
            self.nothing_alarms(machine)
        for agent in ("A017", "A018"):
            self._stands(agent)
        for machine in self.machines.values():
            self.index(machine)
            if any(self.open(machine).customers.search(phone, 1) for phone in self.erased):
                self.wrong(f"{machine.name} finds who was erased", lost=False)
        vault = look_into(below(self.disk, Path("/")))
        for phone in sorted(self.erased):
            if found := vault.found(phone, self.calls[phone][2]):
                self.wrong(f"{phone} is in {found[0]}", lost=False)

    def _stands(self, agent: str) -> None:
        """Figures, entries and the other customers of an agent, at all who may see them."""
        readers = [one for one in self.machines.values() if one.supervisor or one.person == agent]
        first = self.shown(readers[0], agent)
        for machine in readers:
            if self.shown(machine, agent) != first:
                self.wrong(f"{machine.name} shows something else of {agent} than {readers[0].name}")
        figures, calls, notes = first
        mine = [phone for phone, (name, _, _) in self.calls.items() if PEOPLE[name] == agent]
        for phone in mine:
            if phone not in self.begun and calls.count(phone) != 1:
                self.wrong(f"the call with {phone} is there {calls.count(phone)} times")
        if len(calls) < len(mine) or sum(one.dials for one in figures) != len(calls):
            self.wrong(f"calls of {agent} are not counted")
        for note, about in self.points.items():
            if about == agent and note not in notes:
                self.wrong(f"{note} about {agent} was lost")


def _call(phone: str, company: str) -> CallEntry:
    return CallEntry(
        phone=phone, outcome="talked", interest="intent", company=company, contact="王", title="经理", note="要报价"
    )


def history(seed: int, count: Count, *, flushes: bool = True) -> Erasing:
    """One history of a team; what is wrong is noted with its seed."""
    erasing = Erasing(seed, count, flushes=flushes)
    erasing.play(erasing.rng.choice(_LIVES))
    return erasing
