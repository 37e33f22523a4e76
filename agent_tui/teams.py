"""How a machine comes to a team: a team of one at first, a new team in a shared folder, or a request to join one."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from agent_tui.book.place.place import ACTIVE, WAITING, Place, State, active_team, zone_of_team
from agent_tui.book.session import Session
from agent_tui.book.sharing.rejoin import agreed, ask_with_new_key
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.i18n import language
from agent_tui.store.home import Home, refuse_overlap
from agent_tui.store.odds import Odds
from agent_tui.sync import names
from agent_tui.sync.backend import Backend
from agent_tui.sync.documents import MAX_DOCUMENT
from agent_tui.sync.places import folder_of, open_backend, share_around
from agent_tui.sync.shares import found, must_be_free, not_working, team_document
from agent_tui.trust.documents import (
    Team,
    build_join,
    build_roster,
    build_team,
    parse_roster,
    parse_team,
    supervisor,
)
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, OwnerKey, four_words
from agent_tui.trust.tags import TagSecret

Words = Callable[[], tuple[str, ...]]
"""Gives the four words of a request; a slow hash, for who shows them."""

ROSTER_1 = "roster/1.json"


def has_team(home: Path) -> bool:
    """Whether this home has a team, be it a team of one."""
    place = Home(home)
    # Who only asks makes no data directory, least of all in a folder that was named by mistake.
    return bool(place.teams()) and active_team(place, Odds(place.odds)) is not None


def create_solo(home: Path, id: str, name: str, hired: date, zone: str, clock: Clock) -> None:
    """Make a team of one in the data directory, and make it the active one. Raises Problem."""
    place = Home(home)
    refuse_in_a_share(home)
    today = _today(zone, clock)
    _refuse_to_come(hired, today)
    place.make()
    made, _ = _make(place, name, zone, own_state(id, name, hired, today), alone=True)
    activate(place, made)


def init_team(home: Path, folder: str | Path, team: str, id: str, name: str, zone: str, clock: Clock) -> str:
    """Create a team in an empty shared folder, with this machine its first supervisor; the recovery code, which is for
    the caller to show, and to tell `code_seen` of then.

    The folder is made where only the last part of its path is missing: more that is missing is a drive not connected.
    Where an earlier run was stopped it begins anew or, if the folder is the team's by then, gives that one's code, as
    long as nothing is recorded or it was never shown.
    Raises Problem: a folder in use, a home that is in a team already, a zone nobody knows.
    """
    place, share = Home(home), folder_of(folder)
    refuse_overlap(home, share)
    refuse_in_a_share(home)
    backend = open_backend(share)
    begun = _begun(place, share)
    for one in begun:
        if one.owner and _holds(backend, one):
            activate(place, one)
            return one.owner.recovery_code()
    begun = [one for one in begun if not one.journal.last_seq]
    refuse_second(place, *begun)
    if not share.exists() and share.parent.is_dir():
        with suppress(OSError):  # what is still not there is told next
            share.mkdir()
    must_be_free(backend)
    place.make()
    today = _today(zone, clock)
    state = replace(own_state(id, name, today, today), share=str(share))
    made, owner = _make(place, team, zone, state, alone=False)
    # The keys are safe on this disk before the folder is a team's; the team is in use once the folder is.
    place.write(made.where.code_unseen, b"")
    try:
        found(backend, made.own_documents())
    except Problem:
        with suppress(Problem):  # where it cannot be seen, the next run will
            if not _holds(backend, made):
                made.abandon()
        raise
    activate(place, made)
    for one in begun:
        one.abandon()
    return owner.recovery_code()


def code_seen(home: Path) -> None:
    """Note that the recovery code was shown. Raises Problem."""
    place = Home(home)
    team = active_team(place, Odds(place.odds))
    if team is not None:
        place.remove(place.team(team).code_unseen)


def _begun(home: Home, share: Path) -> list[Place]:
    """The teams that earlier runs began to make for that folder, and were stopped: nobody wrote in them yet, or saw
    their recovery code.
    """
    found = []
    for name in home.teams():
        with suppress(Problem):  # one that cannot be read is none
            place = Place(home, name)
            fresh = not place.journal.last_seq or place.code_unseen
            if place.owner and not place.team.alone and place.state.share == str(share) and fresh:
                found.append(place)
    return found


def _holds(backend: Backend, begun: Place) -> bool:
    """Whether a place is the share of that team, or was about to be: the next sync finishes a torn team.json. Raises
    Problem where that cannot be seen.
    """
    try:
        return begun.own_documents()[names.TEAM].startswith(team_document(backend))
    except Problem as problem:
        if problem.name in ("sync.share_no_team", "sync.no_folder"):
            return False
        raise


def ask_to_join(home: Path, folder: str | Path, id: str, name: str, hired: date | None, clock: Clock) -> Words:
    """Ask to join the team in a shared folder; what gives the four words that the supervisor's screen must show too.

    The desk goes on in the team it is in (a team of one is made if there is none) and is brought over when approved.
    Asking the same team again gives the same words; as somebody else (a wrong number, name or hire date put right) it
    asks with a new key, for a request once left is never changed. So does a device that was ended. Without a hire date
    the one said last in this home is meant, else today. Raises Problem.
    """
    place, share = Home(home), folder_of(folder)
    refuse_overlap(home, share)
    refuse_in_a_share(home)
    backend = open_backend(share)
    team, documents = read_team(backend)
    odds = Odds(place.odds)
    now = clock.now(zone_of_team(team))
    active, asked = (odds.get("cursors", cursor) for cursor in (ACTIVE, WAITING))
    hired = hired or hired_here(place) or now.date()
    if asked and asked.partition("-")[0] == team.team:
        said = own_state(id, name, hired, now.date())
        return _ask_again(_asking_as(place, odds, Place(place, asked), said, now), odds, id, backend)
    if active and active.partition("-")[0] == team.team:
        return _ask_again(_with_new_key(place, odds, active, clock, now), odds, id, backend)
    if Place.there(place, team.team):
        return _ask_again(Place(place, team.team), odds, id, backend)
    refuse_second(place)
    _refuse_to_come(hired, now.date())
    if odds.get("cursors", ACTIVE) is None:
        create_solo(home, id, name, hired, team.zone, clock)
    previous = Place(place, odds.get("cursors", ACTIVE))
    state = replace(
        own_state(id, name, hired, now.date()),
        share=str(share),
        previous=previous.team.team,
        since=previous.state.since if previous.journal.last_seq == 0 else previous.journal.last_seq,
    )
    key = DeviceKey.generate()
    request = names.join_of(key.writer)
    join = build_join(key, team.team, id=id, name=name, hired=hired, at=now)
    Place.make(place, key, state, {**documents, request: join})
    _leave_request(backend, request, join)
    odds.put("cursors", WAITING, team.team)
    return partial(four_words, team.owner, key.public, language())


def hired_here(home: Home) -> date | None:
    """The hire date said last in this home: in the request that waits, else in the team in use."""
    odds = Odds(home.odds)
    said = odds.get("cursors", WAITING) or odds.get("cursors", ACTIVE)
    return Place(home, said).state.hired if said else None


def _asking_as(home: Home, odds: Odds, waiting: Place, said: State, now: datetime) -> Place:
    """The place that waits, or a new one where the person now says another number, name or hire date."""
    known = waiting.state
    same = (known.id, known.name, known.hired) == (said.id, said.name, said.hired)
    if same or (known.previous or "").partition("-")[0] == waiting.team.team:
        return waiting  # who asks with a new key in the same team is who they were
    _refuse_to_come(said.hired, now.date())
    active = Place(home, odds.get("cursors", ACTIVE))
    return ask_with_new_key(home, odds, active, waiting, known.since, now, twin=False, said=said)


def _ask_again(waiting: Place, odds: Odds, id: str, backend: Backend) -> Words:
    if waiting.state.id != id:
        raise Problem("errors.asked_as", id=waiting.state.id, team=waiting.team.name)
    request = names.join_of(waiting.writer)
    _leave_request(backend, request, waiting.own_documents()[request])
    odds.put("cursors", WAITING, waiting.name)
    return partial(four_words, waiting.team.owner, waiting.key.public, language())


def _with_new_key(home: Home, odds: Odds, active: str, clock: Clock, now: datetime) -> Place:
    """The place with a new key for a device that a supervisor ended. Raises Problem for one that goes on."""
    session = Session(home, active, clock)
    place, me = session.place, session.place.me
    if me is None or me.end is None:
        raise Problem("errors.already_member", team=place.team.name)
    return ask_with_new_key(home, odds, place, place, agreed(place, me.end), now, twin=False)


def _leave_request(backend: Backend, name: str, data: bytes) -> None:
    try:
        backend.put_new(name, data)
    except OSError as error:
        raise not_working(backend, error) from None


def refuse_in_a_share(home: Path) -> None:
    """Raise Problem for a home inside any team's share: keys must never reach one."""
    if share := share_around(home.resolve().parent):
        raise Problem("store.home_in_share", home=home, share=share)


def _make(home: Home, name: str, zone: str, state: State, *, alone: bool) -> tuple[Place, OwnerKey]:
    owner, key = OwnerKey.generate(), DeviceKey.generate()
    first = supervisor(key.public, id=state.id, name=state.name, hired=state.hired, joined=state.joined)
    documents = {
        names.TEAM: build_team(owner, name, zone, alone=alone),
        ROSTER_1: build_roster(owner, 1, [first], TagSecret.generate()),
    }
    return Place.make(home, key, state, documents, owner), owner


def activate(home: Home, place: Place) -> None:
    """Make a place the one in use."""
    Odds(home.odds).put("cursors", ACTIVE, place.name)


def own_state(id: str, name: str, hired: date, joined: date) -> State:
    """Who this machine says it is. Raises Problem for an id that cannot be one."""
    from shared_rules import validating  # noqa: PLC0415 - as said there

    try:
        return validating.made(State, id=id, name=name, hired=hired, joined=joined)
    except validating.ValidationError:
        raise Problem("errors.bad_id", id=id) from None


def _today(zone: str, clock: Clock) -> date:
    return clock.now(zone_of(zone)).date()


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name. Raises Problem."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem("errors.bad_zone", zone=name) from None


def _refuse_to_come(hired: date, today: date) -> None:
    if hired > today:
        raise Problem("errors.hired_to_come", hired=hired)


def refuse_second(home: Home, *but: Place) -> None:
    """A home is in one team besides its team of one, `but` those."""
    odds = Odds(home.odds)
    for name in (ACTIVE, WAITING):
        team = odds.get("cursors", name)
        if team in (one.name for one in but):
            continue
        if team is not None and not (there := Place(home, team)).team.alone:
            raise Problem("errors.in_team" if name == ACTIVE else "errors.waits_for", team=there.team.name)


def read_team(backend: Backend) -> tuple[Team, dict[str, bytes]]:
    """The team in a share and the documents by which its supervisors are known. Raises Problem."""
    data = team_document(backend)
    team = parse_team(data)
    documents = {names.TEAM: data}
    try:
        for entry in backend.list(names.ROSTER):
            if not names.is_document(names.ROSTER, entry.name) or entry.kind != "file":
                continue
            roster = backend.read(names.ROSTER + entry.name, 0, MAX_DOCUMENT)
            with suppress(TrustError):
                parse_roster(roster, team)
                documents[names.ROSTER + entry.name] = roster
    except OSError as error:
        raise not_working(backend, error) from None
    return team, documents
