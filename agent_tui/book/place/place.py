"""What this machine holds of one team: its key, the signed documents, the rings it can read, its journal.

Own documents lie under `own/` with the names they have on the share, others' accepted ones under `mirror/`. So the team
is whole on this machine, and the share can be away or not there at all (a team of one).
"""

from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from datetime import date
from operator import attrgetter
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from agent_tui.book.place.known_policies import KnownPolicies
from agent_tui.errors import Problem
from agent_tui.store.home import Home
from agent_tui.store.journal import Journal
from agent_tui.store.odds import Odds
from agent_tui.store.table import RecordDB
from agent_tui.sync import names
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.names import TEAM
from agent_tui.trust.documents import Team, parse_join, parse_roster, parse_team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, OwnerKey
from agent_tui.trust.membership import Membership
from agent_tui.trust.people import Binding
from agent_tui.trust.signed import json_of
from agent_tui.trust.tags import TagKeys, TagSecret
from shared_rules.forms import Form
from shared_rules.records.parts import AgentId

STATE = "state.json"
IGNORED = "ignored.json"
# Names on the shelf of cursors: the place in use, and the one asked for.
ACTIVE = "team"
WAITING = "waiting"

PlaceName = Annotated[str, Meta(pattern=r"^[a-z2-7]{16}(-[1-9][0-9]{0,3})?\Z")]
"""The team's id, and a number where this home has more than one key in that team."""

Unread = Callable[[Path, Problem], None]
"""Told of a file or directory that cannot be read, and why."""


def _raised(_: Path, problem: Problem) -> None:
    raise problem


class State(Form):
    """Who this machine says it is in a team, and where the team's share lies.

    `since` is the last seq in `previous`, the place this desk was in when it asked to join; what came after is brought
    over. `joined` is the day of the request. `retired`: the key lives twice, so nothing more is published with it.
    """

    id: AgentId
    name: str
    hired: date
    joined: date
    share: str | None = None
    previous: PlaceName | None = None
    since: int = 0
    retired: bool = False


class Place:
    """A team on this machine, and one key in it. Everything read here is checked again: a home can be damaged too."""

    def __init__(self, home: Home, name: str) -> None:
        """Raises Problem where the place is not there or its files cannot be read."""
        self.home = home
        self.name = name
        self.where = home.team(name)
        self.state = self._read_state()
        self.key = DeviceKey.from_bytes(self._needed(self.where.device_key))
        owner = home.read(self.where.owner_key)
        self.owner = OwnerKey.from_bytes(owner) if owner else None
        self.team = self._read_team()
        self.zone = zone_of_team(self.team)
        self.policies = KnownPolicies(home)
        self.membership = Membership(self.team)
        # How many entries of `Mirror.replaced` were handled here, by forgetting what was made of the old copies.
        self.replaced = len(Mirror(self.where.mirror, home.files).replaced())
        self._kept: set[Path] = set()
        self.requests_unread: dict[Path, Problem] = {}
        """Why requests to join that are stored here were passed over, by file or directory."""
        # The own key files that were read, by name on the share.
        self._own_keys: dict[str, bytes] = {}
        self.take_kept()
        self.journal = Journal(self.where.journal, self.key.writer, self.zone, home.files)
        self.records = RecordDB(self.journal)
        # As any TinyDB, the records are for one thread at a time.
        self.records_lock = Lock()
        # Opened boxes: opening one costs more than everything else that is done for a call.
        self._tag_keys: dict[str, TagKeys] = {}
        self._tag_secrets: dict[int, TagSecret] = {}

    @staticmethod
    def make(
        home: Home,
        key: DeviceKey,
        state: State,
        documents: dict[str, bytes],
        owner: OwnerKey | None = None,
        *,
        name: str | None = None,
    ) -> "Place":
        """Write a new place (`name`: not the team's first): the keys first; the state, which makes it whole, last."""
        name = name or parse_team(documents[names.TEAM]).team
        where = home.make_team(name)
        home.write(where.device_key, key.to_bytes())
        if owner:
            home.write(where.owner_key, owner.to_bytes())
        for document, data in documents.items():
            # Where the owner's key does not lie, only the request is this machine's to publish.
            own = owner is not None or document.startswith(names.JOIN)
            _write(home, (where.path / "own" if own else where.mirror) / document, data)
        home.write(where.path / STATE, json_of(state))
        return Place(home, name)

    @staticmethod
    def there(home: Home, name: str) -> bool:
        """Whether a whole place of that name is in this home."""
        return home.read(home.team(name).path / STATE) is not None

    @staticmethod
    def all(home: Home, team: str) -> "list[Place]":
        """The whole places of a team in this home, the oldest first."""
        there = [name for name in home.teams() if name.partition("-")[0] == team and Place.there(home, name)]
        return [Place(home, name) for name in sorted(there, key=lambda name: (len(name), name))]

    def set_state(self, state: State) -> None:
        """Replace the state, durably."""
        self.home.write(self.where.path / STATE, json_of(state))
        self.state = state

    @property
    def code_unseen(self) -> bool:
        """Whether this machine made the team, and was stopped before it had shown the recovery code."""
        return self.owner is not None and self.home.files.exists(self.where.code_unseen)

    def abandon(self) -> None:
        """Undo the making of this place, as the team came to nothing. Its keys stay, just in case."""
        self.close()
        self.home.remove(self.where.path / STATE)

    def close(self) -> None:
        """Let go of the files."""
        self.journal.close()

    # ---- who ----

    @property
    def writer(self) -> str:
        """The name of this device."""
        return self.key.writer

    @property
    def me(self) -> Binding | None:
        """What this device is bound to; None while it waits."""
        return self.membership.binding(self.writer)

    @property
    def person(self) -> str:
        """Who sits here: whom this device is bound to or, while it waits, whom it asked to be."""
        return self.me.person if self.me else self.state.id

    @property
    def supervisor(self) -> bool:
        """Whether this device is a supervisor's."""
        return self.me is not None and self.me.role == "supervisor"

    def may_read(self, agent: str) -> bool:
        """Whether this device is, or may become, a reader of what is about an agent."""
        me = self.me
        return me is None or me.role == "supervisor" or me.person == agent

    def tag_secret(self) -> TagSecret | None:
        """The supervisors' secret of all tags; None on an agent's machine. One who was ended keeps the old one."""
        number = self.membership.roster_number
        if self.supervisor and number not in self._tag_secrets:
            for roster in self.membership.rosters():
                with suppress(TrustError):
                    self._tag_secrets = {number: roster.tag_secret(self.key)}
                    break
        return self._tag_secrets.get(number) if self.supervisor else None

    def tag_keys(self) -> TagKeys | None:
        """The keys of this person's own tags; None until the device is approved."""
        me = self.me
        if me is None:
            return None
        if secret := self.tag_secret():
            return secret.for_agent(me.person)
        if me.tag_keys and me.tag_keys not in self._tag_keys:
            self._tag_keys = {me.tag_keys: TagKeys.from_boxed(self.key, me.tag_keys)}
        return self._tag_keys.get(me.tag_keys)

    # ---- documents ----

    def documents(
        self, prefix: str, known: Container[str] = (), unread: Unread = _raised
    ) -> Iterator[tuple[str, bytes]]:
        """All kept documents below the path `prefix`, own and others', as (name on the share, bytes); none of those
        whose names are `known`. `unread` is told of what cannot be read, a file or a directory.
        """
        for root in (self.where.path / "own", self.where.mirror):
            folder = self.home.is_directory(root / prefix)
            for name, _ in self._below(root, f"{prefix}/", unread) if folder else [(prefix, 0)]:
                if name not in known and (data := self._read(root / name, unread)):
                    yield name, data

    def own_documents(self) -> dict[str, bytes]:
        """What this machine publishes itself, by name on the share.

        This is asked at each poll, and years leave thousands of key files: those are read once, as none is written over
        by another.
        """
        root = self.where.path / "own"
        found = {}
        for name, size in self._below(root):
            data = self._own_keys.get(name)
            if data is None or len(data) != size:
                data = self.home.read(root / name)
            if data:
                found[name] = data
        self._own_keys = {name: data for name, data in found.items() if name.startswith(names.KEYS)}
        return found

    def own_names(self, prefix: str) -> list[str]:
        """The names of the own documents below `prefix`."""
        return [name for name, _ in self._below(self.where.path / "own", prefix)]

    def keep_own(self, name: str, data: bytes) -> None:
        """Make `data` an own document, durably."""
        _write(self.home, self.where.path / "own" / name, data)

    def take_kept(self) -> bool:
        """Take rosters and requests that are new in this home, and the ignored ones; whether the rosters changed."""
        self.membership.ignored = self._read_ignored()
        before = self.membership.rosters()
        self._take_below(names.ROSTER, self.take_roster, _raised)
        # Nothing is judged by a request, as it is by a roster: whoever asked waits, and is told of as passed over.
        self.requests_unread.clear()
        self._take_below(names.JOIN, self.take_join, self.requests_unread.__setitem__)
        return self.membership.rosters() != before

    def _take_below(self, prefix: str, take: Callable[..., bool], unread: Unread) -> None:
        for name, path in self.below(prefix, unread):
            if path not in self._kept and (data := self._read(path, unread)):
                self._kept.add(path)
                take(name, data, kept=True)

    def take_roster(self, name: str, data: bytes, *, kept: bool = False) -> bool:
        """Take a roster file; whether it is a valid one. Raises TrustError for a newer program's.

        `kept`: it comes from this home, so it was checked before.
        """
        try:
            roster = parse_roster(data, self.team, kept=kept)
        except TrustError as error:
            if error.code == "newer_format":
                raise
            return False
        if PurePosixPath(name).stem != str(roster.number):
            return False
        self.membership.add_roster(roster)
        return True

    def take_join(self, name: str, data: bytes, *, kept: bool = False) -> bool:
        """Take a request to join; whether it is one for this team, under its own name. `kept`: see `take_roster`."""
        try:
            join = parse_join(data, self.team.team, kept=kept)
        except TrustError:
            return False
        if PurePosixPath(name).stem != join.writer:
            return False
        self.membership.add_request(join)
        return True

    def ignore(self, writer: str) -> None:
        """Pass over a device's request on this machine, durably."""
        ignored = self._read_ignored() | {writer}
        self.home.write(self.where.path / IGNORED, msgspec.json.encode(sorted(ignored)))
        self.membership.ignored = ignored

    def _read_ignored(self) -> frozenset[str]:
        try:
            return frozenset(msgspec.json.decode(self.home.read(self.where.path / IGNORED) or b"[]", type=list[str]))
        except ValueError:
            return frozenset()  # a damaged file: they wait again

    # ---- files ----

    def below(self, prefix: str, unread: Unread = _raised) -> Iterator[tuple[str, Path]]:
        """The kept documents below `prefix`, own and others': name and path of each. `unread`: see `documents`."""
        for root in (self.where.path / "own", self.where.mirror):
            for name, _ in self._below(root, prefix, unread):
                yield name, root / name

    def _below(self, root: Path, prefix: str = "", unread: Unread = _raised) -> Iterator[tuple[str, int]]:
        """The documents in a directory, in the order of their names, with their sizes; none where it is not there.

        Other files are ignored: file managers leave some, and so do processes that died while writing.
        """
        try:
            entries = self.home.listing(root / prefix)
        except Problem as problem:
            unread(root / prefix, problem)
            return
        for entry in sorted(entries, key=attrgetter("name")):
            name = prefix + entry.name
            if entry.kind == "directory":
                yield from self._below(root, f"{name}/", unread)
            elif entry.kind == "file" and names.is_document(prefix, entry.name):
                yield name, entry.size

    def _read(self, path: Path, unread: Unread) -> bytes | None:
        try:
            return self.home.read(path)
        except Problem as problem:
            unread(path, problem)
            return None

    def _needed(self, path: Path) -> bytes:
        data = self.home.read(path)
        if data is None:
            raise Problem("errors.file_missing", path=path)
        return data

    def _read_team(self) -> Team:
        """The team. If its file is lost or damaged the share's copy is used, as the team id proves the owner's key."""
        path = (self.where.path / "own" if self.owner else self.where.mirror) / TEAM
        with suppress(TrustError):
            return parse_team(dict(self.documents(TEAM)).get(TEAM) or b"", kept=True)
        if self.state.share:
            # Hardly ever needed, so no start should pay for the import.
            from agent_tui.sync.places import open_backend  # noqa: PLC0415 - as said
            from agent_tui.sync.shares import team_document  # noqa: PLC0415 - as said

            with suppress(Problem, TrustError):
                data = team_document(open_backend(self.state.share))
                if (team := parse_team(data)).team == self.name.partition("-")[0]:
                    _write(self.home, path, data)
                    return team
        raise Problem("errors.team_missing", path=path)

    def _read_state(self) -> State:
        path = self.where.path / STATE
        try:
            return msgspec.json.decode(self._needed(path), type=State)
        except ValueError:  # msgspec's errors are ones
            raise Problem("errors.file_damaged", path=path) from None


def zone_of_team(team: Team) -> ZoneInfo:
    """The time zone whose days are a team's. Raises Problem for one that this machine does not know."""
    try:
        return ZoneInfo(team.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem("errors.unknown_zone", team=team.name, zone=team.zone) from None


def active_team(home: Home, odds: Odds) -> str | None:
    """The team in use; None if there is none. If the cursors were lost, finds it again, and a request that waits."""
    team: str | None = odds.get("cursors", ACTIVE)
    if team is not None:
        return team
    places = [Place(home, name) for name in home.teams() if Place.there(home, name)]
    if not places:
        return None
    places.sort(key=lambda place: (len(place.name), place.name))
    joined = [place for place in places if not place.team.alone and _answered(place)]
    alone = [place for place in places if place.team.alone]
    asked = [place for place in places if not place.team.alone and place not in joined]
    # Of several keys in one team the one made last is in use.
    found = joined[-1] if joined else (alone or asked)[0]
    odds.put("cursors", ACTIVE, found.name)
    waits = next((place for place in reversed(asked) if place is not found), None)
    if waits and waits.state.previous == found.name:
        odds.put("cursors", WAITING, waits.name)
    return found.name


def _answered(place: Place) -> bool:
    """Whether this device writes in the team already: it made the team, or has records in it."""
    first = place.name == place.team.team
    return (first and place.owner is not None) or place.journal.last_seq > 0


def _write(home: Home, path: Path, data: bytes) -> None:
    home.make_directory(path.parent)
    home.write(path, data)
