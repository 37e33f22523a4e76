"""`agent-tui` alone: the desk or the board, or the set-up on a first run."""

import os
import sys

from agent_tui.commands.context import Context
from agent_tui.errors import Problem


def need_terminal() -> None:
    """Raise Problem where no screen can be shown: no terminal here, and no browser (which `serve` stands for)."""
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return
    # Textual reads from the first and draws on the last, on Windows on the second.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Problem("cli.no_terminal")


def start(context: Context) -> int:
    """Open the screens on the home."""
    need_terminal()
    return context.open_screens(context.home, context.clock)
