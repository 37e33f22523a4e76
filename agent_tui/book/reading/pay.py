"""A month's pay as it is shown."""

from datetime import date

from agent_tui.book.acts.dealing import refunds_along
from agent_tui.book.customers.giving import number_of
from agent_tui.book.customers.ownership import of_customer, owner_of, tags_of
from agent_tui.book.figures.ledgers import month_entries
from agent_tui.book.members.rights import need_readable
from agent_tui.book.numbers import e164
from agent_tui.book.reading.base import Reader, first_of
from agent_tui.book.reading.claims import late_claim
from agent_tui.book.reading.doubts import doubts, entered_twice
from agent_tui.book.records.looking import load_supervisors
from agent_tui.errors import Problem
from agent_tui.readings import DoubtView, OwnerView, PaymentView, StatementLineView, StatementView, TwiceView
from shared_rules.dates import month_before, month_end
from shared_rules.figures import StatementLine
from shared_rules.folding.facts import Fact, written
from shared_rules.ledger import repeats
from shared_rules.pay import rate_of
from shared_rules.policies.policy import Policy
from shared_rules.policies.values import Titles
from shared_rules.records.parts import Grade, Step


class Pay(Reader):
    """Statements. Whether amounts are shown at all is the policy's money mode, and the caller's to heed."""

    def owed(self, agent: str, month: str) -> bool:
        """Whether somebody is owed pay of a month (YYYY-MM): an agent who was there in it. Raises Problem."""
        with self._lock:
            return self._owed(self._person(agent), first_of(month))

    def all_owed(self, month: str) -> dict[str, str]:
        """The names, by id, of all who are owed pay of a month (YYYY-MM), also of who left in it. Raises Problem."""
        first = first_of(month)
        with self._lock:
            return {one.id: one.name for one in self._people() if self._owed(one, first)}

    def statement(self, agent: str, month: str) -> StatementView | None:
        """The statement of a month (YYYY-MM), while it runs up to now; None under a policy without pay.

        Raises Problem for a month to come, or of which nothing is owed: to a supervisor, or who was not there.
        """
        first = first_of(month)
        with self._lock:
            person = self._person(agent)
            need_readable(self._session, agent)
            if first > self._today:
                raise Problem("pay.to_come", month=month)
            if not self._owed(person, first):
                raise Problem("pay.not_there", agent=agent, month=month)
            self._session.load(first, agent)
            found = self._session.days.statement(person, month, self._today)
            doubtful = self._doubts(person.id, month)
        if found is None:
            return None
        policy, statement = found
        return StatementView(
            agent=agent,
            name=person.name,
            month=month,
            until=min(self._today, month_end(first)),
            policy=policy,
            lines=tuple(
                StatementLineView(
                    f"pay:{agent}:{month}:{line.name}", line, policy.rules[line.rule].title, cause_title(policy, line)
                )
                for line in statement.lines
            ),
            total=statement.total,
            limits=statement.limits,
            doubts=doubtful,
        )

    def payments(self, phone: str) -> list[PaymentView]:
        """A customer's payments that stand, whatever agent they are with, the latest day first. Raises Problem for
        agents, who do not hold the tags of others.
        """
        with self._lock:
            tags = tags_of(self._session, e164(phone))
            load_supervisors(self._session)
            facts = of_customer(self._session, tags, "payment")
            found = [
                PaymentView(
                    fact.id,
                    fact.agent,
                    fact.body.on,
                    fact.body.fen,
                    fact.body.note,
                    tuple(one.reason for one in doubts(self._session, fact.agent, [fact])),
                    sum(one.body.fen for one in refunds_along(facts, fact)),
                )
                for fact in facts
            ]
        return sorted(found, key=lambda one: (one.on, one.id), reverse=True)

    def signature_pays(self, phone: str, grade: Grade, on: date, agent: str) -> int:
        """What a customer's signature on a day would pay an agent, in fen: only the difference if it raises B to A.
        Raises Problem for agents, who do not hold the tags of others.
        """
        with self._lock:
            steps = of_customer(self._session, tags_of(self._session, e164(phone)), "grade_step")
            held: Grade | None = min((fact.body.grade for fact in steps if fact.body.step == "signed"), default=None)
            if held is not None and held <= grade:
                return 0
            policy = self._session.folds.policy(agent, on)
            return int(rate_of(policy, f"pay.grade_{grade.lower()}", raised=held is not None))

    def steps(self, phone: str) -> dict[tuple[Step, Grade | None], date]:
        """The days of a customer's steps to a grade that are recorded; a signature is told by its grade. Raises Problem
        for agents, who do not hold the tags of others.
        """
        with self._lock:
            found = of_customer(self._session, tags_of(self._session, e164(phone)), "grade_step")
        return {
            (fact.body.step, fact.body.grade if fact.body.step == "signed" else None): fact.body.on for fact in found
        }

    def owner(self, phone: str, on: date) -> OwnerView:
        """Whose a customer is on a day. Raises Problem for agents, who do not hold the tags of others."""
        with self._lock:
            number = e164(phone)
            owner, claim = owner_of(self._session, number, on), late_claim(self._session, number, on)
        if claim is None:
            return OwnerView(owner)
        return OwnerView(owner, claim.call.started_at, claim.at, claim.before.agent, claim.before.started_at)

    def entered_twice(self) -> list[TwiceView]:
        """The payments of this month and the one before that two supervisors likely both entered, by day."""
        before = month_before(self._today)
        self._book.load(before)
        with self._lock:
            found = [
                TwiceView(person.id, person.name, fact.id, fact.body.on, fact.body.fen, self._number(fact))
                for person in self._people()
                for month in (before, self._today)
                for one in entered_twice(self._session, self._fold(person.id).dossier.of("payment", f"{month:%Y-%m}"))
                for fact in (one.fact,)
            ]
        return sorted(found, key=lambda one: (one.on, one.id))

    def _number(self, fact: Fact) -> str:
        return number_of(self._session, fact.agent, fact.tag or "")

    def _doubts(self, agent: str, month: str) -> tuple[DoubtView, ...]:
        dossier = self._fold(agent).dossier
        signed = [fact for fact in dossier.of("grade_step", month) if fact.body.step == "signed"]
        found = [fact for fact in (*dossier.of("payment", month), *signed) if fact.body.on <= self._today]
        return tuple(
            DoubtView(
                id=one.fact.id,
                kind="payment" if one.fact.kind == "payment" else "grade_step",
                on=one.fact.body.on,
                fen=one.fact.body.fen if one.fact.kind == "payment" else 0,
                grade="" if one.fact.kind == "payment" else one.fact.body.grade,
                reason=one.reason,
                record=one.record,
                owner=one.owner,
            )
            for one in doubts(self._session, agent, sorted(found, key=written))
        ) + self._repeats(agent, month)

    def _repeats(self, agent: str, month: str) -> tuple[DoubtView, ...]:
        """The entries of the ledger that were likely entered twice."""
        found = month_entries(self._session.folds, self._fold(agent), month)
        repeated = repeats(found)
        return tuple(
            DoubtView(
                id=one.fact.id,
                kind="points",
                on=one.on,
                fen=one.fen,
                grade="",
                reason="twice",
                record=earlier.fact.id,
                owner=None,
                rule=one.rule,
            )
            for one in found
            if one.on <= self._today and (earlier := repeated.get(one.fact.key))
        )


def cause_title(policy: Policy, line: StatementLine) -> Titles | None:
    """The title of the rule that caused a fine; None for other lines, and for a rule this policy lacks."""
    rule = policy.rules.get(line.cause) if line.cause else None
    return rule.title if rule else None
