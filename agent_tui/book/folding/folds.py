"""What verified lines add up to: a fold for each agent, the policies, the do-not-call list; and what was left out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from copy import copy
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec

from agent_tui.book.folding.do_not_call import Listed, Numbers
from agent_tui.book.folding.plain import fact_of, instant, own_fact, told
from agent_tui.book.folding.shelving import Shelved
from agent_tui.book.folding.taken import NOTHING, TOLD, LeftOut, Taken, Why
from agent_tui.book.place.place import Place
from agent_tui.book.place.rings import Rings
from agent_tui.store.segments import Stored
from agent_tui.trust.errors import TrustError
from agent_tui.trust.people import Binding, Person
from shared_rules.figures import DayFigures
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact, Key, local_day, retells
from shared_rules.folding.packs import Unpack, instant_of
from shared_rules.hiring import hired_since
from shared_rules.ledger import Entry as LedgerEntry
from shared_rules.policies.policy import Policies, Policy
from shared_rules.records.authority import may_write
from shared_rules.records.kinds import BODIES, reader
from shared_rules.records.lines import SIGNATURE, Line
from shared_rules.records.parts import Body, Customer, Entry, path_of, tag_of
from shared_rules.why.derivation import Lift


class _Judged(msgspec.Struct, frozen=True):
    """A line that counts. `model` and `body` are None for a signature line."""

    binding: Binding
    at: datetime
    model: type[Body] | None
    body: Any


class Folds:
    """A union: any order of arrival and any number of repeats give the same."""

    def __init__(self, place: Place, rings: Rings) -> None:
        self._place = place
        self._rings = rings
        self.agents: dict[str, AgentFold] = {}
        self.policies = Policies(place.policies.shipped(), place.policies.parse)
        self.heard: dict[str, dict[date, datetime]] = {}
        """The newest instant of each day that a person's devices vouched for; a wrong clock tells of days to come."""
        self.wrote: dict[str, date] = {}
        """The last day on which a person wrote, for those of whom nothing is folded."""
        self.ledgers: dict[tuple[str, str], tuple[tuple[int, int], list[LedgerEntry]]] = {}
        """By agent and month: what the entries were found from, and the entries."""
        self.last: dict[str, int] = {}
        """The last seq of each writer that was folded here."""
        self.left_out: dict[tuple[str, int], LeftOut] = {}
        self.unopened: dict[tuple[str, int], Stored] = {}
        """Lines about a person whose ring is not here yet."""
        self.told: dict[Key, Fact] = {}
        """Talk cards and notices, which are for the whole team."""
        self._numbers = Numbers(place, rings.erasures, self.open_customer)

    def fold(self, agent: str) -> AgentFold:
        """The fold of an agent, empty at first."""
        if agent not in self.agents:
            self.agents[agent] = AgentFold(agent, self._place.zone)
            self.agents[agent].set_listed(self._numbers.of(agent))
        return self.agents[agent]

    def with_fold(self, fold: AgentFold) -> "Folds":
        """A copy to read figures from, with another fold for one agent."""
        twin = copy(self)
        twin.agents, twin.ledgers = {**self.agents, fold.agent: fold}, {}
        return twin

    def take(self, stored: Stored) -> Taken:
        """Fold one line under a signature that holds (or of this machine's own journal)."""
        line = stored.line
        judged = self._judge(stored)
        if not isinstance(judged, _Judged):
            self._leave(line, judged)
            if line.kind == "do_not_call":
                # It may have come before its key, which shows it up.
                return Taken(self._apply_list(self._numbers.drop(line.writer, line.seq)))
            return NOTHING
        self._hear(judged.binding.person, judged.at)
        if judged.model is None:
            self._place.membership.named_roster(line.writer, line.roster)
            return NOTHING
        self.last[line.writer] = max(line.seq, self.last.get(line.writer, 0))
        self.left_out.pop((line.writer, line.seq), None)
        return self._fold(stored, judged.model, judged.body, judged.binding, judged.at)

    def take_calls(self, writer: str, stored: Iterable[Stored]) -> tuple[list[Fact], list[Stored]]:
        """Fold the calls among many lines of one writer, as `take` would; those folded, and the lines left to `take`.

        Left over is everything but plain calls by the writer's person, whether it counts or not.
        """
        binding = self._place.membership.binding(writer)
        if binding is None or binding.end is not None:
            return [], list(stored)
        person = binding.person
        asked = self._numbers.asks(person)
        calls: list[Fact] = []
        rest: list[Stored] = []
        for one in stored:
            fact = own_fact(one.line, person) if one.line.kind == "call" else None
            if fact is None:
                rest.append(one)
                continue
            calls.append(fact)
            if asked:
                self._numbers.note(person, fact.tag, one)
        if calls:
            for fact in calls if self.left_out else ():
                self.left_out.pop(fact.line, None)
            self._hear(person, max(fact.at for fact in calls))
            self.last[writer] = max(self.last.get(writer, 0), *(fact.seq for fact in calls))
            self.fold(person).add_calls(calls)
            if asked:
                self._apply_list(self._numbers.look())
        return calls, rest

    def take_pack(self, shelved: Shelved, unpack: Unpack, lines: Callable[[], Iterable[Stored]]) -> bool:
        """Fold the calls in a pack, and the changes to them, as `take` would; False if they may not be folded so.

        `lines` gives the lines of its segment.
        """
        pack = shelved.pack
        binding = self._place.membership.binding(pack.writer)
        if binding is None or binding.end is not None or binding.person != pack.agent:
            return False
        if self._left_out_of(pack.writer, range(shelved.first, pack.last + 1)):
            return False
        if self._numbers.asks(pack.agent) and not self._numbers.note_later(pack.agent, lines):
            return False
        self._hear(pack.agent, instant_of(shelved.heard))
        self._place.membership.named_roster(pack.writer, shelved.roster)
        self.last[pack.writer] = max(self.last.get(pack.writer, 0), pack.last)
        self.fold(pack.agent).add_pack(pack, unpack)
        return True

    def _left_out_of(self, writer: str, seqs: range) -> bool:
        if len(seqs) < len(self.left_out):
            return any((writer, seq) in self.left_out for seq in seqs)
        return any(one == writer and seq in seqs for one, seq in self.left_out)

    def refusal(self, stored: Stored) -> Why | None:
        """Why a line counts nothing, None when it counts. Takes nothing in."""
        judged = self._judge(stored, strict=True)
        return None if isinstance(judged, _Judged) else judged

    def _judge(self, stored: Stored, *, strict: bool = False) -> "_Judged | Why":
        """What a line is and who wrote it, or why it counts nothing.

        Unless `strict`, what this device wrote past its own end still counts on this desk: it can be brought over.
        """
        line = stored.line
        binding = self._place.membership.binding(line.writer)
        if binding is None:
            return "unbound"
        at = instant(line.at)
        if at is None:
            return "shape"
        if line.kind == SIGNATURE:
            return _Judged(binding, at, None, None)
        model = BODIES.get(line.kind)
        if model is None or not line.known:
            return "newer"
        last = binding.end is not None and binding.end.seq == line.seq
        digest = sha256(stored.raw).hexdigest() if last else ""
        why = self._place.membership.counts(line.writer, line.seq, digest)
        if why and (strict or why != "ended" or line.writer != self._place.writer):
            return why
        try:
            body = reader(model)(line.body)
        except ValueError:
            return "shape"
        lifting = line.kind == "do_not_call" and not body.listed
        why_not = may_write(
            line.kind, binding.person, binding.role, line.agent, alone=self._place.membership.alone, lifting=lifting
        )
        if strict and line.kind == "do_not_call" and not why_not and not self._numbers.is_own(line, body):
            return "shape"
        return why_not or _Judged(binding, at, model, body)

    def retry(self) -> Taken:
        """Try again the lines whose ring was missing."""
        waiting, self.unopened = self.unopened, {}
        taken = [self.take(stored) for stored in waiting.values()]
        days = frozenset(day for one in taken for day in one.days)
        days |= self._apply_list(self._numbers.look())
        return Taken(days, rules=any(one.rules for one in taken), told=any(one.told for one in taken))

    def open_customer(self, line: Line, body: Any) -> Customer | None:
        """The customer sealed in a line; None when this device may not or can no longer read it."""
        try:
            customer: Customer = reader(Customer)(self._rings.open(line, path_of(body)))
        except (TrustError, ValueError):
            return None
        return customer

    def erased(self, agent: str, tag: str) -> bool:
        """Whether the customer with that tag was erased at an agent's."""
        return self._rings.erasures.when(agent, tag) is not None

    def listed(self, team_tag: str) -> Listed | None:
        """Who put a number on the do-not-call list first; None when it is not on it."""
        return next(iter(self.listings(team_tag)), None)

    def listings(self, team_tag: str) -> list[Listed]:
        """All that put a number on the do-not-call list since it was last lifted, the first first."""
        return self._numbers.listings(team_tag)

    def lifted_after(self, team_tag: str, now: datetime) -> tuple[str, ...]:
        """The ids of the records, dated later than now, that take a number off the do-not-call list."""
        return self._numbers.lifted_after(team_tag, now)

    def lifted(self, told: Set[int]) -> list[Lift]:
        """The records that took numbers off the do-not-call list, for the listings told by any of those numbers."""
        return self._numbers.lifts(told)

    def policy(self, agent: str, day: date) -> Policy:
        """The policy that judges an agent's day: that of its confirmation, else the one in force."""
        fold = self.agents.get(agent)
        lock = fold.lock(day) if fold else None
        return (lock and self.policies.named(lock.policy)) or self.policies.on(day)

    def hired(self, person: Person, day: date | None = None) -> date:
        """The hire date that holds; that of a confirmed `day` is the one it was confirmed under."""
        fold = self.agents.get(person.id)
        if fold is None:
            return person.hired
        return hired_since(fold.dossier, person.hired, fold.lock(day) if day else None)

    def is_new(self, agent: str, day: date, policy: Policy) -> bool:
        """Whether somebody is a new hire on a day under the policy that judges it; nobody is who is not in the team."""
        person = self._place.membership.person(agent)
        return person is not None and policy.new_hire_day(self.hired(person, day), day) is not None

    def calls(self, agent: str, day: date) -> list[CallState]:
        """An agent's calls of a day under the policy that judges it, the earliest start first, withdrawn ones too."""
        policy = self.policy(agent, day)
        return self.fold(agent).calls(day, policy, new_hire=self.is_new(agent, day, policy))

    def figures(self, agent: str, day: date) -> DayFigures:
        """The figures of an agent's day under the policy that judges it."""
        policy = self.policy(agent, day)
        return self.fold(agent).figures(day, policy, new_hire=self.is_new(agent, day, policy))

    def card_uses(self, agent: str, day: date) -> Mapping[str, tuple[int, int]]:
        """What came of talk cards on an agent's day, see `AgentFold.card_uses`."""
        policy = self.policy(agent, day)
        return self.fold(agent).card_uses(day, policy, new_hire=self.is_new(agent, day, policy))

    # ---- by kind ----

    def _fold(self, stored: Stored, model: type[Body], body: Any, binding: Binding, at: datetime) -> Taken:
        line, tag = stored.line, tag_of(body)
        if line.kind == "member":
            return Taken(members=self._place.membership.add_member(line, body))
        if line.kind == "policy":
            # No version judges a day that was over when it was published.
            effective = max(body.effective, local_day(at, self._place.zone))
            if self.policies.add(effective, at, line.writer, line.seq, body.toml, by=binding.person, id=line.id):
                return self._leave(line, "bad_policy")
            return Taken(rules=True)
        if line.kind == "do_not_call":
            return self._list(stored, body, binding, at)
        if line.kind == "erase":
            self._numbers.erased()
            erased = self._rings.erase(line, body, at)
            return Taken(self._apply_list({tag for tag in (body.team_tag, body.wrong_tag) if tag}), erased=erased)
        if line.kind == "lead":
            # Lead lists are long and affect no figure; the index of customers keeps what it needs of them.
            return NOTHING
        if issubclass(model, Entry):
            if not self.readable(line.agent):
                return NOTHING
            secret = self._open(stored, model, body)
            if secret is None:
                return NOTHING
            body = secret
        fact = fact_of(line, binding.person, at, body, tag)
        if line.kind in ("card", "notice"):
            known = self.told.get(fact.key)
            self._compare(known, fact)
            if known is None or fact.line < known.line:
                self.told[fact.key] = fact
            return TOLD
        fold = self.fold(line.agent)
        self._compare(fold.in_slot_of(fact), fact)
        days = frozenset((line.agent, day) for day in fold.add(fact))
        if line.kind == "hired" or (line.kind == "withdrawal" and body.kind_of == "hired"):
            return Taken(days, rules=True)
        if binding.person != line.agent:
            return Taken(days, told=True)
        if line.kind in ("call", "correction") and self._numbers.asks(line.agent):
            self._numbers.note(line.agent, tag, stored)
            days |= self._apply_list(self._numbers.look())
        return Taken(days)

    def opens(self, stored: Stored) -> bool:
        """Whether the sealed part of a line opens, if this device should read it; an erased one counts as opened."""
        line = stored.line
        model = BODIES[line.kind]
        if not issubclass(model, Entry) or not self.readable(line.agent):
            return True
        try:
            self._rings.open(line, path_of(reader(model)(line.body)))
        except TrustError as error:
            return error.code == "erased"
        return True

    def readable(self, agent: str) -> bool:
        """Whether this device may read what is about a person: its own, or a supervisor anybody's."""
        me = self._place.me
        return me is None or me.person == agent or self._place.supervisor

    def _open(self, stored: Stored, model: type[Body], body: Any) -> Any:
        line = stored.line
        if model.sealed is None:
            return None
        try:
            return reader(model.sealed)(self._rings.open(line, path_of(body)))
        except TrustError as error:
            if error.code == "no_ring" and self._place.may_read(line.agent):
                self.unopened[line.writer, line.seq] = stored
            elif error.code == "unreadable":
                self._leave(line, "unopened")
        except ValueError:
            self._leave(line, "shape")
        return None

    def _list(self, stored: Stored, body: Any, binding: Binding, at: datetime) -> Taken:
        line = stored.line
        supervisor = binding.role == "supervisor" or self._place.membership.alone
        asked = {agent for agent in self.agents if self._numbers.asks(agent)}
        tells = told(line, binding.person)
        said = Listed(at, line.writer, line.seq, line.id, binding.person, tells, body.listed, supervisor, body.replaces)
        own = self._numbers.is_own(line, body)
        if not own:
            # Colleagues cannot see that and hold to it: the number stands on the list until a supervisor lifts it.
            self._leave(line, "shape")
        if self._numbers.take(line, body, said, own=own):
            self.unopened[line.writer, line.seq] = stored
        found = self._numbers.look()
        # The numbers in calls that are folded already were not compared with it.
        late = any(self._numbers.asks(agent) for agent in self.agents.keys() - asked)
        return Taken(self._apply_list({body.team_tag, *found}), rules=late)

    def _apply_list(self, numbers: Collection[str]) -> frozenset[tuple[str, date]]:
        """Apply the listings of those numbers (the team's tags) to every agent's fold; the days that may change."""
        if not numbers:
            return frozenset()
        return frozenset(
            (agent, day)
            for agent, fold in self.agents.items()
            for day in fold.set_listed(self._numbers.of(agent, numbers))
        )

    # ---- what is left out ----

    def _leave(self, line: Line, why: Why) -> Taken:
        self.left_out[line.writer, line.seq] = LeftOut(line.writer, line.seq, line.id, line.kind, line.agent, why)
        return NOTHING

    def _compare(self, known: Fact | None, fact: Fact) -> None:
        """Leave out the later of two lines with the same id that differ, so that the difference is reported: it would
        count nothing anyway. A call that differs is shown as a suspect instead.
        """
        if known is None or known.line == fact.line or fact.kind == "call" or retells(known, fact):
            return
        last = max(known, fact, key=lambda one: one.line)
        self.left_out[last.line] = LeftOut(last.writer, last.seq, last.id, last.kind, last.agent, "retold")

    def _hear(self, person: str, at: datetime) -> None:
        newest, day = self.heard.setdefault(person, {}), local_day(at, self._place.zone)
        if day not in newest or newest[day] < at:
            newest[day] = at
