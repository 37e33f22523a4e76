"""A supervisor's and an agent's home on one folder, and the proof that a refusal records nothing."""

from tests.commands.running import Machine, Machines

PHONE = "13800138000"

TALKED = [
    *("log", "--phone", "138 0013 8000", "--outcome", "talked", "--company", "宁波宏达科技有限公司"),
    *("--contact", "王", "--title", "采购经理", "--note", "要报价"),
]
"""The command of a complete conversation."""

STATUS = {
    "agent", "name", "day", "new_hire_day", "quota", "dials", "connected", "complete", "incomplete", "valid", "leads",
    "companies", "pace", "points", "estimate", "sync",
}  # fmt: skip
"""The members of `status --json`."""


class Team:
    """A supervisor and an agent, and the folder between them."""

    def __init__(self, machines: Machines) -> None:
        self.machines = machines
        self.boss = machines.team("A017")
        self.agent = machines["A017"]

    def sync(self) -> None:
        for machine in (self.agent, self.boss, self.agent):
            machine("sync", "--once").done()

    def at(self, time: str) -> None:
        self.boss.now = self.agent.now = time


def lines(machine: Machine) -> int:
    """How many lines this machine's journal has."""
    return sum(path.read_bytes().count(b"\n") for path in machine.home.glob("teams/*/journal/*.jsonl"))


def refused(machine: Machine, *arguments: str, status: int = 1) -> str:
    """The one line of a refusal that recorded nothing."""
    before = lines(machine)
    said = machine(*arguments).wrong(status)
    assert lines(machine) == before
    return said
