"""Which calls of a day to verify: the suspects with their reasons, and how many in all."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import islice

from agent_tui.book.figures.calls import bears_out, content, view
from agent_tui.book.reading.base import Reader
from agent_tui.readings import SuspectsView, SuspectView
from agent_tui.trust.people import Person
from shared_rules.calendar import is_workday
from shared_rules.folding.call_states import CallState
from shared_rules.leave import away
from shared_rules.policies.policy import Policy
from shared_rules.quota import quota
from shared_rules.suspects import Reason, exact_quota, suspects, to_verify

# However many workdays a policy looks at for quotas made exactly, those of so many days.
_LOOKED_BACK = 62


class Suspecting(Reader):
    """The suspects of a day are found again only when something about the agent has changed."""

    def suspects(self, agent: str, day: date) -> SuspectsView:
        """An agent's suspects of a day, the likeliest first, and the calls to verify in that order."""
        with self._lock:
            person = self._person(agent)
            self._session.load(min((day.replace(day=1), *self._last_workdays(day))), agent)
            key = agent, day
            revision = self._fold(agent).revision, len(self._session.folds.policies.versions())
            if self._found_in is not self._session.folds:
                # What was found before would keep the old folds in memory.
                self._found.clear()
                self._found_in = self._session.folds
            known = self._found.get(key)
            if known is None or known[0] != revision:
                view = self._suspects_of(person, day)
                known = revision, view
                # An unreadable call may become readable when its key arrives, which changes no revision.
                if not any(reason.code == "unlike" for one in view.suspects for reason in one.reasons):
                    self._found[key] = known
            return known[1]

    def team_suspects(self, day: date) -> list[SuspectsView]:
        """The suspects of everybody, whoever has the most first."""
        with self._lock:
            people = [person.id for person in self._people() if person.there(day)]
        # One agent at a time: other threads wait only until one agent's calls are opened.
        found = [self.suspects(agent, day) for agent in people]
        return sorted(found, key=lambda one: (-len(one.suspects), one.agent))

    def _suspects_of(self, person: Person, day: date) -> SuspectsView:
        policy = self._session.folds.policy(person.id, day)
        states = self._session.folds.calls(person.id, day)
        customers = self._session.customers
        supervisor = self._session.place.supervisor
        found = suspects(
            policy,
            states,
            self._now,
            opened=(lambda call: customers.of(call.source)) if supervisor else None,
            exact=self._exact(person, day),
            before=self._before(states),
            unlike=self._unlike(person.id, policy),
        )
        valid = [one for one in states if one.valid]
        number = to_verify(policy, len(valid))
        done = sum(one.verdict is not None for one in states)
        picked = self._picked(valid, [one.call.id for one in found], number.calls - done if number else 0)
        return SuspectsView(
            agent=person.id,
            name=person.name,
            day=day,
            suspects=tuple(SuspectView(view(one.call, customers.of(one.call.source)), one.reasons) for one in found),
            number=number,
            done=done,
            to_verify=picked,
        )

    def _unlike(self, agent: str, policy: Policy) -> Callable[[CallState], bool] | None:
        """Whether a call contradicts itself: its sealed number, company or fields are not those it is counted by, this
        supervisor's machine cannot read it, or another line with its id says something else.

        The clear tags and fields, which count, are only claimed by the agent. An erased customer cannot be checked.
        """
        folds, secret = self._session.folds, self._session.place.tag_secret()
        if secret is None:
            return None
        keys = secret.for_agent(agent)

        def unlike(call: CallState) -> bool:
            if folds.fold(agent).contradicted(call.author, call.id):
                return True
            customer = self._session.customers.of(call.source)
            if call.phone_tag and folds.erased(agent, call.phone_tag) and not (customer and customer.phone):
                return False
            return customer is None or not bears_out(customer, content(call.source), policy, keys)

        return unlike

    def _before(self, states: list[CallState]) -> Callable[[CallState], datetime | None]:
        """When the latest day began for which a call's writer had already started a segment, at the time of the call.

        A segment holds the lines of one day by its writer's clock. A segment of an earlier day that was begun later was
        written with the clock set back: a call in it fills up a day that was over, and does not look late.
        """
        segments, zone = self._session.segments, self._session.place.zone
        days = {writer: segments.days_before(writer, self._today) for writer in {one.fact.writer for one in states}}

        def before(call: CallState) -> datetime | None:
            known = days[call.fact.writer]
            place = bisect_right(known, call.fact.seq, key=lambda one: one[0])
            return datetime.combine(known[place - 1][1], time(), zone) if place else None

        return before

    def _picked(self, valid: list[CallState], first: list[str], n: int) -> tuple[str, ...]:
        """The ids of the calls to verify: suspects first, then others in an order that no agent can predict."""
        secret = self._session.place.tag_secret()
        keys = secret.for_agent("to verify") if secret else None
        rest = [one.id for one in valid if one.verdict is None and one.id not in first]
        rest.sort(key=lambda id: (keys.company(id) if keys else "", id))
        counting = {one.id for one in valid}
        return tuple([*(id for id in first if id in counting), *rest][: max(0, n)])

    def _last_workdays(self, day: date) -> list[date]:
        """The workdays up to `day` on which quotas made exactly are looked for, in order."""
        policy_on = self._session.folds.policies.on
        verify = policy_on(day).verify
        back = (day - timedelta(days=number) for number in range(_LOOKED_BACK))
        workdays = (one for one in back if is_workday(policy_on(one), one))
        return sorted(islice(workdays, verify.suspects.of_days if verify else 0))

    def _exact(self, person: Person, day: date) -> Reason | None:
        fold, folds, days = self._fold(person.id), self._session.folds, []
        for each in self._last_workdays(day):
            if self._session.days.judged(person, each):
                gone = away(fold.dossier, each)
                policy, hired = folds.policy(person.id, each), folds.hired(person, each)
                asked = quota(policy, hired, each, gone.minutes, gone.leads)
                days.append((each, folds.figures(person.id, each).valid, asked.calls if asked else 0))
        return exact_quota(folds.policy(person.id, day), days)
