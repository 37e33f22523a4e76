"""Signature lines."""

import zlib
from hashlib import sha256
from typing import Any

import pytest

from agent_tui.trust.keys import verify
from agent_tui.trust.signatures import build_signature, claim
from shared_rules.records import lines
from tests.trust.world import TEAM, WANG, ZHANG

SEGMENT = f"{ZHANG.writer}-000001.jsonl"
DIGEST = sha256(b"all that was before").digest()
AT = "2026-11-23T12:00:00.000+08:00"
RAW = build_signature(ZHANG, team=TEAM.team, segment=SEGMENT, last_seq=37, roster=4, at=AT, digest=DIGEST)


def holds(raw: bytes = RAW, **changed: Any) -> bool:
    told: dict[str, Any] = {"public": ZHANG.public, "team": TEAM.team, "segment": SEGMENT, "digest": DIGEST} | changed
    try:
        line = lines.decode(raw)
    except lines.LineError:
        return False
    made = claim(raw=raw, line=line, **told)
    return made is not None and verify(*made)


def test_a_signature_line_is_what_it_always_was() -> None:
    assert RAW == (
        b'{"v":1,"kind":"signature","writer":"wyxim75c6m5p4ywv","seq":37,"at":"2026-11-23T12:00:00.000+08:00","roster":4'
        b',"sig":"'
        b'/SdPFjD6lkgI+zFcZGDfGtm8Z4XIyXHeHKtfVAK+7bvvRKdPsMA3+hrVGkd3vZHg8yZq5WiTjPUlTdSeHUlVDA==","crc":"7a532808"}\n'
    )


def test_it_holds_with_or_without_the_ending_of_the_name() -> None:
    assert holds()
    assert holds(segment=SEGMENT.removesuffix(".jsonl"))
    line = lines.decode(RAW)
    assert (line.kind, line.seq, line.roster, line.at) == ("signature", 37, 4, AT)


@pytest.mark.parametrize(
    "changed",
    [
        {"public": WANG.public},
        {"public": b""},
        {"team": "a" * 16},
        {"segment": f"{ZHANG.writer}-000002.jsonl"},
        {"digest": sha256(b"something else").digest()},
    ],
)
def test_a_signature_holds_for_no_other_key_team_segment_or_bytes(changed: dict[str, Any]) -> None:
    assert not holds(**changed)


@pytest.mark.parametrize(("seq", "roster"), [(0, 1), (-1, 1), (2**53, 1), (1, -1), (1, 2**53)])
def test_numbers_without_measure_do_not_hold_though_signed(seq: int, roster: int) -> None:
    signed = {"team": TEAM.team, "segment": SEGMENT, "at": AT, "digest": DIGEST}
    assert not holds(build_signature(ZHANG, last_seq=seq, roster=roster, **signed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"seq": 38},
        {"seq": 2**70},
        {"roster": 5},
        {"roster": -1},
        {"at": "2026-11-23T12:00:00.001+08:00"},
        {"writer": WANG.writer},
        {"kind": "call"},
        {"v": 2},
        {"sig": ""},
        {"sig": "no base64"},
        # The same signature otherwise written, and the same line otherwise written: who did not sign must not be able
        # to make a second line that holds, or a desk would take it for its own key used elsewhere.
        {"sig": lines.decode(RAW).sig + "\n"},
        {"more": 1},
        {"id": "x"},
    ],
)
def test_a_changed_line_does_not_hold(changed: dict[str, Any]) -> None:
    line = lines.decode(RAW)
    members = {"v": 1, "kind": "signature", "writer": line.writer, "seq": line.seq, "at": line.at}
    members |= {"roster": line.roster, "sig": line.sig}
    assert lines.encode(members) == RAW
    text = _encode(members | changed)
    assert not holds(text)


def test_a_line_without_its_newline_does_not_hold_even_with_a_blank_to_make_up_for_it() -> None:
    head = RAW[: RAW.index(b',"crc"')]
    assert not holds(RAW[:-1])
    assert not holds(head + b' ,"crc":"%08x"}' % zlib.crc32(head + b" "))


def _encode(members: dict[str, Any]) -> bytes:
    """A line with numbers of any size, which `lines.encode` refuses to write."""
    import json

    head = json.dumps(members, separators=(",", ":")).encode()[:-1]
    return head + b',"crc":"%08x"}\n' % zlib.crc32(head)
