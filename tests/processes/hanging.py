"""The program on a share that hangs: `python -m tests.processes.hanging GATE ARGUMENT…` is `agent-tui ARGUMENT…`.

A share is asked through the product's file seam. From when there is a FIFO at GATE, whoever asks waits in the system
for it, as one waits for a server that is gone; nothing of the program itself is changed.
"""

import os
import sys
from pathlib import Path

from agent_tui.__main__ import main
from agent_tui.store.files import Entry, Files, Mode
from agent_tui.sync import folder

GATE = Path(sys.argv[1])


class HangingFiles(Files):
    """Hangs at whatever a round asks first."""

    def listing(self, directory: Path) -> list[Entry]:
        _wait()
        return super().listing(directory)

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        _wait()
        return super().read(path, offset, limit)

    def open(self, path: Path, mode: Mode) -> int:
        _wait()
        return super().open(path, mode)


def _wait() -> None:
    if GATE.is_fifo():
        os.close(os.open(GATE, os.O_RDONLY))


if __name__ == "__main__":
    vars(folder)["Files"] = HangingFiles
    del sys.argv[1]
    main()
