"""After a power cut the ends of copies that were not flushed may be zeros: they are read again from the share."""

from datetime import timedelta

import pytest

from tests.sync.world import START, World


@pytest.mark.parametrize("ahead", [0, 1, 40], ids=lambda days: f"{days} days ahead")
def test_a_copy_that_a_power_cut_left_torn_is_whole_again_whatever_a_colleagues_clock_says(
    world: World, ahead: int
) -> None:
    board, desk, other = (world.desk(name) for name in ("board", "desk", "other"))
    for day in (START - timedelta(days=1), START):
        desk.log(at=day)
    other.log(at=START + timedelta(days=ahead))
    for one in (desk, other, board):
        one.syncer.once()
    for path in (board.place.mirror / "records").rglob(f"{desk.key.writer}*"):
        copy = path.read_bytes()
        path.write_bytes(copy[:-100] + bytes(100))
    board.open()
    assert desk.own.items() - board.taken.items()
    board.syncer.round()
    assert desk.own.items() <= board.taken.items()
    for name, data in world.files().items():
        if name.startswith("records/"):
            assert (board.place.mirror / name).read_bytes() == data
