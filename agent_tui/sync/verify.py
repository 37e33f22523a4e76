"""How far a writer vouches for bytes: up to its last signature that holds. Pure, but for the threads of `Checker`."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from agent_tui.store.segments import MAX_SEGMENT, SIGNATURE, Damage, Stored, scan
from agent_tui.sync.names import SegmentName
from agent_tui.trust.keys import verify
from agent_tui.trust.signatures import Claim, claim

if TYPE_CHECKING:
    from hashlib import _Hash

MAX_FILE = MAX_SEGMENT + 1024 * 1024
"""More than any segment with its signatures has. What is longer is not read."""

_TRIES = 1000
"""Signatures tried, from the last back, before a file is given up: a hostile one must not take more than a moment."""

_THREADS = 4
# Fewer are checked sooner than they are handed over.
_WORTH_IT = 8


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


@dataclass(slots=True)
class Scanned:
    """The lines in `data`, as `verified` takes it, before anybody's signature was looked at.

    `signatures` are its signature lines: each with the digest of the bytes before it, and how many lines came before.
    """

    name: SegmentName
    start: int
    digest: "_Hash | None"
    found: list[Stored | Damage]
    signatures: "list[tuple[Stored, _Hash, int]]"

    def claim(self, public: bytes, team: str, index: int = -1) -> Claim | None:
        """What one signature, by default the last, claims; None where there is none that can hold."""
        if not self.signatures:
            return None
        line, covered, _ = self.signatures[index]
        return claim(public, team=team, segment=self.name.leaf, raw=line.raw, line=line.line, digest=covered.digest())

    def covered(self, index: int) -> Verified:
        """What the signature of that index, which holds, covers."""
        last, covered, lines = self.signatures[index]
        covered.update(last.raw)
        return Verified(
            start=self.start,
            end=last.offset + len(last.raw),
            digest=covered,
            stored=[one for one in self.found[:lines] if isinstance(one, Stored)],
            damage=[one for one in self.found[:lines] if isinstance(one, Damage)],
            seq=last.line.seq,
            # Earlier ones are covered by this one, so what they say is said by the same writer.
            roster=max(one.line.roster for one, _, _ in self.signatures[: index + 1]),
        )


def scanned(name: SegmentName, data: bytes, *, start: int = 0, digest: "_Hash | None" = None) -> Scanned:
    """The lines of `data`; as for `verified`."""
    running = digest.copy() if digest else sha256()
    found: list[Stored | Damage] = []
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
    return Scanned(name, start, digest, found, signatures[-_TRIES:])


def judged(seen: Scanned, public: bytes, team: str, *, last: bool) -> Verified:
    """What of the lines a signature covers; `last`: whether the last one was found to hold."""
    if last:
        return seen.covered(len(seen.signatures) - 1)
    for index in range(len(seen.signatures) - 2, -1, -1):
        made = seen.claim(public, team, index)
        if made and verify(*made):
            return seen.covered(index)
    return Verified(seen.start, seen.start, seen.digest.copy() if seen.digest else sha256())


def verified(
    name: SegmentName, public: bytes, team: str, data: bytes, *, start: int = 0, digest: "_Hash | None" = None
) -> Verified:
    """What of `data`, which lies in the segment `name` from byte `start`, a signature of its writer covers.

    `public` is the writer's key; `digest` the SHA-256 object over the `start` bytes before, needed where there are any.
    It is not changed.
    """
    seen = scanned(name, data, start=start, digest=digest)
    made = seen.claim(public, team)
    return judged(seen, public, team, last=made is not None and verify(*made))


class Checker:
    """Checks many signatures at a time, on as many cores as there are: libsodium lets other threads run meanwhile."""

    def __init__(self) -> None:
        self._threads = min(_THREADS, os.cpu_count() or 1)
        self._pool: ThreadPoolExecutor | None = None

    def hold(self, claims: Sequence[Claim | None]) -> list[bool]:
        """Which of them hold, in their order."""
        if self._threads < 2 or len(claims) < _WORTH_IT:
            return _hold(claims)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads - 1, "agent-tui-signatures")
        size = -(-len(claims) // self._threads)
        beside = [self._pool.submit(_hold, claims[at : at + size]) for at in range(size, len(claims), size)]
        found = _hold(claims[:size])
        for part in beside:
            found += part.result()
        return found


def _hold(claims: Sequence[Claim | None]) -> list[bool]:
    return [one is not None and verify(*one) for one in claims]
