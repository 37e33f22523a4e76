"""The team's do-not-call list as this machine knows it, and which of the numbers that agents called are on it.

Who can read a listing knows its number, and every agent's tag of it as far as the tag keys are here. Of others the
team's tag alone is known: at an agent's those of colleagues, at a supervisor's those of customers who were erased. An
erasure tells the tags of the agents there were. Of whoever came later, and of colleagues' listings, the numbers called
are looked at one by one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from datetime import datetime
from typing import Any

import msgspec

from agent_tui.book.folding.plain import own_fact
from agent_tui.book.place.place import Place
from agent_tui.store.segments import Stored
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.tags import TagKeys, TagSecret
from shared_rules.folding.contents import Listing
from shared_rules.phones import parse_phone
from shared_rules.records.kinds import BODIES, reader
from shared_rules.records.lines import Line
from shared_rules.records.parts import Customer
from shared_rules.why.derivation import Lift

NAMED = 500
"""The records that one can name, at most."""


class Listed(msgspec.Struct, frozen=True):
    """A do-not-call number: who listed or lifted it, when, by a record that tells `told`. `replaces` are the ids of
    listings dated later that a lift ends too, or of lifts dated later that do not end a listing.
    """

    at: datetime
    writer: str
    seq: int
    id: str
    by: str
    told: int
    listed: bool
    supervisor: bool
    replaces: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[datetime, str, int]:
        return self.at, self.writer, self.seq


class Numbers:
    """A union: any order of arrival and any number of repeats give the same.

    `open_customer` gives the customer sealed in a line with that body, None where it cannot be read here.
    """

    def __init__(self, place: Place, erasures: Erasures, open_customer: Callable[[Line, Any], Customer | None]) -> None:
        self._place = place
        self._erasures = erasures
        self._open_customer = open_customer
        # By the team's tag: all that was said of a number, by line; the number, and those of which it is not known.
        self._said: dict[str, dict[tuple[str, int], Listed]] = {}
        self._by_line: dict[tuple[str, int], str] = {}
        self._numbers: dict[str, str] = {}
        self._unknown: set[str] = set()
        # By the team's tag: by whom, and under which of their tags, a number was listed that could not be opened.
        self._unopened: dict[str, set[tuple[str, str]]] = defaultdict(set)
        # By agent: a line for each number called, by its tag, until it was looked at; and the tags, by the team's.
        self._lines: dict[str, dict[str, Stored]] = defaultdict(dict)
        self._tags: dict[str, dict[str, str]] = defaultdict(dict)
        self._looked: set[str] = set()
        # What gives the lines of agents' calls that are put away.
        self._put_away: list[tuple[str, Callable[[], Iterable[Stored]]]] = []
        # What follows from all that was said of a number, by the team's tag, as far as it was asked for.
        self._spans: dict[str, tuple[Listing, ...]] = {}
        # The customer sealed in the line that was looked at last: it is taken next.
        self._opened: tuple[tuple[str, int], Customer | None] | None = None
        # By agent, under that secret.
        self._keys: tuple[TagSecret | None, dict[str, TagKeys]] = (None, {})
        # Of the unknown ones that were erased: the tags that the erasure tells, by agent. Worked out when asked for.
        self._told: list[Mapping[str, Collection[str]]] | None = None

    # ---- what was said ----

    def take(self, line: Line, body: Any, said: Listed, *, own: bool) -> bool:
        """Take what a line, and its body, says of a number; whether it waits for its ring."""
        self._said.setdefault(body.team_tag, {})[line.writer, line.seq] = said
        self._by_line[line.writer, line.seq] = body.team_tag
        self._spans.pop(body.team_tag, None)
        known, self._opened = self._opened, None
        customer = known[1] if known and known[0] == (line.writer, line.seq) else self._open_customer(line, body)
        # An old file tells it of who was erased meanwhile: their number is not sealed in it.
        if customer is None or not customer.phone:
            self._unopened[body.team_tag].add((line.agent, body.phone_tag))
        # What is no number would stand in the way of the one that another listing seals.
        if own and customer and (number := parse_phone(customer.phone)):
            self._numbers[body.team_tag] = number.e164
        if (body.team_tag in self._numbers) is (body.team_tag in self._unknown):
            self._unknown ^= {body.team_tag}
            self._told = None
        erased = self._erasures.when(line.agent, body.phone_tag) is not None
        return customer is None and self._place.may_read(line.agent) and not erased

    def drop(self, writer: str, seq: int) -> set[str]:
        """Forget what a line said, which counts nothing; the number concerned (the team's tag), if there is one."""
        team_tag = self._by_line.pop((writer, seq), None)
        if team_tag is None:
            return set()
        del self._said[team_tag][writer, seq]
        self._spans.pop(team_tag, None)
        return {team_tag}

    def erased(self) -> None:
        """Note that a customer was erased: the erasure tells tags of a number that may be listed."""
        self._told = None

    def is_own(self, line: Line, body: Any) -> bool:
        """Whether the number sealed in a listing, where it can be read here, is the one whose tag stands beside it.

        Who cannot read it would have the one on the list, and who can the other.
        """
        customer = self._open_customer(line, body)
        self._opened = (line.writer, line.seq), customer
        keys = self._keys_of(line.agent) or self._place.tag_keys()
        number = parse_phone(customer.phone) if customer else None
        return number is None or keys is None or keys.team_phone(number.e164) == body.team_tag

    # ---- what was called ----

    def asks(self, agent: str) -> bool:
        """Whether the numbers that an agent calls are looked at here: on the agent's own machine, and on a supervisor's
        where a listed number was erased before the agent was there.
        """
        me = self._place.me
        if me is None or me.role == "agent":
            return me is not None and me.person == agent
        if self._told is None:
            self._told = [self._erasures.tags(team_tag) for team_tag in self._unknown if self._is_lost(team_tag)]
        return any(agent not in told for told in self._told)

    def _is_lost(self, team_tag: str) -> bool:
        """Whether a number was erased where it was listed. No supervisor's machine looks then at what was called by who
        is named in the erasure, so no other does: an erasure that is false has all machines count alike.
        """
        return any(self._erasures.when(agent, tag) for agent, tag in self._unopened[team_tag])

    def note(self, agent: str, tag: str | None, stored: Stored) -> None:
        """Keep a line from which this machine can tell the number called; see `asks`."""
        # Of a customer who was erased the last: it may have been written since, and opens.
        if tag and tag not in self._looked and (tag not in self._lines[agent] or self._erasures.when(agent, tag)):
            self._lines[agent][tag] = stored

    def note_later(self, agent: str, lines: Callable[[], Iterable[Stored]]) -> bool:
        """Keep what gives the lines of an agent's calls, to be noted when a number is looked for; False if one is."""
        if not self._unknown:
            self._put_away.append((agent, lines))
        return not self._unknown

    def look(self) -> set[str]:
        """Learn the team's tags of the numbers called; those of which something was said."""
        keys = self._place.tag_keys() if self._unknown else None
        if keys is None:
            return set()
        while self._put_away:
            agent, put_away = self._put_away[-1]
            for stored in put_away():
                fact = own_fact(stored.line, agent)
                if fact is not None and fact.kind != "void":
                    self.note(agent, fact.tag, stored)
            self._put_away.pop()
        listed = set()
        for agent, lines in self._lines.items():
            for tag, stored in list(lines.items()):
                customer = self._open_customer(stored.line, reader(BODIES[stored.line.kind])(stored.line.body))
                number = parse_phone(customer.phone) if customer else None
                if number:
                    del lines[tag]
                    self._looked.add(tag)
                    team_tag = keys.team_phone(number.e164)
                    self._tags[agent][team_tag] = tag
                    if team_tag in self._said:
                        listed.add(team_tag)
        return listed

    # ---- what follows ----

    def listings(self, team_tag: str) -> list[Listed]:
        """Who put a number on the list since it was last lifted, the first first."""
        said = self._said.get(team_tag, {}).values()
        ended = {id for one in said if not one.listed for id in one.replaces}
        found: list[Listed] = []
        for one in sorted(said, key=lambda one: one.order):
            if not one.listed:
                found = [each for each in found if one.id in each.replaces]
            elif one.id not in ended:
                found.append(one)
        return found

    def lifted_after(self, team_tag: str, now: datetime) -> tuple[str, ...]:
        """The ids of the last lifts of a number that are dated later than now: as many as one record can name."""
        said = sorted(self._said.get(team_tag, {}).values(), key=lambda one: one.order)
        return tuple(one.id for one in said if not one.listed and one.at >= now)[-NAMED:]

    def lifts(self, told: Set[int]) -> list[Lift]:
        """What took numbers off the list, of the listings that tell one of those; the first first."""
        found: list[tuple[Listed, set[int]]] = []
        for said in self._said.values() if told else ():
            waiting: set[int] = set()
            for one in sorted(said.values(), key=lambda one: one.order):
                if one.listed:
                    waiting |= {one.told} & told
                    continue
                later = {each.told for each in said.values() if each.listed and each.id in one.replaces} & told
                if waiting | later:
                    found.append((one, waiting | later))
                    waiting = set()
        found.sort(key=lambda each: each[0].order)
        return [Lift(one.id, one.by, one.at, frozenset(listings)) for one, listings in found]

    def of(self, agent: str, numbers: Iterable[str] | None = None) -> Mapping[str, tuple[Listing, ...]]:
        """By the agent's tags known here, the listings of those numbers (by the team's tags) that count no more for an
        agent, of all if none are given; none for one that was lifted.
        """
        me = self._place.me
        own = me is not None and me.person == agent
        keys = self._keys_of(agent) or (self._place.tag_keys() if own else None)
        found: dict[str, tuple[Listing, ...]] = {}
        for team_tag in self._said if numbers is None else numbers:
            number = self._numbers.get(team_tag)
            known = keys.phone(number) if keys and number else None
            spans = self._spans_of(team_tag)
            tags = {*self._erasures.tags(team_tag).get(agent, ()), known}
            if not (tags - {known} and self._is_lost(team_tag)):
                tags.add(self._tags.get(agent, {}).get(team_tag))
            found |= dict.fromkeys((tag for tag in tags if tag), spans)
        return found

    def _spans_of(self, team_tag: str) -> tuple[Listing, ...]:
        """The same for all agents, of whom there may be hundreds."""
        if team_tag not in self._spans:
            self._spans[team_tag] = tuple(
                Listing(one.at, one.told, (one.writer, one.seq), one.supervisor) for one in self.listings(team_tag)
            )
        return self._spans[team_tag]

    def _keys_of(self, agent: str) -> TagKeys | None:
        """An agent's tag keys on a supervisor's machine."""
        secret = self._place.tag_secret()
        if secret is None:
            return None
        if self._keys[0] is not secret:
            self._keys = secret, {}
        if agent not in self._keys[1]:
            self._keys[1][agent] = secret.for_agent(agent)
        return self._keys[1][agent]
