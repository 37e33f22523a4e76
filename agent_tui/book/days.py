"""Day books: what an agent's and the team's day come to, from the folds and the rules."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent_tui.book.folds import Folds
from agent_tui.trust.membership import Membership, Person
from agent_tui.views import DayView, Estimate, LedgerEntry, LedgerView, TeamView, Totals
from shared_rules.calendar import is_workday
from shared_rules.figures import PointsBalance
from shared_rules.folding import AgentFold
from shared_rules.months import month_facts
from shared_rules.pace import pace
from shared_rules.pay import statement
from shared_rules.points import balance
from shared_rules.quota import must_stay, quota


class Days:
    """Computes views; keeps nothing."""

    def __init__(self, folds: Folds, membership: Membership, zone: ZoneInfo) -> None:
        self._folds = folds
        self._membership = membership
        self._zone = zone

    def day(self, person: Person, day: date, now: datetime, *, money: bool = True) -> DayView:
        """One agent's day as it stands at `now`; a later day than that of `now` shows what it will ask.

        Without `money` there is no estimate, which costs more than all the rest: it goes through the month.
        """
        fold = self._folds.fold(person.id)
        policy = self._folds.policies.on(day)
        new_hire_day = policy.new_hire_day(person.hired, day)
        new = new_hire_day is not None
        figures = fold.figures(day, policy, new_hire=new)
        away = fold.away(day)
        asked = quota(policy, person.hired, day, away.minutes, away.leads)
        # A supervisor may call; nothing is asked of one.
        judged = person.there(day) and (person.role == "agent" or self._membership.alone)
        work = is_workday(policy, day)
        heard = self._folds.heard.get(person.id)
        going = None
        if asked and work and judged:
            calls_made = fold.made_at(day, policy, asked.calls) if figures.valid >= asked.calls else None
            leads_made = (
                fold.lead_made_at(day, policy, asked.leads, new_hire=new) if figures.leads >= asked.leads else None
            )
            going = pace(
                policy, asked, figures, day, now, self._zone, calls_made_at=calls_made, leads_made_at=leads_made
            )
        return DayView(
            agent=person.id,
            name=person.name,
            day=day,
            workday=work,
            judged=judged,
            new_hire_day=new_hire_day,
            figures=figures,
            quota=asked,
            pace=going,
            points=self.points(fold, day),
            estimate=self._estimate(fold, person, day) if money else None,
            state="open",
            must_stay=judged and must_stay(policy, asked, figures, day, now, self._zone),
            data_age_s=max(0, int((now - heard).total_seconds())) if heard else None,
        )

    def team(self, team: str, name: str, day: date, now: datetime, *, money: bool = True) -> TeamView:
        """The day of every agent who is in the team on it, and of whoever else called."""
        people = [
            person
            for person in self._membership.people()
            if ((person.role == "agent" or self._membership.alone) and person.there(day)) or self._called(person, day)
        ]
        agents = tuple(self.day(person, day, now, money=money) for person in people)
        return TeamView(team, name, day, agents, _totals(agents), len(self._membership.waiting()))

    def _called(self, person: Person, day: date) -> bool:
        fold = self._folds.agents.get(person.id)
        return fold is not None and fold.figures(day, self._folds.policies.on(day)).dials > 0

    def points(self, fold: AgentFold, day: date) -> PointsBalance | None:
        """The balance of the month of `day`, entries up to that day."""
        entries = (entry.points for entry in fold.entries(f"{day:%Y-%m}") if entry.on <= day)
        return balance(self._folds.policies.on(day), entries)

    def ledger(self, agent: str, month: str) -> LedgerView:
        """All entries of a month (YYYY-MM), by date."""
        fold = self._folds.fold(agent)
        entries = tuple(
            LedgerEntry(
                id=entry.fact.id,
                at=entry.fact.at.astimezone(self._zone),
                on=entry.on,
                rule=entry.rule,
                points=entry.points,
                fen=entry.fen,
                by=entry.fact.author,
                note=entry.note,
                evidence=entry.evidence,
                state="standing",
            )
            for entry in fold.entries(month)
        )
        policy = self._folds.policies.on(date.fromisoformat(f"{month}-01"))
        total = balance(policy, (entry.points for entry in entries))
        return LedgerView(agent, month, total.balance if total else 0, entries)

    def _estimate(self, fold: AgentFold, person: Person, day: date) -> Estimate | None:
        facts = month_facts(
            fold,
            self._folds.policies.on,
            f"{day:%Y-%m}",
            day,
            hired=person.hired,
            joined=person.joined,
            left=person.left,
        )
        found = statement(self._folds.policies.on(day), facts)
        return Estimate(found.total, found.calls, found.fines) if found else None


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
