"""What is made of names that this program did not give."""

import pytest

from agent_tui.sync import names
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.shares import must_be_free
from tests.sync.world import World

SEGMENT = "abcdefghabcdefgh-000001"


@pytest.mark.parametrize(
    "name",
    ["#recycle", "#snapshot", "@eaDir", "@Recycle", "@Recently-Snapshot", "$RECYCLE.BIN", "System Volume Information"],
)
def test_what_a_file_server_puts_into_each_folder_is_passed_over(world: World, name: str) -> None:
    empty = world.base / "empty"
    (empty / name).mkdir(parents=True)
    must_be_free(FolderBackend(empty))
    desk, board = world.desk("desk"), world.desk("board")
    desk.log()
    desk.syncer.once()
    for folder in (world.share, world.share / "records", desk.path().parent):
        (folder / name).mkdir()
    board.syncer.once()
    assert board.taken == desk.own
    assert not list(board.syncer.findings)


@pytest.mark.parametrize(
    "name",
    [
        f"{SEGMENT}.sync-conflict-20261123-101112-ABCDEFG.jsonl",  # Syncthing
        f"{SEGMENT}-LAPTOP-3F2K.jsonl",  # OneDrive
        f"{SEGMENT} (陈静's conflicted copy 2026-11-23).jsonl",  # Dropbox
        f"{SEGMENT} - 副本.jsonl",  # Explorer
        f"{SEGMENT}(冲突副本-陈静-2026-11-23).jsonl",  # Nutstore
        f"{SEGMENT} (1).jsonl",  # Google Drive
    ],
)
def test_the_copies_of_sync_tools_are_known_with_what_they_are_copies_of(name: str) -> None:
    assert names.oddity(name) == "conflict_copy"
    assert names.conflict_copy_of(name) == names.segment(f"{SEGMENT}.jsonl")


def test_a_segment_is_no_copy_and_a_stranger_is_a_stranger() -> None:
    assert names.conflict_copy_of(f"{SEGMENT}.jsonl") is None
    assert names.oddity("holiday.jpg") == "foreign_name"
