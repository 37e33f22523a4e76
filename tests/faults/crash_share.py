"""Histories by chance of a desk, a board and the share between them: everything called saved is at both, and nobody is
accused, whichever of them stopped, and whatever of the share was lost or put back.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from agent_tui.book import Book, CallEntry
from tests.faults.crash import Count
from tests.faults.crash_team import SHARE, Deed, Machine, Team, joined
from tests.faults.crash_world import below, contents
from tests.faults.disk import Image
from tests.faults.model_world import records_in

PEOPLE = {"boss": "S001", "A017": "A017"}
_LIVES = (6, 14, 30)
_NOTES = (0, 0, 0, 500, 3900)


@cache
def template() -> Image:
    return joined(PEOPLE)[0]


class Pair(Team):
    """One history of the two."""

    def __init__(self, seed: int, count: Count, *, flushes: bool = True) -> None:
        super().__init__(template(), PEOPLE, seed, count, flushes=flushes)
        self.saved: dict[str, dict[str, bytes]] = {name: {} for name in PEOPLE}
        # Whether the call with a number, or the entry with a note, was called saved.
        self.calls: dict[str, bool] = {}
        self.points: dict[str, bool] = {}
        self._copy: Image | None = None

    def deeds(self, machine: Machine) -> dict[Deed, float]:  # noqa: ARG002 - both do the same
        return self.usual

    # ---- what they write ----

    def log(self, machine: Machine) -> None:
        book = self.open(machine)
        self.number += 1
        if machine.supervisor:
            name, kept = f"点{self.number}", self.points
        else:
            name, kept = f"138{self.number:08}", self.calls
        kept[name] = False
        self._write(book, machine, name)
        self.saved[machine.name] |= self._journal(machine.name)
        kept[name] = True

    def _write(self, book: Book, machine: Machine, name: str) -> None:
        if machine.supervisor:
            book.supervisor.points("A017", "att.late", book.today(), note=name)
        else:
            note = "要报价" + "x" * self.rng.choice(_NOTES)
            book.own.log(CallEntry(phone=name, outcome="talked", company="宏达", contact="王", title="经理", note=note))

    def _journal(self, name: str) -> dict[str, bytes]:
        """The records in a home's journals, as programs see them."""
        return self._records(Path("/") / name, lambda path: path.parent.name == "journal")

    def _copies(self, name: str) -> dict[str, bytes]:
        """The records of others that a home has."""
        return self._records(Path("/") / name, lambda path: "mirror" in path.parts)

    def _records(self, folder: Path, wanted: Callable[[Path], bool]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for path, data in below(self.disk, folder).items():
            if path.suffix == ".jsonl" and wanted(path):
                found |= {id: raw for id, (_, raw) in records_in(data[: data.rfind(b"\n") + 1]).items()}
        return found

    # ---- the share ----

    def before(self) -> None:
        """Now and then something of the share is lost, zeroed, or put back to an older copy."""
        if self.rng.random() > 0.15:
            return
        share = self.disk.directory(SHARE)
        assert share is not None
        kind = self.rng.choice(("copy", "restore", "restore", "lose", "cut", "zero"))
        self.story.append(f"share: {kind}")
        files = [path for path in below(self.disk, SHARE) if path.suffix == ".jsonl"]
        if kind == "copy" or self._copy is None:
            self._copy = contents(share)
        elif kind == "restore":
            self.disk.replace("share", self._copy)
        elif files:
            path = self.rng.choice(files)
            data = self.disk.content(path)
            place = 0 if kind == "lose" else self.rng.randrange(len(data) + 1)
            self.disk.spoil(path, data[:place] + bytes(len(data) - place if kind == "zero" else 0))

    # ---- after quiet ----

    def check(self) -> None:
        for machine in self.machines.values():
            self.nothing_alarms(machine)
        for name, other in (("A017", "boss"), ("boss", "A017")):
            self._is_at_both(name, other)
        self._shown_alike()

    def _is_at_both(self, name: str, other: str) -> None:
        own, copies = self._journal(name), self._copies(other)
        for id, raw in self.saved[name].items():
            if own.get(id) != raw or copies.get(id) != raw:
                self.wrong(f"{id} of {name} was lost")
        if copies.keys() - own.keys():
            self.wrong(f"{other} has records that {name} has not", lost=False)
        place = self.open(self.machines[name]).session.place
        if place.state.retired or place.name.count("-"):
            self.wrong(f"{name} has a new key", lost=False)
        for segment in place.journal.segments():
            path = SHARE / "records" / segment.day.isoformat() / segment.name
            if self.disk.content(path) != self.disk.content(place.journal.path(segment.name)):
                self.wrong(f"{segment.name} on the share is not as {name} has it")

    def _shown_alike(self) -> None:
        """At both, also when they are started again, and without what they keep to be quick."""
        desk, boss = self.machines["A017"], self.machines["boss"]
        figures, calls, notes = first = self.shown(desk, "A017")
        for machine in (boss, desk, boss, desk, boss):
            if self.shown(machine, "A017") != first:
                self.wrong(f"{machine.name} shows something else")
            self.close(machine)
            if self.rng.random() < 0.5 and (home := self.disk.directory(Path("/") / machine.name)):
                home.names.pop("cache", None)
        for phone in {*self.calls, *calls}:
            there = calls.count(phone)
            if there > 1 or (self.calls.get(phone) and not there):
                self.wrong(f"the call with {phone or 'nobody'} is there {there} times")
            if phone not in self.calls:
                self.wrong(f"a call with {phone or 'nobody'} was invented", lost=False)
        for note, saved in self.points.items():
            if saved and note not in notes:
                self.wrong(f"{note} was lost")
        if len(figures) < 2:
            self.wrong("no days were compared")


def history(seed: int, count: Count, *, flushes: bool = True) -> Pair:
    """One history of the two machines; what is wrong is noted with its seed."""
    pair = Pair(seed, count, flushes=flushes)
    pair.play(pair.rng.choice(_LIVES))
    return pair
