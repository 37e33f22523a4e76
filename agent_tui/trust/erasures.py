"""Erasures: which tags the supervisors had punched out of an agent's rings, and of which rings.

An erasure reaches every ring that was made without knowing of it; a ring names the ones its maker knew. So a customer
who was erased and calls again can be recorded again, whatever the clocks say.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from agent_tui.trust.rings import Ring
from shared_rules.lines import Line


class Erasures:
    """A union: any order and any number of repeats give the same."""

    def __init__(self) -> None:
        self._all: set[str] = set()
        self._of: dict[str, dict[str, str]] = defaultdict(dict)
        self._tags: dict[str, dict[str, str]] = defaultdict(dict)
        self._since: dict[str, datetime] = {}

    def add(self, line: Line, body: Any, at: datetime) -> bool:
        """Take an `erase` line that counts, and its body; whether it is news. It is named by its writer and seq."""
        id = f"{line.writer}-{line.seq}"
        if id in self._all:
            return False
        tags = tuple((one.agent, one.tag) for one in body.tags)
        self._all.add(id)
        for agent, tag in tags:
            self._of[agent][id] = tag
        if body.team_tag:
            self._tags[body.team_tag].update(tags)
            self._since[body.team_tag] = max(at, self._since.get(body.team_tag, at))
        return True

    def __bool__(self) -> bool:
        return bool(self._all)

    def known(self, agent: str) -> tuple[str, ...]:
        """The erasures that concern an agent: what a ring made now names."""
        return tuple(sorted(self._of.get(agent, ())))

    def open(self, agent: str, after: tuple[str, ...]) -> frozenset[str]:
        """The tags that a ring about `agent`, made when those erasures were known, must not have."""
        return frozenset(tag for id, tag in self._of.get(agent, {}).items() if id not in after)

    def concern(self, ring: Ring) -> bool:
        """Whether a ring still has a tag that it must not have."""
        return any(ring.has(tag) for tag in self.open(ring.agent, ring.after))

    def punched(self, ring: Ring) -> Ring:
        """The ring as it must be; itself where nothing concerns it."""
        for tag in sorted(self.open(ring.agent, ring.after)):
            ring = ring.puncture(tag)
        return ring

    def erased(self, agent: str, tag: str) -> bool:
        """Whether the customer with that tag was erased at an agent's; there may be newer calls."""
        return tag in self._of.get(agent, {}).values()

    def since(self, team_tag: str) -> datetime | None:
        """When a number was last erased, by its tag under the team's key; None for one that never was."""
        return self._since.get(team_tag)

    def listings(self) -> Iterable[tuple[str, dict[str, str]]]:
        """Each erased number's tag under the team's key, and those under the agents', by agent."""
        return self._tags.items()

    def digest(self) -> str:
        """A name for this set of erasures."""
        return sha256("\n".join(sorted(self._all)).encode()).hexdigest()
