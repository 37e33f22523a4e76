"""Erasures: which tags the supervisors had punched out of an agent's rings, and of which rings.

An erasure reaches every ring that was made without knowing of it; a ring names those it obeys. So a customer who was
erased and calls again can be recorded again, whatever the clocks say.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from agent_tui.trust.rings import NO_TAG, Ring
from shared_rules.records.lines import Line

_NAME = 32


class Erasures:
    """A union: any order and any number of repeats give the same."""

    def __init__(self) -> None:
        self._all: set[str] = set()
        self._of: dict[str, dict[str, str]] = defaultdict(dict)
        self._tags: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._since: dict[str, datetime] = {}
        self._when: dict[tuple[str, str], datetime] = {}
        self._erased: set[str] = set()

    def add(self, line: Line, body: Any, at: datetime) -> bool:
        """Take an `erase` line that counts, and its body; whether it is news.

        It is named by its record's id and what it erases, so it is the same where it is brought over under a new key.
        """
        # What names no customer is reached as that one tag is: all entries about a person, which stay.
        tags = tuple((one.agent, one.tag) for one in body.tags if one.tag != NO_TAG)
        id = sha256(repr((line.id, sorted(tags), body.team_tag)).encode()).hexdigest()[:_NAME]
        news = id not in self._all
        self._all.add(id)
        # What a second device of its author tells otherwise under its id is taken too: so the order decides nothing.
        for agent, tag in tags:
            self._of[agent][id] = tag
            self._erased.add(tag)
            self._when[agent, tag] = max(at, self._when.get((agent, tag), at))
        if number := body.team_tag or body.wrong_tag:
            for agent, tag in tags:
                self._tags[number][agent].add(tag)
        if body.team_tag:
            self._since[body.team_tag] = max(at, self._since.get(body.team_tag, at))
        return news

    def __bool__(self) -> bool:
        return bool(self._all)

    def known(self, agent: str) -> tuple[str, ...]:
        """The erasures that concern an agent: what a ring made now names."""
        return tuple(sorted(self._of.get(agent, ())))

    def of(self, agent: str) -> Collection[str]:
        """The tags that were erased at an agent's."""
        return set(self._of.get(agent, {}).values())

    @property
    def most(self) -> int:
        """How many erasures concern one agent, at the most."""
        return max(map(len, self._of.values()), default=0)

    def missed(self, agent: str, obeys: Collection[str]) -> dict[str, str]:
        """The erasures that a ring about `agent` does not obey yet: the tag of each."""
        heard = frozenset(obeys)
        return {id: tag for id, tag in self._of.get(agent, {}).items() if id not in heard}

    def punched(self, ring: Ring) -> Ring:
        """The ring without all that it does not obey yet; itself where it obeys."""
        return self._without(ring, self.missed(ring.agent, ring.obeys), None)

    def obeyed(self, ring: Ring, used: Container[str] | None) -> Ring:
        """The ring as it must be; itself where it obeys.

        `used` are the erased tags that records under it have: another costs 240 nodes, and nothing is won by it. None,
        where nobody knows for sure: it loses them all, those too that it was spared.
        """
        obeys, spared = frozenset(ring.obeys), frozenset(ring.spared)
        missed = self.missed(ring.agent, obeys - spared)
        due = {id: tag for id, tag in missed.items() if used is None or tag in used or id not in obeys}
        return self._without(ring, due, used) if due else ring

    def without(self, ring: Ring, ids: Container[str]) -> Ring:
        """The ring without those of the erasures that it was spared."""
        of = self._of.get(ring.agent, {})
        spared = {id: of[id] for id in ring.spared if id in of and id in ids}
        return self._without(ring, spared, None)

    def spares(self, ring: Ring, tag: str) -> bool:
        """Whether a ring was spared the loss of an erased tag, and opens it still."""
        of = self._of.get(ring.agent, {})
        return any(of.get(id) == tag for id in ring.spared)

    def _without(self, ring: Ring, due: Mapping[str, str], used: Container[str] | None) -> Ring:
        if not due:
            return ring
        lost = {id: tag for id, tag in due.items() if used is None or tag in used}
        ring = ring.puncture(*lost.values())
        obeys, spared = {*ring.obeys, *due}, ({*ring.spared, *due}) - lost.keys()
        return replace(ring, obeys=tuple(sorted(obeys)), spared=tuple(sorted(spared)))

    def when(self, agent: str, tag: str) -> datetime | None:
        """When the customer with that tag was last erased at an agent's; there may be newer calls."""
        return self._when.get((agent, tag))

    def since(self, team_tag: str) -> datetime | None:
        """When a number was last erased, by its tag under the team's key; None for one that never was."""
        return self._since.get(team_tag)

    def all(self) -> frozenset[str]:
        """The tags that were erased, at whichever agent's."""
        return frozenset(self._erased)

    def numbers(self) -> Mapping[str, datetime]:
        """The erased numbers, by their tags under the team's key: when each was erased last."""
        return self._since

    def names(self, tag: str) -> bool:
        """Whether a tag was erased, at whichever agent's."""
        return tag in self._erased

    def tags(self, team_tag: str) -> Mapping[str, Collection[str]]:
        """An erased number's tags under the agents' keys, by agent, as the erasures tell them; none of one that never
        was. An agent has several where a supervisor told another customer's.
        """
        return self._tags.get(team_tag, {})

    def digest(self) -> str:
        """A name for this set of erasures."""
        return sha256("\n".join(sorted(self._all)).encode()).hexdigest()
