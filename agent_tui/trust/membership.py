"""Who belongs to the team, by the owner's roster and the supervisors' `member` records together.

All that arrives is kept, and judged anew when something else arrives, so that neither order nor repetition matters.
There are three steps of trust: the owner's key signs the roster; `member` records of supervisors in the roster bind the
devices of agents; a device's key signs its lines.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from agent_tui.trust.documents import Join, Roster, Supervisor, Team, Twin
from agent_tui.trust.errors import from_text
from agent_tui.trust.keyfiles import Reader
from agent_tui.trust.keys import OWNER, writer_of
from agent_tui.trust.people import Binding, Person, goes_on, person_of
from shared_rules.records.kinds import End
from shared_rules.records.lines import Line


class Report(msgspec.Struct, frozen=True):
    """Something that cannot come about if everybody is honest and no disk was copied.

    `roster_forked`: there are two signed rosters of one `number`, and no later one with all that both say.
    `roster_left_out`: the roster in force does not have the device `writer`, or its end, as the lower one of `number`
    does. It was made by who had not seen that one, as where a folder went back.
    `roster_behind`: a signature of `writer` names a roster `number` higher than any seen here.
    `retold`: two devices of a supervisor wrote different `member` records with one id; that of `writer` does not count.
    `cloned`: the key of `writer`, which has no end, lives twice; `number` is the last seq that both copies have.
    """

    code: Literal["roster_forked", "roster_left_out", "roster_behind", "cloned", "retold"]
    number: int
    writer: str = ""


class _Record(msgspec.Struct, frozen=True):
    """A `member` line. Of records that do not replace each other the one with the greater `order` holds; of records
    with one id the one with the lower `first`.
    """

    id: str
    by: str
    seq: int
    about: str
    public: bytes
    body: Any
    order: tuple[datetime, str, int, str, bytes]

    @property
    def first(self) -> tuple[str, int, tuple[datetime, str, int, str, bytes]]:
        return self.by, self.seq, self.order


class Membership:
    """The members of one team, from whatever was seen so far."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self._rosters: dict[int, dict[str, Roster]] = {}
        self._about: dict[str, set[_Record]] = defaultdict(set)
        self._repeats: dict[str, set[_Record]] = defaultdict(set)
        self._requests: dict[str, Join] = {}
        self._named: dict[str, int] = {}
        self.ignored: frozenset[str] = frozenset()
        """The devices whose requests are not shown on this machine."""
        # Worked out on demand, and cleared when something arrives that may change it.
        self._supervisors: dict[str, Supervisor] = {}
        self._bindings: dict[str, Binding | None] = {}
        self._all: tuple[Binding, ...] | None = None
        self._people: dict[str, Person] | None = None

    # ---- what arrives ----

    def add_roster(self, roster: Roster) -> bool:
        """Take a roster from `parse_roster`. Whether members may have changed by it."""
        text = repr(roster)
        known = self._rosters.setdefault(roster.number, {})
        if text in known:
            return False
        known[text] = roster
        if roster.number < self.roster_number:
            return False
        held = self.roster
        self._supervisors = {one.writer: one for one in held.supervisors} if held else {}
        self._bindings.clear()
        self._all = self._people = None
        return True

    def add_member(self, line: Line, body: Any) -> bool:
        """Take a `member` line that a valid signature covers, and its body. Whether members may have changed by it.

        Its writer need not be known yet: the line counts once the writer turns out to be a supervisor who may write it.
        """
        record = _record(line, body)
        if record is None or record in self._about[record.about]:
            return False
        self._about[record.about].add(record)
        repeats = self._repeats[record.id]
        repeats.add(record)
        for touched in repeats:
            self._bindings.pop(touched.about, None)
        self._all = self._people = None
        return True

    def add_request(self, request: Join) -> bool:
        """Take a request from `parse_join`. Whether it is news; of two by one device the later holds.

        A machine goes by the first that it reads, and gives no second: see `SessionHost.take_document`.
        """
        known = self._requests.get(request.writer)
        if known is not None and _later(known) >= _later(request):
            return False
        self._requests[request.writer] = request
        return True

    def named_roster(self, writer: str, number: int) -> None:
        """Note that a valid signature of `writer` names `number` as the highest roster known there."""
        self._named[writer] = max(number, self._named.get(writer, 0))

    # ---- what follows ----

    @property
    def roster(self) -> Roster | None:
        """The roster in force, that of the highest number. Of two with one number every machine takes the same."""
        if not self._rosters:
            return None
        forks = self._rosters[max(self._rosters)]
        return forks[min(forks)]

    def rosters(self) -> tuple[Roster, ...]:
        """All rosters seen, the one in force first. If two have the highest number, that is a fork."""
        return tuple(
            forks[text] for number, forks in sorted(self._rosters.items(), reverse=True) for text in sorted(forks)
        )

    @property
    def roster_number(self) -> int:
        """The highest roster number seen, 0 for none."""
        return max(self._rosters, default=0)

    @property
    def alone(self) -> bool:
        """Whether one person is the whole team, supervisor and agent."""
        return self.team.alone

    def binding(self, writer: str) -> Binding | None:
        """Whom a device speaks for, also after its end; None while nobody entitled has said so."""
        if writer not in self._bindings:
            one = self._supervisors.get(writer)
            self._bindings[writer] = self._bound_by_records(writer) if one is None else _of_supervisor(one)
        return self._bindings[writer]

    def public(self, writer: str) -> bytes | None:
        """The key that verifies what `writer` signs; None while it is not bound."""
        binding = self.binding(writer)
        return binding.public if binding else None

    def counts(self, writer: str, seq: int, line: str = "") -> Literal["unbound", "ended", "branch"] | None:
        """Why the line `seq` of `writer` does not count; None if it does. `line` is its SHA-256 in hex, if known.

        `branch`: it has the seq of the line that the writer's end names, and is another line.
        """
        binding = self.binding(writer)
        if binding is None:
            return "unbound"
        if binding.end is None or seq < binding.end.seq:
            return None
        if seq > binding.end.seq:
            return "ended"
        return "branch" if line and binding.end.line and line != binding.end.line else None

    def bindings(self) -> tuple[Binding, ...]:
        """All devices that are or were bound, by writer."""
        if self._all is None:
            found = (self.binding(writer) for writer in sorted(self._supervisors.keys() | self._about.keys()))
            self._all = tuple(binding for binding in found if binding)
        return self._all

    def records_about(self, writer: str) -> tuple[str, ...]:
        """The ids of the `member` records about a device that count, which a new one must replace."""
        return tuple(sorted(record.id for record in self._about.get(writer, ()) if self._stands(record)))

    def people(self) -> tuple[Person, ...]:
        """Everybody who is or was in the team, in the order of ids; supervisors too."""
        return tuple(self._by_id().values())

    def person(self, id: str) -> Person | None:
        """The person of that id. A look-up: the board asks for everybody at each refresh."""
        return self._by_id().get(id)

    def _by_id(self) -> dict[str, Person]:
        if self._people is None:
            devices: dict[str, list[Binding]] = defaultdict(list)
            for binding in self.bindings():
                devices[binding.person].append(binding)
            self._people = {id: person_of(devices[id]) for id in sorted(devices)}
        return self._people

    def is_agent(self, person: Person) -> bool:
        """Whether a person has a quota and is paid. Supervisors may call too, but are agents only in a team of one."""
        return person.role == "agent" or self.alone

    def asking(self) -> tuple[Join, ...]:
        """The requests of devices that nobody has bound, the oldest first."""
        requests = (one for one in self._requests.values() if self.binding(one.writer) is None)
        return tuple(sorted(requests, key=lambda one: (one.at, one.writer)))

    def waiting(self) -> tuple[Join, ...]:
        """The same without those in `ignored`."""
        return tuple(one for one in self.asking() if one.writer not in self.ignored)

    def waits(self, writer: str) -> bool:
        """Whether a device is one of those. Constant time: whoever can write to the share may ask by the thousand."""
        return writer in self._requests and writer not in self.ignored and self.binding(writer) is None

    def request(self, writer: str) -> Join | None:
        """The request of a device, answered or not."""
        return self._requests.get(writer)

    def twins(self, public: bytes) -> tuple[Twin, ...]:
        """The statements, in requests of other devices and signed with the key `public`, that this key lives twice."""
        found = (request.twin for request in self._requests.values())
        return tuple(twin for twin in found if twin and twin.public == public)

    def lived_twice(self) -> frozenset[str]:
        """The writers of which a request says, signed with their key, that it lives twice."""
        return frozenset(request.twin.writer for request in self._requests.values() if request.twin)

    def parted(self) -> dict[str, int]:
        """The bound writers whose key lives twice, or did before its end, with the last seq that all copies have."""
        lowest: dict[str, int] = {}
        for twin in (request.twin for request in self._requests.values()):
            binding = self.binding(twin.writer) if twin else None
            if twin and binding and binding.public == twin.public:
                lowest[twin.writer] = min(twin.seq, lowest.get(twin.writer, twin.seq))
        return lowest

    def readers(self, agent: str, day: date | None = None) -> tuple[Reader, ...]:
        """Who may read a new ring about `agent`: the agent's devices, the supervisors' and the owner's key, without
        devices that have an end and those of people who left before `day`.
        """
        found = [
            (binding.writer, binding.public)
            for binding in self.bindings()
            if (binding.person == agent or binding.role == "supervisor") and goes_on(binding, day)
        ]
        return (*found, (OWNER, self.team.owner))

    def may_hand_on(self, source: str, ring_writer: str) -> bool:
        """Whether a ring of `ring_writer` may come from the key files of `source`: from its own or a supervisor's."""
        return source == ring_writer or source in self._supervisors

    def reports(self) -> tuple[Report, ...]:
        """What is wrong with the team by all that was seen so far (see `Report`)."""
        forked = [Report("roster_forked", number) for number in sorted(self._rosters) if self._is_forked(number)]
        behind = [
            Report("roster_behind", number, writer)
            for writer, number in sorted(self._named.items())
            if number > self.roster_number and self.binding(writer)
        ]
        going_on = {binding.writer for binding in self.bindings() if binding.end is None}
        cloned = [Report("cloned", seq, writer) for writer, seq in sorted(self.parted().items()) if writer in going_on]
        left_out = [Report("roster_left_out", number, writer) for writer, number in sorted(self._left_out().items())]
        retold = [Report("retold", 0, writer) for writer in sorted(self._retold())]
        return (*forked, *left_out, *behind, *cloned, *retold)

    def _retold(self) -> set[str]:
        """The devices that wrote a `member` record which does not count, as its author's other device wrote another."""
        found: set[str] = set()
        for repeats in self._repeats.values():
            standing = {author: one for one in repeats if (author := self._author(one)) and self._stands(one)}
            for one in repeats:
                first = standing.get(self._author(one) or "")
                if first and (first.order[0], first.body) != (one.order[0], one.body):
                    found.add(one.by)
        return found

    def _is_forked(self, number: int) -> bool:
        """Whether there are two rosters of a number, and none with a higher number that has all that both say. Two
        machines may have the owner's key, and each let somebody in before it heard of the other.
        """
        forks = self._rosters[number]
        if len(forks) < 2:
            return False
        if number == self.roster_number:
            return True
        return any(self._leaves_out(one) for roster in forks.values() for one in roster.supervisors)

    def _left_out(self) -> dict[str, int]:
        """The devices of which the roster in force does not have all, with the last number of a roster that does."""
        numbers = (number for number in sorted(self._rosters) if not self._is_forked(number))
        rosters = ((number, roster) for number in numbers for roster in self._rosters[number].values())
        return {one.writer: number for number, roster in rosters for one in roster.supervisors if self._leaves_out(one)}

    def _leaves_out(self, one: Supervisor) -> bool:
        """Whether the roster in force does not have that device, or its end. A roster has all of the one before it."""
        holds = self._supervisors.get(one.writer)
        return holds is None or (one.end is not None and holds.end is None)

    # ---- how records bind ----

    def _bound_by_records(self, writer: str) -> Binding | None:
        standing = [record for record in self._about.get(writer, ()) if self._stands(record)]
        replaced = {id for record in standing for id in record.body.replaces if id != record.id}
        # If records replace each other in a circle none is left, and then time decides among all of them.
        left = [record for record in standing if record.id not in replaced] or standing
        if not left:
            return None
        first = min(standing, key=lambda record: record.order)
        return _of_record(max(left, key=lambda record: record.order), first.order[:3])

    def _stands(self, record: _Record) -> bool:
        """Whether a record counts: its writer may bind devices, and its author has no earlier line with that id."""
        author = self._author(record)
        return author is not None and all(
            other.first >= record.first or self._author(other) != author for other in self._repeats[record.id]
        )

    def _author(self, record: _Record) -> str | None:
        one = self._supervisors.get(record.by)
        return one.id if one and (one.end is None or record.seq <= one.end.seq) else None


def _record(line: Line, body: Any) -> _Record | None:
    """What a `member` line says; None if it cannot count, as its key is not the writer's or its time is invalid."""
    try:
        at = datetime.fromisoformat(line.at)
        public = from_text(body.public)
    except ValueError:
        return None
    if at.tzinfo is None or writer_of(public) != body.writer:
        return None
    order = (at, line.writer, line.seq, line.id, msgspec.json.encode(body))
    return _Record(line.id, line.writer, line.seq, body.writer, public, body, order)


def _later(request: Join) -> tuple[datetime, str]:
    return request.at, repr(request)


def _of_supervisor(one: Supervisor) -> Binding:
    return Binding(one.writer, one.public, one.id, one.name, "supervisor", one.hired, one.joined, one.left, one.end)


def _of_record(record: _Record, approved: tuple[datetime, str, int]) -> Binding:
    body = record.body
    end = None if body.end is None else End(seq=body.end.seq, line=body.end.line)
    return Binding(
        body.writer,
        record.public,
        body.person,
        body.name,
        "agent",
        body.hired,
        body.joined,
        body.left,
        end,
        body.tag_keys,
        approved,
    )
