"""Day books: what an agent's and the team's day come to, from the folds and the rules."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from agent_tui.book.figures.ledgers import month_entries
from agent_tui.book.folding.folds import Folds
from agent_tui.trust.membership import Membership
from agent_tui.trust.people import Person
from agent_tui.views import DayView, Estimate, TeamView, Totals
from shared_rules.calendar import is_workday, worked_since
from shared_rules.figures import DayFigures, Pace, Quota, Statement
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.folding.locks import day_state
from shared_rules.leave import away, excused
from shared_rules.months import month_facts, month_policy
from shared_rules.pace import pace
from shared_rules.pay import statement
from shared_rules.points import balance
from shared_rules.policies.policy import Policy
from shared_rules.quota import must_stay, quota, shortfall


class Days:
    """Computes views; keeps nothing."""

    def __init__(self, folds: Folds, membership: Membership, zone: ZoneInfo) -> None:
        self._folds = folds
        self._membership = membership
        self._zone = zone

    def day(self, person: Person, day: date, now: datetime, *, money: bool = True) -> DayView:
        """One agent's day as it stands at `now`; a later day than that of `now` shows what it will ask.

        Without `money` the estimate is left out; it goes through the whole month and costs more than all the rest.
        """
        fold = self._folds.fold(person.id)
        policy = self._folds.policy(person.id, day)
        # A supervisor may make calls, but has no quota and is not paid for them.
        asks = self._membership.is_agent(person)
        readable = self._folds.readable(person.id)
        hired = self._folds.hired(person, day)
        new_hire_day = policy.new_hire_day(hired, day) if asks else None
        new = new_hire_day is not None
        figures = fold.figures(day, policy, new_hire=new)
        gone = away(fold.dossier, day)
        asked = quota(policy, hired, day, gone.minutes, gone.leads) if asks and readable else None
        judged = self.judged(person, day)
        work = is_workday(policy, day)
        today = now.astimezone(self._zone).date()
        heard = self._heard(person, today)
        # What is shown the policy of today tells, also of a day that was confirmed under another.
        state, mode = day_state(fold.dossier, day), self._folds.policies.on(today).money.mode
        ledger = month_entries(self._folds, fold, f"{day:%Y-%m}")
        excuse = excused(fold.dossier, day)
        rules = [entry.rule for entry in ledger if entry.on == day and entry.counts]
        lacks = None
        if asked and work and judged:
            lacks = shortfall(policy, asked, figures, excused=excuse, rules_of_day=rules)
        released = bool(fold.dossier.of("release", day))
        # Nobody need stay once the day is confirmed: calls made after that do not count anyway.
        stays = (
            judged
            and not released
            and state != "confirmed"
            and must_stay(policy, asked, figures, day, now, self._zone, rules_of_day=rules)
        )
        age = max(0, int((now - heard).total_seconds())) if heard else None
        worked = worked_since(policy, day, heard, now, self._zone, overtime=stays) if heard else timedelta()
        return DayView(
            agent=person.id,
            name=person.name,
            day=day,
            workday=work,
            judged=judged,
            new_hire_day=new_hire_day,
            figures=figures,
            quota=asked,
            pace=self._pace(fold, policy, asked, figures, day, now, new=new) if asked and work and judged else None,
            points=None
            if mode == "off" or not readable or not asks
            else balance(policy, (entry.counted_points for entry in ledger if entry.on <= day)),
            estimate=self._estimate(person, day, today) if money and asks and readable and mode == "estimate" else None,
            state=state,
            must_stay=stays,
            data_age_s=age,
            rest_s=max(0, (age or 0) - int(worked.total_seconds())),
            closed=state == "confirmed" or day < today,
            shortfall=lacks,
            excused=excuse,
            leave_minutes=gone.leave,
            visit_minutes=gone.visit,
            released=released,
            readable=readable,
            beside=fold.beside(day) if state == "confirmed" else 0,
            first=judged and not self.judged(person, day - timedelta(days=1)),
        )

    def day_with(self, person: Person, day: date, now: datetime, facts: Iterable[Fact]) -> DayView:
        """The day as it would stand if `facts` about the person were written too; without its estimate."""
        fold = self._folds.fold(person.id).with_calls_of(day)
        for fact in facts:
            fold.add(fact)
        return Days(self._folds.with_fold(fold), self._membership, self._zone).day(person, day, now, money=False)

    def _pace(
        self, fold: AgentFold, policy: Policy, asked: Quota, figures: DayFigures, day: date, now: datetime, *, new: bool
    ) -> Pace | None:
        """Where a judged workday stands; `new` whether it is a new hire's."""
        calls = fold.made_at(day, policy, asked.calls) if figures.valid >= asked.calls else None
        leads = fold.lead_made_at(day, policy, asked.leads, new_hire=new) if figures.leads >= asked.leads else None
        return pace(policy, asked, figures, day, now, self._zone, calls_made_at=calls, leads_made_at=leads)

    def _heard(self, person: Person, today: date) -> datetime | None:
        """When a person was last heard of: of one who is silent since an earlier month, the end of that day.

        What a clock that was ahead dated on a day to come would make old data look new until that day.
        """
        if newest := self._folds.heard.get(person.id):
            return max((at for day, at in newest.items() if day <= today), default=None)
        wrote = self._folds.wrote.get(person.id)
        return datetime.combine(wrote + timedelta(days=1), time(), self._zone) if wrote else None

    def judged(self, person: Person, day: date) -> bool:
        """Whether anything is asked of a person on a day: hired, joined and not gone. Nothing is of a supervisor."""
        there = person.there(day) and self._folds.hired(person, day) <= day
        return there and self._membership.is_agent(person)

    def team(self, team: str, name: str, day: date, now: datetime, *, money: bool = True) -> TeamView:
        """The day of every agent who is in the team on it, and of whoever else called."""
        people = [
            person
            for person in self._membership.people()
            if (self._membership.is_agent(person) and person.there(day)) or self._called(person, day)
        ]
        agents = tuple(self.day(person, day, now, money=money) for person in people)
        return TeamView(team, name, day, agents, _totals(agents), len(self._membership.waiting()))

    def _called(self, person: Person, day: date) -> bool:
        fold = self._folds.agents.get(person.id)
        return fold is not None and fold.figures(day, self._folds.policy(person.id, day)).dials > 0

    def statement(self, person: Person, month: str, today: date) -> tuple[Policy, Statement] | None:
        """The statement of a month up to today, and the policy of the month; None under a policy without pay."""
        policy_on = partial(self._folds.policy, person.id)
        facts = month_facts(
            self._folds.fold(person.id),
            policy_on,
            month,
            today,
            hired_on=partial(self._folds.hired, person),
            judged=partial(self.judged, person),
            gone=person.gone,
        )
        policy = month_policy(policy_on, month, today)
        found = statement(policy, facts)
        return (policy, found) if found else None

    def _estimate(self, person: Person, day: date, today: date) -> Estimate | None:
        """The pay of the month of `day` up to that day or, where it lies ahead, up to today; None for a later month."""
        if day.replace(day=1) > today:
            return None
        found = self.statement(person, f"{day:%Y-%m}", min(day, today))
        return Estimate(found[1].total, found[1].calls, found[1].fines) if found else None


def _totals(agents: tuple[DayView, ...]) -> Totals:
    figures = [one.figures for one in agents]
    quotas = [one.quota for one in agents if one.quota and one.judged and one.workday]
    paces = [one.pace for one in agents if one.pace]
    return Totals(
        dials=sum(one.dials for one in figures),
        connected=sum(one.connected for one in figures),
        complete=sum(one.complete for one in figures),
        incomplete=sum(one.incomplete for one in figures),
        valid=sum(one.valid for one in figures),
        leads=sum(one.leads for one in figures),
        companies=sum(one.companies for one in figures),
        quota_calls=sum(one.calls for one in quotas),
        quota_leads=sum(one.leads for one in quotas),
        gap_calls=sum(one.gap_calls for one in paces),
        gap_leads=sum(one.gap_leads for one in paces),
        must_stay=sum(one.must_stay for one in agents),
    )
