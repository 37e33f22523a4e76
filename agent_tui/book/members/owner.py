"""What a machine that has the owner's key does with it: it signs the roster of supervisors."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from agent_tui.book.place.place import Place
from agent_tui.errors import Problem
from agent_tui.sync import names
from agent_tui.trust.documents import Join, Roster, Supervisor, build_roster, supervisor
from agent_tui.trust.keys import OwnerKey
from shared_rules.records.kinds import End


def next_roster(place: Place, supervisors: Iterable[Supervisor], ahead: int = 1) -> tuple[str, bytes]:
    """Name and bytes of the roster that is `ahead` numbers after the highest seen. Raises Problem where the owner's key
    is not here.
    """
    key, held = needed(place)
    number = held.number + ahead
    return names.roster_of(number), build_roster(key, number, supervisors, held.tag_secret(key))


def needed(place: Place) -> tuple[OwnerKey, Roster]:
    """The owner's key and the highest roster. Raises Problem where it does not lie."""
    held = place.membership.roster
    if place.owner is None or held is None:
        raise Problem("errors.owner_needed")
    return place.owner, held


def put_roster(place: Place, supervisors: Iterable[Supervisor]) -> None:
    """Make and take the next roster; it is durable when this returns, and published by the next sync."""
    name, data = next_roster(place, supervisors)
    place.keep_own(name, data)
    place.take_roster(name, data)


def enrol(place: Place, request: Join, hired: date, today: date) -> None:
    """Put a device that asks to join on the roster, its person hired on `hired`. Raises Problem as `next_roster`."""
    joined = min(request.at.astimezone(place.zone).date(), today)
    new = supervisor(request.public, id=request.id, name=request.name, hired=hired, joined=joined)
    put_roster(place, [*sitting(place), new])


def end(place: Place, ends: Mapping[str, End], left: date | None) -> None:
    """End the supervisors' devices named; `left`: whose person leaves on that day. Raises Problem as `next_roster`."""
    put_roster(
        place,
        [replace(one, left=left, end=ends[one.writer]) if one.writer in ends else one for one in sitting(place)],
    )


def sitting(place: Place) -> tuple[Supervisor, ...]:
    """All supervisors' devices there have been."""
    roster = place.membership.roster
    return roster.supervisors if roster else ()


def heal_fork(place: Place) -> bool:
    """Merge forked rosters: two machines that both have the owner's key may sign rosters of the same number and go on
    from there. Sign a next roster that says what all of them said. Returns whether there was such a fork.

    A device never leaves the roster, so one that is only in an earlier roster was let in by the other machine. A device
    that either machine ended stays ended.
    """
    membership = place.membership
    if place.owner is None or len(membership.rosters()) < 2:
        return False
    merged: dict[str, Supervisor] = {}
    for one in (one for roster in reversed(membership.rosters()) for one in roster.supervisors):
        if one.writer not in merged or one.end or not merged[one.writer].end:
            merged[one.writer] = one
    forked = membership.rosters()[1].number == membership.roster_number
    if not forked and {one.writer: one.end for one in sitting(place)} == {
        one.writer: one.end for one in merged.values()
    }:
        return False
    put_roster(place, merged.values())
    return True
