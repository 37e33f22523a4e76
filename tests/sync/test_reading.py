"""What a reader makes of a share that is damaged, forged or cut short: it keeps what it has, and says it."""

import errno
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.sync import names
from agent_tui.sync.folder import FolderBackend
from shared_rules.records.lines import encode
from tests.sync.world import PATIENT, START, Desk, World, both


def later(world: World, board: Desk) -> list[str]:
    """What is said once patience ran out."""
    for _ in range(3):
        world.time.wait(PATIENT)
        board.syncer.round()
    return sorted({finding.code for finding in board.syncer.findings})


def test_a_tail_without_a_signature_waits(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(2)
    desk.syncer.round()
    whole = desk.path().read_bytes()
    signature = whole.rindex(b'{"v":1,"kind":"signature"')
    desk.path().write_bytes(whole[:signature])
    board.syncer.once()
    assert not board.taken
    desk.path().write_bytes(whole)
    board.syncer.round()
    assert board.taken == desk.own


def test_what_no_signature_covers_is_tried_ever_less_often(world: World) -> None:
    class Noted(FolderBackend):
        def read(self, name: str, offset: int, limit: int) -> bytes:
            if name.startswith(names.RECORDS):
                tries.append(world.time.seconds)
            return super().read(name, offset, limit)

    tries: list[float] = []
    desk, board = world.desk("desk"), world.desk("board", backend=Noted(world.share))
    desk.log(2)
    desk.syncer.round()
    whole = desk.path().read_bytes()
    desk.path().write_bytes(whole[: whole.rindex(b'{"v":1,"kind":"signature"')])
    for _ in range(3600):
        board.syncer.round()
        world.time.wait(2)
    pauses = [late - early for early, late in pairwise(sorted(set(tries)))]
    assert pauses == sorted(pauses)
    assert len(pauses) < 25
    assert max(pauses) <= 602
    desk.path().write_bytes(whole)
    board.syncer.round()
    assert board.taken == desk.own


@given(cut=st.integers(0, 2000))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_prefix_shows_a_state_that_was_published_or_the_one_before(tmp_path: Path, cut: int) -> None:
    world = World(tmp_path / str(len(list(tmp_path.iterdir()))))
    desk = world.desk("desk")
    states = [0]
    for count in (1, 2, 1):
        desk.log(count)
        desk.syncer.round()
        states.append(states[-1] + count)
    whole = desk.path().read_bytes()
    desk.path().write_bytes(whole[: min(cut, len(whole))])
    board = world.desk("board")
    board.syncer.once()
    assert len(board.taken) in states
    desk.path().write_bytes(whole)
    board.syncer.once()
    assert board.taken == desk.own


def test_a_flipped_byte_is_never_accepted_and_is_read_when_it_is_put_right(world: World) -> None:
    desk = world.desk("desk")
    desk.log(2)
    desk.syncer.round()
    whole = desk.path().read_bytes()
    for place in range(0, len(whole), 7):
        desk.path().write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        board = world.desk(f"board{place}")
        board.syncer.once()
        assert not board.taken
        assert later(world, board) == ["unsigned"]
        desk.path().write_bytes(whole)
        world.time.wait(PATIENT)
        board.syncer.round()
        assert board.taken == desk.own
        assert not list(board.syncer.findings)


def test_a_damaged_line_that_was_signed_for_costs_that_line_alone(world: World) -> None:
    desk = world.desk("desk")
    desk.log(5)
    local = desk.journal.path(desk.path().name)
    lines = local.read_bytes().splitlines(keepends=True)
    local.write_bytes(b"".join([*lines[:2], lines[2].replace(b"talked", b"t\xfflked"), *lines[3:]]))
    desk.open()
    desk.syncer.once()
    board = world.desk("board")
    board.syncer.once()
    assert sorted(seq for _, seq in board.taken) == [1, 2, 4, 5]
    assert board.codes() == ["unreadable"]


@pytest.mark.parametrize("code", ["shrunk", "gone"])
def test_what_shrank_or_vanished_takes_nothing_back_and_is_said(world: World, code: str) -> None:
    desk, board = both(world)
    whole = desk.path().read_bytes()
    if code == "gone":
        desk.path().unlink()
        (desk.path().parent / f"{'a' * 16}-000001.jsonl").write_bytes(b"x")  # the day is not empty
    else:
        desk.path().write_bytes(whole[:300])
    board.syncer.round()
    assert not board.findings  # patience: sizes on network drives are stale
    assert later(world, board) == [code]
    assert board.taken == desk.own
    desk.path().write_bytes(whole)
    board.syncer.round()
    assert not list(board.syncer.findings)


def test_an_emptied_day_is_one_finding(world: World) -> None:
    desk, board = both(world)
    desk.path().unlink()
    later(world, board)
    assert [(one.code, one.where) for one in board.findings] == [("gone", "records/2026-11-23/")]
    assert board.taken == desk.own


def test_another_history_under_the_same_key_is_said_and_the_earlier_stands(world: World) -> None:
    desk, board = both(world)
    before = dict(board.taken)
    other = World(world.base / "elsewhere")
    twin = other.desk("desk")
    for _ in range(6):
        twin.log(at=START + timedelta(minutes=1))
        twin.syncer.round()
    desk.path().write_bytes(twin.path().read_bytes())
    assert later(world, board) == ["changed", "unsigned"]
    assert board.taken == before


def test_records_that_their_writer_signed_anew_are_read_on(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log()
    desk.syncer.round()
    desk.log(2)
    journal = next(desk.place.journal.glob("*.jsonl"))
    backup, share = journal.read_bytes(), desk.path().read_bytes()
    desk.syncer.round()
    board.syncer.once()
    assert len(board.taken) == 3
    # The share loses its end, the disk is put back as it was before these two were signed.
    desk.path().write_bytes(share)
    desk.journal.close()
    journal.write_bytes(backup)
    world.time.wait(60)
    desk.open()
    desk.log(2)
    desk.syncer.once()
    assert not desk.clones
    board.syncer.once()
    assert board.taken == desk.own
    assert later(world, board) == []


@pytest.mark.parametrize("count", [6, 4, 2], ids=["longer", "as long", "shorter"])
def test_an_end_that_names_the_other_history_makes_it_the_one_that_stands(world: World, count: int) -> None:
    desk, board = both(world)
    before = dict(board.taken)
    twin = World(world.base / "elsewhere").desk("desk")
    for _ in range(count):
        twin.log(at=START + timedelta(minutes=1))
        twin.syncer.round()
    desk.path().write_bytes(twin.path().read_bytes())
    last = twin.own[desk.key.writer, count]
    world.ends[desk.key.writer] = (count, sha256(b"another line").hexdigest())
    assert "changed" in later(world, board)
    assert board.taken == before
    world.ends[desk.key.writer] = (count, sha256(last).hexdigest())
    assert later(world, board) == []
    assert board.taken == twin.own
    (kept,) = board.place.mirror.rglob("*.earlier-1")
    assert all(raw in kept.read_bytes() for raw in before.values())
    board.open()
    board.syncer.once()
    assert board.taken == twin.own


def test_a_seq_written_twice_counts_once(world: World) -> None:
    desk, board = both(world)
    desk.journal._seq -= 2  # a journal that counts wrongly
    desk.log(3)
    desk.syncer.round()
    board.syncer.round()
    assert sorted(seq for _, seq in board.taken) == [1, 2, 3, 4, 5]
    assert board.codes() == ["twice", "twice"]


def test_one_seq_that_is_missing_in_a_segment_is_a_gap(world: World) -> None:
    desk, board = both(world)
    for missing in (0, 1):
        desk.journal._seq += missing  # a journal that counts wrongly
        desk.log(1)
        desk.syncer.round()
        board.syncer.round()
        assert board.codes() == ["gap"] * missing


def test_a_missing_segment_is_a_gap_and_never_waited_for(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    for days in (3, 2, 1):
        desk.log(2, at=START - timedelta(days=days))
    desk.syncer.once()
    missing = desk.path("2026-11-21", 2)
    whole = missing.read_bytes()
    missing.unlink()
    board.syncer.once()
    assert len(board.taken) == 4
    assert later(world, board) == ["gap"]
    missing.write_bytes(whole)
    board.syncer.once()
    assert board.taken == desk.own
    world.time.wait(PATIENT)
    board.syncer.round()
    assert not list(board.syncer.findings)


def test_lines_of_another_writer_are_not_taken(world: World) -> None:
    desk, other, board = world.desk("desk"), world.desk("other"), world.desk("board")
    desk.log(2)
    desk.syncer.round()
    other.log()
    other.syncer.round()
    (desk.path().parent / f"{other.key.writer}-000002.jsonl").write_bytes(desk.path().read_bytes())
    board.syncer.once()
    assert board.taken == desk.own | other.own


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-24"])
def test_an_old_copy_under_the_next_day_is_not_read_in_the_place_of_the_file(world: World, day: str) -> None:
    desk = world.desk("desk")
    desk.log(2)
    desk.syncer.once()
    copy = desk.path(day)
    copy.parent.mkdir()
    copy.write_bytes(desk.path().read_bytes())
    desk.log(5)
    desk.syncer.once()
    board = world.desk("board")
    board.syncer.once()
    assert board.taken == desk.own
    (found,) = board.syncer.findings
    assert found.code in ("misplaced", "second")
    assert found.where == f"records/{day}/{copy.name}"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "some day"])
def test_a_file_whose_first_record_tells_no_day_stops_nobody(world: World, at: str) -> None:
    odd, desk, board = world.desk("odd"), world.desk("desk"), world.desk("board")
    desk.log()
    desk.syncer.once()
    members = {"v": 1, "id": "x", "kind": "call", "writer": odd.key.writer, "seq": 1, "at": at, "agent": "A017"}
    line = encode(members)
    signature = odd.sign(odd.path().name, 1, sha256(line).digest())
    odd.path().write_bytes(line + signature)
    board.syncer.once()
    assert board.taken == desk.own
    assert board.codes() == ["misplaced"]


def test_a_segment_copied_to_another_day_is_not_read(world: World) -> None:
    desk = world.desk("desk")
    desk.log(2)
    desk.syncer.round()
    copy = desk.path("2026-11-01", 1)
    copy.parent.mkdir()
    copy.write_bytes(desk.path().read_bytes())
    desk.path().unlink()
    board = world.desk("board")
    board.syncer.once()
    assert not board.taken
    assert board.codes() == ["misplaced"]


def test_one_unreadable_file_does_not_keep_others_from_being_read(world: World) -> None:
    one, other = world.desk("one"), world.desk("other")
    for desk in (one, other):
        desk.log()
        desk.syncer.once()
    board = world.desk("board")
    read = board.backend.read

    def failing(name: str, offset: int, limit: int) -> bytes:
        if one.key.writer in name:
            raise PermissionError(13, "Permission denied")
        return read(name, offset, limit)

    board.backend.read = failing  # type: ignore[method-assign]
    board.syncer.once()
    assert board.taken == other.own
    assert later(world, board) == ["no_file"]
    board.backend.read = read  # type: ignore[method-assign]
    world.time.wait(PATIENT)
    board.syncer.round()
    assert board.taken == one.own | other.own
    assert not list(board.syncer.findings)


def test_a_file_that_vanished_between_two_listings_and_came_back_as_long_is_read(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    desk.log(2, at=START - timedelta(days=20))
    desk.syncer.once()
    path = desk.path("2026-11-03")
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    board.syncer.once()
    path.unlink()
    world.time.wait(10)
    board.syncer.round()
    path.write_bytes(whole)
    board.syncer.once()
    assert board.taken == desk.own


def test_lines_are_told_though_the_share_went_while_their_keys_were_looked_for(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    name, keys = f"keys/{desk.key.writer}/000001.json", b'{"ring": 1}\n'
    board.good_documents.add(keys)
    board.syncer.once()
    desk.documents = {name: keys}
    desk.log(ring=f"{desk.key.writer}-001")
    desk.syncer.round()
    there = board.backend.list

    def failing(prefix: str) -> list[Entry]:
        if prefix.startswith("keys/"):
            raise OSError(errno.EIO, "the share is away")
        return there(prefix)

    board.backend.list = failing  # type: ignore[method-assign]
    with pytest.raises(Problem):
        board.syncer.round()
    board.backend.list = there  # type: ignore[method-assign]
    board.syncer.round()
    assert board.taken == desk.own
    assert board.took_documents[name] == keys
