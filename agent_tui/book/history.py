"""Where the own calls with a number are, and which of them promised another: the index that older days leave behind.

A year of calls is too much to keep folded. The index names the segments a number occurs in; when a customer is asked
for, those few are folded, and the fold tells what stands.
"""

from datetime import datetime
from typing import Any


class History:
    """Fed with each own line once or more often, in any order."""

    def __init__(self) -> None:
        self._calls: dict[str, dict[str, str]] = {}
        self._latest: dict[str, tuple[datetime, str, bool]] = {}
        self._unsure: set[str] = set()

    def note(self, kind: str, id: str, segment: str, body: Any) -> None:
        """Take a line of kind call, correction or void, with its clear body (a struct)."""
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
        self._calls.setdefault(tag, {})[id] = segment
        latest = (body.started_at, id, body.follow_up is not None)
        if tag not in self._latest or self._latest[tag] < latest:
            self._latest[tag] = latest

    def calls(self, tag: str) -> dict[str, str]:
        """The calls with a number: record id to the segment it is in."""
        return self._calls.get(tag, {})

    def promised(self) -> list[str]:
        """The numbers whose last call may have promised another."""
        sure = {tag for tag, (_, _, promised) in self._latest.items() if promised}
        return sorted(sure | self._unsure & self._latest.keys())
