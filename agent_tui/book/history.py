"""Where the own calls with a number are, and which of them promised another: the index that older days leave behind.

A year of calls is too much to keep folded. The index names the segments a number occurs in; when a customer is asked
for, those few are folded, and the fold tells what stands. Of 300,000 calls it takes some 20 MB.
"""

from datetime import datetime
from typing import Any


class History:
    """Fed with each own line once or more often, in any order."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._places: dict[str, int] = {}
        # By number: the segments by their place in the list of names, and the ids of the calls that are folded.
        self._segments: dict[str, tuple[int, ...]] = {}
        self._calls: dict[str, set[str]] = {}
        # The start of the last call in microseconds, doubled; odd where it promised another.
        self._latest: dict[str, int] = {}
        self._unsure: set[str] = set()

    def note(self, kind: str, id: str, segment: str, body: Any, *, folded: bool) -> None:
        """Take a line of kind call, correction or void, with its clear body (a struct); whether it is folded too."""
        if kind == "void":
            if body.phone_tag:
                self._unsure.add(body.phone_tag)
            return
        if kind == "correction":
            self._unsure.add(body.call.phone_tag or "")
            id, body = body.about.id, body.call
        tag = body.phone_tag
        if tag is None:
            return
        if folded:
            self._calls.setdefault(tag, set()).add(id)
        place = self._places.get(segment)
        if place is None:
            place = self._places[segment] = len(self._names)
            self._names.append(segment)
        known = self._segments.get(tag, ())
        if place not in known:
            self._segments[tag] = (*known, place)
        latest = 2 * _microseconds(body.started_at) + (body.follow_up is not None)
        self._latest[tag] = max(latest, self._latest.get(tag, latest))

    def segments(self, tag: str) -> set[str]:
        """The segments that tell of calls with a number."""
        return {self._names[place] for place in self._segments.get(tag, ())}

    def calls(self, tag: str) -> set[str]:
        """The ids of the calls with a number; all of them once its segments are folded."""
        return self._calls.get(tag, set())

    def promised(self) -> list[str]:
        """The numbers whose last call may have promised another."""
        sure = {tag for tag, latest in self._latest.items() if latest % 2}
        return sorted(sure | self._unsure & self._latest.keys())


def _microseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1_000_000)
