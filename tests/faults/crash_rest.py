"""Histories by chance of what else lies on a disk: files of calls and lead lists imported again after they were
stopped, settings and drafts, caches. Nothing comes in twice, nothing is missing, nothing goes back.
"""

from datetime import timedelta

from agent_tui.book import CallEntry
from agent_tui.errors import Problem
from shared_rules.records.parts import Customer
from tests.company import NOW
from tests.faults.crash import Count
from tests.faults.crash_share import Pair
from tests.faults.crash_team import Deed, Machine

_LIVES = (6, 14, 30)
_PARTS = (10, 60)
_BATCH = 250
FILE = [
    CallEntry(
        phone=f"139{number:08}", outcome="talked", company=f"旧{number}", contact="王", title="经理",
        note="要报价" + "长" * (number % 7 * 100), started_at=NOW - timedelta(days=number % 4, minutes=number),
    )
    for number in range(60)
]  # fmt: skip
"""Past calls of four days."""

LEADS = [f"137{number:08}" for number in range(600)]


class Importing(Pair):
    """One history of the two machines."""

    def __init__(self, seed: int, count: Count, *, flushes: bool = True) -> None:
        super().__init__(seed, count, flushes=flushes)
        self.leads: dict[str, bool] = {}
        # What a setting or a draft may be: the last value saved, and those tried since.
        self.values = {name: {"setting": {0}, "draft": {0}} for name in self.machines}

    def deeds(self, machine: Machine) -> dict[Deed, float]:
        bring: Deed = self.bring_leads if machine.supervisor else self.bring_calls
        return self.usual | {bring: 4.0, self.keep: 4.0, self.log: 2.0}

    def before(self) -> None:
        """The share is left alone here."""

    def bring_calls(self, machine: Machine) -> None:
        first = self.rng.randrange(len(FILE))
        part = FILE[first : first + self.rng.choice(_PARTS)]
        self.calls = {one.phone: False for one in part} | self.calls
        self.open(machine).own.log_many(part)
        self.calls |= {one.phone: True for one in part}

    def bring_leads(self, machine: Machine) -> None:
        part = LEADS[: self.rng.choice((100, len(LEADS)))]
        self.leads = dict.fromkeys(part, False) | self.leads
        taker = self.open(machine).lists.taking("名单", ["A017"])
        rows = [(place, "", Customer(company="客户", phone=f"+86{phone}")) for place, phone in enumerate(part)]
        new = [row for row in rows if taker.is_new(row[2])]
        for start in range(0, len(new), _BATCH):
            taker.take(new[start : start + _BATCH])
        self.leads |= dict.fromkeys(part, True)

    def keep(self, machine: Machine) -> None:
        """A setting, or a draft."""
        own, kept = self.open(machine).machine, self.values[machine.name]
        self.number += 1
        name = self.rng.choice(("setting", "draft"))
        kept[name].add(self.number)
        if name == "setting":
            own.set_setting("number", self.number)
        else:
            own.keep_draft({"number": self.number})
        kept[name] = {self.number}

    def after(self, machine: Machine, *, cut: bool) -> None:
        try:
            book = self.open(machine)
        except Problem as refused:
            self.wrong(f"{machine.name} does not open: {refused}")
            return
        kept = self.values[machine.name]
        shown = {
            "setting": book.machine.setting("number", 0),
            "draft": max((one["number"] for one in book.machine.drafts().values()), default=0),
        }
        for name, value in shown.items():
            if value not in kept[name]:
                self.wrong(f"the {name} of {machine.name} went back to {value}")
        if cut:
            self.values[machine.name] = {name: {value} for name, value in shown.items()}
        if book.odds.moved_aside:
            self.wrong(f"the odds of {machine.name} were damaged")

    def check(self) -> None:
        begun = [one for one in FILE if one.phone in self.calls]
        desk, boss = (self.open(self.machines[name]) for name in ("A017", "boss"))
        # The files are imported once more, from their beginning.
        desk.own.log_many(begun)
        self.calls |= {one.phone: True for one in begun}
        self.quiet()
        super().check()
        if self.open(self.machines["A017"]).own.how_many_new(begun):
            self.wrong("a file that was imported has new calls")
        boss = self.open(self.machines["boss"])
        taker = boss.lists.taking("名单", ["A017"])
        for phone, saved in self.leads.items():
            if saved and taker.is_new(Customer(company="客户", phone=f"+86{phone}")):
                self.wrong(f"the lead {phone} was lost")


def history(seed: int, count: Count, *, flushes: bool = True) -> Importing:
    """One history of the two machines; what is wrong is noted with its seed."""
    importing = Importing(seed, count, flushes=flushes)
    importing.play(importing.rng.choice(_LIVES))
    return importing
