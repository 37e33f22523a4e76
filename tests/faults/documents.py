"""One of each signed document, how it is read, and every way to damage it."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

from agent_tui.trust.documents import build_join, build_roster, build_team, parse_join, parse_roster, parse_team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import build_keys, parse_keys
from agent_tui.trust.keys import DeviceKey, OwnerKey, verify
from agent_tui.trust.rings import Ring
from agent_tui.trust.seal import open_sealed, seal
from agent_tui.trust.signatures import build_signature, claim
from shared_rules.records import lines
from shared_rules.records.kinds import End
from shared_rules.records.lines import LineError
from tests.trust.world import CHEN, LI, NOON, OWNER, SECRET, TEAM, ZHANG, ZHANG_2, sits

RING = Ring(f"{ZHANG.writer}-001", "A017", "2026-11", {"": bytes(range(32))})

SEGMENT, DIGEST = f"{ZHANG.writer}-000001", sha256(b"before").digest()

LAST = End(seq=12, line="0" * 64)

AT = "2026-11-23T12:00:00.000+08:00"


def _read_signature(data: bytes) -> None:
    line = lines.decode(data)
    made = claim(ZHANG.public, team=TEAM.team, segment=SEGMENT, raw=data, line=line, digest=DIGEST)
    if made is None or not verify(*made):
        raise TrustError("bad_document", what="signature")


def _read_sealed(data: bytes) -> None:
    open_sealed(RING, None, ZHANG.writer, 7, data.decode("utf-8", "surrogateescape"))


DOCUMENTS: dict[str, tuple[bytes, Callable[[bytes], Any]]] = {
    "team": (build_team(OWNER, "一组", "Asia/Shanghai"), parse_team),
    "roster": (
        build_roster(OWNER, 2, [sits(LI), sits(CHEN, "S002", "陈主管", end=9)], SECRET),
        lambda data: parse_roster(data, TEAM),
    ),
    "join": (
        build_join(ZHANG, TEAM.team, id="A017", name="张敏", hired=date(2026, 11, 9), at=NOON),
        lambda data: parse_join(data, TEAM.team),
    ),
    "join of a twin": (
        build_join(
            ZHANG_2,
            TEAM.team,
            id="A017",
            name="张敏",
            hired=date(2026, 11, 9),
            at=NOON,
            twin=(ZHANG, LAST),
        ),
        lambda data: parse_join(data, TEAM.team),
    ),
    "keys": (
        build_keys(ZHANG, TEAM.team, 1, [(RING, [(LI.writer, LI.public), ("owner", OWNER.public)])]),
        lambda data: parse_keys(data, team=TEAM.team, writer=ZHANG.writer, number=1, public=ZHANG.public),
    ),
    "signature": (
        build_signature(ZHANG, team=TEAM.team, segment=SEGMENT, last_seq=37, roster=4, at=AT, digest=DIGEST),
        _read_signature,
    ),
    "sealed": (seal(RING, None, ZHANG.writer, 7, b"customer")["data"].encode(), _read_sealed),
    "device key": (ZHANG.to_bytes(), DeviceKey.from_bytes),
    "owner key": (OWNER.to_bytes(), OwnerKey.from_bytes),
}


def taken(read: Callable[[bytes], Any], data: bytes) -> bool:
    """Whether a reader takes the bytes. Anything raised but the readers' own errors is a fault."""
    try:
        read(data)
    except (TrustError, LineError):
        return False
    return True


def damaged(data: bytes) -> list[bytes]:
    """The bytes with one bit flipped, cut at each place, zeroed from each place, doubled."""
    flipped = [data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :] for at in range(len(data)) for bit in range(8)]
    cut = [data[:at] for at in range(len(data))]
    zeroed = [data[:at] + bytes(len(data) - at) for at in range(len(data))]
    return [*flipped, *cut, *zeroed, data + data, data + b"\n", b" " + data]
