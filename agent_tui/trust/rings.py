"""Rings: a secret made by one writer about one agent for one month, from which each record's key is reached.

A record's key is reached by one keyed BLAKE2b step for each of the 16 hex digits of its `phone_tag`. So a tag can be
punched out for good: the secrets of the branches beside its path replace the secret that they came from, and all other
tags can still be reached.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from secrets import randbelow

from nacl.utils import random as random_bytes

from agent_tui.trust.errors import TrustError

KEY_SIZE = 32
DIGITS = "0123456789abcdef"
STEPS = 16
NO_TAG = "0" * STEPS

RING_ID = r"^[a-z2-7]{16}-[0-9]{3,9}$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
# Each erased tag adds at most 240 nodes; a ring that has lost some hundred tags is narrowed (see `Ring.narrowed`).
MAX_NODES = 100_000

_TAG = re.compile(r"[0-9a-f]{16}")
_PREFIXES = re.compile(r"[0-9a-f]{0,16}(,[0-9a-f]{0,16})*")


_LENGTH = [bytes([length]) for length in range(STEPS + 1)]
_BYTE = {digit: digit.encode("ascii") for digit in DIGITS}
_PERSON = b"agent-tui ring"


def _step(key: bytes, digit: str) -> bytes:
    return blake2b(_BYTE[digit], digest_size=KEY_SIZE, key=key, person=_PERSON).digest()


def unused(taken: Container[int], digits: int) -> int:
    """A number of so many digits that is not in `taken`. It is drawn at random: two copies of one disk must not give
    their rings the same numbers until they hear of each other.
    """
    least: int = 10 ** (digits - 1)
    while (number := least + randbelow(9 * least)) in taken:
        pass
    return number


def ring_id(writer: str, number: int) -> str:
    """The id of a writer's ring of that number."""
    return f"{writer}-{number:03d}"


@dataclass(frozen=True, slots=True)
class Ring:
    """`nodes` maps a prefix of hex digits to the secret of 32 bytes from which all tags below it are reached.

    An untouched ring has the one node "". `month` is YYYY-MM. `obeys` names the erasures that the ring takes account
    of: those its maker knew of, those whose tags were punched out since, and the `spared` ones, whose customers occur
    in no record under this ring as far as its maker knows. Rings are values: `puncture` gives another.
    """

    id: str
    agent: str
    month: str
    nodes: Mapping[str, bytes] = field(repr=False)
    obeys: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()

    @classmethod
    def new(cls, writer: str, number: int, agent: str, month: str, obeys: tuple[str, ...] = ()) -> "Ring":
        """A fresh ring. `number` must never have been used: see `unused`."""
        return cls(ring_id(writer, number), agent, month, {"": random_bytes(KEY_SIZE)}, obeys)

    @property
    def writer(self) -> str:
        """The device that made it; the id begins with its name."""
        return self.id.partition("-")[0]

    @property
    def number(self) -> int:
        return int(self.id.partition("-")[2])

    @property
    def whole(self) -> bool:
        """Whether it still has every tag and was never to lose one."""
        return "" in self.nodes and not self.spared

    def key(self, tag: str | None) -> bytes:
        """The key, 32 bytes, of the records with that `phone_tag` (None for none). Raises TrustError `erased` if it was
        punched out.
        """
        tag = NO_TAG if tag is None else tag
        prefix = _above(self.nodes, tag)
        if prefix is None:
            raise TrustError("erased")
        key = self.nodes[prefix]
        for digit in tag[len(prefix) :]:
            # `_step`, written out: sixteen calls of it are a tenth of what a record costs.
            key = blake2b(_BYTE[digit], digest_size=KEY_SIZE, key=key, person=_PERSON).digest()
        return key

    def has(self, tag: str | None) -> bool:
        """Whether `key` would find that tag."""
        return _above(self.nodes, NO_TAG if tag is None else tag) is not None

    def puncture(self, *tags: str | None) -> "Ring":
        """The ring without the way to those tags; itself if it has lost them all already."""
        nodes = dict(self.nodes)
        for tag in {NO_TAG if tag is None else tag for tag in tags}:
            prefix = _above(nodes, tag)
            if prefix is None:
                continue
            key = nodes.pop(prefix)
            for depth in range(len(prefix), STEPS):
                for digit in DIGITS:
                    if digit != tag[depth]:
                        nodes[tag[:depth] + digit] = _step(key, digit)
                key = _step(key, tag[depth])
        if nodes.keys() == self.nodes.keys():
            return self
        return Ring(self.id, self.agent, self.month, nodes, self.obeys, self.spared)

    def narrowed(self, tags: Iterable[str]) -> "Ring":
        """The ring reduced to those of the tags that it has, and to records without a tag."""
        nodes = {tag: self.key(tag) for tag in {NO_TAG, *tags} if self.has(tag)}
        return Ring(self.id, self.agent, self.month, nodes, self.obeys, self.spared)

    def payload(self) -> bytes:
        """The nodes as bytes, sorted by prefix: for each one byte with the prefix's length, the prefix, the secret."""
        parts: list[bytes] = []
        for prefix in sorted(self.nodes):
            parts += _LENGTH[len(prefix)], prefix.encode("ascii"), self.nodes[prefix]
        return b"".join(parts)

    @classmethod
    def from_payload(
        cls,
        id: str,
        agent: str,
        month: str,
        data: bytes,
        obeys: tuple[str, ...] = (),
        spared: tuple[str, ...] = (),
    ) -> "Ring":
        """The ring whose `payload` is `data`. Raises TrustError `unreadable` for bytes that no payload has."""
        return cls(id, agent, month, _nodes(data), obeys, spared)


def _above(nodes: Mapping[str, bytes], tag: str) -> str | None:
    """The prefix of the node from which a tag is reached; None if there is none."""
    if not _TAG.fullmatch(tag):
        raise TrustError("unreadable")
    for depth in range(STEPS + 1):
        if tag[:depth] in nodes:
            return tag[:depth]
    return None


def _nodes(data: bytes) -> dict[str, bytes]:
    # An erasure makes 240 nodes out of one, so they are checked all together.
    text = data.decode("latin-1")
    nodes: dict[str, bytes] = {}
    at = count = 0
    while at < len(data):
        end = at + 1 + data[at]
        prefix, at = text[at + 1 : end], end + KEY_SIZE
        nodes[prefix] = data[end:at]
        count += 1
    prefixes = list(nodes)
    if (
        at != len(data)
        or len(nodes) != count
        or count > MAX_NODES
        or not _PREFIXES.fullmatch(",".join(prefixes))
        or prefixes != sorted(prefixes)
        # Sorted, a node that lies above another stands directly before something it begins.
        or any(map(str.startswith, prefixes[1:], prefixes))
    ):
        raise TrustError("unreadable")
    return nodes
