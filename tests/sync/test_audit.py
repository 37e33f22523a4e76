"""`check`: everything is looked at, what is wrong is named with its place, and nothing is changed."""

import shutil
import sys
from datetime import timedelta

import pytest

from agent_tui.store.segments import Stored
from agent_tui.sync.audit import Audit, Confirmed, audit
from tests.effort import effort
from tests.sync.world import START, TEAM, TEAM_FILE, Desk, World


class Judge:
    """Vouches for one document, and refuses what is named."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.bad_seqs: set[int] = set()
        self.roster_number = 0

    def public_of(self, writer: str) -> bytes | None:
        return self._world.publics.get(writer)

    def vouched_for(self, name: str, data: bytes) -> bool:
        return (name, data) == ("team.json", TEAM_FILE)

    def refused(self, writer: str, stored: Stored) -> str | None:  # noqa: ARG002
        return "not an author" if stored.line.seq in self.bad_seqs else None

    def sealed_as_its_own(self, stored: Stored) -> bool:  # noqa: ARG002
        return True

    def confirmed(self, segment: str) -> list[Confirmed]:  # noqa: ARG002
        return []


def check(board: Desk, judge: Judge | None = None) -> Audit:
    judge = judge or Judge(board.world)
    return audit(board.backend, board.syncer.mirror, board.journal, judge, team=TEAM)


def synced(world: World) -> tuple[Desk, Desk]:
    desk, board = world.desk("desk"), world.desk("board")
    for days in (2, 1, 0):
        desk.log(2, at=START - timedelta(days=days))
        board.log(1, at=START - timedelta(days=days))
    for one in (desk, board, desk):
        one.syncer.once()
    return desk, board


def places(result: Audit) -> list[tuple[str, str]]:
    return sorted((finding.code, finding.where) for finding in result.findings)


def test_where_all_is_well_nothing_is_found_and_everything_was_seen(world: World) -> None:
    _, board = synced(world)
    before = world.files()
    result = check(board)
    assert not result.findings
    assert (result.files, result.lines, result.waiting, result.documents) == (12, 9, 0, 2)
    assert world.files() == before


def test_what_lies_here_as_it_lies_there_is_judged_once(world: World) -> None:
    desk, board = synced(world)
    desk.log(100)
    desk.syncer.once()
    board.syncer.once()
    both = effort(lambda: check(board))
    alone = effort(lambda: audit(None, board.syncer.mirror, board.journal, Judge(board.world), team=TEAM))
    assert both - alone < 400


def test_a_document_that_was_seen_and_is_gone_is_told(world: World) -> None:
    _, board = synced(world)
    world.share.joinpath("team.json").unlink()
    result = check(board)
    assert places(result) == [("gone", "team.json")]
    assert "puts it back" in result.findings[0].text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets not everybody make links")
@pytest.mark.parametrize("name", ["roster", "join", "keys", "keys/abcdefghabcdefgh", "records/2026-11-20"])
def test_a_link_in_the_place_of_a_directory_hides_nothing_of_the_rest(world: World, name: str) -> None:
    desk, board = synced(world)
    file = desk.path("2026-11-23", 3)
    file.write_bytes(file.read_bytes()[:-5])
    world.share.joinpath(name).parent.mkdir(exist_ok=True)
    world.share.joinpath(name).symlink_to(world.base)
    result = check(board)
    assert result.away is None
    assert {("no_file", name), ("shrunk", f"records/2026-11-23/{file.name}")} <= set(places(result))


def test_each_damage_of_the_share_is_named_with_its_place(world: World) -> None:
    desk, board = synced(world)
    first, second, third = (desk.path(day, number) for number, day in enumerate(
        ("2026-11-21", "2026-11-22", "2026-11-23"), 1))  # fmt: skip
    data = first.read_bytes()
    first.write_bytes(data[:50] + b"#" + data[51:])
    second.unlink()
    third.write_bytes(third.read_bytes()[:-5])
    (world.share / "team.json").write_bytes(b"{}")
    (world.share / "roster").mkdir()
    (world.share / "roster" / "1.json").write_bytes(b"")
    (world.share / "keys").mkdir()
    (world.share / "keys" / "x.txt").write_bytes(b"")
    name = f"records/2026-11-22/{second.name}"
    assert places(check(board)) == [
        ("document", "roster/1.json"),
        ("document", "team.json"),
        ("foreign_name", "keys/x.txt"),
        ("gone", name),
        ("shrunk", f"records/2026-11-21/{first.name}"),
        ("shrunk", f"records/2026-11-23/{third.name}"),
        ("unsigned", f"records/2026-11-21/{first.name}"),
        ("unsigned", f"records/2026-11-23/{third.name}"),
    ]


def test_every_flipped_byte_is_found(world: World) -> None:
    desk, board = synced(world)
    data = desk.path("2026-11-23", 3).read_bytes()
    for place in range(0, len(data), 11):
        desk.path("2026-11-23", 3).write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert check(board).findings, place


def test_damage_of_this_machine_is_named(world: World) -> None:
    desk, board = synced(world)
    own = board.journal.path(f"{board.key.writer}-000002.jsonl")
    data = own.read_bytes()
    own.write_bytes(data[:50] + b"#" + data[51:])
    copy = next(board.place.mirror.glob(f"records/2026-11-22/{desk.key.writer}*"))
    copy.write_bytes(copy.read_bytes()[:-3])
    assert places(check(board)) == [
        ("unsigned", f"journal/{own.name}"),
        ("unsigned", f"mirror/records/2026-11-22/{copy.name}"),
    ]


def test_a_torn_tail_that_was_moved_aside_is_named(world: World) -> None:
    _, board = synced(world)
    path = board.journal.path(f"{board.key.writer}-000003.jsonl")
    with path.open("ab") as file:
        file.write(b'{"v":1,"ha')
    board.open()
    board.log()
    assert places(check(board)) == [("torn", f"journal/{path.stem}.torn")]


def test_gaps_are_named_and_what_nobody_may_write_is_refused(world: World) -> None:
    desk, board = synced(world)
    desk.path("2026-11-22", 2).unlink()
    shutil.rmtree(board.place.mirror / "records" / "2026-11-22")
    judge = Judge(world)
    judge.bad_seqs = {6}
    result = check(board, judge)
    assert places(result) == [
        ("gap", f"{desk.key.writer}:5"),
        ("refused", f"records/2026-11-23/{desk.path().stem[:16]}-000003.jsonl"),
    ]
    assert [finding.detail for finding in result.findings if finding.code == "gap"] == ["3-4"]


def test_another_history_is_named(world: World) -> None:
    desk, board = synced(world)
    other = World(world.base / "elsewhere").desk("desk")
    for days in (2, 1, 0):
        other.log(2, at=START - timedelta(days=days, minutes=5))
    other.syncer.once()
    desk.path("2026-11-22", 2).write_bytes(other.path("2026-11-22", 2).read_bytes())
    assert places(check(board)) == [("changed", f"records/2026-11-22/{desk.key.writer}-000002.jsonl")]


def test_devices_nobody_approved_are_counted_not_judged(world: World) -> None:
    desk, board = synced(world)
    del world.publics[desk.key.writer]
    result = check(board)
    assert result.unbound == {desk.key.writer}
    assert not result.findings


@pytest.mark.parametrize("lost", [True, False])
def test_a_conflict_copy_is_read_for_what_is_nowhere_else(world: World, lost: bool) -> None:
    desk, board = synced(world)
    path = desk.path("2026-11-23", 3)
    copy = path.with_name(path.stem + ".sync-conflict-20261123-101112-ABCDEFG.jsonl")
    shutil.copy(path, copy)
    if lost:
        path.unlink()
        shutil.rmtree(board.place.mirror / "records" / "2026-11-23")
    (finding,) = [finding for finding in check(board).findings if finding.code == "conflict_copy"]
    assert finding.where.endswith(copy.name)
    assert ("2" in finding.detail) == lost


def test_without_a_share_this_machine_alone_is_checked(world: World) -> None:
    _, board = synced(world)
    shutil.rmtree(world.share)
    result = audit(None, board.syncer.mirror, board.journal, Judge(world), team=TEAM)
    assert not result.findings
    assert (result.files, result.lines) == (6, 9)
