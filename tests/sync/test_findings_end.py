"""What was wrong with a file is not held against it any more once the share shows it as it should be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent_tui.sync.verify import MAX_FILE
from tests.sync.world import PATIENT, Desk, World, both


def _directory(path: Path, _: bytes) -> None:
    path.unlink()
    path.mkdir()


def _junk_after(path: Path, whole: bytes) -> None:
    path.write_bytes(whole + b"junk")


def _giant(path: Path, whole: bytes) -> None:
    path.write_bytes(whole)
    with path.open("r+b") as file:
        file.truncate(MAX_FILE * 3)


def _put_back(path: Path, whole: bytes) -> None:
    if path.is_dir():
        path.rmdir()
    path.write_bytes(whole)


def _wait_and_round(world: World, board: Desk) -> list[str]:
    """The codes that hold after everything was looked at for some minutes."""
    for _ in range(2):
        world.time.wait(PATIENT)
        board.syncer.round()
    return [finding.code for finding in board.syncer.findings]


@pytest.mark.parametrize(("spoil", "code"), [(_directory, "no_file"), (_junk_after, "unsigned"), (_giant, "too_large")])
def test_a_segment_that_is_as_it_was_read_has_nothing_wrong(
    world: World, spoil: Callable[[Path, bytes], None], code: str
) -> None:
    desk, board = both(world)
    whole = desk.path().read_bytes()
    spoil(desk.path(), whole)
    assert code in _wait_and_round(world, board)
    _put_back(desk.path(), whole)
    assert _wait_and_round(world, board) == []


@pytest.mark.parametrize(("spoil", "code"), [(_directory, "no_file"), (_giant, "too_large")])
def test_a_document_that_is_as_it_was_taken_has_nothing_wrong(
    world: World, spoil: Callable[[Path, bytes], None], code: str
) -> None:
    board = world.desk("board")
    board.good_documents.add(b"roster")
    path = world.share / "roster" / "1.json"
    path.parent.mkdir()
    path.write_bytes(b"roster")
    board.syncer.once()
    spoil(path, b"roster")
    assert code in _wait_and_round(world, board)
    _put_back(path, b"roster")
    assert _wait_and_round(world, board) == []


def test_an_own_document_found_torn_and_put_right_is_never_told(world: World) -> None:
    desk = world.desk("desk")
    name = f"join/{desk.key.writer}.json"
    path = world.share / name
    path.parent.mkdir()
    path.write_bytes(b"{to")
    desk.documents = {name: b"{whole}\n"}
    desk.syncer.round()
    assert path.read_bytes() == b"{whole}\n"
    assert _wait_and_round(world, desk) == []
    assert desk.findings == []
