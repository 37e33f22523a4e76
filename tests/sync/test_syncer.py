"""Desks that write, publish and read each other through one folder."""

import shutil
from datetime import timedelta

import pytest

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.sync import names
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.shares import found
from tests.sync.world import START, TEAM_FILE, World

# Names of devices have no digits 0, 1, 8 and 9.


def test_what_one_desk_logs_the_other_reads(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board", level="first")
    desk.log(3)
    assert desk.syncer.once().records_out == 3
    assert board.syncer.once().records_in == 3
    assert board.taken == desk.own
    assert desk.syncer.published == 3
    assert not board.findings


def test_a_share_file_is_a_byte_prefix_of_the_local_one(world: World) -> None:
    desk = world.desk("desk")
    for _ in range(5):
        desk.log(2)
        desk.syncer.round()
    local = desk.journal.path(f"{desk.key.writer}-000001.jsonl").read_bytes()
    assert desk.path().read_bytes() == local
    desk.log()
    assert desk.journal.path(f"{desk.key.writer}-000001.jsonl").read_bytes().startswith(desk.path().read_bytes())


def test_each_round_brings_only_what_is_new(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board", level="first")
    for count in (1, 4, 2):
        desk.log(count)
        desk.syncer.round()
        assert board.syncer.round().records_in == count
    assert not board.syncer.round()
    assert board.taken == desk.own


def test_an_own_file_is_not_read_back(world: World) -> None:
    desk = world.desk("desk")
    desk.log()
    desk.syncer.once()
    desk.syncer.once()
    assert not desk.taken


def test_several_days_are_several_files_under_their_days(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    for days in (3, 2, 1, 0):
        desk.log(2, at=START - timedelta(days=days))
    desk.syncer.once()
    board.syncer.once()
    assert sorted(path.parent.name for path in world.share.glob("records/*/*")) == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
        "2026-11-23",
    ]
    assert board.taken == desk.own
    assert desk.syncer.published == 8


class Slow(FolderBackend):
    """A share whose files take a tenth of a second each to read."""

    def __init__(self, world: World) -> None:
        super().__init__(world.share)
        self._world = world

    def read(self, name: str, offset: int, limit: int) -> bytes:
        self._world.time.wait(0.1)
        return super().read(name, offset, limit)


def test_a_first_pull_goes_in_bounded_rounds_and_tells_what_is_left(world: World) -> None:
    desk = world.desk("desk")
    for day in range(39, -1, -1):
        desk.log(3, at=START - timedelta(days=day))
    desk.syncer.once()
    board = world.desk("board", backend=Slow(world))
    lefts: list[int] = []
    while not lefts or board.syncer.busy:
        began = world.time.seconds
        board.syncer.round()
        assert world.time.seconds - began < 1.2
        lefts.append(board.syncer.left)
    assert len(lefts) > 5
    assert lefts == sorted(lefts, reverse=True)
    assert (lefts[0] > 20, lefts[-1]) == (True, 0)
    assert board.taken == desk.own


def test_a_year_old_day_is_found_at_start_and_by_once(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(2, at=START - timedelta(days=400))
    desk.syncer.once()
    while board.syncer.round() or board.syncer.busy:
        pass
    assert board.taken == desk.own


def test_a_writer_nobody_bound_waits_and_is_read_once_bound(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    public = world.publics.pop(desk.key.writer)
    desk.log(2)
    desk.syncer.once()
    board.syncer.once()
    assert not board.taken
    world.publics[desk.key.writer] = public
    board.syncer.round()
    assert board.taken == desk.own


def test_a_writer_that_supervisors_bind_is_read_in_the_same_round(world: World) -> None:
    supervisor, desk, board = world.desk("supervisor", level="first"), world.desk("desk"), world.desk("board")
    supervisor.log()
    desk.log()
    supervisor.syncer.once()
    desk.syncer.once()
    level = world.levels.pop(desk.key.writer)
    take = board.take_lines

    def bind(writer: str, *rest: object) -> None:
        world.levels[desk.key.writer] = level
        take(writer, *rest)  # type: ignore[arg-type]

    board.take_lines = bind  # type: ignore[method-assign, assignment]
    board.syncer.round()
    assert board.taken == supervisor.own | desk.own


def test_supervisors_are_read_before_anybody_else(world: World) -> None:
    desks = [world.desk(f"desk{number}") for number in range(3)]
    supervisor = world.desk("supervisor", level="first")
    for desk in [*desks, supervisor]:
        desk.log()
        desk.syncer.once()
    board = world.desk("board")
    board.syncer.round()
    segments = [call for call in board.calls if call.endswith(".jsonl")]
    assert segments[0].startswith(supervisor.key.writer)
    assert len(segments) == 4


def test_colleagues_are_read_once_a_minute(world: World) -> None:
    colleague, desk = world.desk("colleague", level="slow"), world.desk("desk")
    desk.syncer.once()
    colleague.log()
    colleague.syncer.round()
    desk.syncer.round()
    assert not desk.taken
    world.time.wait(61)
    desk.syncer.round()
    assert desk.taken == colleague.own


def test_after_a_restart_nothing_is_read_twice_and_nothing_is_missing(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(3)
    desk.syncer.once()
    board.syncer.once()
    board.open()
    assert board.taken == desk.own
    assert board.syncer.once().records_in == 0
    desk.log(2)
    desk.syncer.once()
    assert board.syncer.once().records_in == 2
    assert board.taken == desk.own


def test_two_processes_of_one_home_both_learn_everything(world: World) -> None:
    desk, one = world.desk("desk"), world.desk("board")
    other = world.desk("board")
    for turn in (one, other, other, one):
        desk.log(2)
        desk.syncer.once()
        turn.syncer.once()
    one.syncer.once()
    other.syncer.once()
    assert one.taken == other.taken == desk.own


def test_a_torn_mirror_is_checked_and_read_again(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(5)
    desk.syncer.once()
    board.syncer.once()
    copy = next(board.place.mirror.glob("records/*/*"))
    whole = copy.read_bytes()
    for broken in (b"", whole[:200], whole[:-100] + bytes(100), bytes(len(whole)), whole + b"{torn"):
        copy.write_bytes(broken)
        board.open()
        board.syncer.once()
        assert board.taken == desk.own, broken
        assert copy.read_bytes() == whole


def test_a_share_that_is_away_is_a_problem_and_loses_nothing(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(2)
    desk.syncer.round()
    board.syncer.round()
    world.share.rename(world.base / "away")
    for one in (desk, board):
        one.log()
        with pytest.raises(Problem) as caught:
            one.syncer.round()
        assert caught.value.name == "sync.share_gone"
    (world.base / "away").rename(world.share)
    for one in (desk, board, desk):
        one.syncer.round()
    assert board.taken == desk.own
    assert desk.taken == board.own


def test_nothing_is_published_into_the_empty_directory_of_a_drive_that_is_not_there(world: World) -> None:
    desk = world.desk("desk")
    desk.log(2)
    desk.syncer.round()
    world.share.rename(world.base / "away")
    world.share.mkdir()
    desk.log()
    for _ in range(2):
        with pytest.raises(Problem) as caught:
            desk.syncer.round()
        assert caught.value.name == "sync.share_empty"
    assert not list(world.share.iterdir())


def test_a_board_says_at_the_next_look_that_the_drive_is_not_there(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log()
    for one in (desk, board):
        one.syncer.round()
    world.share.rename(world.base / "away")
    world.share.mkdir()
    world.time.wait(2)
    with pytest.raises(Problem) as caught:
        board.syncer.round()
    assert caught.value.name == "sync.share_empty"


def test_nothing_is_published_into_it_when_the_drive_goes_between_two_looks_of_a_round(world: World) -> None:
    class Unplugged(FolderBackend):
        goes = False

        def list(self, prefix: str) -> list[Entry]:
            if self.goes and prefix == names.day_prefix(START.date()):
                world.share.rename(world.base / "away")
                world.share.mkdir()
                self.goes = False
            return super().list(prefix)

    share = Unplugged(world.share)
    desk = world.desk("desk", backend=share)
    desk.log(2)
    desk.syncer.round()
    desk.log()
    share.goes = True
    with pytest.raises(Problem) as caught:
        desk.syncer.round()
    assert caught.value.name == "sync.share_empty"
    assert not list(world.share.iterdir())


def test_a_wiped_records_directory_is_filled_again(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(2)
    desk.syncer.once()
    board.syncer.once()
    shutil.rmtree(world.share / "records")
    desk.syncer.once()
    world.desk("late").syncer.once()
    assert board.taken == desk.own
    fresh = world.desk("fresh")
    fresh.syncer.once()
    assert fresh.taken == desk.own


def test_a_place_in_use_is_refused(world: World) -> None:
    with pytest.raises(Problem) as caught:
        found(FolderBackend(world.share), {"team.json": TEAM_FILE})
    assert caught.value.name == "sync.share_taken"
    (world.base / "photos").mkdir()
    (world.base / "photos" / "cat.jpg").write_bytes(b"")
    with pytest.raises(Problem) as caught:
        found(FolderBackend(world.base / "photos"), {})
    assert caught.value.name == "sync.share_not_empty"
    assert [path.name for path in (world.base / "photos").iterdir()] == ["cat.jpg"]
    # A file where the share needs a directory is somebody else's too.
    (world.base / "notes").mkdir()
    (world.base / "notes" / "keys").write_bytes(b"")
    with pytest.raises(Problem) as caught:
        found(FolderBackend(world.base / "notes"), {"team.json": TEAM_FILE})
    assert caught.value.name == "sync.share_not_empty"
    assert [path.name for path in (world.base / "notes").iterdir()] == ["keys"]
