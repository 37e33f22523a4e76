"""The entry of the program: `agent-tui`, or `python -m agent_tui`."""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from agent_tui.clock import Clock
    from agent_tui.i18n import Language

# Before the rest is imported. A short command makes next to no garbage, and to look through what was imported costs
# a third of its time; what goes on for long has its garbage looked for in great strides.
_USUAL = gc.get_threshold()
gc.set_threshold(300_000)

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit status; after Ctrl+C, also while the program loads, in silence."""
    try:
        status: int = import_module("agent_tui.commands.run").run(sys.argv[1:], _screens)
    except KeyboardInterrupt:
        status = _INTERRUPTED
        with suppress(OSError):
            sys.stdout.flush()
    # All that matters is flushed and on the disk. To take the interpreter down object by object costs a tenth of a
    # second, and waits for a thread that hangs on the share.
    os._exit(status)


def _screens(home: "Path", clock: "Clock", *, ascii: bool, board: bool | None, language: "Language | None") -> int:
    # Until the first screen is there nothing is garbage; from then on a screen waits for no great stride.
    gc.disable()
    gc.set_threshold(*_USUAL)
    # Textual takes a third of a second to import: only what opens a screen pays for it.
    app = import_module("agent_tui.ui.app")
    status: int = app.run(home, clock, ascii=ascii, board=board, language=language)
    return status


if __name__ == "__main__":
    main()
