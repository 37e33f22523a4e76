"""The short form of the crash suite; `python -m tests.faults crash` is the long one."""

import errno
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.store.journal import Journal
from tests.faults import crash_home, crash_lives
from tests.faults.crash import (
    DAY,
    JOURNAL,
    SEGMENT,
    STORIES,
    WRITER,
    ZONE,
    Count,
    Ledger,
    calls_of,
    check,
    crash,
    found_by,
    run,
)
from tests.faults.disk import PowerCut, SimDisk, System
from tests.sync.world import World


@pytest.mark.parametrize(("system", "stride"), [("Linux", 16), ("Windows", 64), ("macOS", 64)])
def test_a_power_cut_before_any_call_loses_nothing_that_was_saved_and_invents_nothing(
    system: System, stride: int
) -> None:
    count = run(stride, faults=False, system=system)
    assert count.states > 300
    assert (count.lost, count.invented) == (0, 0), count.first


def test_the_control_that_never_flushes_loses_records() -> None:
    assert run(stride=1 << 30, faults=False, flushes=False).lost > 0


def test_a_process_whose_flush_fails_as_it_puts_lines_back_takes_none_from_the_one_beside_it() -> None:
    # After that a flush by the other is told that all is well, and brings nothing to the disk.
    for failing in range(1, 25):
        disk, ledger = SimDisk({"home": {}}), Ledger()
        desk = Journal(JOURNAL, WRITER, ZONE, disk)
        for _ in range(3):
            ledger.append(desk, 1, DAY)
        disk.fail_at = {disk.calls + failing: errno.EIO}
        with suppress(Problem):
            Journal(JOURNAL, WRITER, ZONE, disk)
        disk.fail_at = {}
        for _ in range(3):
            ledger.append(desk, 1, DAY.replace(day=24))
        count = Count()
        for image in disk.images(stride=1 << 30):
            check(SimDisk(image), ledger, count, f"call {failing} failing, {disk.failed}")
        assert (count.lost, count.invented, len(ledger.saved)) == (0, 0, 6), count.first


def test_a_process_after_one_that_was_killed_as_its_flush_failed_keeps_what_it_saves() -> None:
    # It is told that the lines before its own are there, and they are, in the cache alone.
    holes = 0
    for failing in range(1, 16):
        for more in range(1, 8):
            disk, ledger = SimDisk({"home": {}}), Ledger()
            ledger.append(Journal(JOURNAL, WRITER, ZONE, disk), 1, DAY)
            desk = Journal(JOURNAL, WRITER, ZONE, disk)
            disk.fail_at = {disk.calls + failing: errno.EIO}
            disk.stop_at = disk.calls + failing + more
            with suppress(PowerCut):
                ledger.append(desk, 1, DAY)
                continue
            disk.stop_at, disk.fail_at = 0, {}
            after = Journal(JOURNAL, WRITER, ZONE, disk)
            for _ in range(3):
                ledger.append(after, 1, DAY)
            count = Count()
            for image in disk.images(stride=1 << 30):
                holes += b"\0" in SimDisk(image).content(SEGMENT)
                check(SimDisk(image), ledger, count, f"call {failing} failing, stopped {more} later")
            assert (count.lost, count.invented) == (0, 0), count.first
    assert holes


@pytest.mark.parametrize(
    ("code", "system"),
    [
        (errno.EIO, "Linux"),
        (errno.ENOSPC, "Linux"),
        (errno.EROFS, "Linux"),
        (errno.EIO, "Windows"),
        (errno.EIO, "macOS"),
    ],
)
def test_each_call_failing_once_loses_nothing_keeps_nothing_refused_and_is_told_as_a_problem(
    code: int, system: System
) -> None:
    for telling in STORIES:
        refused = 0
        for call in range(1, calls_of(telling, system) + 1):
            disk, ledger = SimDisk({"home": {}}).as_on(system), Ledger()
            disk.fail_at = {call: code}
            try:
                telling(disk, ledger)
            except Problem as problem:  # a journal that could not be opened
                assert str(problem)
            disk.fail_at = {}
            # The power goes at the end: a flush that failed must have been made good by then.
            count = Count()
            for image in disk.images(stride=1 << 30):
                check(disk.again(image), ledger, count, f"{telling.__name__} failing {call}")
            assert (count.lost, count.invented) == (0, 0), count.first
            _, shown = found_by(disk)
            assert ledger.saved.items() <= shown.items(), (telling.__name__, call, disk.failed)
            assert not ledger.refused & shown.keys(), (telling.__name__, call, disk.failed)
            refused += bool(ledger.refused)
        assert refused


def test_a_machine_that_stops_again_and_again_loses_nothing_that_was_saved_or_shown() -> None:
    count = crash_lives.run(600)
    assert (count.lost, count.invented) == (0, 0), count.first


def _desk(disk: SimDisk, ledger: Ledger) -> None:
    desk = Journal(JOURNAL, WRITER, ZONE, disk)
    for _ in range(4):
        ledger.append(desk, 1, DAY)


def test_what_a_restart_showed_is_there_when_the_next_one_is_stopped_and_the_power_goes() -> None:
    tried = 0
    for _, _, killed in crash(_desk, {}):
        _, shown = found_by(killed)
        before = killed.calls
        for call in range(1, 60):
            disk = deepcopy(killed)
            disk.stop_at = before + call
            try:
                found_by(disk)
            except PowerCut:
                tried += 1
                for image in disk.images(stride=16):
                    _, again = found_by(SimDisk(image))
                    assert shown.items() <= again.items(), call
            else:
                break
    assert tried > 100


def test_what_was_put_back_and_could_not_be_flushed_keeps_its_room_on_a_full_disk() -> None:
    for call in range(1, 160):
        disk, ledger = SimDisk({"home": {}}), Ledger()
        desk = Journal(JOURNAL, WRITER, ZONE, disk)
        for day in (21, 22, 23, 23, 23):
            ledger.append(desk, 1, DAY.replace(day=day))
        disk.fail_at = {disk.calls + call: errno.ENOSPC}
        ledger.sign(desk)
        disk.fail_at, disk.capacity = {}, 80_000
        for day in (24, 25):
            ledger.append(desk, 2, DAY.replace(day=day), "x" * 30_000)
        disk.capacity = 1 << 30
        for image in disk.images(stride=1 << 30):
            _, shown = found_by(SimDisk(image))
            assert ledger.saved.items() <= shown.items(), call


def test_a_machine_that_never_flushes_loses_records_in_one_life_or_another() -> None:
    assert crash_lives.control() > 0


def test_a_home_stopped_at_any_call_has_its_key_its_calls_and_nobody_who_was_erased() -> None:
    count = crash_home.run(1 << 30, every=11)
    assert count.states > 30
    assert (count.lost, count.invented) == (0, 0), count.first


def test_what_a_process_logs_after_one_that_was_killed_can_be_read_after_a_power_cut() -> None:
    stopped, stop_at = True, 0
    while stopped:
        stop_at += 1
        disk, said = SimDisk({"home": {}}), crash_home.Said()
        stopped = crash_home.tell_of_two(disk, said, stop_at)
        assert not [*crash_home.wrong(SimDisk(disk.certain()), said)], stop_at
    assert stop_at > 60


def test_each_call_of_a_home_that_opens_and_logs_is_told_as_a_problem_where_it_fails() -> None:
    told = 0
    for call in range(1, 110):
        try:
            crash_home.tell_of_failing(SimDisk({"home": {}}), call)
        except Problem:
            told += 1
    assert told > 30


def test_a_key_is_not_said_to_live_twice_for_a_signature_that_a_killed_process_had_not_flushed(tmp_path: Path) -> None:
    stopped, stop_at = True, 0
    while stopped:
        stop_at += 1
        world = World(tmp_path / str(stop_at))
        disk = SimDisk()
        desk = world.desk("a", files=disk)
        desk.log()
        world.time.wait(24 * 3600)
        desk.log()
        disk.stop_at = disk.calls + stop_at
        stopped = False
        try:
            desk.syncer.once()
        except PowerCut:
            stopped = True
        disk.stop_at = 0
        desk.open()
        desk.syncer.once()
        desk.files = SimDisk(disk.certain())
        desk.open()
        desk.syncer.once()
        assert not desk.clones, stop_at
    assert stop_at > 20


def test_a_home_whose_files_are_not_flushed_loses_keys() -> None:
    assert crash_home.control(23) > 0
