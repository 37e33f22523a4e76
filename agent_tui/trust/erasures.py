"""Erasures: which tags supervisors had punched out of agents' rings, and which rings still have to lose them.

An erasure concerns every ring that was made without knowing of it; a ring names those that it obeys. So a customer who
was erased and calls again can be recorded again, whatever the clocks say.
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
        """Take an `erase` line that counts, with its body; whether it is news.

        An erasure is named by its record's id and what it erases, so that it keeps its name if the record is brought
        over under a new key.
        """
        # NO_TAG is never erased: under it lie all records about a person that name no customer, and those stay.
        tags = tuple((one.agent, one.tag) for one in body.tags if one.tag != NO_TAG)
        id = sha256(repr((line.id, sorted(tags), body.team_tag)).encode()).hexdigest()[:_NAME]
        news = id not in self._all
        self._all.add(id)
        # A second device of the author may erase something else under the same id: both are taken, in any order.
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
        """The names of the erasures that concern an agent, which a ring made now obeys."""
        return tuple(sorted(self._of.get(agent, ())))

    def of(self, agent: str) -> Collection[str]:
        """The tags that were erased under an agent's keys."""
        return set(self._of.get(agent, {}).values())

    @property
    def most(self) -> int:
        """The highest number of erasures that concern one agent."""
        return max(map(len, self._of.values()), default=0)

    def missed(self, agent: str, obeys: Collection[str]) -> dict[str, str]:
        """The tags of the erasures that a ring about `agent` does not obey yet, by the erasure's name."""
        heard = frozenset(obeys)
        return {id: tag for id, tag in self._of.get(agent, {}).items() if id not in heard}

    def punched(self, ring: Ring) -> Ring:
        """The ring without the tags of the erasures that it does not obey yet; the same ring if there are none."""
        return self._without(ring, self.missed(ring.agent, ring.obeys), None)

    def obeyed(self, ring: Ring, used: Container[str] | None) -> Ring:
        """The ring as it must be after all erasures; the same ring if it is so already.

        `used` are the erased tags that records under it have. It is spared the others, as each would cost it 240 nodes
        and protect nothing. None if nobody knows which are used: then it loses all, also those that it was spared.
        """
        obeys, spared = frozenset(ring.obeys), frozenset(ring.spared)
        missed = self.missed(ring.agent, obeys - spared)
        due = {id: tag for id, tag in missed.items() if used is None or tag in used or id not in obeys}
        return self._without(ring, due, used) if due else ring

    def without(self, ring: Ring, ids: Container[str]) -> Ring:
        """The ring without the tags of those of the erasures `ids` that it was spared."""
        of = self._of.get(ring.agent, {})
        spared = {id: of[id] for id in ring.spared if id in of and id in ids}
        return self._without(ring, spared, None)

    def spares(self, ring: Ring, tag: str) -> bool:
        """Whether a ring was spared the loss of an erased tag, and so still opens records with it."""
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
        """When the customer with that tag under an agent's keys was last erased; there may be newer calls."""
        return self._when.get((agent, tag))

    def since(self, team_tag: str) -> datetime | None:
        """When a number was last erased, by its tag under the team's key; None if it never was."""
        return self._since.get(team_tag)

    def all(self) -> frozenset[str]:
        """The tags that were erased, under any agent's keys."""
        return frozenset(self._erased)

    def numbers(self) -> Mapping[str, datetime]:
        """When each erased number was last erased, by its tag under the team's key."""
        return self._since

    def names(self, tag: str) -> bool:
        """Whether a tag was erased, under any agent's keys."""
        return tag in self._erased

    def tags(self, team_tag: str) -> Mapping[str, Collection[str]]:
        """The tags of an erased number under the agents' keys, by agent, as the erasures have them; empty if it was
        never erased. An agent has several if a supervisor's erasure named another customer's tag.
        """
        return self._tags.get(team_tag, {})

    def digest(self) -> str:
        """A digest of all erasures taken so far."""
        return sha256("\n".join(sorted(self._all)).encode()).hexdigest()
