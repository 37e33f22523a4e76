"""What first visits brought, for the desk of the customer's agent (handbook 4)."""

from datetime import date, datetime

import msgspec

from agent_tui.book.reading.base import Reader


class VisitReportView(msgspec.Struct, frozen=True):
    """A supervisor's report of a first visit; `company` as the agent's own calls name it, empty when unknown."""

    id: str
    at: datetime
    on: date
    text: str
    by: str
    company: str


class Visiting(Reader):
    """Reports of visits."""

    def visit_reports(self, agent: str, since: date) -> list[VisitReportView]:
        """What was reported since a day, the latest first."""
        with self._lock:
            self._session.load(since, agent)
            zone = self._session.place.zone
            found = [
                VisitReportView(
                    id=fact.id,
                    at=fact.at.astimezone(zone),
                    on=fact.body.on,
                    text=fact.body.text,
                    by=fact.author,
                    company=self._company(agent, fact.tag),
                )
                for fact in self._fold(agent).dossier.of("visit_report")
                if fact.at.astimezone(zone).date() >= since
            ]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def _company(self, agent: str, tag: str | None) -> str:
        """The company of a customer, by the last of the calls that are folded."""
        fold = self._fold(agent)
        for day in reversed(fold.call_days()):
            for state in reversed(fold.calls(day, self._policy_on(agent)(day))):
                if tag is not None and state.phone_tag == tag:
                    customer = self._session.customers.of(state.source)
                    if customer and customer.company:
                        return customer.company
        return ""
