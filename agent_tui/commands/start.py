"""`agent-tui` alone: the desk or the board, or the set-up on a first run."""

import os
import sys

from agent_tui.commands.context import Context
from agent_tui.errors import Problem


def need_terminal() -> None:
    """Raise Problem where no screen can be shown: no terminal here, and no browser (which `serve` stands for)."""
    if not os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver") and not (
        sys.stdin.isatty() and sys.stdout.isatty()
    ):
        raise Problem("cli.no_terminal")


def start(context: Context) -> int:
    """Open the screens on the home."""
    need_terminal()
    return context.open_screens(context.home, context.clock)
