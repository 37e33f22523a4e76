"""Key files, keys/<writer>/<nnnnnn>.json: secrets of rings, sealed by one writer to their readers, and signed.

A ring's secret is sealed once under a fresh key, and only that key is boxed to each reader: a ring that has lost tags
is large, while a box takes 80 bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random as random_bytes

from agent_tui.errors import Problem
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, Key, box_to
from agent_tui.trust.rings import KEY_SIZE, MONTH, RING_ID, Ring
from agent_tui.trust.signed import Box, Document, Raw, Strict, read_document, sign_document
from shared_rules.records.parts import AgentId, Writer

Reader = tuple[str, bytes]
"""The name of a reader (a writer, or `owner`) and its public key."""
Grant = tuple[Ring, Sequence[Reader]]

MOST = 2_500_000
"""The most that the rings of a file may weigh together: it may have 4 MiB, and Base64 takes a third more."""

MAX_ERASURES = 10_000
"""The most erasures that a ring may name (see `Erasures.add`)."""
# About how many bytes the rest of a ring takes: its id, its key and the like.
_OF_A_RING = 300
ErasureId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
ReaderName = Annotated[str, Meta(pattern=r"^([a-z2-7]{16}|owner)$")]


class SealedRing(Strict):
    """A ring as it lies in a key file. `boxes` has the key of `data` sealed to each reader; see `Ring` for the rest."""

    ring: Annotated[str, Meta(pattern=RING_ID)]
    agent: AgentId
    month: Annotated[str, Meta(pattern=MONTH)]
    data: Raw
    boxes: dict[ReaderName, Box]
    obeys: Annotated[tuple[ErasureId, ...], Meta(max_length=MAX_ERASURES)] = ()
    spared: Annotated[tuple[ErasureId, ...], Meta(max_length=MAX_ERASURES)] = ()


class KeyFile(Document):
    """What one key file holds."""

    what = "keys"
    limit = 4 * 1024 * 1024

    team: Writer
    writer: Writer
    number: Annotated[int, Meta(ge=1, le=999_999)]
    rings: tuple[SealedRing, ...]

    def check(self) -> None:
        if len({sealed.ring for sealed in self.rings}) != len(self.rings):
            raise ValueError("a ring twice")


class Opened(msgspec.Struct, frozen=True):
    """The rings that a key opened in a file, and the ids of those that are sealed to it and did not open."""

    rings: tuple[Ring, ...]
    failed: tuple[str, ...]


def build_keys(key: DeviceKey, team: str, number: int, grants: Sequence[Grant]) -> bytes:
    """The key file `number` of `key`, with each ring sealed to its readers.

    Raises TrustError `too_large` beyond 4 MiB (see `batches`) and `bad_key` for a reader without a valid key. Raises
    Problem for a ring that names more erasures than a reader accepts: nobody else could open what is written under it.
    """
    if any(len(told) > MAX_ERASURES for ring, _ in grants for told in (ring.obeys, ring.spared)):
        raise Problem("errors.erasures_full", most=MAX_ERASURES)
    rings = tuple(_sealed(key.writer, ring, readers) for ring, readers in grants)
    return sign_document(key, KeyFile(team=team, writer=key.writer, number=number, rings=rings))


def weight(ring: Ring) -> int:
    """About how many bytes a ring takes in a key file before Base64, without its readers."""
    return sum(map(len, ring.nodes)) + (1 + KEY_SIZE) * len(ring.nodes) + 40 * len((*ring.obeys, *ring.spared))


def batches(grants: Iterable[Grant]) -> Iterator[list[Grant]]:
    """Grants in groups that fit into one key file each, with each ring once. A ring too large for any is left out."""
    batch: list[Grant] = []
    size = 0
    ids: set[str] = set()
    for ring, readers in grants:
        if (heavy := weight(ring)) > MOST:
            continue
        more = heavy + _OF_A_RING + 200 * len(readers)
        if batch and (size + more > MOST or ring.id in ids):
            yield batch
            batch, size, ids = [], 0, set()
        batch.append((ring, readers))
        ids.add(ring.id)
        size += more
    if batch:
        yield batch


def parse_keys(data: bytes, *, team: str, writer: str, number: int, public: bytes, kept: bool = False) -> KeyFile:
    """The key file that lies at keys/<writer>/<number>.json, signed by that writer's key. Raises TrustError."""
    file = read_document(KeyFile, data, public, kept=kept)
    if file.team != team:
        raise TrustError("wrong_team", what=file.what)
    if (file.writer, file.number) != (writer, number):
        raise TrustError("bad_document", what=file.what)
    return file


def open_keys(file: KeyFile, key: Key) -> Opened:
    """The rings of a file that are sealed to `key`. One that does not open is named and does not hinder the others."""
    rings: list[Ring] = []
    failed: list[str] = []
    for sealed in file.rings:
        box = sealed.boxes.get(key.reader)
        if box is None:
            continue
        try:
            payload = Aead(key.open_box(box)).decrypt(sealed.data, _bound_to(file.writer, sealed))
            told = sealed.obeys, sealed.spared
            rings.append(Ring.from_payload(sealed.ring, sealed.agent, sealed.month, payload, *told))
        except (TrustError, CryptoError, ValueError, TypeError):
            failed.append(sealed.ring)
    return Opened(tuple(rings), tuple(failed))


def _sealed(writer: str, ring: Ring, readers: Sequence[Reader]) -> SealedRing:
    secret = random_bytes(KEY_SIZE)
    bare = SealedRing(
        ring=ring.id, agent=ring.agent, month=ring.month, data=b"", boxes={}, obeys=ring.obeys, spared=ring.spared
    )
    return replace(
        bare,
        data=bytes(Aead(secret).encrypt(ring.payload(), _bound_to(writer, bare))),
        boxes={name: box_to(public, secret) for name, public in readers},
    )


def _bound_to(writer: str, sealed: SealedRing) -> bytes:
    return "\n".join(("agent-tui ring", writer, sealed.ring, sealed.agent, sealed.month, *sealed.obeys)).encode()
