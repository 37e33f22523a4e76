"""Several files of one report: a process killed at any rename leaves no old one beside a new one."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.reports.target import write_files

NAMES = ("day.csv", "day-records.csv", "day-statement.csv")

# Writes the new report, and is killed at the call of that number that changes a name.
_KILLED = """
import os, signal, sys
from pathlib import Path
from agent_tui.reports.target import write_files

left = int(sys.argv[1])

def counted(real):
    def call(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call

for name in ("replace", "rename", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
write_files([(Path(name), b"new") for name in sys.argv[2:]])
"""


def old(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"old")


def found(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize("before", [NAMES, NAMES[:1], NAMES[1:]])
def test_killed_at_any_rename_it_leaves_no_old_file_beside_a_new_one(tmp_path: Path, before: tuple[str, ...]) -> None:
    kills = 0
    while True:
        folder = tmp_path / str(kills)
        folder.mkdir()
        old(folder, *before)
        command = [sys.executable, "-c", _KILLED, str(kills), *NAMES]
        ended = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, check=False)
        assert len(found(folder)) <= 1, f"killed at call {kills}: {sorted(folder.iterdir())}"
        # The next report finds nothing of it in its way, and clears it up.
        write_files([(folder / name, b"next") for name in NAMES])
        assert found(folder) == {b"next"}
        assert len(list(folder.iterdir())) == len(NAMES)
        if ended.returncode != -signal.SIGKILL:
            assert ended.returncode == 0
            break
        kills += 1
    assert kills > len(NAMES)


@pytest.mark.parametrize("refused", range(7))
def test_one_that_cannot_be_put_in_place_leaves_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    old(tmp_path, *NAMES)
    real, calls = os.replace, iter(range(100))

    def held(*arguments: str) -> None:
        if next(calls) == refused:
            raise PermissionError(errno.EACCES, "another program has it open")
        real(*arguments)

    monkeypatch.setattr(os, "replace", held)
    if refused < 2 * len(NAMES):
        with pytest.raises(Problem):
            write_files([(tmp_path / name, b"new") for name in NAMES])
        assert found(tmp_path) == {b"old"}
    else:
        write_files([(tmp_path / name, b"new") for name in NAMES])
        assert found(tmp_path) == {b"new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
