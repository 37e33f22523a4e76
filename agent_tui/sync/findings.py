"""What is wrong on a share, reported by name. A finding never deletes anything: what was read stands."""

from collections import Counter
from collections.abc import Callable, Iterator
from math import inf
from threading import Lock
from typing import Literal

import msgspec

from agent_tui.errors import system_reason
from agent_tui.i18n import t

PATIENCE = 60.0
"""Seconds that something must last before it is told: sizes on network drives are stale, sync tools take their time."""

# The most findings of one code: junk by the thousand must fill neither the memory nor the list that people read.
_MOST = 1000
_SHOWN = 120

Code = Literal[
    "unreadable",  # a line under a good signature whose checksum or form is wrong
    "writer",  # a line in a file of another writer
    "unsigned",  # bytes after the last signature that holds, which stay unsigned
    "changed",  # other bytes than those read before, under a good signature
    "shrunk",  # shorter than what was read
    "gone",  # a file or directory that was read is not there
    "gap",  # a seq, or a segment, missing
    "twice",  # one seq, two lines
    "misplaced",  # a segment under another day than its first line's
    "second",  # a segment under a second day
    "roster_back",  # the highest roster on the share is lower than one seen before
    "document",  # a document nobody vouches for
    "too_large",  # more than a segment or document may be
    "no_file",  # a directory, link, pipe … where a file should be
    "unwritten",  # a file that `refill` may not put back
    "conflict_copy",
    "foreign_name",
    "mended",  # a damaged line of this device, copied home from the share
    "cloned",  # another machine signs with this device's key
    "clone_segment",  # a file in this device's name that it did not write and nobody signed
    "refused",  # a line its author may not write (audit)
    "seal_tag",  # a call, or a change to one, sealed under a tag that is not its own (audit)
    "unlike_confirmed",  # other bytes than those read when a day was confirmed (audit)
    "unerased",  # a call that still opens although its customer was erased (audit)
    "torn",  # the end of a local file that a crash left (audit)
]

# What may be wrong with a file as it lies there. It no longer holds once the file is gone or as it was read before.
_OF_WHAT_IS_THERE: tuple[Code, ...] = (
    "conflict_copy",
    "document",
    "foreign_name",
    "misplaced",
    "no_file",
    "second",
    "shrunk",
    "too_large",
    "unsigned",
)


class Finding(msgspec.Struct, frozen=True):
    """Something wrong: what, in which file (a name on the share), from which byte, and details for the text."""

    code: Code
    where: str
    offset: int | None = None
    detail: str = ""

    def text(self) -> str:
        """One line for people: what, where, and what still stands."""
        place = self.where if self.offset is None else f"{self.where}:{self.offset}"
        return t(f"sync.finding_{self.code}", where=place, detail=self.detail)


def unread(where: str, error: OSError) -> Finding:
    """The finding for a file that cannot be read: it is locked, forbidden, or still in a cloud and not coming."""
    return Finding("no_file", where, None, f" ({system_reason(error)})")


def shown(name: str) -> str:
    """A name that somebody else gave, fit for a screen: no control or bidi characters, and bounded."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name[:_SHOWN])


class Findings:
    """The findings that hold now. Each is told once, when it has held for its patience.

    Times are seconds of the `monotonic` clock. Only the thread that syncs notices and clears findings; any thread may
    iterate over those that were told.
    """

    def __init__(self, tell: Callable[[Finding], None], monotonic: Callable[[], float]) -> None:
        self._tell = tell
        self._monotonic = monotonic
        self._held: dict[tuple[str, str], dict[int | None, _Held]] = {}
        self._counts: Counter[str] = Counter()
        # When the next untold one is due at the earliest: each poll asks, and a thousand may be held.
        self._next_due = inf
        self._lock = Lock()

    def notice(self, finding: Finding, patience: float = 0.0) -> None:
        """Note that `finding` holds; tell it when it has for `patience` seconds."""
        with self._lock:
            held = self._held.get((finding.code, finding.where), {}).get(finding.offset)
            if held is None:
                if self._counts[finding.code] >= _MOST:
                    return  # those that are held say enough
                self._counts[finding.code] += 1
                held = _Held(finding, self._monotonic() + patience)
                self._held.setdefault((finding.code, finding.where), {})[finding.offset] = held
                self._next_due = min(self._next_due, held.due)
            held.finding = finding
        self._tell_if_due(held)

    def clear(self, code: Code, where: str) -> None:
        """Note that no such finding holds there any more."""
        if (code, where) in self._held:
            with self._lock:
                self._counts[code] -= len(self._held.pop((code, where)))

    def forget(self, prefix: str, leaf: str) -> None:
        """Note that nothing is wrong with what lies under that name in a directory: it is gone, or as it was read."""
        for code in _OF_WHAT_IS_THERE:
            self.clear(code, prefix + shown(leaf))

    def remind(self) -> None:
        """Tell those that have held for their patience."""
        if self._monotonic() < self._next_due:
            return
        waiting = [held for there in self._held.values() for held in there.values() if not held.told]
        for held in waiting:
            self._tell_if_due(held)
        self._next_due = min((held.due for held in waiting if not held.told), default=inf)

    def __iter__(self) -> Iterator[Finding]:
        """Those that were told and still hold."""
        with self._lock:
            return iter([held.finding for there in self._held.values() for held in there.values() if held.told])

    def _tell_if_due(self, held: "_Held") -> None:
        if not held.told and held.due <= self._monotonic():
            held.told = True
            self._tell(held.finding)


class _Held(msgspec.Struct):
    finding: Finding
    due: float
    told: bool = False
