"""A second key in the same team, for a device whose key can no longer be used: it lives twice, or it was ended.

The desk goes on in the place it is in; the new place asks to join, and when it is let in what was logged since is
brought over as after any join. Where the owner's key lies, nobody needs to be asked.
"""

from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from agent_tui.book.members.owner import next_roster, sitting
from agent_tui.book.place.place import WAITING, Place, State
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from agent_tui.sync import names
from agent_tui.sync.mirror import Mirror
from agent_tui.trust.documents import build_join, supervisor
from agent_tui.trust.keys import DeviceKey
from shared_rules.records.kinds import End
from shared_rules.records.lines import SIGNATURE


def ask_with_new_key(
    home: Home,
    odds: Odds,
    active: Place,
    held: Place,
    since: int,
    now: datetime,
    *,
    twin: bool,
    said: State | None = None,
) -> Place:
    """The place with a new key in the team of `held`; asked for again it is the same one. Raises Problem.

    `active` is the place in use: `held` itself, or another one while `held` waits. `since` is the last seq of `held`
    that need not be brought over. `twin`: its key lives twice, and the request tells the other holder from which seq
    on. `said`: who asks, if that differs from what `held` says.
    """
    with home.lock(home.path / "rejoin.lock"):
        mine = held.name == active.name
        previous, after = (held.name, since) if mine else (held.state.previous, held.state.since)
        there = Place.all(home, held.team.team)
        newer = there[[one.name for one in there].index(held.name) + 1 :]
        new = next((one for one in reversed(newer) if one.state.previous == previous), None)
        if new is None:
            state = replace(
                said or held.state,
                share=held.state.share,
                previous=previous,
                since=after,
                retired=False,
                joined=now.astimezone(held.zone).date(),
            )
            new = _make(home, held, state, f"{held.team.team}-{len(there) + 1}", now, since if twin else None)
        elif after < new.state.since:
            # Of three copies of a key, two others may share more records than this one shares with either.
            new.set_state(replace(new.state, since=after))
        if active.team.team == held.team.team:
            # What the new place publishes once it is in use, the one in use publishes until then.
            for name, data in new.own_documents().items():
                active.keep_own(name, data)
                if name.startswith(names.ROSTER):
                    active.take_roster(name, data)
        odds.put("cursors", WAITING, new.name)
        return new


def agreed(place: Place, last: End) -> int:
    """The last own record that another holder of the key, who named its `last` line, has as well; 0 if lines differ.

    Both may have more in common; see `Publisher.last_common`.
    """
    return last.seq if not last.line or _line(place, last.seq).line == last.line else 0


def _line(place: Place, seq: int) -> End:
    """The own record of that seq, as it is told to others."""
    journal = place.journal
    for segment in reversed(journal.segments()):
        for stored in journal.read(segment.name):
            if stored.line.seq == seq and stored.line.kind != SIGNATURE:
                return End(seq=seq, line=sha256(stored.raw).hexdigest())
            if stored.line.seq > seq:
                break
    return End(seq=seq)


def _make(home: Home, held: Place, state: State, name: str, now: datetime, twin: int | None) -> Place:
    key = DeviceKey.generate()
    documents = {name: data for prefix in (names.TEAM, "roster") for name, data in held.documents(prefix)}
    documents[names.join_of(key.writer)] = build_join(
        key,
        held.team.team,
        id=state.id,
        name=state.name,
        hired=state.hired,
        at=now,
        twin=None if twin is None else (held.key, _line(held, twin)),
    )
    me = held.me
    if held.owner and me and me.role == "supervisor":
        new = supervisor(key.public, id=me.person, name=me.name, hired=me.hired, joined=me.joined)
        documents |= dict([next_roster(held, [*sitting(held), new])])
    return Place.make(home, key, state, documents, held.owner, name=name)


def keep_copy(place: Place, name: str, data: bytes) -> None:
    """Keep what the share has of this device under its old key, a segment of that name, among what was read there."""
    mirror = Mirror(place.where.mirror, place.home.files)
    if name.startswith(names.RECORDS) and mirror.size(name) == 0:
        mirror.extend(name, 0, data, flush=True)
