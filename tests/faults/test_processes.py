"""Real processes on a real disk: killed at any moment, several at once, and no room left."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent_tui.store.journal import Journal
from shared_rules.records.lines import SIGNATURE, Line
from tests.faults.crash import DAY, WRITER, ZONE, maker


def start(directory: Path, count: int, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.logger", str(directory), str(count), *more],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def shown(directory: Path) -> list[Line]:
    journal = Journal(directory, WRITER, ZONE)
    found = [
        each.line
        for part in journal.segments()
        for each in journal.read(part.name)
        if each.line.kind != SIGNATURE
    ]  # fmt: skip
    journal.close()
    return found


def test_a_desk_killed_at_any_moment_has_every_call_it_showed_as_saved(tmp_path: Path) -> None:
    """Two log on the same journal, both are killed; then again, on what they left."""
    chance = random.Random(7)
    said: set[str] = set()
    for turn in range(4):
        loggers = [start(tmp_path / "journal", 100_000, f"t{turn}-{each}-") for each in range(2)]
        for logger in loggers:
            assert logger.stdout is not None
            for _ in range(chance.randrange(1, 60)):
                said.add(logger.stdout.readline().strip())
        for logger in loggers:
            logger.kill()
        for logger in loggers:
            # A line that the kill cut off in the pipe was not shown.
            rest, _ = logger.communicate()
            said.update(line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n"))
    found = shown(tmp_path / "journal")
    assert len(said) > 100
    assert said <= {line.id for line in found}
    assert [line.seq for line in found] == list(range(1, len(found) + 1))


def test_two_processes_logging_at_once_share_one_count(tmp_path: Path) -> None:
    loggers = [start(tmp_path / "journal", 150, name) for name in ("a", "b")]
    said = [logger.communicate(timeout=60)[0].split() for logger in loggers]
    assert said == [[f"{name}{number}" for number in range(150)] for name in ("a", "b")]
    found = shown(tmp_path / "journal")
    assert [line.seq for line in found] == list(range(1, 301))
    for name, own in zip("ab", said, strict=True):
        assert [line.id for line in found if line.id.startswith(name)] == own


@contextmanager
def small_disk(directory: Path) -> Iterator[bool]:
    """A file system of 64 KiB at `directory`; False where this user cannot have one."""
    mounted = (
        sys.platform == "linux"
        and os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(directory)], check=False, capture_output=True
        ).returncode == 0
    )  # fmt: skip
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(directory)], check=True)


def test_a_full_disk_refuses_and_says_so_and_what_was_saved_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path) as full:
        # Elsewhere the system can be told to let no file grow: a write then ends short in the same way.
        limit = [] if full else ["r", str(48 * 1024)]
        logger = start(tmp_path / "journal", 500, *limit)
        said = logger.communicate(timeout=60)[0].splitlines()
        saved = [line for line in said if not line.startswith("refused")]
        assert len(saved) > 100
        if full or sys.platform != "win32":
            assert set(said) - set(saved) == {"refused store.disk_full"}
        assert [line.id for line in shown(tmp_path / "journal")] == saved
        if full:
            for name in os.listdir(tmp_path / "journal"):  # noqa: PTH208
                assert not name.endswith((".tmp", ".torn"))
            subprocess.run(["mount", "-o", "remount,size=1m", str(tmp_path)], check=True)
        # With room again, the next record follows the last one that was saved.
        journal = Journal(tmp_path / "journal", WRITER, ZONE)
        assert journal.append([maker("after", DAY)], DAY)[0].line.seq == len(saved) + 1
        journal.close()
