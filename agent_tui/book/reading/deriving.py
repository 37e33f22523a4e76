"""Why: the derivation behind an id."""

from datetime import date
from functools import partial

from msgspec.structs import replace

from agent_tui.book.cards.why_cards import why_card
from agent_tui.book.members.rights import agent_of, need_readable
from agent_tui.book.reading.base import first_of
from agent_tui.book.reading.doubts import DOUBTED, doubts
from agent_tui.book.reading.proposing import Proposing
from agent_tui.book.records.looking import found, state_of
from agent_tui.errors import Problem
from agent_tui.readings import ProposalView, WhyView
from agent_tui.trust.people import Person
from shared_rules.dates import month_end
from shared_rules.folding.facts import Fact
from shared_rules.folding.succession import SUCCEEDING, since
from shared_rules.money import yuan
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import read_day
from shared_rules.why.days import day_figures, due_figures, why_day
from shared_rules.why.derivation import Case, Term, Used, Why
from shared_rules.why.pay import why_line, why_points
from shared_rules.why.records import why_call, why_entry, why_record


class Deriving(Proposing):
    """Explains every figure, entry, record and statement line."""

    def why(self, id: str) -> WhyView:
        """The derivation of what `id` names (`shared_rules.why.derivation` says how ids are written).

        Raises Problem, also for what the money mode of the policy in force hides (handbook 6).
        """
        with self._lock:
            view = self._why(id)
            return _shown(view, self._session.folds.policies.on(self._today).money.mode)

    def _why(self, id: str) -> WhyView:
        match id.split(":", 3):
            case ["day", agent, day, figure]:
                return self._why_day(id, agent, day, figure)
            case ["pay", agent, month, line]:
                return self._why_month(id, agent, month, line)
            case ["points", agent, month]:
                return self._why_month(id, agent, month, "")
            case [_, _, *_]:
                return self._why_proposal(id)
        return self._why_record(id)

    def _why_day(self, id: str, agent: str, day: str, figure: str) -> WhyView:
        try:
            on = read_day(day)
        except ValueError:
            raise Problem("why.no_figure", id=id, figures=", ".join(day_figures())) from None
        person = self._readable(agent)
        if figure in due_figures():
            agent_of(self._session, agent)
        self._session.load_month(on, agent)
        case = self._case(person)
        why = why_day(case, on, figure)
        if why is None:
            raise Problem("why.no_figure", id=id, figures=", ".join(day_figures()))
        return WhyView(why, case.policy_on(on))

    def _why_month(self, id: str, agent: str, month: str, line: str) -> WhyView:
        first = first_of(month)
        person = self._readable(agent)
        area = "pay" if line else "points"
        if first > self._today:
            raise Problem(f"{area}.to_come", month=month)
        if not self._owed(person, first):
            raise Problem(f"{area}.not_there", agent=agent, month=month)
        self._session.load(first, agent)
        case = self._case(person)
        why = why_line(case, month, line) if line else why_points(case, month)
        if why is None:
            raise Problem("why.no_line", id=id)
        if paid := [fact for one in why.records if one.kind in DOUBTED and (fact := self._paid(agent, one))]:
            why = replace(why, terms=(*why.terms, *self._in_question(agent, paid)))
        return WhyView(why, case.policy_on(min(max(first, case.today), month_end(first))))

    def _why_record(self, id: str) -> WhyView:
        if (card := why_card(self._session, self._today, id)) is not None:
            return WhyView(card, self._session.folds.policies.on(self._today))
        fact = found(self._session, id)
        case = self._case(self._readable(fact.agent))
        why: Why | None
        if fact.kind == "call":
            state = state_of(self._session, fact.author, fact.agent, fact.id)
            why = why_call(case, state) if state else None
        elif fact.kind in ("correction", "void"):
            about = fact.body.about
            state = state_of(self._session, about.author, fact.agent, about.id)
            why = why_call(case, state) if state else None
        else:
            if fact.kind in SUCCEEDING:
                self._session.load(since(fact), fact.agent)
            why = why_entry(case, fact) or why_record(case, fact)
            if fact.kind in DOUBTED and case.fold.dossier.withdrawal(fact) is None:
                why = replace(why, terms=(*why.terms, *self._in_question(fact.agent, [fact])))
        if why is None:
            raise Problem("why.no_derivation", id=id, kind=fact.kind)
        return WhyView(why, case.policy_on(why.day or case.today))

    def _paid(self, agent: str, used: Used) -> Fact | None:
        return self._fold(agent).fact(used.by, used.id)

    def _in_question(self, agent: str, facts: list[Fact]) -> list[Term]:
        """What is in question about payments and signatures."""
        found = doubts(self._session, agent, facts)
        return [Term(f"doubt_{one.reason}", {"id": one.record}, one.fact.id) for one in found]

    def _why_proposal(self, id: str) -> WhyView:
        self._readable(id.partition(":")[0])
        view = self.proposal(id)
        case = self._case(self._person(view.agent))
        return WhyView(_proposed(case, view), case.policy_on(view.what.on))

    def _readable(self, agent: str) -> Person:
        """Somebody whose records this device may read. Raises Problem."""
        person = self._person(agent)
        need_readable(self._session, agent)
        return person

    def _case(self, person: Person) -> Case:
        return Case(
            fold=self._fold(person.id),
            policy_on=self._policy_on(person.id),
            effective_of=self._effective_of,
            judged=partial(self._session.days.judged, person),
            gone=person.gone,
            hired_on=partial(self._session.folds.hired, person),
            lifted=self._session.folds.lifted,
            now=self._now,
        )

    def _effective_of(self, policy: Policy) -> date | None:
        versions = self._session.folds.policies.versions()
        return next((one.effective for one in reversed(versions) if one.policy.digest == policy.digest), None)


def _shown(view: WhyView, mode: str) -> WhyView:
    """A derivation without what a money mode hides. Raises Problem for one that is nothing but amounts or points."""
    why = view.why
    if mode != "estimate" and (why.subject == "line" or (why.subject, why.what) == ("figure", "shortfall")):
        raise Problem("pay.hidden", mode=mode)
    if mode == "off" and (why.subject in ("points", "entry")):
        raise Problem("points.hidden", mode=mode)
    if mode == "estimate":
        return view
    hidden = {"amount"} if mode == "points" else {"amount", "points"}
    terms = [_without(term, hidden, mode) for term in why.terms if not term.code.startswith("worth_")]
    return replace(view, why=replace(why, terms=tuple(terms)))


def _without(term: Term, hidden: set[str], mode: str) -> Term:
    if term.code != "entry_values":
        return term
    values = {name: value for name, value in term.values.items() if name not in hidden}
    return replace(term, code=f"entry_values_{mode}", values=values)


def _proposed(case: Case, view: ProposalView) -> Why:
    """Why something is proposed."""
    what = view.what
    terms = (
        Term(f"proposed_{what.reason}", {"minutes": what.minutes}, what.evidence),
        Term("entry_values", {"rule": what.rule, "points": f"{what.points:+d}", "amount": yuan(what.fen)}),
        Term(f"proposal_{what.state}", {}, what.answer.id if what.answer else ""),
    )
    records: tuple[Used, ...] = (case.used(what.answer, "ruling"),) if what.answer else ()
    return Why(
        id=view.id,
        subject="entry",
        agent=view.agent,
        what=what.rule,
        value=f"{what.points:+d}",
        day=what.on,
        month=f"{what.on:%Y-%m}",
        rules=case.rules(case.policy_on(what.on), what.rule),
        terms=terms,
        records=records,
        entered=None,
        confirmed=case.confirmed(what.on),
    )
