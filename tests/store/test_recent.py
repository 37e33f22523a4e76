"""The newest lines are certain though their segment is not flushed, whatever becomes of the file that holds them."""

import errno
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.store.journal import Journal
from agent_tui.store.recent import NAME, ROOM, Recent
from shared_rules.records import lines
from tests.faults.disk import Image, SimDisk
from tests.store.records import MONDAY, WRITER, ZONE, call, journal_at

DIRECTORY = Path("/home/journal")
RECENT = DIRECTORY / NAME
FIRST = f"{WRITER}-000001.jsonl"


def opened(disk: SimDisk) -> Journal:
    return Journal(DIRECTORY, WRITER, ZONE, disk)


def write(journal: Journal, *ids: str, note: str = "") -> None:
    for id in ids:
        journal.append([call(id=id, note=note)], MONDAY)


def ids(journal: Journal) -> list[str]:
    return [each.line.id for part in journal.segments() for each in journal.read(part.name)]


def after_a_cut(disk: SimDisk) -> SimDisk:
    """The machine started again with what was flushed alone."""
    return SimDisk(disk.certain())


@pytest.fixture
def disk() -> SimDisk:
    return SimDisk({"home": {}})


def test_lines_flushed_in_the_room_alone_are_in_their_segment_again_after_a_power_cut(disk: SimDisk) -> None:
    write(opened(disk), "a", "b", "c", "d")
    again = after_a_cut(disk)
    assert [again.content(DIRECTORY / FIRST).count(each) for each in (b'"b"', b'"c"', b'"d"')] == [1, 0, 0]
    assert ids(opened(again)) == ["a", "b", "c", "d"]
    # They are in the segment for good, and the next line goes behind them.
    write(opened(again), "e")
    assert ids(opened(after_a_cut(again))) == ["a", "b", "c", "d", "e"]
    assert again.content(DIRECTORY / FIRST).startswith(disk.content(DIRECTORY / FIRST))


def test_the_room_is_filled_from_its_beginning_when_it_is_used_up(disk: SimDisk) -> None:
    journal = opened(disk)
    written = [f"r{number}" for number in range(40)]
    for count, id in enumerate(written, 1):
        write(journal, id, note="x" * 5000)
        assert ids(opened(after_a_cut(disk))) == written[:count]
    assert len(disk.content(RECENT)) == ROOM
    assert f'"{written[-1]}"'.encode() not in after_a_cut(disk).content(DIRECTORY / FIRST)


def test_a_batch_that_the_room_cannot_hold_is_flushed_in_its_segment(disk: SimDisk) -> None:
    journal = opened(disk)
    write(journal, "a", "b", "c")
    journal.append([call(id=f"r{number}", note="x" * 50_000) for number in range(3)], MONDAY)
    write(journal, "d")
    assert ids(opened(after_a_cut(disk))) == ["a", "b", "c", "r0", "r1", "r2", "d"]


def test_processes_that_write_in_turns_lose_nothing_of_each_other(disk: SimDisk) -> None:
    desk, command = opened(disk), opened(disk)
    written = []
    for turn in range(6):
        for name, journal in (("desk", desk), ("command", command)):
            for each in range(1 + turn % 3):
                written.append(f"{name}-{turn}-{each}")
                write(journal, written[-1])
                assert ids(opened(after_a_cut(disk))) == written
    # One closes in the midst of the other's writing.
    write(desk, "d1", "d2")
    command.close()
    write(desk, "d3")
    assert ids(opened(after_a_cut(disk))) == [*written, "d1", "d2", "d3"]


def test_the_next_day_is_not_begun_before_the_last_one_is_on_the_disk(disk: SimDisk) -> None:
    journal = opened(disk)
    write(journal, "a", "b", "c")
    for id in ("d", "e", "f"):
        journal.append([call(MONDAY + timedelta(days=1), id=id)], MONDAY + timedelta(days=1))
    assert ids(opened(after_a_cut(disk))) == ["a", "b", "c", "d", "e", "f"]


def test_a_next_day_that_begins_with_a_failing_call_costs_the_last_one_nothing() -> None:
    """What was put back meanwhile is on the disk before the room is filled anew, whatever the power cut leaves."""
    for failing in range(1, 30):
        disk = SimDisk({"home": {}})
        journal = opened(disk)
        write(journal, "a", "b", "c")
        disk.fail_at = {disk.calls + failing: errno.EIO}
        for id in ("d", "e", "f"):
            with suppress(Problem):
                journal.append([call(MONDAY + timedelta(days=1), id=id)], MONDAY + timedelta(days=1))
        for image in disk.images(1 << 14):
            assert ids(opened(SimDisk(image)))[:3] == ["a", "b", "c"], failing


def test_a_room_that_somebody_removes_or_cuts_under_a_running_desk_costs_nothing(disk: SimDisk) -> None:
    for harm in (disk.remove, lambda path: disk.spoil(path, b"")):
        journal = opened(disk)
        before = ids(journal)
        write(journal, "a", "b", "c")
        harm(RECENT)
        write(journal, "d", "e")
        assert ids(opened(after_a_cut(disk))) == [*before, "a", "b", "c", "d", "e"]


def test_a_full_disk_gets_the_room_back_before_a_line_is_refused(disk: SimDisk) -> None:
    journal = opened(disk)
    write(journal, "a", "b", "c")
    size = len(disk.content(DIRECTORY / FIRST)) // 3
    disk.capacity = sum(len(each) for each in (disk.content(DIRECTORY / FIRST), disk.content(RECENT))) + size // 2
    write(journal, "d", "e")
    assert not disk.content(RECENT)
    assert ids(opened(after_a_cut(disk))) == ["a", "b", "c", "d", "e"]
    # And a disk that is full all the same refuses, with nothing of the line left.
    disk.capacity = len(disk.content(DIRECTORY / FIRST)) + size // 2
    with pytest.raises(Problem, match="full"):
        write(journal, "f")
    assert ids(journal) == ids(opened(after_a_cut(disk))) == ["a", "b", "c", "d", "e"]


def test_a_disk_with_no_place_for_the_room_keeps_every_line(disk: SimDisk) -> None:
    disk.capacity = ROOM // 2
    written = [f"r{number}" for number in range(20)]
    write(opened(disk), *written)
    assert ids(opened(after_a_cut(disk))) == written


def test_what_the_disk_refused_does_not_come_back_from_the_room() -> None:
    calls, refused = 1, 0
    first = 0
    while first < calls:
        disk = SimDisk({"home": {}})
        journal = opened(disk)
        write(journal, "a", "b", "c")
        start = disk.calls
        write(journal, "d")
        calls = disk.calls - start
        # Three calls fail, from one or another on: what was begun by then can be taken back.
        disk.fail_at = {disk.calls + 1 + first + more: errno.EIO for more in range(3)}
        try:
            write(journal, "e")
        except Problem:
            refused += 1
            kept = ["a", "b", "c", "d"]
        else:
            kept = ["a", "b", "c", "d", "e"]
        disk.fail_at = {}
        assert ids(opened(after_a_cut(disk))) == kept
        assert ids(opened(disk)) == kept
        first += 1
    assert refused


def test_a_line_that_the_room_could_not_take_is_put_back_by_nobody(disk: SimDisk) -> None:
    """The segment goes on over it, and to write it once more could cost the lines behind."""
    disk.make_directories(DIRECTORY)
    room = Recent(disk, DIRECTORY)
    segment = DIRECTORY / FIRST
    assert room.put(segment, 0, b"first\n")
    before = disk.calls
    assert room.put(segment, 6, b"")
    # The last of its calls is the flush.
    disk.fail_at = {disk.calls + disk.calls - before: errno.EIO}
    assert not room.put(segment, 6, b"second\n")
    assert Recent(disk, DIRECTORY).held() == (segment.name, 0, b"first\n")


def test_a_segment_with_other_good_lines_is_left_as_it_is(disk: SimDisk) -> None:
    write(opened(disk), "a", "b", "c", "d")
    other = SimDisk({"home": {}})
    write(opened(other), "a", "b", "C", "D")
    home = disk.certain()["home"]
    assert isinstance(home, dict)
    image: Image = {"home": {"journal": {**home["journal"], FIRST: other.content(DIRECTORY / FIRST)}}}  # type: ignore[dict-item]
    assert ids(opened(SimDisk(image))) == ["a", "b", "C", "D"]


def test_a_closed_journal_leaves_nothing_to_put_back(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    for name in "abcd":
        journal.append([call(id=name)], MONDAY)
    journal.close()
    path = tmp_path / "journal" / FIRST
    good = path.read_bytes()
    bad = good.replace(b'"d"', b'"?"')
    path.write_bytes(bad)
    assert ids(journal_at(tmp_path)) == ["a", "b", "c"]
    assert path.read_bytes() == bad
    assert lines.decode(good.splitlines()[-1]).id == "d"
