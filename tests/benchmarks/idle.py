"""A program that is left alone, as the system sees it."""

import os
from pathlib import Path
from threading import Event

from tests.company import NOW
from tests.processes.terminal import Terminal, program

SETTLE_S, LOOK_S = 15.0, 20.0
HEADING = "Doing nothing                              CPU       resident   goal"


def idle(what: str, home: Path, shown: str, goal: str) -> str:
    """A line under HEADING: the share of a core and the memory of the program of a home, when it has come to rest.

    `shown` is a text by which its screen is known to be up.
    """
    with Terminal(program(home, "--now", NOW.isoformat())) as screen:
        screen.wait(shown)
        Event().wait(SETTLE_S)
        before = _seconds(screen.process.pid)
        Event().wait(LOOK_S)
        share = (_seconds(screen.process.pid) - before) / LOOK_S
        return f"  {what:<36}{share:>8.1%}{_resident(screen.process.pid) / 2**20:>12.0f} MB   {goal}"


def _seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
