"""How far a writer vouches for bytes: up to its last signature that holds. Pure, but for the threads of `Checker`."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from agent_tui.store.segments import MAX_SEGMENT, Damage, Stored, scan
from agent_tui.sync.names import SegmentName
from agent_tui.trust.keys import verify
from agent_tui.trust.signatures import Claim, claim
from shared_rules.records.lines import SIGNATURE

if TYPE_CHECKING:
    from hashlib import _Hash

MAX_FILE = MAX_SEGMENT + 1024 * 1024
"""More than any segment with its signatures has. What is longer is not read."""

_TRIES = 1000
"""Signatures tried, from the last back, before a file is given up: a hostile one must not take more than a moment."""

_THREADS = 4
# Fewer are checked sooner than they are handed over.
_WORTH_IT = 8


class Verified(msgspec.Struct):
    """Bytes from `start` up to `end` that a signature covers; `end == start` when none does.

    `stored` are the readable records, `damage` the lines that are none, `digest` the SHA-256 object over the file's
    first `end` bytes, `seq` that of the signature, `roster` the highest number that the signatures name.
    """

    start: int
    end: int
    digest: "_Hash"
    stored: list[Stored] = []
    damage: list[Damage] = []
    seq: int = 0
    roster: int = 0


class Signed(msgspec.Struct):
    """A signature line: `digest` is over the bytes before it, `stored` and `damaged` count the lines before it.

    `roster` is the highest number that it and those before it name: it covers them, so the same writer says it. `top`
    is the highest seq of the records before it.
    """

    line: Stored
    digest: "_Hash"
    stored: int
    damaged: int
    roster: int
    top: int


class Scanned(msgspec.Struct):
    """The lines in `data`, as `verified` takes it, before anybody's signature was looked at."""

    name: SegmentName
    start: int
    digest: "_Hash | None"
    stored: list[Stored]
    damage: list[Damage]
    signatures: list[Signed]

    def claim(self, public: bytes, team: str, index: int = -1) -> Claim | None:
        """What one signature, by default the last, claims; None where there is none that can hold."""
        if not self.signatures:
            return None
        one = self.signatures[index]
        if one.line.line.seq < one.top:
            # It names the last record there is: what comes after it, in this file or the next, has a higher seq.
            return None
        return claim(
            public, team=team, segment=self.name.leaf, raw=one.line.raw, line=one.line.line, digest=one.digest.digest()
        )

    def covered(self, index: int) -> Verified:
        """What the signature of that index, which holds, covers."""
        one = self.signatures[index]
        raw = one.line.raw
        one.digest.update(raw)
        return Verified(
            self.start,
            one.line.offset + len(raw),
            one.digest,
            self.stored[: one.stored],
            self.damage[: one.damaged],
            one.line.line.seq,
            one.roster,
        )


def scanned(name: SegmentName, data: bytes, *, start: int = 0, digest: "_Hash | None" = None) -> Scanned:
    """The lines of `data`; as for `verified`."""
    running = digest.copy() if digest else sha256()
    stored: list[Stored] = []
    damage: list[Damage] = []
    signatures: list[Signed] = []
    hashed = roster = top = 0
    for one in scan(name.leaf, name.writer, data, start):
        if isinstance(one, Damage):
            damage.append(one)
        elif one.line.kind == SIGNATURE:
            place = one.offset - start
            if signatures:
                running = running.copy()  # the one before keeps its own
            running.update(data[hashed:place])
            hashed = place
            roster = max(roster, one.line.roster)
            signatures.append(Signed(one, running, len(stored), len(damage), roster, top))
        else:
            stored.append(one)
            top = max(top, one.line.seq)
    return Scanned(name, start, digest, stored, damage, signatures[-_TRIES:])


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
