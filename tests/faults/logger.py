"""A process that logs, for the tests that kill it: `python -m tests.faults.logger DIRECTORY COUNT`.

After each record it prints the record's id, as a desk shows "saved"; what the disk refuses it prints as `refused`.
With a LIMIT in bytes the system lets no file grow past that size, as on a full disk; `noflush` as a limit leaves out
every flush.
"""

import sys
from datetime import datetime
from pathlib import Path

from agent_tui.errors import Problem
from agent_tui.store.journal import Journal
from tests.faults.crash import WRITER, ZONE, maker
from tests.waiting import PatientFiles


class NeverFlushes(PatientFiles):
    """The control of the power cuts."""

    def flush(self, handle: int) -> None:
        pass

    def flush_directory(self, path: Path, *, tolerant: bool = False) -> None:
        pass


def main(directory: str, count: str, name: str = "r", limit: str = "") -> None:
    if limit and limit != "noflush" and sys.platform != "win32":
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    journal = Journal(Path(directory), WRITER, ZONE, NeverFlushes() if limit == "noflush" else PatientFiles())
    for number in range(int(count)):
        at = datetime.now(ZONE)
        try:
            for stored in journal.append([maker(f"{name}{number}", at)], at):
                print(stored.line.id, flush=True)
        except Problem as problem:
            print("refused", problem.name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
