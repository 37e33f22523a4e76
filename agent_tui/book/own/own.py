"""The calls of the person who sits here: what is written for one, and how one is found again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from agent_tui.book.entries import CallEntry
from agent_tui.book.erasures.erasing import erased_since
from agent_tui.book.figures.calls import call_of, content
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import load_judged, state_of
from agent_tui.book.records.naming import segments_with
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.trust.tags import TagKeys
from agent_tui.views import CallView
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import Policy
from shared_rules.records.kinds import Call, DoNotCall
from shared_rules.records.parts import Customer
from shared_rules.text import plain


def keys(session: Session) -> TagKeys:
    """The keys of one's own tags. Raises Problem for somebody who is not in the team."""
    found = session.place.tag_keys()
    if found is None:
        raise Problem("errors.not_in_team", person=session.place.state.id)
    return found


def fold(session: Session, since: date | None = None) -> AgentFold:
    """One's own fold, from the day `since` on at least; without one, of this month."""
    session.load(since or session.today().replace(day=1), session.place.person)
    return session.folds.fold(session.place.person)


def policy(session: Session, day: date) -> Policy:
    """The policy that judges one's own `day`."""
    return session.folds.policy(session.place.person, day)


def drafts(session: Session, entry: CallEntry, now: datetime, id: str | None = None) -> list[Draft]:
    """The records of a call: itself, and the do-not-call record where its outcome lists the number. Raises Problem."""
    tags = keys(session)
    rules = policy(session, (entry.started_at or now).astimezone(now.tzinfo).date())
    body, customer = call_of(entry, rules, tags, now)
    if erased_since(session, entry.phone, body.started_at):
        # Importing an old list must not bring back a customer erased since; only that there was a call is kept.
        customer = Customer()
    return [
        Draft(id or uuid7(now), session.place.person, body, customer),
        *listing(session, body, customer, entry.phone, rules, now),
    ]


def listing(session: Session, call: Call, customer: Customer, phone: str, rules: Policy, now: datetime) -> list[Draft]:
    """The record that puts a call's number on the do-not-call list, where its outcome does so: also that of a customer
    who was erased, whose own number is not sealed in it.
    """
    outcome, number = rules.outcome(call.outcome), parse_phone(phone)
    if not (outcome and outcome.lists_number and number and call.phone_tag):
        return []
    team_tag = keys(session).team_phone(number.e164)
    ahead = session.folds.lifted_after(team_tag, now)
    body = DoNotCall(phone_tag=call.phone_tag, team_tag=team_tag, replaces=ahead)
    return [Draft(uuid7(now), session.place.person, body, customer)]


def not_stored(session: Session, entries: list[CallEntry], now: datetime) -> list[tuple[CallEntry, str]]:
    """The calls that are not stored yet, judged by start (to the second: no file has more) and number, each once even
    if `entries` has it twice; with the id by which it will be recognised.

    A call is known by all that was ever said of it: a file may be from before a correction, or from after one that
    still waits beside a confirmed day.
    """
    tags = keys(session)
    days = {(entry.started_at or now).astimezone(now.tzinfo).date() for entry in entries}
    if not days:
        return []
    session.load(min(days), session.place.person)
    mine = fold(session)
    there = {
        told
        for day in days
        for state in mine.calls(day, policy(session, day))
        for told in _known_by(session, mine, state.author, state.id)
    }
    looked: set[str] = set()
    found: list[tuple[CallEntry, str]] = []
    for entry in entries:
        phone = parse_phone(entry.phone)
        started = _second(entry.started_at or now)
        number = phone.e164 if phone else plain(entry.phone)
        whom, id = tags.phone(number) if phone else number, tags.import_id(started, number)
        looked_for = whom if phone else ""
        if looked_for not in looked:
            # A correction may have moved a call of these days to another.
            looked.add(looked_for)
            there |= _starts(session, mine, whom) if phone else _moved(session, mine)
        known = started, whom
        # A call that was imported and corrected since is known by its id.
        if known not in there and mine.day_of(session.place.person, id) is None:
            there.add(known)
            found.append((entry, id))
    return found


def call(session: Session, id: str) -> CallState:
    """One's own call as it stands. Raises Problem for any other id."""
    state = _told(session, id)
    if state.day == session.today():
        return state
    return state_of(session, state.author, state.agent, id) or state


def _told(session: Session, id: str) -> CallState:
    """One's own call by one's own records; what supervisors wrote about it before this month may be missing."""
    me, today = session.place.person, session.today()
    # What was written today decides about a call of today, so a save need not wait for the month.
    fold(session, today)
    state = session.call(me, me, id)
    if state is None or state.day < today:
        fold(session)
        state = session.call(me, me, id)
    if state is None:
        # A colleague's record may have the id too.
        for held in segments_with(session, id):
            if session.is_mine(held.writer):
                session.load_segment(held)
                if (state := session.call(me, me, id)) is not None:
                    break
    if state is None:
        raise Problem("errors.not_own_call", id=id)
    return state


def calls_with(session: Session, tag: str) -> list[CallView]:
    """One's own calls with a number that stand, the latest start first."""
    session.load_number(tag)
    calls = session.history.calls(tag)
    # A call whose number was corrected since is with another customer.
    states = [state for id in calls if (state := _told(session, id)).phone_tag == tag and state.why_not != "void"]
    return sorted((session.customers.view(state) for state in states), key=lambda one: one.started_at, reverse=True)


def judged_with(session: Session, tag: str) -> list[CallView]:
    """The same, standing as in the figures of their days: a change to a confirmed day waits, however old."""
    session.load_number(tag)
    states = [_told(session, id) for id in session.history.calls(tag)]
    load_judged(session, [(state.agent, state.id) for state in states if state.late or state.history])
    return calls_with(session, tag)


def need_to_hold(session: Session, state: CallState, now: datetime) -> None:
    """Raises Problem where a change to a call would count nothing: this clock is weeks behind that of the device which
    wrote the call.
    """
    mine = session.folds.fold(state.agent)
    if not mine.may_change(state.author, state.id, session.place.writer, now):
        raise Problem("errors.clock_behind", now=f"{now:%Y-%m-%d}", at=f"{state.at:%Y-%m-%d}")


def replaced(state: CallState) -> tuple[str, ...]:
    """The corrections and withdrawals of a call that a new one takes the place of."""
    return tuple(fact.id for fact in state.history)


def _starts(session: Session, mine: AgentFold, tag: str) -> set[tuple[datetime, str]]:
    """When the folded calls with a number began, by all that was said of them."""
    me = session.place.person
    told = (content(fact) for id in session.history.calls(tag) for fact in _versions(mine, me, id))
    return {(_second(call.started_at), tag) for call in told if call.phone_tag == tag}


def _moved(session: Session, mine: AgentFold) -> set[tuple[datetime, str]]:
    """When the folded calls that were corrected began, and with whom they were, by all that was said of them: nothing
    else finds a call without a usable number on another day.
    """
    abouts = {(body.about.author, body.about.id) for body in (fact.body for fact in mine.facts("correction"))}
    return {told for about in abouts for told in _known_by(session, mine, *about)}


def _known_by(session: Session, mine: AgentFold, author: str, id: str) -> Iterator[tuple[datetime, str]]:
    """When a call began and with whom it was, by each thing that was said of it."""
    for fact in _versions(mine, author, id):
        call = content(fact)
        yield _second(call.started_at), _whom(session, fact)
        if call.phone_tag and session.folds.erased(fact.agent, call.phone_tag):
            # Our own report has no number of a customer who was erased.
            yield _second(call.started_at), ""


def _second(at: datetime) -> datetime:
    # In a zone with summer time an hour of autumn comes twice, and no time in it equals one of another zone.
    return at.astimezone(UTC).replace(microsecond=0)


def _versions(mine: AgentFold, author: str, id: str) -> Iterator[Fact]:
    """All that was said of a call: its own record, and the corrections, also those that count nothing."""
    fact = mine.fact(author, id)
    if fact is not None:
        yield fact
    yield from (change for change in mine.amendments(author, id) if change.kind == "correction")


def _whom(session: Session, fact: Fact) -> str:
    """Whom a stored call was with: the tag, which stands when the customer is erased, or what is no number."""
    if tag := content(fact).phone_tag:
        return tag
    customer = session.customers.of(fact)
    return customer.phone if customer else ""
