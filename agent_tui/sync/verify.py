"""How far a writer vouches for bytes: up to its last signature that holds. Pure."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from agent_tui.store.segments import MAX_SEGMENT, SIGNATURE, Damage, Stored, scan
from agent_tui.sync.names import SegmentName
from agent_tui.trust.signatures import signature_holds

if TYPE_CHECKING:
    from hashlib import _Hash

MAX_FILE = MAX_SEGMENT + 1024 * 1024
"""More than any segment with its signatures has. What is longer is not read."""

_TRIES = 1000
"""Signatures tried, from the last back, before a file is given up: a hostile one must not take more than a moment."""


@dataclass(slots=True)
class Verified:
    """Bytes from `start` up to `end` that a signature covers; `end == start` when none does.

    `stored` are the readable records, `damage` the lines that are none, `digest` the SHA-256 object over the file's
    first `end` bytes, `seq` that of the signature, `roster` the highest number that the signatures name.
    """

    start: int
    end: int
    digest: "_Hash"
    stored: list[Stored] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    seq: int = 0
    roster: int = 0


def verified(
    name: SegmentName, public: bytes, team: str, data: bytes, *, start: int = 0, digest: "_Hash | None" = None
) -> Verified:
    """What of `data`, which lies in the segment `name` from byte `start`, a signature of its writer covers.

    `public` is the writer's key; `digest` the SHA-256 object over the `start` bytes before, needed where there are any.
    It is not changed.
    """
    running = digest.copy() if digest else sha256()
    found: list[Stored | Damage] = []
    # Of each signature line: itself, the digest of the bytes before it, how many lines came before.
    signatures: list[tuple[Stored, _Hash, int]] = []
    hashed = 0
    for line in scan(name.leaf, name.writer, data, start):
        if isinstance(line, Stored) and line.line.kind == SIGNATURE:
            place = line.offset - start
            running.update(data[hashed:place])
            hashed = place
            signatures.append((line, running.copy(), len(found)))
        else:
            found.append(line)
    tried = signatures[-_TRIES:]
    for index in range(len(tried) - 1, -1, -1):
        last, covered, lines = tried[index]
        if signature_holds(public, team=team, segment=name.leaf, raw=last.raw, line=last.line, digest=covered.digest()):
            covered.update(last.raw)
            return Verified(
                start=start,
                end=last.offset + len(last.raw),
                digest=covered,
                stored=[one for one in found[:lines] if isinstance(one, Stored)],
                damage=[one for one in found[:lines] if isinstance(one, Damage)],
                seq=last.line.seq,
                # Earlier ones are covered by this one, so what they say is said by the same writer.
                roster=max(one.line.roster for one, _, _ in tried[: index + 1]),
            )
    return Verified(start, start, digest.copy() if digest else sha256())
