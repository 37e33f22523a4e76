"""The entry of the program: `agent-tui`, or `python -m agent_tui`."""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

# Before the rest is imported. A short command makes next to no garbage, and to look through what was imported costs
# a third of its time; what goes on for long has its garbage looked for in great strides.
_USUAL = gc.get_threshold()
gc.set_threshold(300_000)

from agent_tui.clock import Clock  # noqa: E402 - as said above
from agent_tui.commands.run import run  # noqa: E402 - likewise
from agent_tui.i18n import Language  # noqa: E402 - likewise


def main() -> None:
    """Run the command line and leave with its exit status."""
    status = run(sys.argv[1:], _screens)
    # All that matters is flushed and on the disk. To take the interpreter down object by object costs a tenth of a
    # second, and waits for a thread that hangs on the share.
    os._exit(status)


def _screens(home: Path, clock: Clock, *, ascii: bool, board: bool | None, language: Language | None) -> int:
    # Until the first screen is there nothing is garbage; from then on a screen waits for no great stride.
    gc.disable()
    gc.set_threshold(*_USUAL)
    # Textual takes a third of a second to import: only what opens a screen pays for it.
    app = import_module("agent_tui.ui.app")
    status: int = app.run(home, clock, ascii=ascii, board=board, language=language)
    return status


if __name__ == "__main__":
    main()
