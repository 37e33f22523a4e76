"""The rules as they were published, and months under others."""

from datetime import date
from functools import partial

from agent_tui.book.figures.ledgers import month_entries
from agent_tui.book.reading.base import Reader, first_of
from agent_tui.book.reading.pay import cause_title
from agent_tui.errors import Problem
from agent_tui.readings import PolicyVersionView, ReplayLine, ReplayView
from agent_tui.trust.people import Person
from shared_rules.figures import Statement, StatementLine
from shared_rules.months import month_policy
from shared_rules.pay import statement
from shared_rules.points import balance
from shared_rules.policies.changes import changes
from shared_rules.policies.policy import Policy, Version, builtin
from shared_rules.policies.values import Titles
from shared_rules.replay import replayed
from shared_rules.why.derivation import each


class Rules(Reader):
    """Policies."""

    def policy_version(self, day: date) -> Version | None:
        """The published version in force on a day; None while it is the shipped one."""
        with self._lock:
            return self._session.folds.policies.version(day)

    def policy_versions(self) -> list[PolicyVersionView]:
        """Every published version, the latest in force first, with what it changed."""
        with self._lock:
            versions = self._session.folds.policies.versions()
            zone = self._session.place.zone
        before = [one.policy for one in versions[1:]] + [builtin()]
        return [
            PolicyVersionView(
                one.id, one.effective, one.at.astimezone(zone), one.by, one.policy, tuple(changes(old, one.policy))
            )
            for one, old in zip(versions, before[: len(versions)], strict=True)
        ]

    def replay(self, policy: Policy, month: str) -> list[ReplayView]:
        """What a month would have been under `policy`, agent by agent: those who were there in it. Raises Problem for a
        month to come.
        """
        first = first_of(month)
        with self._lock:
            if first > self._today:
                raise Problem("pay.to_come", month=month)
            self._session.load(first, self._session.asked_of)
            people = [one for one in self._people() if self._owed(one, first)]
            return [self._replay(person, policy, month) for person in people]

    def _replay(self, person: Person, policy: Policy, month: str) -> ReplayView:
        fold, days = self._fold(person.id), self._session.days
        actual = days.statement(person, month, self._today)
        facts = replayed(
            fold,
            policy,
            month,
            self._today,
            hired_on=partial(self._session.folds.hired, person),
            judged=partial(days.judged, person),
            gone=person.gone,
        )
        then = statement(policy, facts)
        now = actual[1] if actual else None
        ruling = month_policy(self._policy_on(person.id), month, self._today)
        entries = month_entries(self._session.folds, fold, month)
        points = balance(ruling, (one.counted_points for one in entries if one.on <= self._today))
        return ReplayView(
            agent=person.id,
            name=person.name,
            month=month,
            lines=_lines(ruling, now, policy, then),
            now=now.total if now else 0,
            then=then.total if then else 0,
            now_points=points.balance if points else None,
            then_points=facts.balance,
        )


def _lines(ruling: Policy, now: Statement | None, policy: Policy, then: Statement | None) -> tuple[ReplayLine, ...]:
    ours = {line.name: line for line in now.lines} if now else {}
    theirs = {line.name: line for line in then.lines} if then else {}
    found = []
    for name in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(name), theirs.get(name)
        title, line = (_title(ruling, one), one) if one else (_title(policy, other), other)
        if title is None or line is None:
            continue
        found.append(
            ReplayLine(
                name,
                title,
                line.on,
                one.fen if one else None,
                one.quantity if one else None,
                _rate(one) if one else None,
                other.fen if other else None,
                other.quantity if other else None,
                _rate(other) if other else None,
            )
        )
    return tuple(found)


def _title(policy: Policy, line: StatementLine | None) -> Titles | None:
    if line is None:
        return None
    return cause_title(policy, line) or policy.rules[line.rule].title


def _rate(line: StatementLine) -> str:
    """The rate of a line with no more decimals than it has: yuan for each, or a percentage."""
    return f"{line.rate.normalize():f}%" if line.rule == "pay.payments" else each(line.rate)
