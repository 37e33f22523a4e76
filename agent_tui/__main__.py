"""The entry of the program: `agent-tui`, or `python -m agent_tui`."""

import gc
import sys
from importlib import import_module
from pathlib import Path

from agent_tui.clock import Clock
from agent_tui.commands.run import run
from agent_tui.i18n import Language


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:], _screens))


def _screens(home: Path, clock: Clock, *, ascii: bool, board: bool | None, language: Language | None) -> int:
    # Textual takes a third of a second to import: only what opens a screen pays for it.
    gc.disable()
    app = import_module("agent_tui.ui.app")
    # What was imported stays: nothing in it is garbage, now or at any later look.
    gc.freeze()
    gc.enable()
    status: int = app.run(home, clock, ascii=ascii, board=board, language=language)
    return status


if __name__ == "__main__":
    main()
