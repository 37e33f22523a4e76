"""The documents of a share: taken, refused, tried again, and the own ones put right."""

import pytest

from agent_tui.sync import names
from tests.sync.world import TEAM_FILE, Counted, World

_BASE32 = str.maketrans("0189", "wxyz")


def test_documents_are_taken_once_and_before_records(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    join = b'{"join": 1}\n'
    board.good_documents.add(join)
    desk.documents = {f"join/{desk.key.writer}.json": join}
    desk.log()
    assert desk.syncer.once().documents_out == 1
    board.syncer.once()
    assert board.took_documents == {"team.json": TEAM_FILE, f"join/{desk.key.writer}.json": join}
    assert [call for call in board.calls if call != "pulled"][-1].endswith(".jsonl")
    assert dict(board.syncer.mirror.documents()) == board.took_documents
    board.calls.clear()
    board.open()
    board.syncer.once()
    assert set(board.calls) == {"pulled"}


def test_a_request_to_join_is_taken_within_seconds_where_people_are_let_in(world: World) -> None:
    board, other = world.desk("board"), world.desk("other")
    board.looks_for = names.JOIN
    path = world.share / "join" / f"{other.key.writer}.json"
    board.syncer.round()
    other.syncer.round()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"to")
    world.time.wait(5)
    board.syncer.round()
    assert path.name not in str(board.took_documents), "torn"
    path.write_bytes(b"whole")
    for desk in (board, other):
        desk.good_documents.add(b"whole")
        world.time.wait(5)
        desk.syncer.round()
    assert board.took_documents[f"join/{path.name}"] == b"whole"
    assert f"join/{path.name}" not in other.took_documents, "nobody waits for it there before the look of a minute"


def test_a_device_that_waits_takes_a_new_roster_within_seconds_and_the_keys_then(world: World) -> None:
    owner, second, other = world.desk("owner", level="first"), world.desk("second"), world.desk("other")
    second.looks_for = names.ROSTER
    for desk in (second, other):
        desk.good_documents |= {b"lets it in", b"keys"}
        desk.syncer.round()
    roster, keys = "roster/2.json", f"keys/{owner.key.writer}/000001.json"
    for name, data in ((roster, b"lets it in"), (keys, b"keys")):
        path = world.share / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    world.time.wait(5)
    for desk in (second, other):
        desk.syncer.round()
        desk.syncer.round()
    assert {roster, keys} <= second.took_documents.keys()
    assert not {roster, keys} & other.took_documents.keys(), "nobody waits there before the look of a minute"


@pytest.mark.parametrize(("there", "soon"), [(400, True), (2001, False)])
def test_the_requests_of_all_who_were_ever_let_in_hold_up_no_new_one_but_a_flood_is_looked_at_once_a_minute(
    world: World, there: int, soon: bool
) -> None:
    board = world.desk("board")
    board.looks_for = names.JOIN
    board.good_documents |= {b"earlier", b"new"}
    join = world.share / "join"
    join.mkdir(exist_ok=True)
    for number in range(there):
        (join / f"{'a' * 12}{number:04}.json".translate(_BASE32)).write_bytes(b"earlier")
    board.syncer.round()
    new = f"{'b' * 16}.json"
    (join / new).write_bytes(b"new")
    world.time.wait(5)
    board.syncer.round()
    assert (f"join/{new}" in board.took_documents) == soon
    world.time.wait(60)
    board.syncer.round()
    assert f"join/{new}" in board.took_documents


def test_a_refused_request_is_tried_again_once_a_minute_and_not_at_every_poll(world: World) -> None:
    """Between the looks of a minute there is one listing, and nothing more while that says what it said before."""
    board = world.desk("board")
    board.looks_for = names.JOIN
    path = world.share / "join" / f"{'b' * 16}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"torn")
    board.syncer.round()
    documents = board.syncer._documents
    documents._refused[f"join/{path.name}"].again_at = 0.0
    board.good_documents.add(b"torn")
    documents.look_for_news(names.JOIN)
    assert f"join/{path.name}" not in board.took_documents
    (path.parent / f"{'c' * 16}.json").write_bytes(b"new")
    documents.look_for_news(names.JOIN)
    assert board.took_documents[f"join/{path.name}"] == b"torn"


def test_keys_are_published_before_records_and_read_before_them(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    name, keys = f"keys/{desk.key.writer}/000001.json", b'{"ring": 1}\n'
    board.good_documents.add(keys)
    desk.documents = {name: keys}
    board.syncer.once()
    desk.log(ring=f"{desk.key.writer}-001")
    desk.syncer.round()
    board.calls.clear()
    board.syncer.round()
    assert board.calls[:2] == [name, f"{desk.key.writer}-000001.jsonl"]


def test_a_refused_document_comes_again_and_is_said(world: World) -> None:
    board = world.desk("board")
    path = world.share / "roster" / "3.json"
    path.parent.mkdir()
    path.write_bytes(b"torn")
    board.syncer.once()
    assert "roster/3.json" not in board.took_documents
    world.time.wait(61)
    board.syncer.round()
    assert [(one.code, one.where) for one in board.findings] == [("document", "roster/3.json")]
    board.good_documents.add(b"torn")
    world.time.wait(121)
    board.syncer.round()
    assert board.took_documents["roster/3.json"] == b"torn"
    assert not list(board.syncer.findings)


def test_documents_that_are_larger_than_any_of_their_kind_are_not_read(world: World) -> None:
    share = Counted(world.share)
    board = world.desk("board", backend=share)
    board.syncer.once()
    for name in ("roster/7.json", "join/abcdefghabcdefgh.json"):
        path = world.share / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.truncate(2 * 1024 * 1024)
    before = share.bytes_read
    board.syncer.once()
    assert share.bytes_read - before < 100_000
    assert sorted(board.codes()) == ["too_large", "too_large"]
    for name in ("roster/7.json", "join/abcdefghabcdefgh.json"):
        (world.share / name).write_bytes(b"good")
    board.good_documents.add(b"good")
    board.syncer.once()
    assert not list(board.syncer.findings)


def test_a_refused_document_is_read_ever_less_often(world: World) -> None:
    share = Counted(world.share)
    board = world.desk("board", backend=share)
    path = world.share / "roster" / "7.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(bytes(1024 * 1024))
    reads = []
    for _ in range(6 * 60):
        before = share.bytes_read
        board.syncer.round()
        reads.append(share.bytes_read - before > 1024 * 1024)
        world.time.wait(60)
    assert 8 <= sum(reads) <= 12
    path.write_bytes(b"good")
    board.good_documents.add(b"good")
    board.syncer.round()
    assert "roster/7.json" in board.took_documents


def test_own_documents_are_put_right(world: World) -> None:
    desk = world.desk("desk")
    name = f"join/{desk.key.writer}.json"
    desk.documents = {name: b"{}\n"}
    desk.syncer.once()
    for damage in (b"", b"{", b"xx\n"):
        (world.share / name).write_bytes(damage)
        desk.syncer.once()
        assert (world.share / name).read_bytes() == b"{}\n"
    (world.share / name).unlink()
    world.time.wait(61)
    desk.syncer.round()
    assert (world.share / name).read_bytes() == b"{}\n"
