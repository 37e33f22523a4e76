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
"""The most bytes of a file that are read: no segment with its signatures has more."""

# The most signatures of a file that are tried, from the last back: a hostile file must not take more than a moment.
_TRIES = 1000
_THREADS = 4
# Fewer claims than these are checked sooner here than by other threads.
_WORTH_IT = 8


class Verified(msgspec.Struct):
    """Bytes from `start` up to `end` that a signature covers; `end == start` when none does.

    `stored` are the readable records among them, `damage` the unreadable lines, `digest` the SHA-256 object over the
    file's first `end` bytes, `seq` that of the signature, `roster` the highest roster number that the signatures name.
    """

    start: int
    end: int
    digest: "_Hash"
    stored: list[Stored] = []
    damage: list[Damage] = []
    seq: int = 0
    roster: int = 0


class Signed(msgspec.Struct):
    """A signature line. `digest` is over the bytes of the file before it; `stored` and `damaged` count the records and
    unreadable lines before it, as far as they were scanned.

    `roster` is the highest roster number in it and in the signatures before it, for which it vouches too. `top` is the
    highest seq of the records before it.
    """

    line: Stored
    digest: "_Hash"
    stored: int
    damaged: int
    roster: int
    top: int


class Scanned(msgspec.Struct):
    """The lines in the bytes that `verified` is given, before any signature is checked."""

    name: SegmentName
    start: int
    digest: "_Hash | None"
    stored: list[Stored]
    damage: list[Damage]
    signatures: list[Signed]

    def claim(self, public: bytes, team: str, index: int = -1) -> Claim | None:
        """The claim of one signature, by default the last; None if there is none that can hold."""
        if not self.signatures:
            return None
        one = self.signatures[index]
        if one.line.line.seq < one.top:
            # A signature names the last record before it. One that names an earlier record is no honest one.
            return None
        return claim(
            public, team=team, segment=self.name.leaf, raw=one.line.raw, line=one.line.line, digest=one.digest.digest()
        )

    def covered(self, index: int) -> Verified:
        """What the signature of that index covers, which was found to hold. To be asked once for each index."""
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
    """The lines of `data`. The arguments are those of `verified`."""
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
    """The lines that a signature covers. `last`: whether the last signature was found to hold."""
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
    """What of `data`, the bytes of the segment `name` from byte `start` on, a signature of its writer covers.

    `public` is the writer's key. `digest` is the SHA-256 object over the `start` bytes before, needed if there are any;
    it is not changed.
    """
    seen = scanned(name, data, start=start, digest=digest)
    made = seen.claim(public, team)
    return judged(seen, public, team, last=made is not None and verify(*made))


class Checker:
    """Checks many signatures at a time on several cores: libsodium lets other threads run meanwhile."""

    def __init__(self) -> None:
        self._threads = min(_THREADS, os.cpu_count() or 1)
        self._pool: ThreadPoolExecutor | None = None

    def hold(self, claims: Sequence[Claim | None]) -> list[bool]:
        """For each of the claims, whether it holds; False for None."""
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
