"""What two supervisors answered differently before they heard of each other: the rules say which answer counts, and
whoever gave the other one learns of it here.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import cast

from agent_tui.book.figures.ledgers import ledger_entries, month_entries
from agent_tui.book.reading.proposing import Proposing
from agent_tui.book.reading.waiting import Waiting
from agent_tui.readings import Answer, AnswerKind, DifferView, EntryView
from agent_tui.trust.people import Person
from shared_rules.dates import month_before
from shared_rules.folding.facts import Fact, about_key, local_day, standing, written
from shared_rules.leave import answers_to
from shared_rules.ledger import found_false, verified_apart

# So many days after the last answer it is told.
_TOLD = timedelta(days=7)


class Differing(Waiting, Proposing):
    """For the supervisor's queue."""

    def differing(self) -> list[DifferView]:
        """The requests and proposals that stand answered in two ways; of this month and the one before the entries that
        were ruled on in two, and the calls that were verified in two. Answered in the last week.
        """
        proposed = self.proposals(open_only=False)
        self._book.load(month_before(self._today))
        with self._lock:
            found = [view for person in self._people() for view in self._differing_requests(person)]
            found += [view for person in self._people() for view in self._differing_rulings(person)]
            found += [view for person in self._people() for view in self._differing_verdicts(person)]
            for one in proposed:
                dossier = self._fold(one.agent).dossier
                if one.what.answer is None or not dossier.any("dismissal", one.what.key):
                    continue
                answers = [*dossier.of("points", one.what.key), *dossier.of("dismissal", one.what.key)]
                told = self._answers(answers, one.what.answer)
                if told:
                    found.append(DifferView(one.agent, one.name, one.what.on, one, told))
        return found

    def _differing_requests(self, person: Person) -> Iterable[DifferView]:
        dossier = self._fold(person.id).dossier
        for one in self._requests_of(person):
            if one.answer is not None:
                answers = answers_to(dossier, one.agent, one.id)
                if told := self._answers(answers, answers[-1]):
                    yield DifferView(one.agent, one.name, one.on, one, told)

    def _differing_rulings(self, person: Person) -> Iterable[DifferView]:
        fold = self._fold(person.id)
        for first in (month_before(self._today), self._today):
            known = month_entries(self._session.folds, fold, f"{first:%Y-%m}")
            for one, view in zip(known, ledger_entries(fold, known, self._session.place.zone), strict=True):
                if one.ruling and (told := self._answers(one.ruled_apart, one.ruling)):
                    yield DifferView(person.id, person.name, one.on, EntryView(person.id, person.name, view), told)

    def _differing_verdicts(self, person: Person) -> Iterable[DifferView]:
        dossier = self._fold(person.id).dossier
        for first in (month_before(self._today), self._today):
            for author, id in dict.fromkeys(about_key(fact) for fact in dossier.all("verdict", f"{first:%Y-%m}")):
                verdicts = dossier.all("verdict", (author, id))
                holds = standing(verdicts)
                told = self._answers(verified_apart(verdicts), holds)
                # A ruling that withdrew the finding has settled it, and of a call taken back nothing is verified.
                if not told or (holds.body.false and not found_false(dossier, verdicts)):
                    continue
                state = self._session.call(author, person.id, id)
                if state is not None and state.why_not != "void":
                    call = self._session.customers.view(state)
                    yield DifferView(person.id, person.name, state.day, call, told)

    def _answers(self, answers: list[Fact], holds: Fact) -> tuple[Answer, ...]:
        """The answers in the order of writing; none where all say the same, or nobody needs to be told any more."""
        zone = self._session.place.zone
        said = {(_kind(fact), _minutes(fact)) for fact in answers}
        if len(said) < 2 or local_day(max(fact.at for fact in answers), zone) < self._today - _TOLD:
            return ()
        return tuple(
            Answer(
                fact.id,
                _kind(fact),
                fact.author,
                _minutes(fact),
                fact.body.note if fact.kind == "points" else fact.body.text,
                fact is holds,
            )
            for fact in sorted(answers, key=written)
        )


def _kind(fact: Fact) -> AnswerKind:
    if fact.kind == "ruling":
        return "upheld" if fact.body.upheld else "withdrawn"
    if fact.kind == "verdict":
        return "false" if fact.body.false else "true"
    return cast("AnswerKind", fact.kind)


def _minutes(fact: Fact) -> int:
    return fact.body.minutes if fact.kind == "time_away" else 0
