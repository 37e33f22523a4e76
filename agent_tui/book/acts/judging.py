"""What a supervisor judges: points by rule, whether a call was false, an appeal, a proposal, a punch, a meeting."""

from datetime import date
from functools import partial
from hashlib import sha256

from agent_tui.book.acts.base import acts, short, span_of_week, text_of
from agent_tui.book.acts.supervising import Supervising
from agent_tui.book.figures.ledgers import month_entries
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about, call, found
from agent_tui.book.records.naming import id_in
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.i18n import language
from shared_rules.folding.facts import standing as holding
from shared_rules.ledger import Entry, alike, entry_of, found_false, repeats, verified_apart
from shared_rules.points import EntryError, entry_values
from shared_rules.policies.points import PointsRule
from shared_rules.policies.policy import Policy
from shared_rules.records.entries import (
    Attendance,
    AttendanceSecret,
    PointsEntry,
    PointsSecret,
    PunchCheck,
    PunchCheckSecret,
    Ruling,
    RulingSecret,
    Verdict,
    VerdictSecret,
)
from shared_rules.records.parts import Meeting, Presence, Side


class Judging(Supervising):
    """Points and what makes or unmakes them."""

    @acts
    def points(
        self,
        agent: str,
        rule: str,
        on: date,
        *,
        points: int | None = None,
        note: str = "",
        evidence: str = "",
    ) -> list[Draft]:
        """A ledger entry, with the points and the fine that the policy of that day gives its rule."""
        person = self._agent(agent)
        self._not_to_come(on)
        self._there(person, on)
        known = alike(self._entries(agent, on), rule, on)
        beside = tuple(entry.fact.id for entry in known)
        cited = id_in(evidence)
        draft = self._entry(agent, rule, on, points=points, note=note, evidence=cited, beside=beside)
        self._must_show(agent, rule, on, evidence)
        part = self._session.folds.policy(agent, on).points
        if part and part.rules[rule].least is not None and not note.strip():
            # Where the number is the supervisor's own, its reason is too (award.excellent).
            raise Problem("acts.needs_reason")
        for entry in known:
            # A second entry must differ in its note or its evidence from one that counts.
            if text_of(note) in ("", entry.note) and short(cited) in ("", entry.evidence):
                title = self._session.folds.policy(agent, on).rules[rule].title.of(language())
                raise Problem("acts.entered", agent=agent, rule=title, day=on, **self._told(entry.fact))
        return [draft]

    def _entries(self, agent: str, on: date) -> list[Entry]:
        """The ledger of the month of `on`, with everything about that day and later ones folded."""
        return month_entries(self._session.folds, self._fold(agent, on), f"{on:%Y-%m}")

    def _must_show(self, agent: str, rule: str, on: date, evidence: str) -> None:
        """Raise Problem for evidence that is no record of the agent's, or not of what the rule cites.

        A rule that cites a call is entered with it; a punch is there only in a team that uses them.
        """
        policy = self._session.folds.policy(agent, on)
        cites = policy.points.rules[rule].cites if policy.points else ""
        if not evidence.strip():
            if cites == "call":
                raise Problem("acts.needs_call")
        elif cites == "week":
            span_of_week(evidence)
        else:
            fact = found(self._session, evidence)
            if fact.agent != agent or fact.kind != (cites or fact.kind):
                raise Problem(f"acts.evidence_{cites or 'record'}", id=evidence, agent=agent)

    def _entry(
        self,
        agent: str,
        rule: str,
        on: date,
        *,
        points: int | None = None,
        note: str = "",
        evidence: str = "",
        proposal: str = "",
        beside: tuple[str, ...] = (),
    ) -> Draft:
        policy = self._session.folds.policy(agent, on)
        try:
            given, fen = entry_values(policy, rule, on, points)
        except EntryError as error:
            raise refusal(error, policy, on) from None
        secret = PointsSecret(
            rule=rule,
            on=on,
            points=given,
            fen=fen,
            note=text_of(note),
            evidence=short(evidence),
            proposal=proposal,
            beside=beside,
        )
        return self._draft(agent, PointsEntry(), secret)

    @acts
    def verify(self, id: str, false: bool, text: str = "") -> list[Draft]:
        """A call found false, or true. False needs a text."""
        self._need_supervisor()
        state = call(self._session, id)
        self._about(state.agent)
        if state.why_not == "void":
            raise Problem("acts.call_void")
        verdicts = self._session.folds.fold(state.agent).verdicts(state.author, state.id)
        dossier = self._session.folds.fold(state.agent).dossier
        # If a ruling withdrew the finding, the call can be found false once more. Where two verified it in two ways, to
        # say again what counts settles it.
        again = verdicts and holding(verdicts).body.false == false == found_false(dossier, verdicts)
        if again and not verified_apart(verdicts):
            raise Problem("acts.verified")
        stored = self._session.segments.line(*state.fact.line)
        secret = VerdictSecret(
            about=about(state.fact, state.day),
            line=sha256(stored.raw).hexdigest() if stored else "",
            false=false,
            replaces=tuple(fact.id for fact in verdicts),
            text=text_of(text, needed="reason" if false else ""),
        )
        return [self._draft(state.agent, Verdict(phone_tag=state.phone_tag), secret)]

    @acts
    def rule_on(self, id: str, *, upheld: bool, text: str) -> list[Draft]:
        """A ruling on a ledger entry, appealed or not: it is upheld, or withdrawn and counts 0.

        To uphold one that seems to repeat another says that it was a default of its own.
        """
        self._need_supervisor()
        entry = ledger_entry(self._session, id)
        fact = entry.fact
        self._about(fact.agent)
        if entry.undone is not None:
            raise Problem("acts.entry_gone")
        known = self._entries(fact.agent, entry.on)
        again = entry.ruling is not None and entry.ruling.body.upheld == upheld and entry.state != "appealed"
        # Where two ruled in two ways, to say again what counts settles it.
        if again and entry.fact.key not in repeats(known) and not entry.ruled_apart:
            raise Problem("acts.ruled")
        others = [one.fact.id for one in alike(known, entry.rule, entry.on) if one.fact.key != fact.key]
        secret = RulingSecret(
            about=about(fact, entry.on),
            upheld=upheld,
            appeal=entry.appeal.id if entry.appeal else None,
            text=text_of(text, needed="reason"),
            replaces=tuple(ruling.id for ruling in entry.rulings),
            beside=tuple(others) if upheld and entry.counts else (),
        )
        return [self._draft(fact.agent, Ruling(phone_tag=fact.tag), secret)]

    @acts
    def punch_check(self, agent: str, day: date, side: Side, text: str = "") -> list[Draft]:
        """A missing or late punch marked as checked: it proposes nothing."""
        person = self._agent(agent)
        self._not_to_come(day)
        self._there(person, day)
        known = self._fold(agent, day).dossier.of("punch_check", day)
        if any(fact.body.side == side for fact in known):
            raise Problem("acts.checked", agent=agent, day=day)
        return [self._draft(agent, PunchCheck(), PunchCheckSecret(day=day, side=side, text=text_of(text)))]

    @acts
    def attendance(self, agent: str, meeting: Meeting, on: date, state: Presence, text: str = "") -> list[Draft]:
        """Whether somebody was at a meeting or a training. The latest of a day holds."""
        person = self._agent(agent)
        self._not_to_come(on)
        self._there(person, on)
        known = [
            fact.body.state
            for fact in self._fold(agent, on).dossier.of("attendance", on)
            if fact.body.meeting == meeting
        ]
        if known and known[-1] == state:
            raise Problem("acts.attended", agent=agent, day=on)
        secret = AttendanceSecret(meeting=meeting, on=on, state=state, text=text_of(text))
        return [self._draft(agent, Attendance(), secret)]


def ledger_entry(session: Session, id: str) -> Entry:
    """The entry of a ledger that the record `id` makes. Raises Problem for another record."""
    fact = found(session, id)
    folds = session.folds
    entry = entry_of(folds.fold(fact.agent).dossier, fact, partial(folds.policy, fact.agent))
    if entry is None:
        raise Problem("acts.no_entry", id=id)
    return entry


def entry_rules(policy: Policy) -> dict[str, PointsRule]:
    """The rules under which an entry can be made, by id, in the handbook's order."""
    rules = policy.points.rules if policy.points else {}
    return {id: rule for id, rule in rules.items() if rule.on and rule.computed and not rule.by_verdict}


def refusal(error: EntryError, policy: Policy, on: date) -> Problem:
    """Why an entry is refused, for people."""
    match error.code:
        case "no_points":
            return Problem("errors.no_points_rules")
        case "by_verdict":
            return Problem("errors.points_by_verdict", rule=error.rule)
        case "no_workday":
            return Problem("errors.points_no_workday", day=on)
        case "fixed":
            return Problem("errors.points_fixed", rule=error.rule, points=error.least)
        case "range":
            return Problem("errors.points_range", rule=error.rule, least=error.least, most=error.most)
        case _:
            return Problem("errors.unknown_rule", rule=error.rule, known=", ".join(entry_rules(policy)))
