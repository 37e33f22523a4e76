"""team.json, the roster and requests to join: what is read, and what is refused however it is signed."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.trust.documents import (
    build_join,
    build_roster,
    build_team,
    parse_join,
    parse_roster,
    parse_team,
    supervisor,
)
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import parse_keys
from agent_tui.trust.keys import Key
from agent_tui.trust.signed import sign_document
from agent_tui.trust.tags import TagSecret
from shared_rules.records.kinds import End
from tests.trust.world import (
    CHEN,
    DEVICES,
    EVE,
    LI,
    MONDAY,
    NOON,
    OWNER,
    SECRET,
    STRANGER,
    TEAM,
    ZHANG,
    ZHANG_2,
    refused,
    roster,
    sits,
)

TEAM_FILE = build_team(OWNER, "一组", "Asia/Shanghai")
ROSTER_FILE = build_roster(OWNER, 2, [sits(LI), sits(CHEN, "S002", "陈主管", end=9)], SECRET)
JOIN_FILE = build_join(ZHANG, TEAM.team, id="A017", name="张敏", hired=date(2026, 11, 9), at=NOON)

READERS: dict[str, tuple[Key, Callable[[bytes], Any], dict[str, Any]]] = {
    "team.json": (OWNER, parse_team, json.loads(TEAM_FILE)),
    "roster": (OWNER, lambda data: parse_roster(data, TEAM), json.loads(ROSTER_FILE)),
    "join": (ZHANG, lambda data: parse_join(data, TEAM.team), json.loads(JOIN_FILE)),
    "keys": (
        ZHANG,
        lambda data: parse_keys(data, team=TEAM.team, writer=ZHANG.writer, number=1, public=ZHANG.public),
        {"v": 1, "reader": 1, "team": TEAM.team, "writer": ZHANG.writer, "number": 1, "rings": []},
    ),
}
"""Of each document: who signs it, how it is read, and its members."""


def signed(what: str, head: bytes, key: Key | None = None) -> bytes:
    """A document with any bytes before its signature, and that signature right."""
    signer = key or READERS[what][0]
    signature = b64encode(signer.sign(b"agent-tui %s\n%s" % (what.encode(), head)))
    return head + b',"sig":"' + signature + b'"}\n'


def with_members(what: str, **changed: Any) -> bytes:
    """A document whose signer says something else than this program would."""
    members = {name: value for name, value in (READERS[what][2] | changed).items() if name != "sig"}
    return signed(what, json.dumps(members, ensure_ascii=False).encode()[:-1])


def test_a_team_tells_what_it_is_for_good() -> None:
    assert (TEAM.team, TEAM.owner) == (OWNER.team, OWNER.public)
    assert (TEAM.name, TEAM.zone, TEAM.alone) == ("一组", "Asia/Shanghai", False)
    assert parse_team(build_team(OWNER, "我", "Asia/Shanghai", alone=True)).alone


def test_a_roster_tells_the_supervisors_and_hands_them_the_secret() -> None:
    read = parse_roster(ROSTER_FILE, TEAM)
    assert [(one.writer, one.id, one.end and one.end.seq) for one in read.supervisors] == [
        (LI.writer, "S001", None),
        (CHEN.writer, "S002", 9),
    ]
    for key in (LI, OWNER):
        assert read.tag_secret(key).to_bytes() == SECRET.to_bytes()
    for outsider in (CHEN, ZHANG, STRANGER):
        with refused("unreadable"):
            read.tag_secret(outsider)


def test_a_request_tells_who_asks() -> None:
    read = parse_join(JOIN_FILE, TEAM.team)
    assert (read.writer, read.public) == (ZHANG.writer, ZHANG.public)
    assert (read.id, read.name, read.hired, read.at) == ("A017", "张敏", date(2026, 11, 9), NOON)


def test_documents_of_another_team_are_named_as_such() -> None:
    other = parse_team(build_team(STRANGER, "二组", "Asia/Shanghai"))
    with refused("wrong_team"):
        parse_join(JOIN_FILE, other.team)
    with refused("bad_document"):
        parse_roster(ROSTER_FILE, other)


def test_nobody_signs_for_another() -> None:
    with refused("bad_document"):
        parse_roster(build_roster(STRANGER, 2, [sits(LI)], SECRET), TEAM)
    for what, (_, read, _) in READERS.items():
        with refused("bad_document"):
            read(signed(what, with_members(what).rpartition(b',"sig"')[0], STRANGER))


def test_a_signature_is_for_one_kind_of_document() -> None:
    for what, (key, _, _) in READERS.items():
        for other, (_, read, _) in READERS.items():
            if other != what:
                with refused("bad_document", "wrong_team"):
                    read(signed(what, with_members(what).rpartition(b',"sig"')[0], key))


@pytest.mark.parametrize("what", READERS)
def test_members_of_a_newer_program_are_kept_and_do_no_harm(what: str) -> None:
    READERS[what][1](with_members(what, v=2, news={"deep": [1, 2.5, None]}))


@pytest.mark.parametrize("what", READERS)
def test_a_document_for_newer_programs_names_the_version(what: str) -> None:
    with pytest.raises(TrustError) as caught:
        READERS[what][1](with_members(what, reader=7, team=[]))
    assert caught.value.code == "newer_format"
    assert "7" in str(caught.value)


def test_a_version_is_believed_only_when_signed() -> None:
    with refused("bad_document"):
        parse_team(TEAM_FILE.replace(b'"reader":1', b'"reader":7'))


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("team.json", {"team": STRANGER.team}),
        ("team.json", {"zone": "../../etc/passwd"}),
        ("team.json", {"zone": "/Asia/Shanghai"}),
        ("team.json", {"name": "\u202eevil"}),
        ("team.json", {"name": "a\nb"}),
        ("team.json", {"name": "\x1b[2J"}),
        ("team.json", {"name": " \u3000"}),
        ("team.json", {"name": "x" * 65}),
        ("team.json", {"reader": 10**30}),
        ("team.json", {"reader": 0}),
        ("team.json", {"alone": "yes"}),
        ("roster", {"number": 0}),
        ("roster", {"number": 2.0}),
        ("roster", {"number": "2"}),
        ("roster", {"supervisors": READERS["roster"][2]["supervisors"] * 2}),
        ("roster", {"supervisors": [READERS["roster"][2]["supervisors"][0] | {"writer": CHEN.writer}]}),
        ("roster", {"supervisors": [READERS["roster"][2]["supervisors"][0] | {"id": "../S001"}]}),
        ("roster", {"owner_tags": ""}),
        ("join", {"writer": LI.writer}),
        ("join", {"id": ""}),
        ("join", {"id": "x" * 33}),
        ("join", {"hired": "yesterday"}),
        ("join", {"hired": 20000}),
        ("join", {"at": "2026-11-23T12:00:00"}),
        ("join", {"at": 1e300}),
        ("keys", {"number": 2}),
        ("keys", {"writer": LI.writer}),
        ("keys", {"rings": [{}]}),
    ],
)
def test_what_no_program_of_ours_writes_is_refused(what: str, changed: dict[str, Any]) -> None:
    with refused("bad_document"):
        READERS[what][1](with_members(what, **changed))


@pytest.mark.parametrize("what", READERS)
def test_size_is_bounded_before_anything_is_read(what: str) -> None:
    for data in (b"x" * (4 * 1024 * 1024 + 1), with_members(what, more="x" * 4 * 1024 * 1024)):
        with refused("too_large"):
            READERS[what][1](data)


@pytest.mark.parametrize("what", READERS)
@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"null",
        b"[1",
        b'{"v":1',
        b'{"v":1,"reader":1,"x":' + b"[" * 15_000,
        b'{"v":1,"reader":1,"x":' + b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        b'{"v":1,"reader":' + b"9" * 15_000,
        b'{"v":1,"reader":NaN',
        b'{"v":1,"reader":1e999',
        b'{"v":1,"reader":1,"name":"\\ud800"',
        b'{"v":1,"reader":1,"name":"\xff"',
        b'{"v":1,"reader":1,"name":"\x00"',
    ],
)
def test_signed_nonsense_is_refused(what: str, head: bytes) -> None:
    with refused("bad_document"):
        READERS[what][1](signed(what, head))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.sampled_from([TEAM.team]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_signed_values_are_read_or_refused(data: st.DataObject) -> None:
    what = data.draw(st.sampled_from(sorted(READERS)))
    members = READERS[what][2]
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(members)), JSON, max_size=3))
    try:
        READERS[what][1](with_members(what, **changed))
    except TrustError as error:
        assert error.code in {"bad_document", "wrong_team", "newer_format"}


@given(st.binary(max_size=400), st.sampled_from(sorted(READERS)))
def test_any_bytes_are_refused(data: bytes, what: str) -> None:
    for bytes_ in (data, data + TEAM_FILE[-98:], signed(what, data)):
        with refused("bad_document"):
            READERS[what][1](bytes_)


def test_what_a_person_entered_is_refused_with_the_mend() -> None:
    for name in ("", " ", "x" * 65, "a\u202eb"):
        with refused("bad_name"):
            build_team(OWNER, name, "Asia/Shanghai")
    with refused("bad_zone"):
        build_team(OWNER, "一组", "../x")
    with refused("bad_id"):
        build_join(ZHANG, TEAM.team, id="A 017", name="张敏", hired=MONDAY, at=NOON)
    with refused("bad_name"):
        supervisor(LI.public, id="S001", name="\x07", hired=MONDAY, joined=MONDAY)


def test_a_roster_is_refused_before_it_is_written_when_no_reader_would_take_it() -> None:
    many = [replace(sits(key), name="李" * 60_000) for key in DEVICES]
    with refused("too_large"):
        build_roster(OWNER, 1, many, SECRET)


def test_a_new_secret_reaches_the_supervisors_that_go_on() -> None:
    new = TagSecret.generate()
    earlier = roster(2, sits(LI), sits(CHEN, "S002", "陈主管"))
    gone = [replace(one, end=sits(LI, end=5).end) if one.id == "S002" else one for one in earlier.supervisors]
    later = roster(3, *gone)
    assert [one.tags is None for one in later.supervisors] == [False, True]
    read = parse_roster(build_roster(OWNER, 3, gone, new), TEAM)
    assert read.tag_secret(LI).to_bytes() == new.to_bytes()


def test_a_request_says_of_another_key_only_what_that_key_signed() -> None:
    hired, last = date(2026, 11, 9), End(seq=12, line="ab" * 32)
    data = build_join(ZHANG_2, TEAM.team, id="A017", name="张敏", hired=hired, at=NOON, twin=(ZHANG, last))
    asked = parse_join(data, TEAM.team)
    assert asked.twin
    assert (asked.twin.writer, asked.twin.public) == (ZHANG.writer, ZHANG.public)
    assert (asked.twin.seq, asked.twin.line) == (last.seq, last.line)
    # What was signed for one new key and number says nothing for another.
    other = build_join(EVE, TEAM.team, id="A017", name="张敏", hired=hired, at=NOON, twin=(EVE, last))
    stolen = replace(parse_join(other, TEAM.team), twin=asked.twin)
    earlier = replace(asked, twin=replace(asked.twin, seq=3))
    for key, request in ((EVE, stolen), (ZHANG_2, earlier)):
        with refused("bad_document"):
            parse_join(sign_document(key, request), TEAM.team)
