"""A data directory of which a file is gone, empty or full of something else: one clear line, never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.running import Machine, Machines


def gone(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbage(path: Path) -> None:
    path.write_bytes(b"\xff\x00{[\n")


@pytest.mark.parametrize("person", ["A017", "S001"])
@pytest.mark.parametrize("harm", [gone, empty, torn, garbage])
def test_any_file_of_a_home(machines: Machines, harm: Callable[[Path], None], person: str) -> None:
    machines.team("A017")
    machine = machines[person]
    machines["A017"].json("log", "--phone", "13800138000", "--outcome", "talked")
    machines["A017"]("sync", "--once").done()
    machines["S001"]("sync", "--once").done()
    for path in sorted(path for path in machine.home.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        harm(path)
        for command in (["status"], ["team"], ["check"], ["log", "--phone", "13800138001", "--outcome", "busy"]):
            assert_told(machine, command, path)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(whole)


@pytest.mark.parametrize("person", ["A017", "S001"])
def test_a_lock_that_cannot_be_opened(machines: Machines, person: str) -> None:
    machines.team("A017")
    machine = machines[person]
    machines["A017"].json("log", "--phone", "13800138000", "--outcome", "talked")
    machines["A017"]("sync", "--once").done()
    machines["S001"]("sync", "--once").done()
    machine.now = "2026-12-01T14:32:00+08:00"  # a new month: rings are made
    for place in machine.home.rglob("state.json"):
        path = place.with_name("rings.lock")
        path.unlink(missing_ok=True)
        path.mkdir()  # as one that another user of this machine made
    log = ["log", "--phone", "13800138001", "--outcome", "busy"]
    for command in (["sync", "--once"], log, ["erase", "13800138000"]):
        assert_told(machine, command, path)
    assert path.name in machine(*log).wrong()


def assert_told(machine: Machine, command: list[str], path: Path) -> None:
    ran = machine(*command)
    assert "unexpected" not in ran.err, f"{command} without {path.relative_to(machine.home)}: {ran.err}"
