"""Directories that somebody deleted, on the share or of this machine's copies: made again by whoever filled them."""

import shutil
from contextlib import suppress
from datetime import timedelta

import pytest

from agent_tui.errors import Problem
from tests.sync.world import PATIENT, START, World


@pytest.mark.parametrize("restart", [True, False])
def test_a_directory_of_an_earlier_day_that_is_gone_is_said_and_made_again_by_its_writer(
    world: World, restart: bool
) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(2, at=START - timedelta(days=3))
    desk.log()
    for one in (desk, board):
        one.syncer.once()
    world.time.wait(2 * 3600)  # nothing was heard of that day of late
    gone = world.share / "records" / "2026-11-20"
    shutil.rmtree(gone)
    if restart:
        board.open()
    for _ in range(5):
        board.syncer.round()
        world.time.wait(PATIENT)
    assert [(one.code, one.where) for one in board.syncer.findings] == [("gone", "records/2026-11-20/")]
    for _ in range(3):
        desk.syncer.round()
        board.syncer.round()
        world.time.wait(PATIENT)
    assert desk.path("2026-11-20").exists()
    assert not list(board.syncer.findings)


@pytest.mark.parametrize("gone", ["", "records"])
def test_copies_that_are_taken_away_under_a_running_desk_are_read_again(world: World, gone: str) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(3)
    for one in (desk, board):
        one.syncer.once()
    shutil.rmtree(board.place.mirror / gone)
    for _ in range(2):
        desk.log()
        desk.syncer.round()
        world.time.wait(2)
        with suppress(Problem):  # the first round after it may meet what is gone
            board.syncer.round()
    assert board.taken == desk.own
    board.open()
    assert board.taken == desk.own


def test_what_was_wrong_with_a_file_that_was_taken_away_is_wrong_no_more(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log()
    desk.syncer.once()
    board.syncer.once()
    day = desk.path().parent
    left = [
        day / f"{desk.path().stem}-DESKTOP-AB.jsonl",
        day / "photo.jpg",
        day / f"{'long' * 40}.jpg",
        world.share / "notes.docx",
        world.share / "join" / "x.json",
        world.share / "roster" / "7.json",
    ]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    in_the_way = day / "abcdefghabcdefgh-000001.jsonl"
    in_the_way.mkdir()
    for _ in range(2):
        world.time.wait(PATIENT)
        board.syncer.round()
    assert len(list(board.syncer.findings)) == 7
    for path in left:
        path.unlink()
    in_the_way.rmdir()
    world.time.wait(PATIENT)
    board.syncer.round()
    assert not list(board.syncer.findings)


def test_files_that_nobody_follows_are_not_left_to_be_read(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log()
    desk.syncer.once()
    for number in range(50):
        desk.path().with_name(f"abcdefghabcdefgh-{number + 1:06d}.jsonl").write_bytes(b"x\n")
    board.syncer.once()
    assert board.syncer.left == 0
