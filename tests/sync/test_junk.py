"""What nobody of the team put on a share: names, things that are no files, giants, floods. It stops nobody."""

import os
import sys
from pathlib import Path

import pytest

from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.host import Follow
from agent_tui.sync.verify import MAX_FILE
from agent_tui.trust.keys import DeviceKey
from tests.sync.world import Time, World, both


class Slow(FolderBackend):
    """A folder of which a second brings ten megabytes."""

    def __init__(self, path: Path, time: Time) -> None:
        super().__init__(path)
        self._time = time

    def read(self, name: str, offset: int, limit: int) -> bytes:
        data = super().read(name, offset, limit)
        self._time.wait(len(data) / 1e7)
        return data


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_nobody_gave_are_said_and_fit_for_a_screen(world: World) -> None:
    desk, board = both(world)
    day = desk.path().parent
    (day / f"{desk.key.writer}-000001.sync-conflict-20261123-101112-ABCDEFG.jsonl").write_bytes(b"")
    (day / "notes\x1b[31m\u202e.txt").write_bytes(b"")
    (day / ".DS_Store").write_bytes(b"")
    (day / "Thumbs.db").write_bytes(b"")
    (world.share / "holiday.jpg").write_bytes(b"")
    board.syncer.once()
    assert sorted(board.codes()) == ["conflict_copy", "foreign_name", "foreign_name"]
    said = " ".join(finding.text() for finding in board.findings)
    assert all(sign.isprintable() for sign in said)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_pipes_links_and_directories_are_left_alone(world: World) -> None:
    desk, board = both(world)
    day = desk.path().parent
    secret = world.base / "secret"
    secret.write_bytes(desk.path().read_bytes())
    writers = [DeviceKey.generate() for _ in range(3)]
    for key in writers:
        world.publics[key.writer] = key.public
        world.levels[key.writer] = "now"
    names = [day / f"{key.writer}-000001.jsonl" for key in writers]
    os.mkfifo(names[0])
    names[1].symlink_to(secret)
    names[2].mkdir()
    (world.share / "records" / "2026-11-22").symlink_to(world.base)
    board.syncer.once()
    assert board.taken == desk.own
    assert [code for code in board.codes() if code == "no_file"] == ["no_file"] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets not everybody make links")
@pytest.mark.parametrize("prefix", ["roster", "join", "keys"])
def test_a_link_in_the_place_of_a_directory_of_documents_keeps_nobody_from_the_records(
    world: World, prefix: str
) -> None:
    desk, board = both(world)
    place = world.share / prefix
    if prefix == "keys":
        place.mkdir()
        place = place / desk.key.writer
    place.symlink_to(world.base)
    desk.log(ring=f"{desk.key.writer}-001")
    board.log()
    for one in (desk, board):
        # Also as it begins.
        one.open()
        one.syncer.once()
    assert board.taken == desk.own
    assert board.path().exists()
    assert ("no_file", f"{place.relative_to(world.share)}/") in [(one.code, one.where) for one in board.findings]


def test_a_file_that_is_too_large_is_not_read_to_its_end(world: World) -> None:
    desk, board = both(world)
    with desk.path().open("r+b") as file:
        file.truncate(MAX_FILE * 3)
    board.syncer.once()
    assert board.codes() == ["too_large"]
    assert board.taken == desk.own


def test_junk_that_looks_like_signatures_does_not_take_long(world: World) -> None:
    desk, board = both(world)
    whole = desk.path().read_bytes()
    signature = whole[whole.rindex(b'{"v":1,"kind":"signature"') :]
    desk.path().write_bytes(whole + signature * 20_000)
    board.syncer.once()
    assert board.taken == desk.own


@pytest.mark.parametrize("day", ["2026-11-23", "2027-01-01"])
@pytest.mark.parametrize("level", ["first", "now"])
def test_giants_in_anybodys_name_do_not_keep_a_board_from_what_is_new(world: World, day: str, level: Follow) -> None:
    slow = Slow(world.share, world.time)
    desk, board, other = world.desk("desk"), world.desk("board", backend=slow), world.desk("other", level=level)
    desk.log()
    desk.syncer.once()
    board.syncer.once()
    other.path(day).parent.mkdir(parents=True, exist_ok=True)
    for number in range(100, 150):
        with other.path(day, number).open("wb") as file:
            file.truncate(4 * 1024 * 1024 - number)
    world.time.wait(60)
    late = []
    for _ in range(100):
        desk.log()
        desk.syncer.round()
        board.syncer.round()
        late.append(desk.journal.last_seq - len(board.taken))
        world.time.wait(2)
    assert max(late[50:] if level == "first" else late) == 0
    assert not board.syncer.reading


def test_ten_thousand_junk_names_do_not_slow_a_poll_that_brings_nothing(world: World) -> None:
    desk, board = both(world)
    for number in range(2000):
        (desk.path().parent / f"junk-{number}.jsonl").write_bytes(b"")
    board.syncer.once()
    calls: list[str] = []
    read = board.backend.read
    board.backend.read = lambda name, *rest: calls.append(name) or read(name, *rest)  # type: ignore[method-assign, func-returns-value]
    board.syncer.round()
    assert not calls
    assert len(list(board.syncer.findings)) <= 1001
