"""`demo`: a throw-away team in a temporary folder, on the screens or printed; nothing of it is left behind."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import time
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import NoReturn

from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.figures import print_team
from agent_tui.commands.start import need_terminal
from agent_tui.demo.story import before
from agent_tui.demo.team import SUPERVISOR, DemoTeam, story_day
from agent_tui.i18n import t

_EVENING = time(18, 5)


class _Told(SystemExit):
    """A signal told the program to end, with the status it is to end with."""


def demo(context: Context) -> int:
    """Open the demo on the board or the desk, or print one simulated day's board."""
    args = context.args
    if not args.print_day:
        need_terminal()
    day = story_day(context.clock)
    first = day if args.print_day else before(day)
    with _throw_away() as folder, closing(DemoTeam(folder, args.agents, day, args.seed, first)) as team:
        output.say(t("demo.gathering", n=args.agents))
        team.gather()
        if args.print_day:
            output.say(t("demo.simulating", day=day))
            team.until(_EVENING)
            _print_board(context, team)
            return 0
        output.say(t("demo.telling", day=first))
        team.tell()
        seat = team.first_agent if args.desk else SUPERVISOR
        with team.working(args.speed, without=seat):
            status = context.open_screens(team.home(seat), team.clock, board=not args.desk)
    output.say(t("demo.gone"))
    return status


def _print_board(context: Context, team: DemoTeam) -> None:
    with team.supervisor() as book:
        book.sync_once()
        view = book.team(book.today())
        context.show(shapes.team(view, book.now()), lambda: print_team(view))


@contextmanager
def _throw_away() -> Iterator[Path]:
    """A temporary folder that is removed also when the program is told to end."""

    def leave(number: int, _: FrameType | None) -> NoReturn:
        for each in told:
            signal.signal(each, signal.SIG_IGN)
        raise _Told(128 + number)

    told = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.signal(number, leave) for number in told}
    try:
        # A virus scanner may have one of the files open for a moment; the system clears what is left.
        with TemporaryDirectory(prefix="agent-tui-demo-", ignore_cleanup_errors=sys.platform == "win32") as folder:
            yield Path(folder)
    except _Told as end:
        # A thread of a screen that waits for keys would keep the program alive for ever where its terminal is gone.
        os._exit(int(end.args[0]))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
