"""A small team with keys that are the same at each run."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from msgspec import Raw
from msgspec.structs import replace

from agent_tui.trust.documents import (
    Join,
    Roster,
    Supervisor,
    build_join,
    build_roster,
    build_team,
    parse_join,
    parse_roster,
    parse_team,
    supervisor,
)
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, OwnerKey
from agent_tui.trust.membership import Membership
from agent_tui.trust.tags import TagSecret
from shared_rules.records import lines
from shared_rules.records.kinds import End, Member, encode, reader
from shared_rules.records.lines import Line

OWNER = OwnerKey(bytes(range(16)))
STRANGER = OwnerKey(bytes(16))
SECRET = TagSecret(bytes(range(32)))
DEVICES = [DeviceKey(bytes([number]) * 32) for number in range(1, 8)]
LI, CHEN, ZHANG, WANG, ZHANG_2, EVE, NOBODY = DEVICES
"""Two supervisors' devices, two agents', the first agent's second, an intruder's, one that nobody knows."""

TEAM = parse_team(build_team(OWNER, "一组", "Asia/Shanghai"))
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def sits(key: DeviceKey, id: str = "S001", name: str = "李主管", end: int | None = None) -> Supervisor:
    """A supervisor's place in a roster; with `end`, the last line that counts."""
    place = supervisor(key.public, id=id, name=name, hired=date(2020, 1, 1), joined=MONDAY)
    return place if end is None else replace(place, end=End(seq=end))


def roster(number: int, *supervisors: Supervisor) -> Roster:
    """A roster as a reader has it: from its file."""
    return parse_roster(build_roster(OWNER, number, supervisors, SECRET), TEAM)


def join(key: DeviceKey, id: str = "A017", name: str = "张敏", at: datetime = NOON) -> Join:
    """A request as a reader has it: from its file."""
    return parse_join(build_join(key, TEAM.team, id=id, name=name, hired=date(2026, 11, 9), at=at), TEAM.team)


@cache
def _tag_keys(person: str, public: bytes) -> str:
    """Boxes differ each time they are made; here the same are the same."""
    return SECRET.for_agent(person).boxed(public)


def member(
    by: DeviceKey,
    about: DeviceKey,
    *,
    seq: int = 1,
    id: str = "m1",
    at: str = "2026-11-23T12:00:00.000+08:00",
    person: str = "A017",
    name: str = "张敏",
    hired: date = date(2026, 11, 9),
    joined: date = MONDAY,
    left: date | None = None,
    end: int | None = None,
    replaces: tuple[str, ...] = (),
    public: bytes | None = None,
) -> tuple[Line, Any]:
    """A `member` line and its body as the bulk path reads them, from the bytes of the line."""
    body = Member(
        writer=about.writer,
        public=b64encode(public or about.public).decode(),
        person=person,
        name=name,
        hired=hired,
        joined=joined,
        left=left,
        end=None if end is None else End(seq=end),
        tag_keys=_tag_keys(person, about.public),
        replaces=replaces,
    )
    members = {
        "v": 1,
        "id": id,
        "kind": "member",
        "writer": by.writer,
        "seq": seq,
        "at": at,
        "agent": person,
        "body": Raw(encode(body)),
    }
    line = lines.decode(lines.encode(members))
    return line, reader(Member)(bytes(line.body))


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Expects a TrustError with one of the codes, and that it can be told to a person."""
    with pytest.raises(TrustError) as caught:
        yield
    assert caught.value.code in codes
    assert str(caught.value)


NEXT_DAY = "2026-11-24T09:00:00.000+08:00"


def team(*records: Any) -> Membership:
    """Li supervises, and wrote the records."""
    membership = Membership(TEAM)
    membership.add_roster(roster(1, sits(LI)))
    for record in records:
        membership.add_member(*record)
    return membership
