"""What of a share this user may not read or write: bad rights, or a scanner that has it. All the rest goes on."""

import errno
import os
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.sync.backend import concerns_one
from agent_tui.sync.folder import FolderBackend
from tests.sync.test_audit import Judge, check
from tests.sync.world import PATIENT, START, World


class Guarded(FolderBackend):
    """A folder in which one name, or all below one prefix, is refused."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.refused: str | None = None

    def _ask(self, name: str) -> None:
        if self.refused and name.startswith(self.refused):
            raise PermissionError(errno.EACCES, "Permission denied", name)

    def list(self, prefix: str) -> list[Entry]:
        self._ask(prefix)
        return super().list(prefix)

    def read(self, name: str, offset: int, limit: int) -> bytes:
        self._ask(name)
        return super().read(name, offset, limit)


@pytest.mark.parametrize(
    "refused",
    [
        "roster/",
        "roster/1.json",
        "join/",
        "join/abcdefghabcdefgh.json",
        "keys/BOSS/",
        "keys/BOSS/000001.json",
        "records/2026-11-20/",
        "records/2026-11-20/BOSS-000001.jsonl",
    ],
)
def test_what_may_not_be_read_is_said_and_keeps_nobody_from_the_rest(world: World, refused: str) -> None:
    boss, share = world.desk("boss", level="first"), Guarded(world.share)
    desk, refused = world.desk("desk", backend=share), refused.replace("BOSS", boss.key.writer)
    names = ("roster/1.json", "join/abcdefghabcdefgh.json", f"keys/{boss.key.writer}/000001.json")
    boss.documents = {name: name.encode() for name in names}
    desk.good_documents |= {*boss.documents.values()}
    boss.log(at=START - timedelta(days=3))
    boss.log(ring=f"{boss.key.writer}-001")
    boss.syncer.once()

    share.refused = refused
    desk.log()
    for _ in range(3):
        desk.syncer.round()
        world.time.wait(PATIENT)
    desk.syncer.once()
    assert desk.path().exists()
    assert Counter(writer for writer, _ in desk.taken) == {boss.key.writer: 1 if refused.startswith("records/") else 2}
    assert {*names} - desk.took_documents.keys() == {name for name in names if name.startswith(refused)}
    assert ("no_file", refused) in [(one.code, one.where) for one in desk.syncer.findings]
    found = check(desk)
    assert found.away is None
    assert ("no_file", refused) in [(one.code, one.where) for one in found.findings]
    assert "gone" not in [one.code for one in found.findings]

    share.refused = None
    world.time.wait(PATIENT)
    desk.syncer.round()
    assert desk.taken == boss.own
    assert {*names} <= desk.took_documents.keys()
    assert "no_file" not in [one.code for one in desk.syncer.findings]


def test_whose_team_it_is_must_be_read(world: World) -> None:
    share = Guarded(world.share)
    desk = world.desk("desk", backend=share)
    share.refused = "team.json"
    desk.log()
    with pytest.raises(Problem, match=r"team\.json|share"):
        desk.syncer.round()
    assert not desk.path().exists()


def test_an_old_file_of_ones_own_that_may_not_be_touched_keeps_no_later_one_from_the_share(world: World) -> None:
    share = Guarded(world.share)
    desk = world.desk("desk", backend=share)
    desk.log(at=START - timedelta(days=1))
    desk.syncer.once()
    desk.open()
    share.refused = f"records/2026-11-22/{desk.key.writer}"
    desk.log()
    with pytest.raises(Problem) as caught:
        desk.syncer.once()
    assert caught.value.name == "sync.trouble"
    assert f"permission denied: {share.refused}" in str(caught.value)
    assert desk.path(number=2).exists()
    assert desk.syncer.published == 0  # not certain of the first
    share.refused = None
    desk.syncer.round()
    assert desk.syncer.published == 2


def test_of_several_own_files_that_may_not_be_touched_each_is_named(world: World) -> None:
    share = Guarded(world.share)
    desk = world.desk("desk", backend=share)
    for day in range(10, 4, -1):
        desk.log(at=START - timedelta(days=day))
    desk.syncer.once()
    desk.open()
    share.refused = "records/2026-11-1"
    with pytest.raises(Problem) as caught:
        desk.syncer.once()
    first, second, third = (f"records/{START.date() - timedelta(days=day)}/{desk.key.writer}" for day in (10, 9, 8))
    said = str(caught.value)
    assert said.index(first) < said.index(second) < said.index(third)
    assert "3 more" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders, and links by permission alone")
def test_of_several_things_in_the_place_of_own_files_each_is_named(world: World) -> None:
    desk = world.desk("desk")
    for day in (2, 1):
        desk.log(at=START - timedelta(days=day))
    desk.syncer.once()
    paths = [desk.path(str(START.date() - timedelta(days=day)), number) for number, day in enumerate((2, 1), 1)]
    for path in paths:
        path.unlink()
        path.mkdir()
    desk.open()
    with pytest.raises(Problem) as caught:
        desk.syncer.once()
    assert caught.value.name == "sync.in_the_way"
    assert all(str(path) in str(caught.value) for path in paths)


def test_a_file_in_ones_own_name_that_may_not_be_read_keeps_no_own_one_from_the_share(world: World) -> None:
    share = Guarded(world.share)
    desk = world.desk("desk", backend=share)
    stranger = world.share / "records" / "2026-11-22" / f"{desk.key.writer}-000009.jsonl"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"x")
    share.refused = f"records/2026-11-22/{stranger.name}"
    desk.log()
    desk.syncer.once()
    assert desk.syncer.published == 1
    world.time.wait(PATIENT)
    desk.syncer.once()
    assert [(one.code, one.where) for one in desk.syncer.findings] == [("no_file", share.refused)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders, and links by permission alone")
@pytest.mark.parametrize("there", ["directory", "link", "pipe", "file for the day"])
@pytest.mark.parametrize("restart", [True, False])
def test_what_lies_in_the_place_of_an_old_file_of_ones_own_keeps_no_later_one_from_the_share(
    world: World, there: str, restart: bool
) -> None:
    desk = world.desk("desk")
    desk.log(at=START - timedelta(days=1))
    desk.log()
    desk.syncer.once()
    old = desk.path("2026-11-22")
    old.unlink()
    if there == "directory":
        old.mkdir()
    elif there == "link":
        old.symlink_to(desk.path(number=2))
    elif there == "pipe":
        os.mkfifo(old)
    else:
        old.parent.rmdir()
        old.parent.write_bytes(b"")
    if restart:
        desk.open()
    desk.log()
    for _ in range(3):
        with suppress(Problem):
            desk.syncer.round()
        world.time.wait(PATIENT)
    assert desk.path(number=2).read_bytes() == desk.journal.path(desk.path(number=2).name).read_bytes()
    with pytest.raises(Problem) as caught:
        desk.syncer.once()
    assert caught.value.name == "sync.in_the_way"


@pytest.mark.parametrize("restart", [True, False])
def test_a_directory_in_the_place_of_ones_own_request_keeps_no_record_from_the_share(
    world: World, restart: bool
) -> None:
    desk = world.desk("desk")
    name = f"join/{desk.key.writer}.json"
    desk.documents = {name: b"me"}
    desk.log()
    desk.syncer.once()
    (world.share / name).unlink()
    (world.share / name).mkdir()
    if restart:
        desk.open()
    for _ in range(3):
        desk.log()
        with suppress(Problem):
            desk.syncer.round()
        world.time.wait(PATIENT)
    assert desk.syncer.published == desk.journal.last_seq
    with pytest.raises(Problem) as caught:
        desk.syncer.once()
    assert caught.value.name == "sync.in_the_way"
    (world.share / name).rmdir()
    desk.syncer.once()
    assert (world.share / name).read_bytes() == b"me"


def test_what_keeps_this_machine_from_a_file_of_its_own_hides_nothing_that_is_wrong_besides(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    for one in (desk, board):
        one.log()
        one.syncer.once()
    board.syncer.once()
    board.path().unlink()
    board.path().mkdir()
    desk.path().unlink()
    for _ in range(4):
        with pytest.raises(Problem):
            board.syncer.round()
        world.time.wait(PATIENT)
    assert ("gone", f"records/2026-11-23/{desk.path().name}") in [(one.code, one.where) for one in board.findings]


class Worn(FolderBackend):
    """A folder on a disk that reads the beginnings of files no more, from some time on."""

    worn = False

    def read(self, name: str, offset: int, limit: int) -> bytes:
        if self.worn and name.startswith("records/") and not offset:
            raise OSError(errno.EIO, "Input/output error", name)
        return super().read(name, offset, limit)


def test_a_file_of_which_the_end_alone_can_be_read_keeps_nobody_from_the_rest(world: World) -> None:
    share = Worn(world.share)
    one, other, board = world.desk("one"), world.desk("other"), world.desk("board", backend=share)
    for desk in (one, other):
        desk.log()
        desk.syncer.once()
    board.syncer.once()
    share.worn = True
    with one.path().open("ab") as file:
        file.write(b"something that nobody signs")
    for _ in range(5):
        other.log()
        other.syncer.round()
        board.syncer.round()
        world.time.wait(PATIENT)
    assert board.taken == one.own | other.own
    assert [found.code for found in board.syncer.findings] == ["unsigned"]


class Scratched(FolderBackend):
    """A folder on a disk that reads one file no more."""

    def __init__(self, path: Path, scratched: str) -> None:
        super().__init__(path)
        self._scratched = scratched

    def read(self, name: str, offset: int, limit: int) -> bytes:
        if name == self._scratched:
            raise OSError(errno.EIO, "Input/output error", name)
        return super().read(name, offset, limit)


def test_a_file_that_the_disk_of_the_share_reads_no_more_is_named_by_the_audit_beside_the_rest(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(at=START - timedelta(days=1))
    desk.log()
    desk.syncer.once()
    board.syncer.once()
    name = f"records/2026-11-22/{desk.path().name}"
    board.backend = Scratched(world.share, name)
    with (world.share / "records" / "2026-11-23" / desk.path(number=2).name).open("ab") as file:
        file.write(b"junk\n")
    found = check(board)
    assert found.away is None
    assert {(one.code, one.where) for one in found.findings} == {
        ("no_file", name),
        ("unsigned", f"records/2026-11-23/{desk.path(number=2).name}"),
    }


def test_a_roster_that_cannot_be_read_is_not_said_to_have_gone_back(world: World) -> None:
    board = world.desk("board")
    roster = world.share / "roster" / "7.json"
    roster.parent.mkdir()
    roster.write_bytes(b"{}")
    board.backend = Scratched(world.share, "roster/7.json")
    judge = Judge(world)
    judge.roster_number = 7
    assert [(one.code, one.where) for one in check(board, judge).findings] == [("no_file", "roster/7.json")]


def test_a_network_that_is_gone_is_nothing_that_lies_in_the_way() -> None:
    link = OSError(errno.ELOOP, "Too many levels of symbolic links")
    network = OSError(errno.EINVAL, "An unexpected network error occurred")  # as Python on Windows has it
    assert concerns_one(network)
    network.winerror = 59  # type: ignore[attr-defined,unused-ignore]
    assert not concerns_one(network)
    assert concerns_one(link)
    assert concerns_one(PermissionError(errno.EACCES, "Permission denied"))
    assert not concerns_one(OSError(errno.EIO, "Input/output error"))
