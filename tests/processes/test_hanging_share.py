"""A share that hangs holds nothing up: calls are saved, and the program ends."""

import os
from pathlib import Path

from tests.commands.running import process
from tests.company import NOW
from tests.processes.office import AGENTS, Desk, found_team, number
from tests.processes.terminal import module
from tests.waiting import happens


async def test_a_desk_logs_and_quits_while_the_share_hangs(tmp_path: Path) -> None:
    found_team(tmp_path)
    gate = tmp_path / "gate"
    here = ("--home", str(tmp_path / AGENTS[0]), "--lang", "zh", "--now", NOW.isoformat())
    with Desk(tmp_path, module("tests.processes.hanging", str(gate), *here)) as desk:
        desk.log(number(1))
        # On the screen a 0 may be the one of before the call.
        assert await happens(lambda: sent(here) == (1, 0))
        os.mkfifo(gate)
        for count in (2, 3):
            desk.log(number(count))
        desk.wait("待发 2")
        took = desk.quit()
    print(f"^Q to the end while the share hangs: {took:.2f} s")
    # It did hang: nothing came to the share, and all is here.
    assert sent(here) == (3, 2)


def sent(here: tuple[str, ...]) -> tuple[int, int]:
    """How many calls a home has, and how many records of it are still to be sent."""
    status = process(*here, "status", "--json").done().json
    return status["dials"], status["sync"]["pending"]
