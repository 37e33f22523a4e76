"""What the tests of the program around the screens share: a shell, and what comes in it."""

from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from agent_tui import teams
from agent_tui.clock import SetClock
from agent_tui.ui.app import Shell
from tests.company import NOW, ZONE
from tests.ui.golden import screen_text, settle
from tests.waiting import happens

CLOCK = SetClock(NOW, ticking=False)


async def comes(pilot: Pilot[None], text: str) -> bool:
    """Whether `text` comes on the screen."""
    return await happens(lambda: text in screen_text(pilot.app))


async def opens(pilot: Pilot[None], screen: type) -> bool:
    """Whether a screen of that kind opens."""
    opened = await happens(lambda: isinstance(pilot.app.screen, screen))
    await settle(pilot)
    return opened


def solo(home: Path) -> Shell:
    """The program in a home with a team of one."""
    teams.create_solo(home, "A017", "张敏", date(2026, 11, 9), ZONE, CLOCK)
    shell = Shell(home, CLOCK, ascii=True)
    shell.open_book()
    return shell
