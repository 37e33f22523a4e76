"""Any keys on any screen of a supervisor's or an agent's program, in a team with work behind it.

Keys of all kinds come one by one and in bursts, with clicks, pastes and other sizes of the terminal between them. Wrong
is a program that leaves, and a screen with a row that is too wide or with a character that steers a terminal. The
control is a program with a fault in one of its commands.
"""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import chdir
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from textual import events
from textual.errors import NoWidget
from textual.pilot import OutOfBounds

from agent_tui.clock import SetClock
from agent_tui.demo.team import SUPERVISOR, ZONE, DemoTeam
from agent_tui.i18n import Language, set_language
from agent_tui.ui.app import Shell
from agent_tui.ui.kit.text import width
from tests.faults.figures import Figure, new_seed
from tests.ui.golden import screen_lines
from tests.ui.rest import at_rest

AGENTS = 4
DAY = date(2026, 11, 26)
HISTORY = 400
"""Keys in one program."""

_SIZES = ((80, 24), (80, 24), (160, 50), (100, 30), (60, 20), (40, 12), (200, 60), (79, 23))
_PASTED = (
    "13812345678", "138-1234-5678 张三 宏达公司 经理", "2026-11-26", "x\ny\nz", "", "[/]", "１２",
    "9" * 300, "9" * 5000, "1-" + "9" * 20, "\x1b[31mred\x9b2J", "a\u202eb\u200d",
)  # fmt: skip
_KEYS = (
    ["enter"] * 14 + ["escape"] * 8 + ["tab", "shift+tab"] * 3 + ["up", "down"] * 6 + ["left", "right"] * 2
    + list("0123456789") * 3 + [f"f{number}" for number in range(1, 10)] * 3
    + ["ctrl+s", "ctrl+z", "ctrl+o", "ctrl+n", "ctrl+l", "ctrl+p", "ctrl+r", "ctrl+y", "ctrl+g"] * 2
    + ["backspace", "delete", "home", "end", "pageup", "pagedown", "space", " "] + list("abcyn王张-/.,?!+#")
    + ["ctrl+c", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+d", "ctrl+f"]
)  # fmt: skip
_OTHER = ("resize", "paste", "number", "click", "click", "day", "amount")
_STEERING = {"\x1b", "\x9b", "\x07", "\u202e", "\u200d", "\x00", "\x7f"}


class Staying(Shell):
    """Does not leave when it is told to: that would end the history."""

    async def action_quit(self) -> None:
        pass


class Faulty(Staying):
    """The control."""

    def action_jump(self) -> None:
        raise KeyError


def figures(tries: int) -> Iterator[Figure]:
    """Histories of HISTORY keys, about `tries` keys in all."""
    histories = max(1, tries // HISTORY)
    with TemporaryDirectory() as folder:
        place = _Place(Path(folder))
        told = [said for _ in range(histories) if (said := place.history(new_seed(), Staying))]
        keys = place.keys
        control = sum(bool(place.history(new_seed(), Faulty)) for _ in range(2))
    yield Figure("keys, clicks, pastes and sizes on all screens", keys, len(told), control, note="  ".join(told))


class _Place:
    """A team's folder and homes, always in one place, which the homes know."""

    def __init__(self, folder: Path) -> None:
        self.keys = 0
        self._team = folder / "team"
        self._kept = folder / "kept"
        self._elsewhere = folder / "elsewhere"
        self._elsewhere.mkdir()
        set_language("zh")
        team = DemoTeam(self._team, AGENTS, DAY, 7, DAY - timedelta(days=1))
        team.gather()
        team.tell()
        team.close()
        self._agents = sorted(home.name for home in team.home(SUPERVISOR).parent.iterdir() if home.name != SUPERVISOR)
        shutil.copytree(self._team, self._kept)

    def history(self, seed: int, kind: type[Staying]) -> str:
        """What went wrong in one program, after which keys; empty where nothing did."""
        shutil.rmtree(self._team)
        shutil.copytree(self._kept, self._team)
        chance = Random(seed)
        language: Language = chance.choice(("zh", "en"))
        hour, days = chance.choice((9, 12, 14, 17, 18, 23)), chance.choice((0, 0, 0, 1, 4, 5))
        at = datetime(DAY.year, DAY.month, DAY.day, hour, chance.randrange(60), tzinfo=ZONE) + timedelta(days=days)
        home = self._team / "homes" / (SUPERVISOR if chance.random() < 0.55 else chance.choice(self._agents))
        app = kind(home, SetClock(at, ticking=False), ascii=chance.random() < 0.3, language=language)
        set_language(language)
        app.open_book()
        sent: list[object] = []
        try:
            # A report is written where the program was started.
            with chdir(self._elsewhere):
                asyncio.run(_at_the_keys(app, chance, sent))
        except Exception as error:
            return f"{seed} {home.name}: {error!r} after {sent[-40:]}"
        finally:
            self.keys += len(sent)
            app.close_book()
        return ""


async def _at_the_keys(app: Shell, chance: Random, sent: list[object]) -> None:
    async with app.run_test(size=chance.choice(_SIZES)) as pilot:
        await at_rest()
        driver = app._driver
        assert driver is not None
        while len(sent) < HISTORY:
            for _ in range(chance.choice((1, 1, 1, 2, 4))):
                key = chance.choice((*_KEYS, *_OTHER))
                columns, rows = app.size
                match key:
                    case "resize":
                        await pilot.resize_terminal(*chance.choice(_SIZES))
                    case "paste":
                        app.screen.post_message(events.Paste(chance.choice(_PASTED)))
                    case "click":
                        try:
                            await pilot.click(offset=(chance.randrange(columns), chance.randrange(rows)))
                        except (OutOfBounds, NoWidget):
                            # Where nothing is yet: a screen that only just opened, or another size.
                            continue
                    case _:
                        typed = {
                            "number": f"1391234{chance.randrange(30):04}",
                            "day": f"2026-11-{chance.randrange(10, 31)}",
                            "amount": str(chance.randrange(100_000)),
                        }.get(key, [key])
                        for one in typed:
                            driver.send_message(events.Key(one, one if len(one) == 1 else None))
                sent.append(key)
            await pilot.pause()
            if chance.random() < 0.7:
                await at_rest()
            assert app.is_running, "the program left"
            lines = screen_lines(app)
            assert all(width(row) <= app.size.width for row in lines), "a row is too wide"
            assert not _STEERING & set("".join(lines)), "a character steers the terminal"
