"""Taking a team over with its recovery code: the owner's key on a machine where it does not lie."""

from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.book.owner import next_roster, sitting
from agent_tui.book.place import ACTIVE, Place
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.store.home import Home, refuse_overlap
from agent_tui.store.odds import Odds
from agent_tui.sync.backend import folder_of, open_backend
from agent_tui.teams import activate, own_state, read_team, refuse_in_a_share, refuse_second
from agent_tui.trust.documents import supervisor
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, OwnerKey


def recover(home: Path, folder: str | Path, code: str, id: str, name: str, clock: Clock) -> str:
    """Put the owner's key that `code` spells on this machine, in the team in a shared folder; the team's name.

    A machine in that team already gets the key; a new one becomes a supervisor's, who may have been one before. Nothing
    is published: the next sync does that. Raises Problem.
    """
    place, share = Home(home), folder_of(folder)
    refuse_overlap(home, share)
    refuse_in_a_share(home)
    owner = OwnerKey.from_recovery_code(code)
    team, documents = read_team(open_backend(share))
    if owner.public != team.owner:
        raise Problem("errors.other_owner", team=team.name)
    active = Odds(place.odds).get("cursors", ACTIVE)
    if active and active.partition("-")[0] == team.team:
        _keep_owner(place, Place(place, active), owner, documents)
        return team.name
    refuse_second(place)
    place.make()
    today = clock.now(ZoneInfo(team.zone)).date()
    state = own_state(id, name, today, today).model_copy(update={"share": str(share)})
    key = DeviceKey.generate()
    made = Place.make(place, key, state, documents, owner)
    before = [one for one in sitting(made) if one.id == id]
    if any(one.name != name for one in before):
        made.abandon()
        raise Problem("errors.id_taken", id=id, name=before[0].name)
    hired = before[0].hired if before else today
    try:
        new = supervisor(key.public, id=id, name=name, hired=hired, joined=today)
    except TrustError:
        made.abandon()
        raise
    roster, data = next_roster(made, [*sitting(made), new])
    made.keep_own(roster, data)
    made.take_roster(roster, data)
    activate(place, made)
    return team.name


def _keep_owner(home: Home, place: Place, owner: OwnerKey, documents: dict[str, bytes]) -> None:
    home.write(place.where.owner_key, owner.to_bytes())
    # From here on this machine is the one that keeps them on the share.
    for name, data in documents.items():
        place.keep_own(name, data)
