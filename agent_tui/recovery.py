"""Taking a team over with its recovery code: the owner's key on a machine where it does not lie."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from agent_tui.book.members.devices import known_as, refuse_agents_id
from agent_tui.book.members.owner import next_roster, sitting
from agent_tui.book.place.place import ACTIVE, Place, zone_of_team
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.store.home import Home, refuse_overlap
from agent_tui.store.odds import Odds
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, days_of
from agent_tui.sync.places import folder_of, open_backend
from agent_tui.sync.shares import not_working
from agent_tui.sync.verify import MAX_FILE, verified
from agent_tui.teams import activate, own_state, read_team, refuse_in_a_share, refuse_second
from agent_tui.trust.documents import Team, parse_roster, supervisor
from agent_tui.trust.keys import DeviceKey, OwnerKey
from agent_tui.trust.membership import Membership
from shared_rules.records.kinds import Member, reader
from shared_rules.records.lines import Line

# The folder may have gone back: none of the rosters that it lacks, with supervisors that nobody here knows of, may have
# its number used again, so that they are missed, and heard once they are put back.
_AHEAD = 1000


def recover(home: Path, folder: str | Path, code: str, id: str, name: str, clock: Clock) -> str:
    """Put the owner's key that `code` spells on this machine, in the team in a shared folder; the team's name.

    A supervisor's machine in that team gets the key; a new one becomes a supervisor's, who may have been one before.
    Nothing is published: the next sync does that. Raises Problem.
    """
    place, share = Home(home), folder_of(folder)
    refuse_overlap(home, share)
    refuse_in_a_share(home)
    owner = OwnerKey.from_recovery_code(code)
    backend = open_backend(share)
    team, documents = read_team(backend)
    if owner.public != team.owner:
        raise Problem("errors.other_owner", team=team.name)
    active = Odds(place.odds).get("cursors", ACTIVE)
    there = Place(place, active) if active and active.partition("-")[0] == team.team else None
    # With the owner's key and on no roster: an earlier run was stopped before its end.
    if there and not (there.owner and there.me is None):
        _keep_owner(place, there, owner, documents)
        return team.name
    if there is None:
        refuse_second(place)
    today = clock.now(zone_of_team(team)).date()
    state = replace(own_state(id, name, today, today), share=str(share))
    known = known_as(_members(backend, team, documents), id, name)
    refuse_agents_id(known)
    key = there.key if there else DeviceKey.generate()
    new = supervisor(key.public, id=id, name=name, hired=known.hired if known else today, joined=today)
    # The owner's key comes to this machine when nothing is left to refuse.
    place.make()
    made = Place.make(place, key, state, documents, owner, name=there.name if there else None)
    roster, data = next_roster(made, [*sitting(made), new], ahead=_AHEAD)
    made.keep_own(roster, data)
    made.take_roster(roster, data)
    activate(place, made)
    return team.name


def _members(backend: Backend, team: Team, documents: dict[str, bytes]) -> Membership:
    """Who is in the team by its rosters and by what its supervisors wrote, as it stands in the folder now."""
    membership = Membership(team)
    for name, data in documents.items():
        if name.startswith(names.ROSTER):
            membership.add_roster(parse_roster(data, team))
    try:
        for line in _written_by(backend, team, {one.writer: one.public for one in membership.bindings()}):
            with suppress(ValueError):
                membership.add_member(line, reader(Member)(line.body))
    except OSError as error:
        raise not_working(backend, error) from None
    return membership


def _written_by(backend: Backend, team: Team, keys: Mapping[str, bytes]) -> Iterator[Line]:
    """The `member` lines of the writers with those keys, as far as they signed them."""
    for day in days_of(backend):
        for entry in backend.list(names.day_prefix(day)):
            segment = names.segment(entry.name)
            if segment and segment.writer in keys and entry.kind == "file":
                data = backend.read(names.day_prefix(day) + entry.name, 0, MAX_FILE)
                for one in verified(segment, keys[segment.writer], team.team, data).stored:
                    if one.line.kind == Member.kind and one.line.known:
                        yield one.line


def _keep_owner(home: Home, place: Place, owner: OwnerKey, documents: dict[str, bytes]) -> None:
    for name, data in documents.items():
        if name.startswith(names.ROSTER):
            place.take_roster(name, data)
    # Elsewhere it would open every customer, and could name nobody.
    if not place.supervisor or (place.me and place.me.end):
        raise Problem("errors.recover_elsewhere", id=place.state.id)
    home.write(place.where.owner_key, owner.to_bytes())
    # From here on this machine is the one that keeps them on the share.
    for name, data in documents.items():
        place.keep_own(name, data)
