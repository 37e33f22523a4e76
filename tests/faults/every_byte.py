"""Every byte: each bit flipped, each cut, of a journal with a line of every kind, of a file of the share, of the signed
documents and the key ring. Nothing may be taken for what its writer did not write.

The controls read the same bytes without the checksum, or without the signature.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

from agent_tui.store.segments import Stored, scan, whole
from agent_tui.sync.names import segment
from agent_tui.sync.verify import verified
from agent_tui.trust.documents import Team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.rings import Ring
from agent_tui.trust.seal import open_sealed, seal
from agent_tui.trust.signatures import build_signature
from shared_rules.records import lines
from shared_rules.records.kinds import BODIES, encode, reader
from shared_rules.records.parts import path_of
from shared_rules.validating import ValidationError, checked_json
from tests.faults.documents import DOCUMENTS, damaged, taken
from tests.faults.figures import Figure
from tests.faults.kinds import draft
from tests.trust.world import TEAM, ZHANG

TAG = "5" * 16
RING = Ring(f"{ZHANG.writer}-001", "A017", "2026-11", {"": bytes(range(32))})
LEAF = f"{ZHANG.writer}-000001.jsonl"
AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC).isoformat()


def line_of(kind: str, seq: int) -> bytes:
    """A line of that kind, as the pen writes it."""
    one = draft(kind, f"id-{seq}", "A017", TAG, "镇海轴承厂 13812345678")
    members: dict[str, Any] = {
        "v": 1, "id": one.id, "kind": kind, "writer": ZHANG.writer, "seq": seq, "at": AT, "agent": one.agent,
        "body": msgspec.Raw(encode(one.body)),
    }  # fmt: skip
    if one.secret is not None:
        plain = encode(one.secret)
        members["sealed"] = seal(RING, path_of(one.body), ZHANG.writer, seq, plain)
    return lines.encode(members)


JOURNAL = [line_of(kind, seq) for seq, kind in enumerate(BODIES, 1)]
"""A line of every kind there is."""


def _flips(data: bytes, stride: int) -> Iterator[bytes]:
    for at in range(0, len(data), stride):
        for bit in range(8):
            yield data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def journal_lines(stride: int) -> tuple[int, int, int]:
    """Each bit of each line, each cut of it: how many were tried, taken though changed, taken without the checksum."""
    tried = wrong = control = 0
    for raw in JOURNAL:
        for one in (*_flips(raw, stride), *(raw[:at] for at in range(0, len(raw) - 1, stride))):
            tried += 1
            found = [each for each in scan(LEAF, ZHANG.writer, one) if isinstance(each, Stored)]
            wrong += any(each.raw != raw for each in found)
            try:
                msgspec.json.decode(one, type=lines.Line)
                control += 1
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
    return tried, wrong, control


def sealed_parts(stride: int) -> tuple[int, int]:
    """Each bit of what is sealed in a line of every kind: tried, and opened to something else than was sealed."""
    tried = wrong = 0
    for raw in JOURNAL:
        line = lines.decode(raw)
        if line.sealed is None:
            continue
        path = path_of(reader(BODIES[line.kind])(line.body))
        plain = open_sealed(RING, path, line.writer, line.seq, line.sealed.data)
        for one in _flips(line.sealed.data.encode(), stride):
            tried += 1
            try:
                wrong += open_sealed(RING, path, line.writer, line.seq, one.decode("utf-8", "surrogateescape")) != plain
            except TrustError:
                continue
    return tried, wrong


def share_file(stride: int, count: int = 6) -> tuple[int, int, int]:
    """Each bit, each cut and each zeroed end of a signed file: tried, lines taken that were not its, and with a
    signature that always holds.
    """
    body = b"".join(JOURNAL[:count])
    name = segment(LEAF)
    assert name is not None
    data = body + build_signature(
        ZHANG, team=TEAM.team, segment=LEAF, last_seq=count, roster=1, at=AT, digest=sha256(body).digest()
    )  # fmt: skip
    good = set(JOURNAL[:count])
    tried = wrong = control = 0
    places = range(0, len(data), stride)
    cuts = [data[:at] for at in places] + [data[:at] + bytes(len(data) - at) for at in places]
    for one in (*_flips(data, stride), *cuts):
        tried += 1
        result = verified(name, ZHANG.public, TEAM.team, one)
        # A signature covers its bytes as a whole: of changed ones it takes none.
        wrong += bool(result.stored) if len(one) == len(data) else any(each.raw not in good for each in result.stored)
        control += any(isinstance(each, Stored) for each in scan(LEAF, ZHANG.writer, one[: whole(one)]))
    return tried, wrong, control


def documents() -> tuple[int, int, int]:
    """Each bit, cut and zeroed end of team, roster, request, key file, signature, sealed part and the keys."""
    tried = wrong = control = 0
    for data, read in DOCUMENTS.values():
        forms = damaged(data)
        tried += len(forms)
        wrong += sum(taken(read, one) for one in forms)
    head = DOCUMENTS["team"][0].partition(b',"sig"')[0]
    for one in damaged(head):
        try:
            checked_json(Team, one + b"}")
            control += 1
        except ValidationError:
            continue
    return tried, wrong, control


def rings(stride: int) -> tuple[int, int]:
    """Each cut and bit of a ring's nodes: tried, and taken for a ring that opens what was punched out."""
    ring = RING.puncture(TAG)
    data = ring.payload()
    tried = wrong = 0
    make: Callable[[bytes], Ring] = lambda data: Ring.from_payload(ring.id, ring.agent, ring.month, data)  # noqa: E731
    for at in range(0, len(data), stride):
        for one in (data[:at], data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]):
            tried += 1
            try:
                wrong += make(one).has(TAG) and make(one).key(TAG) == RING.key(TAG)
            except TrustError:
                continue
    return tried, wrong


def figures(tries: int) -> Iterator[Figure]:
    """All of it; with `tries`, every so many bytes alone that there are about as many forms."""
    stride = max(1, 250_000 // tries) if tries else 1
    tried, wrong, control = journal_lines(stride)
    yield Figure("each bit and cut of a line of every kind", tried, wrong, control)
    yield Figure("each bit of what is sealed in them", *sealed_parts(stride))
    yield Figure("each bit, cut, zeroed end of a file of the share", *share_file(stride))
    if stride == 1:
        yield Figure("the same of every signed document, and the keys", *documents())
    yield Figure("each byte and cut of a punched ring", *rings(stride))
