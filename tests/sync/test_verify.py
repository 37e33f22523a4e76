"""How far a signature reaches: any bytes are taken, and none but signed ones are given back."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.store.segments import segment_name
from agent_tui.sync import names
from agent_tui.sync.verify import Checker, verified
from agent_tui.trust.keys import DeviceKey
from agent_tui.trust.signatures import Claim, build_signature
from shared_rules.records import lines
from tests.sync.world import World

TEAM = "teamteamteamteam"
KEY = DeviceKey(b"k" * 32)
NAME = names.segment(segment_name(KEY.writer, 1))
assert NAME is not None


def segment(records_each: list[int]) -> tuple[bytes, list[int]]:
    """A segment signed after each of so many records, and where its signatures end."""
    assert NAME is not None
    data, seq, ends = b"", 0, [0]
    for records in records_each:
        for _ in range(records):
            seq += 1
            data += lines.encode({"v": 1, "id": str(seq), "kind": "call", "writer": KEY.writer, "seq": seq, "at": "x"})
        data += build_signature(
            KEY, team=TEAM, segment=NAME.leaf, last_seq=seq, roster=seq, at="x", digest=sha256(data).digest()
        )
        ends.append(len(data))
    return data, ends


WHOLE, ENDS = segment([1, 2, 1])


@given(st.integers(0, len(WHOLE)), st.integers(0, 3))
def test_what_is_cut_reaches_to_the_signature_before_from_any_watermark(cut: int, watermark: int) -> None:
    start = ENDS[watermark]
    result = verified(NAME, KEY.public, TEAM, WHOLE[start:cut], start=start, digest=sha256(WHOLE[:start]))  # type: ignore[arg-type]
    assert result.end == max([start, *(end for end in ENDS if end <= cut)])
    assert result.digest.digest() == sha256(WHOLE[: result.end]).digest()
    assert all(start <= one.offset < result.end for one in result.stored)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_never_under_a_signature(place: int, change: int) -> None:
    data = WHOLE[:place] + bytes([WHOLE[place] ^ change]) + WHOLE[place + 1 :]
    result = verified(NAME, KEY.public, TEAM, data)  # type: ignore[arg-type]
    assert result.end <= place


@given(st.binary(max_size=300), st.integers(0, len(WHOLE)))
def test_any_bytes_anywhere_are_taken_and_none_of_them_given_back(junk: bytes, place: int) -> None:
    result = verified(NAME, KEY.public, TEAM, WHOLE[:place] + junk + WHOLE[place:])  # type: ignore[arg-type]
    assert {one.raw for one in result.stored} <= set(WHOLE.splitlines(keepends=True))


def test_another_team_segment_or_key_is_not_vouched_for() -> None:
    other = names.segment(segment_name(KEY.writer, 2))
    assert NAME is not None
    assert other is not None
    assert verified(NAME, KEY.public, TEAM, WHOLE).end == len(WHOLE)
    assert verified(NAME, KEY.public, "otherotherothero", WHOLE).end == 0
    assert verified(other, KEY.public, TEAM, WHOLE).end == 0
    assert verified(NAME, DeviceKey.generate().public, TEAM, WHOLE).end == 0


def test_the_highest_roster_named_is_told() -> None:
    assert NAME is not None
    assert verified(NAME, KEY.public, TEAM, WHOLE).roster == 4


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 50])
def test_many_signatures_are_checked_at_once_and_each_for_itself(count: int) -> None:
    claims: list[Claim | None] = []
    expected = []
    for number in range(count):
        key = DeviceKey(bytes([number]) * 32)
        data = b"line %d" % number
        good = (key.public, key.sign(data), data)
        bad = (key.public, key.sign(data), data + b"!")
        claims.append([good, bad, None][number % 3])
        expected.append(number % 3 == 0)
    checker = Checker()
    for _ in range(2):
        assert checker.hold(claims) == expected


def test_of_many_files_those_alone_are_taken_whose_signature_holds(world: World) -> None:
    desks = [world.desk(f"desk{number}") for number in range(30)]
    for desk in desks:
        desk.log(2)
        desk.syncer.once()
    for desk in desks[::3]:
        data = desk.path().read_bytes()
        desk.path().write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    board = world.desk("board")
    board.syncer.round()
    assert {writer for writer, _ in board.taken} == {desk.key.writer for number, desk in enumerate(desks) if number % 3}
