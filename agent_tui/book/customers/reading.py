"""From lines to customers: calls and leads one by one as they come; a customer whose order matters is read whole."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from threading import RLock
from typing import Any

import msgspec

from agent_tui.book.customers.early import Early
from agent_tui.book.customers.rows import TOLD, CallSeen, LeadSeen, in_segment, seconds, whole, with_call, with_lead
from agent_tui.book.customers.table import CustomerTable, Key, Known
from agent_tui.book.folding.plain import call_body, fact_of
from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from agent_tui.trust.errors import TrustError
from shared_rules.folding.facts import Fact, standing
from shared_rules.records.kinds import BODIES, reader
from shared_rules.records.lines import Line
from shared_rules.records.parts import path_of, tag_of

_DAY = timedelta(days=1)
_AMENDING = ("correction", "void")
_IDS = re.compile(rb'"id":"([^"]*)"')
_UNDOING = ("handover", "withdrawal", "refusal")


class _Told(msgspec.Struct):
    """What the lines about one customer say, before it is decided which of them stand."""

    calls: dict[tuple[str, str], tuple[Fact, Stored]] = msgspec.field(default_factory=dict)
    leads: dict[tuple[str, str], Stored] = msgspec.field(default_factory=dict)
    handovers: dict[tuple[str, str], int] = msgspec.field(default_factory=dict)
    withdrawn: set[tuple[str, str]] = msgspec.field(default_factory=set)
    segments: set[int] = msgspec.field(default_factory=set)


class CustomerReader:
    """Fills a table. For one thread; it takes the book's lock for moments. `only` is whose customers count, or None."""

    def __init__(self, session: Session, lock: RLock, table: CustomerTable, only: str | None) -> None:
        self.session = session
        self._lock = lock
        self.table = table
        self.only = only
        self.names: list[str] = []
        self.aliases: dict[tuple[str, str], tuple[str, str, str, int]] = {}
        """By author and id: tag, company, other spelling, seconds of writing."""
        self.waiting: set[str] = set()
        self.early = Early()
        self.erased = False
        """Whether a customer was removed since this was last set back."""
        self.respelled = False
        """Whether companies are shown by other names since this was last set back."""
        self._numbers: dict[str, int] = {}
        self._unsure: dict[Key, set[int]] = defaultdict(set)
        # By agent: the ids of calls that were corrected, each with its day.
        self._corrected: dict[str, dict[str, date]] = defaultdict(dict)
        self._spoke: dict[str, bool] = {}

    def know(self, names: Iterable[str]) -> None:
        """Take over the numbering of segments from an earlier run."""
        self.names = list(names)
        self._numbers = {name: number for number, name in enumerate(self.names)}

    @property
    def unsure(self) -> bool:
        """Whether some customers must be read whole, by `settle`."""
        return bool(self._unsure or self._corrected)

    # ---- line by line ----

    def take(self, stored: Stored) -> None:
        """Take in one line, if it says something about a customer."""
        line = stored.line
        model = BODIES.get(line.kind)
        if model is None or (self.only is not None and line.agent != self.only and line.kind != "erase"):
            return
        if not self._counts(stored):
            return
        body = reader(model)(line.body)
        tag = tag_of(body)
        if line.kind == "erase":
            self._erase(line, body)
        elif line.kind == "alias":
            self._alias(stored, body)
        elif line.kind in _AMENDING:
            self._amendment(stored, body, tag)
        elif tag is None:
            return
        elif line.kind == "call":
            self._call(stored, body, tag)
        elif line.kind == "lead":
            self._lead(stored, tag)
        elif line.kind in _UNDOING:
            key, number = (line.agent, tag), self._number(stored.segment)
            self._unsure[key].add(number)
            self.early.undoes(key, number)
        elif known := self.table.get((line.agent, tag)):
            self._put(known, in_segment(known, self._number(stored.segment)))
        else:
            self.early.tells((line.agent, tag), self._number(stored.segment))

    def _amendment(self, stored: Stored, body: Any, tag: str | None) -> None:
        agent, id = stored.line.agent, body.about.id
        self.early.amends(id, tag or "", self._number(stored.segment))
        self._doubt(agent, id)
        if stored.line.kind == "correction":
            self._corrected[agent][id] = body.about.day

    def _doubt(self, agent: str, id: str, tag: str | None = None, number: int | None = None) -> None:
        """Whoever a call was ever with is unclear when it changes: a change says its own number, not the one before."""
        amended = self.early.amended[id]
        numbers = set[int]().union(*amended.values(), () if number is None else (number,))
        for one in filter(None, {tag, *amended}):
            self._unsure[agent, one] |= numbers

    def _call(self, stored: Stored, body: Any, tag: str) -> None:
        key, number = (stored.line.agent, tag), self._number(stored.segment)
        if stored.line.id in self.early.amended:
            self._doubt(stored.line.agent, stored.line.id, tag, number)
            return
        known = self.table.get(key)
        if known is not None and seconds(body.started_at) < known.last:
            self._unsure[key].add(number)
            return
        customer = None
        if known is None or not TOLD.isdisjoint(set(body.filled) - {"phone"}):
            customer = self._open(stored, body)
            if customer is None:
                return
        before = known or Known(*key, "")
        after = in_segment(with_call(before, CallSeen(body, customer, self._spoken(body))), number)
        if after.phone:
            self._put(before, after)

    def _lead(self, stored: Stored, tag: str) -> None:
        lead = self._lead_seen(stored)
        if lead is None:
            return
        key, number = (stored.line.agent, tag), self._number(stored.segment)
        if undone := self.early.undone.get(key):
            self._unsure[key] |= {number, *undone}
            return
        known = self.table.get(key) or Known(*key, "")
        after = in_segment(with_lead(known, lead), number)
        if after.phone:
            self._put(known, after)

    def _put(self, before: Known, after: Known) -> None:
        for number in self.early.take(after.key):
            after = in_segment(after, number)
        if after is not before:
            self.table.put(after)

    def _find_corrected(self) -> None:
        """A corrected call may have had another number before: then that customer changes too.

        All of an agent's calls at once, however many were corrected: each segment is looked through once.
        """
        for agent, wanted in self._corrected.items():
            for held in self._of_agent(agent, min(wanted.values()) - _DAY):
                data = self.session.place.home.read(held.path) or b""
                if wanted.keys().isdisjoint(text.decode("utf-8", "replace") for text in _IDS.findall(data)):
                    continue
                for found in self.session.segments.read(held):
                    call = call_body(found.line) if found.line.kind == "call" and found.line.id in wanted else None
                    if call is not None:
                        self._doubt(agent, found.line.id, call.phone_tag, self._number(held.name))
        self._corrected.clear()

    def _of_agent(self, agent: str, since: date) -> list[Held]:
        """An agent's segments of a day and later ones."""
        membership = self.session.place.membership
        with self._lock:
            held = ((one, membership.binding(one.writer)) for one in self.session.segments.held(since))
            return [one for one, binding in held if binding is not None and binding.person == agent]

    def _erase(self, line: Line, body: Any) -> None:
        at = seconds(datetime.fromisoformat(line.at))
        for one in body.tags:
            key = one.agent, one.tag
            known = self.table.get(key)
            if known is None:
                continue
            self.erased = self.table.remove(key) or self.erased
            if max(known.last, known.lead_at) > at:
                # Called again since: what was told before is gone, what is told since stays.
                self._unsure[key] |= set(known.segments)
        tags = {one.tag for one in body.tags}
        for alias in [alias for alias, kept in self.aliases.items() if kept[0] in tags and kept[3] <= at]:
            del self.aliases[alias]
            self.erased = self.respelled = True

    def _alias(self, stored: Stored, body: Any) -> None:
        secret = self._open(stored, body)
        author = self._author(stored.line)
        if secret is not None:
            at = seconds(datetime.fromisoformat(stored.line.at))
            self.aliases[author, stored.line.id] = (body.phone_tag or "", secret.company, secret.other, at)
            self.respelled = True

    # ---- a customer whole ----

    def find(self, keys: Iterable[Key]) -> list[Known]:
        """Those customers that occur in any record here, read whole, regardless of what was read before."""
        wanted = dict.fromkeys(keys)
        everybodys = [tag for _, tag in wanted]
        own: dict[str, list[str]] = defaultdict(list)
        for agent, tag in wanted:
            own[agent].append(tag)
        with self._lock:
            # Of an agent's customers the agent and supervisors alone write.
            tags = {
                one.writer: everybodys if self._supervises(one.person) else own[one.person]
                for one in self.session.place.membership.bindings()
            }
            held = list(self.session.marks.having(self.session.segments.held(), tags))
        for one in held:
            there = self.session.segments.tags(one)
            for key in wanted:
                if key[1] in there:
                    self._unsure[key].add(self._number(one.name))
        # What took a call to another number says that one alone.
        calls: dict[str, set[str]] = defaultdict(set)
        for stored, body in self._lines(held, ("call", "correction")):
            if (stored.line.agent, tag_of(body)) in wanted:
                calls[stored.line.agent].add(stored.line.id if stored.line.kind == "call" else body.about.id)
        with self._lock:
            ids = {one.writer: calls.get(one.person, ()) for one in self.session.place.membership.bindings()}
            changes = list(self.session.marks.having(self.session.segments.held(), ids))
        for one in changes:
            for key in (key for key in wanted if key[0] == self._person(one.writer)):
                self._unsure[key].add(self._number(one.name))
        self.settle()
        return [known for key in wanted if (known := self.table.get(key))]

    def settle(self) -> None:
        """Read those customers whole for which it is not clear which lines stand. If it fails they stay unclear."""
        self._find_corrected()
        unsure = self._unsure
        for key in unsure:
            if known := self.table.get(key):
                unsure[key] |= set(known.segments)
        names = {self.names[number] for numbers in unsure.values() for number in numbers}
        with self._lock:
            held = self.session.segments.named(names)
        told: dict[Key, _Told] = defaultdict(_Told)
        amendments: dict[tuple[str, str], list[tuple[Fact, Stored]]] = defaultdict(list)
        moved: set[tuple[str, str]] = set()
        for stored, body in self._lines(held, _AMENDING):
            fact = self._fact(stored, body)
            about = body.about.author, body.about.id
            # Only its author may correct a call.
            if body.about.author == fact.author:
                amendments[about].append((fact, stored))
                if stored.line.kind == "correction" and (stored.line.agent, tag_of(body)) in unsure:
                    moved.add(about)
        for stored, body in self._lines(held, ("call", "lead", *_UNDOING)):
            key = stored.line.agent, tag_of(body) or ""
            if stored.line.kind == "call":
                fact = self._fact(stored, body)
                if key in unsure or fact.key in moved:
                    self._one_call(told, key, fact, stored, amendments.get(fact.key, []))
            elif key in unsure:
                self._one_entry(told[key], stored, body)
        for key in unsure:
            self._settled(key, told[key])
        unsure.clear()

    def _one_call(
        self,
        told: dict[Key, _Told],
        key: Key,
        fact: Fact,
        stored: Stored,
        amendments: list[tuple[Fact, Stored]],
    ) -> None:
        """Credit a call, as it now stands, to the customer it is with."""
        source = fact, stored
        if amendments:
            holds = standing([one for one, _ in amendments])
            told[key].segments |= {self._number(one.segment) for _, one in amendments} | {self._number(stored.segment)}
            if holds.kind == "void":
                return
            source = next(one for one in amendments if one[0] is holds)
        stands = told[key[0], tag_of(source[0].body) or ""]
        stands.segments |= {self._number(stored.segment), self._number(source[1].segment)}
        known = stands.calls.get(fact.key)
        if known is None or source[0].line <= known[0].line:
            stands.calls[fact.key] = source

    def _one_entry(self, told: _Told, stored: Stored, body: Any) -> None:
        line, author = stored.line, self._author(stored.line)
        told.segments.add(self._number(stored.segment))
        if line.kind == "lead":
            told.leads[author, line.id] = stored
        elif line.kind == "handover":
            told.handovers[author, line.id] = seconds(datetime.fromisoformat(line.at))
        elif secret := self._open(stored, body):
            named = secret.about.author, secret.about.id
            if author == secret.about.author or self._supervises(author):
                told.withdrawn.add(named)

    def _settled(self, key: Key, told: _Told) -> None:
        calls = []
        for fact, stored in told.calls.values():
            content = fact.body.call if fact.kind == "correction" else fact.body
            if content.phone_tag == key[1] and (customer := self._open(stored, fact.body)) is not None:
                calls.append(CallSeen(content, customer, self._spoken(content)))
        leads = [
            lead
            for named, stored in told.leads.items()
            if named not in told.withdrawn and (lead := self._lead_seen(stored)) is not None
        ]
        handed = [at for named, at in told.handovers.items() if named not in told.withdrawn]
        found = whole(Known(*key, ""), calls, leads, handed)
        if found is None:
            self.table.remove(key)
        else:
            before = self.table.get(key)
            segments = told.segments | set(before.segments if before else ()) | self.early.take(key)
            self.table.put(msgspec.structs.replace(found, segments=tuple(sorted(segments))))

    def _lines(self, held: list[Held], kinds: tuple[str, ...]) -> Iterator[tuple[Stored, Any]]:
        """The lines of those kinds that count, with their bodies."""
        marks = [b'"kind":"%s"' % kind.encode() for kind in kinds]
        for one in held:
            data = self.session.place.home.read(one.path) or b""
            if not any(mark in data for mark in marks):
                continue
            for stored in self.session.segments.read(one):
                line = stored.line
                if line.kind in kinds and self._counts(stored):
                    yield stored, reader(BODIES[line.kind])(line.body)

    # ---- helpers ----

    def _counts(self, stored: Stored) -> bool:
        with self._lock:
            return self.session.folds.refusal(stored) is None

    def _lead_seen(self, stored: Stored) -> LeadSeen | None:
        secret = self._open(stored, reader(BODIES["lead"])(stored.line.body))
        if secret is None:
            return None
        at = seconds(datetime.fromisoformat(stored.line.at))
        return LeadSeen(secret, self._author(stored.line), stored.line.id, at)

    def _fact(self, stored: Stored, body: Any) -> Fact:
        line = stored.line
        at = datetime.fromisoformat(line.at)
        return fact_of(line, self._author(line), at, body, tag_of(body))

    def _open(self, stored: Stored, body: Any) -> Any | None:
        """What is sealed in a line; None if this device cannot read it, or cannot yet or any longer."""
        sealed = BODIES[stored.line.kind].sealed
        assert sealed is not None
        try:
            with self._lock:
                plain = self.session.rings.open(stored.line, path_of(body))
            return reader(sealed)(plain)
        except TrustError as error:
            if error.code == "no_ring":
                self.waiting.add(stored.segment)
        except ValueError:
            pass
        return None

    def _spoken(self, content: Any) -> bool:
        """Whether an outcome is a conversation, by today's policy; good enough for an index that makes no figures."""
        known = self._spoke.get(content.outcome)
        if known is None:
            today = self.session.today()
            outcome = self.session.folds.policies.on(today).outcome(content.outcome)
            known = self._spoke[content.outcome] = outcome is not None and outcome.spoke
        return known

    def _author(self, line: Line) -> str:
        return self._person(line.writer)

    def _person(self, writer: str) -> str:
        binding = self.session.place.membership.binding(writer)
        return binding.person if binding else ""

    def _supervises(self, person: str) -> bool:
        found = self.session.place.membership.person(person)
        return found is not None and (found.role == "supervisor" or self.session.place.membership.alone)

    def _number(self, name: str) -> int:
        """The number by which customers refer to a segment."""
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]
