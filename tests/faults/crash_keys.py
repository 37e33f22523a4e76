"""Histories by chance of a team that comes together: made, joined, on a second device, ended, its owner's machine lost
and the team taken over, whichever machine stopped. Nobody is locked out, and no customer is lost or read by others.
"""

from functools import cache
from pathlib import Path

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.errors import Problem
from agent_tui.recovery import recover
from tests.company import NOW, ZONE
from tests.faults.crash import Count
from tests.faults.crash_team import HIRED, NAMES, SHARE, Deed, Machine, Team, joined, let_in
from tests.faults.crash_world import below
from tests.faults.disk import Image
from tests.faults.vault import look_into

PEOPLE = {"boss": "S001", "A017": "A017", "second": "A017", "A018": "A018", "other": "S002", "new": "S001"}
"""`boss` makes the team; `new` takes it over where that machine is lost."""

_LIVES = (20, 45, 80)
_ROUNDS = 14
_NEWS = ("records_in", "records_out", "documents_out", "mended")


@cache
def template() -> tuple[Image, str]:
    return joined({"boss": "S001", "A017": "A017"})


class Coming(Team):
    """One history. Machines that never come in are left out."""

    stops = (30, 150, 600, 1500)

    def __init__(self, seed: int, count: Count, *, flushes: bool = True) -> None:
        # Some histories begin where two are in the team already.
        begun, code = template() if seed % 2 else ({}, "")
        homes: Image = {name: {} for name in (*PEOPLE, "share")}
        super().__init__(homes | begun, PEOPLE, seed, count, flushes=flushes)
        some = self.rng.sample(["second", "A018", "other"], self.rng.randrange(4))
        self.machines = {name: one for name, one in self.machines.items() if name in ("boss", "A017", *some)}
        self.code = code
        self._new = Machine("new", "S001", self.machines["boss"].clock)
        self._lost = ""
        self.came: set[str] = set()
        self.ended: set[str] = set()
        # The number or note of what was called saved, and where.
        self.calls: dict[str, str] = {}
        self.points: dict[str, tuple[str, str]] = {}

    def deeds(self, machine: Machine) -> dict[Deed, float]:
        if machine.book and self._in(machine.book):
            self.came.add(machine.name)
        if machine.name not in self.came:
            return {self.join: 4.0, self.log: 2.0, self.poll: 4.0, self.sync: 2.0, self.beside: 0.5, self.die: 0.5}
        deeds = self.usual | {self.join: 0.5}
        return deeds | {self.approve: 4.0, self.end: 0.5} if machine.supervisor else deeds

    # ---- deeds ----

    def join(self, machine: Machine) -> None:
        """Make the team, ask to join it, or take it over."""
        home, person = Path("/") / machine.name, machine.person
        if machine.name == "boss":
            self.code = self.code or teams.init_team(home, SHARE, "一组", person, NAMES[person], ZONE, machine.clock)
            teams.code_seen(home)
        elif machine.name == "new":
            recover(home, SHARE, self.code, person, NAMES[person], machine.clock)
        elif not (machine.book and self._in(machine.book)) or self._asks_again(machine):
            machine.kill()
            teams.ask_to_join(home, SHARE, person, NAMES[person], HIRED, machine.clock)

    def nothing_alarms(self, machine: Machine, but: str = "") -> None:
        if machine.name == "boss":
            # Who was stopped before the recovery code was shown is told so, until they look.
            teams.code_seen(Path("/") / machine.name)
        super().nothing_alarms(machine, but)

    def _asks_again(self, machine: Machine) -> bool:
        """Whether a device that was ended alone asks with a new key: it was found again."""
        return machine.name == "second" and machine.book is not None and machine.book.sharing.ended

    def _in(self, book: Book) -> bool:
        """Whether a machine is in the team, so far as it knows."""
        membership = book.session.place.membership
        return book.session.place.me is not None and not membership.alone

    def log(self, machine: Machine) -> None:
        book = self.open(machine)
        if book.sharing.ended or (machine.name == "A018" and "A018" in self.ended):
            return
        self.number += 1
        if machine.supervisor:
            self._enter(book, machine, f"点{self.number}")
            return
        phone = f"138{self.number:08}"
        entry = CallEntry(phone=phone, outcome="talked", company=f"单位{machine.person}", contact="王", note="要报价")
        book.own.log(entry)
        if self._in(book) or book.sharing.waiting:
            # What was logged before somebody asked is not brought over.
            self.calls[phone] = machine.name

    def _enter(self, book: Book, machine: Machine, note: str) -> None:
        agents = [one.id for one in book.session.place.membership.people() if one.id.startswith("A")]
        if self._in(book) and agents:
            agent = self.rng.choice(agents)
            book.supervisor.points(agent, "att.late", book.today(), note=note)
            self.points[note] = agent, machine.name

    def approve(self, machine: Machine) -> None:
        book = self.open(machine)
        if self._in(book) and book.session.place.supervisor:
            let_in(book)

    def end(self, machine: Machine) -> None:
        """A device was lost, or somebody leaves."""
        book, name = self.open(machine), self.rng.choice(("second", "A018"))
        lost = self.machines.get(name)
        if lost is None or not book.session.place.supervisor:
            return
        there = self.open(lost)
        if self._in(there):
            self.ended.add(name)
            book.members.leave(there.session.place.writer if name == "second" else "A018", book.today())

    def before(self) -> None:
        """Now and then the machine of who made the team is lost, with what only it had; another takes its place."""
        if not self.code or "boss" not in self.machines or self.rng.random() > 0.02:
            return
        self.story.append("boss is lost")
        self._lost = "".join(one.name for one in below(self.disk, Path("/boss")) if one.suffix == ".jsonl")[:16]
        del self.machines["boss"]
        self.machines["new"] = self._new
        self.points = {note: said for note, said in self.points.items() if said[1] != "boss"}

    # ---- quiet ----

    def quiet(self) -> None:
        """Everybody syncs; who is not in asks again, and is let in; who was ended is said again where more came."""
        late: set[tuple[str, int]] = set()
        if "boss" in self.machines:
            self._made(self.machines["boss"])
        for _ in range(_ROUNDS):
            moved = 0
            for machine in self.machines.values():
                moved += self._synced(machine)
                book = self.open(machine)
                if machine.supervisor and book.session.place.supervisor and book.session.place.owner:
                    moved += let_in(book) + self._ended_again(book, late)
            if not moved:
                return
        self.wrong("there is no quiet")

    def _made(self, boss: Machine) -> None:
        try:
            owner = self.open(boss).session.place.owner
            self.sync(boss)
            assert owner is not None
            self.code = owner.recovery_code()
        except Problem:
            # The making was stopped: it is done again.
            boss.kill()
            self.code = ""
            self.join(boss)

    def _synced(self, machine: Machine) -> int:
        try:
            book = self.open(machine)
            came = not book.session.place.membership.alone or book.sharing.waiting is not None
            came = came and not (machine.name == "new" and book.session.place.me is None)
        except Problem:
            came = False
        if not came or self._asks_again(machine):
            came = False
            machine.kill()
            self.join(machine)
        found = self.open(machine).sync_once()
        return sum(found[name] for name in _NEWS) + (not came)

    def _ended_again(self, book: Book, known: set[tuple[str, int]]) -> int:
        book.load(NOW.date(), team=True)
        late = {(one.writer, one.seq) for one in book.session.folds.left_out.values() if one.why == "ended"} - known
        known |= late
        for writer in {writer for writer, _ in late}:
            book.members.leave(writer, book.today())
        return len(late)

    # ---- what must be so ----

    def check(self) -> None:
        for machine in self.machines.values():
            if machine.name != "A018" or machine.name not in self.ended:
                self._is_well(machine)
        self.same_time()
        for agent in ("A017", "A018"):
            if agent in self.machines:
                self._shown_alike(agent)
        self._others_read_nothing()

    def _is_well(self, machine: Machine) -> None:
        """That a machine is in the team, with the key it asked with, and that nothing is wrong."""
        book = self.open(machine)
        if not self._in(book) or book.sharing.waiting:
            self.wrong(f"{machine.name} is locked out")
        if "-" in book.session.place.name and machine.name not in self.ended:
            self.wrong(f"{machine.name} has a new key", lost=False)
        if self.ended:
            return  # that somebody is ended is said, rightly
        # What the lost machine left unsigned in the folder stays so.
        self.nothing_alarms(machine, but=self._lost)

    def _shown_alike(self, agent: str) -> None:
        readers = [
            one
            for one in self.machines.values()
            if not (one.name == "A018" and "A018" in self.ended) and (one.supervisor or one.person == agent)
        ]
        first = self.shown(readers[0], agent)
        for machine in readers:
            shown = self.shown(machine, agent)
            if shown != first:
                self.wrong(f"{machine.name} shows something else of {agent} than {readers[0].name}")
        _, calls, notes = first
        if "" in calls:
            self.wrong(f"a customer of {agent} cannot be read")
        for phone, name in self.calls.items():
            if PEOPLE[name] == agent and calls.count(phone) != 1:
                self.wrong(f"the call of {name} with {phone} is there {calls.count(phone)} times")
        for note, (about, _) in self.points.items():
            if about == agent and note not in notes:
                self.wrong(f"{note} about {agent} was lost")

    def _others_read_nothing(self) -> None:
        """Who has all an agent's machine has, and the share, reads no other agent's customers."""
        for name, others in (("A017", "单位A018"), ("second", "单位A018"), ("A018", "单位A017")):
            if name in self.machines:
                vault = look_into(below(self.disk, Path("/") / name) | below(self.disk, SHARE))
                if vault.found(others):
                    self.wrong(f"{name} can read {others}", lost=False)


def history(seed: int, count: Count, *, flushes: bool = True) -> Coming:
    """One history of a team; what is wrong is noted with its seed."""
    coming = Coming(seed, count, flushes=flushes)
    coming.play(coming.rng.choice(_LIVES))
    return coming
