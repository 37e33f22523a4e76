"""Homes around a share, stopped again and again; `python -m tests.faults crash` has the long form.

Making a team, and taking one over, stopped at any call: done once more it comes to its end.
"""

import errno
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.recovery import recover
from agent_tui.trust.keys import OwnerKey
from tests.company import NOW, ZONE
from tests.faults import crash_erase, crash_keys, crash_rest, crash_share
from tests.faults.crash import unflushed
from tests.faults.crash_team import run
from tests.faults.crash_world import on
from tests.faults.disk import PowerCut, SimDisk

HISTORIES = {
    "share": (crash_share.history, 100),
    "keys": (crash_keys.history, 100),
    "erase": (crash_erase.history, 30),
    "rest": (crash_rest.history, 40),
}
_SHARE, _BOSS, _NEW = Path("/share"), Path("/boss"), Path("/new")
_CLOCK = SetClock(NOW, ticking=False)


def _init() -> str:
    return teams.init_team(_BOSS, _SHARE, "一组", "S001", "陈静", ZONE, _CLOCK)


def _stopped_and_started(disk: SimDisk, act: Callable[[], object], home: Path, stop_at: int) -> bool:
    """Stop an act before its call of that number, and start the program; whether it was stopped."""
    disk.stop_at = disk.calls + stop_at
    stopped = False
    try:
        act()
    except PowerCut:
        stopped = True
    disk.stop_at = 0
    if book := Book.find(home, _CLOCK):
        book.close()
    return stopped


def test_a_team_whose_making_was_stopped_can_be_made_after_the_program_was_started() -> None:
    stopped, stop_at = True, 0
    while stopped:
        stop_at += 1
        disk = SimDisk({"share": {}})
        with on(lambda disk=disk: disk, random.Random(stop_at).randbytes):  # type: ignore[misc]
            stopped = _stopped_and_started(disk, _init, _BOSS, stop_at)
            code = _init() if stopped else ""
            boss = Book.open(_BOSS, _CLOCK)
            boss.sync_once()
            owner = boss.session.place.owner
            assert owner is not None
            assert not code or OwnerKey.from_recovery_code(code).public == owner.public
            assert boss.session.place.supervisor
            assert not boss.upkeep.check().findings
    assert stop_at > 80


def test_the_team_that_was_begun_stays_in_use_where_making_it_anew_fails() -> None:
    for call in range(1, 90):
        disk = SimDisk({"share": {}})
        with on(lambda disk=disk: disk, random.Random(call).randbytes):  # type: ignore[misc]
            disk.stop_at = 70
            with suppress(PowerCut):
                _init()
            disk.stop_at = 0
            boss = Book.find(_BOSS, _CLOCK)
            assert boss is not None
            disk.fail_at = {disk.calls + call: errno.ENOSPC}
            with suppress(Problem):
                _init()
            disk.fail_at = {}
            # The program is still open, and fills the folder with what it has.
            with suppress(Problem):
                boss.upkeep.refill(str(_SHARE))
            code = _init()
            boss = Book.open(_BOSS, _CLOCK)
            boss.sync_once()
            owner = boss.session.place.owner
            assert owner is not None
            assert OwnerKey.from_recovery_code(code).public == owner.public


def test_a_team_whose_making_met_a_failing_call_can_be_made_when_all_is_well_again() -> None:
    refused = 0
    for call in range(1, 130):
        disk = SimDisk({"share": {}})
        with on(lambda disk=disk: disk, random.Random(call).randbytes):  # type: ignore[misc]
            disk.fail_at = {call: errno.EIO}
            try:
                _init()
            except Problem:
                refused += 1
            failed, disk.fail_at = bool(disk.failed), {}
            if failed:
                _init()
            boss = Book.open(_BOSS, _CLOCK)
            boss.sync_once()
            assert not boss.upkeep.check().findings
    assert refused > 80


def test_a_team_taken_over_by_a_run_that_was_stopped_can_be_taken_over_after_the_program_was_started() -> None:
    stopped, stop_at = True, 0
    while stopped:
        stop_at += 1
        disk = SimDisk({"share": {}})
        with on(lambda disk=disk: disk, random.Random(stop_at).randbytes):  # type: ignore[misc]
            code = _init()
            Book.open(_BOSS, _CLOCK).sync_once()

            def take_over(code: str = code) -> None:
                recover(_NEW, _SHARE, code, "S001", "陈静", _CLOCK)

            stopped = _stopped_and_started(disk, take_over, _NEW, stop_at)
            if stopped:
                take_over()
            new = Book.open(_NEW, _CLOCK)
            new.sync_once()
            assert new.session.place.supervisor
            assert new.session.place.owner is not None
    assert stop_at > 80


@pytest.mark.parametrize("name", HISTORIES)
def test_whichever_machine_stops_nothing_is_lost_invented_or_said_falsely(name: str) -> None:
    history, tries = HISTORIES[name]
    count = run(history, tries)
    assert (count.lost, count.invented) == (0, 0), count.first


@pytest.mark.parametrize("name", HISTORIES)
def test_machines_that_never_flush_lose_something(name: str) -> None:
    history, _ = HISTORIES[name]
    assert any(one.lost or one.invented for one in unflushed(history))
