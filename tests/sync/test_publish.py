"""The share's file made equal to the local one, whatever state it is in; and what is never cut."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.store.files import Files
from agent_tui.store.segments import scan
from agent_tui.sync.folder import FolderBackend
from tests.effort import effort
from tests.sync.world import START, World, fresh_read, published


@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize(
    "damage", ["torn", "zeroed", "empty", "deleted", "older", "flipped", "junk", "zeros_after", "half_a_line"]
)
def test_the_file_is_put_right_and_nothing_is_missing(world: World, damage: str, restart: bool) -> None:
    desk, good = published(world)
    broken = {
        "torn": good[:-37],
        "zeroed": good[:-500] + bytes(500),
        "empty": b"",
        "deleted": None,
        "older": good[: good.index(b"\n", len(good) // 2) + 1],
        "flipped": good[:300] + bytes([good[300] ^ 4]) + good[301:],
        "junk": good + b"not ours\n" * 9,
        "zeros_after": good + bytes(4096),
        "half_a_line": good + good[:100],
    }[damage]
    if broken is None:
        desk.path().unlink()
    else:
        desk.path().write_bytes(broken)
    if restart:
        desk.open()
    else:
        desk.log()
    desk.syncer.once()
    assert desk.path().read_bytes() == desk.journal.path(desk.path().name).read_bytes()
    assert not desk.clones
    assert fresh_read(world, "late") == desk.own


@pytest.mark.parametrize("damage", ["torn", "deleted", "older", "junk"])
def test_a_changed_size_is_put_right_by_the_next_poll(world: World, damage: str) -> None:
    desk, good = published(world)
    if damage == "deleted":
        desk.path().unlink()
    else:
        desk.path().write_bytes({"torn": good[:-37], "older": good[:1500], "junk": good + b"junk"}[damage])
    assert desk.syncer.round().mended
    assert desk.path().read_bytes() == good


def test_a_zeroed_tail_is_put_right_before_anything_is_appended(world: World) -> None:
    desk, good = published(world)
    desk.path().write_bytes(good[:-200] + bytes(200))
    desk.log()
    desk.syncer.round()
    assert desk.path().read_bytes().startswith(good)
    assert fresh_read(world, "late") == desk.own


def test_a_segment_that_ends_is_compared_whole(world: World) -> None:
    desk, good = published(world)
    for _ in range(20):
        desk.log(3)
        desk.syncer.round()
    good = desk.path().read_bytes()
    desk.path().write_bytes(good[:100] + b"#" + good[101:])
    desk.syncer.round()
    assert desk.path().read_bytes() != good
    world.time.wait(24 * 3600)
    desk.log()
    desk.syncer.round()
    assert desk.path().read_bytes() == good


def test_what_lies_behind_a_segment_as_it_ends_is_cut_in_the_same_poll(world: World) -> None:
    desk, good = published(world)
    path = desk.path()
    path.write_bytes(good + good[:100])
    desk.log(at=START + timedelta(days=1))
    desk.syncer.round()
    assert path.read_bytes() == good
    assert fresh_read(world, "late") == desk.own


def test_a_segment_that_was_cut_since_its_day_was_listed_is_put_right_in_the_same_poll(world: World) -> None:
    desk, good = published(world)
    path = desk.path()
    path.write_bytes(good[:300])
    world.time.start += timedelta(days=50)
    desk.log()
    desk.syncer.round()
    assert path.read_bytes() == good
    assert fresh_read(world, "late") == desk.own


def test_pending_records_are_those_not_on_the_share(world: World) -> None:
    desk, _ = published(world)
    assert desk.syncer.published == desk.journal.last_seq == 12
    desk.log(2)
    assert desk.journal.last_seq - desk.syncer.published == 2


def test_lines_logged_while_it_publishes_wait_for_the_next_signature(world: World) -> None:
    desk = world.desk("desk")
    desk.log()
    write = desk.backend.write_at

    def logged_meanwhile(name: str, offset: int, data: bytes) -> None:
        desk.backend.write_at = write  # type: ignore[method-assign]
        desk.log()
        write(name, offset, data)

    desk.backend.write_at = logged_meanwhile  # type: ignore[method-assign]
    desk.syncer.round()
    assert desk.syncer.published == 1
    assert desk.path().read_bytes().count(b'"kind":"call"') == 1
    desk.syncer.round()
    assert desk.syncer.published == 2
    assert fresh_read(world, "late") == desk.own


class Counting(Files):
    """Counts flushes."""

    flushes = 0

    def flush(self, handle: int) -> None:
        self.flushes += 1
        super().flush(handle)

    def flush_directory(self, path: Path, *, tolerant: bool = False) -> None:
        self.flushes += 1
        super().flush_directory(path, tolerant=tolerant)


def test_a_start_with_nothing_to_publish_costs_the_disk_nothing(world: World) -> None:
    desk = world.desk("desk")
    for day in range(40, -1, -1):
        desk.log(2, at=START - timedelta(days=day))
    desk.syncer.once()
    before = {path: path.stat().st_mtime_ns for path in desk.place.journal.iterdir()}
    disk, share = Counting(), Counting(private=False)
    desk.backend = FolderBackend(world.share, share)
    desk.open()
    desk.journal._files = desk.journal._writing._files = disk
    desk.syncer.once()
    assert desk.syncer.published == 82
    assert (disk.flushes, share.flushes) == (0, 0)
    assert before == {path: path.stat().st_mtime_ns for path in desk.place.journal.iterdir()}


# ---- bytes under my signature that are not mine ----


def test_a_damaged_line_here_is_mended_from_the_share(world: World) -> None:
    desk, good = published(world)
    local = desk.journal.path(desk.path().name)
    desk.journal.close()
    place = good.index(b'"outcome"', 900)
    local.write_bytes(good[:place] + b"XXXX" + good[place + 4 :])
    desk.open()
    desk.log()
    desk.syncer.once()
    assert desk.codes() == ["mended"]
    assert local.read_bytes().startswith(good)
    assert local.read_bytes() == desk.path().read_bytes()
    assert not desk.clones
    assert [one.line.seq for one in desk.journal.read(local.name) if one.line.kind == "call"] == list(range(1, 14))
    assert fresh_read(world, "late") == desk.own


def test_a_line_damaged_while_the_desk_runs_is_never_signed_for(world: World) -> None:
    desk, good = published(world)
    local = desk.journal.path(desk.path().name)
    with local.open("r+b") as file:
        file.seek(400)
        file.write(b"XXXX")
    desk.log()
    desk.syncer.round()
    desk.syncer.round()
    assert desk.codes() == ["mended"]
    assert local.read_bytes().startswith(good)
    assert fresh_read(world, "late") == desk.own


def test_several_damaged_lines_and_a_lost_newline_are_mended(world: World) -> None:
    desk, good = published(world)
    local = desk.journal.path(desk.path().name)
    end = good.index(b"\n", 700)
    local.write_bytes(good[:100] + b"?" + good[101:end] + b"\0" + good[end + 1 :])
    desk.open()
    desk.syncer.once()
    assert local.read_bytes() == good
    assert not desk.clones


def test_history_of_many_segments_is_published_in_bounded_rounds(world: World) -> None:
    desk = world.desk("desk")
    for day in range(30, -1, -1):
        desk.log(2, at=START - timedelta(days=day))
    while desk.syncer.round() or desk.syncer.busy:
        pass
    assert desk.syncer.published == 62
    assert fresh_read(world, "late") == desk.own
    whole = [scan(path.name, desk.key.writer, path.read_bytes()) for path in world.share.glob("records/*/*")]
    assert len(whole) == 31


def test_a_record_is_published_at_the_same_cost_with_many_days_behind_it(world: World) -> None:
    desk, costs = world.desk("desk"), []
    for days in (3, 33):
        for back in range(days, 0, -1):
            desk.log(1, at=START + timedelta(days=days - back))
        desk.syncer.once()
        desk.syncer.round()
        for _ in range(2):
            desk.log(1, at=START + timedelta(days=days))
            cost = effort(desk.syncer.round) + effort(desk.syncer.round)
        costs.append(cost)
    assert costs[1] - costs[0] <= 30 * 8


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets not everybody make links")
@pytest.mark.parametrize("thing", ["a link", "a directory"])
def test_what_lies_in_the_place_of_the_own_file_is_told_with_its_path(world: World, thing: str) -> None:
    """A folder that does not work is no help to whoever must find out which of thousands of files it is."""
    desk, good = published(world)
    desk.path().unlink()
    if thing == "a link":
        desk.path().symlink_to(world.base / "elsewhere")
    else:
        desk.path().mkdir()
    desk.log()
    with pytest.raises(Problem) as told:
        desk.syncer.once()
    assert str(desk.path()) in str(told.value)
    desk.path().unlink() if thing == "a link" else desk.path().rmdir()
    desk.syncer.once()
    assert desk.path().read_bytes().startswith(good)
