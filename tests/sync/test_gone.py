"""Directories that somebody deleted: said, and made again by those whose files lay there."""

import shutil
from datetime import timedelta

import pytest

from tests.sync.world import START, World

PATIENT = 120.0


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
