"""The rings this machine can read, and those it writes with: key files on the disk, a keyring in memory."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from threading import RLock
from typing import Any

import msgspec

from agent_tui.book.place.place import Place
from agent_tui.book.place.sparing import erased_in
from agent_tui.book.place.vouching import public_of
from agent_tui.store.files import Status
from agent_tui.store.segments import Stored
from agent_tui.sync.names import keys_of
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import Grant, batches, build_keys, open_keys, parse_keys
from agent_tui.trust.keyring import Keyring
from agent_tui.trust.people import Binding
from agent_tui.trust.rings import RING_ID, Ring, unused
from shared_rules.records.lines import Line

# Of the number in a key file's name.
_DIGITS = 6
_RING = re.compile(RING_ID)


class MadeAnewError(Exception):
    """Another thread or process rewrote the own key files: what was read of them before must not be used."""


class Rings:
    """Key files are opened when a ring of their writer is first asked for: a team's year has thousands.

    Safe for several threads: records are written without the book's lock.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        # Never held while the disk flushes: readers wait for it under the book's lock.
        self._lock = RLock()
        self.erasures = Erasures()
        self._keyring = Keyring(place.membership)
        self._taken: set[str] = set()
        self._asked: set[str] = set()
        self._missed: set[str] = set()
        self.wanted: set[str] = set()
        """The writers whose key files may open what could not be opened: files on their way, or missed by a listing."""
        self.to_hand_on = True
        """Whether a rightful reader may lack a ring: when members or keys changed, and at the start, as an earlier
        process may have died or met a full disk before it handed on what had changed for it.
        """
        # How many own key files were found in this home, and of how many it is certain that they stay: whoever made one
        # may have been killed before its name was flushed.
        self._found = self._certain = 0
        # By agent, year and month: looked up for each record.
        self._in_use: dict[tuple[str, int, int], tuple[tuple[Binding, ...], Ring]] = {}
        self._withdrawn_at = withdrawn_path(place)
        self.read_at = self._withdrawn_now()
        """The status of the list of rewritten own key files when the first key file was read here."""

    def take_file(self, name: str, data: bytes, *, kept: bool = False) -> bool:
        """Take a key file `keys/<writer>/<nnnnnn>.json`; False unless it is that writer's and the writer is known here.

        `kept`: it lies in this home, where it was taken before.
        """
        with self._lock:
            return name in self._taken or self._take_new(name, data, kept=kept)

    def _take_new(self, name: str, data: bytes, *, kept: bool) -> bool:
        path = PurePosixPath(name)
        writer, number = path.parent.name, path.stem
        public = public_of(self._place, writer)
        if public is None or not number.isdecimal():
            return False
        try:
            file = parse_keys(
                data, team=self._place.team.team, writer=writer, number=int(number), public=public, kept=kept
            )
        except TrustError:
            return False
        rings = open_keys(file, self._place.key).rings
        if self._place.owner:
            rings += open_keys(file, self._place.owner).rings
        self._keyring.add(file, map(self.erasures.punched, rings))
        self._taken.add(name)
        self.wanted.discard(writer)
        self._in_use.clear()
        return True

    def erase(self, line: Line, body: Any, at: datetime) -> bool:
        """Take an `erase` line that counts; whether it is news. Nothing it names can be opened from here on."""
        with self._lock:
            news = self.erasures.add(line, body, at)
            if news:
                self.forget()
        return news

    def forget(self) -> None:
        """Open the key files anew when they are next needed."""
        with self._lock:
            self.read_at = self._withdrawn_now()
            self._keyring = Keyring(self._place.membership)
            self._taken.clear()
            self._asked.clear()
            self._missed.clear()
            self._in_use.clear()

    def open(self, line: Line, tag: str | None) -> bytes:
        """What is sealed in `line`, on the path of `tag`. Raises TrustError: `no_ring`, `erased` or `unreadable`."""
        if line.sealed is None:
            raise TrustError("unreadable")
        with self._lock:
            self._need(line.sealed.ring)
            try:
                return self._keyring.open(line.sealed, tag, line.writer, line.seq)
            except TrustError as error:
                if error.code == "no_ring" and self._place.may_read(line.agent):
                    self.wanted.add(line.sealed.ring.partition("-")[0])
                raise

    def expect(self, stored: Stored) -> None:
        """Ask for the key files of a writer who, unaware of an erasure, recorded a customer whom a ring was spared."""
        line, tags = stored.line, erased_in(self.erasures, stored)
        if not tags or line.sealed is None:
            return
        maker = line.sealed.ring.partition("-")[0]
        if maker == self._place.writer:
            return
        with self._lock:
            self._need(line.sealed.ring)
            rings = self._keyring.get(line.sealed.ring)
            if any(self.erasures.spares(ring, tag) for ring in rings for tag in tags):
                self.wanted.add(maker)

    def current(self, agent: str, at: datetime) -> Ring:
        """The ring of this device about `agent` for the month of `at`; a new one, made durable, if none can be used."""
        members = self._place.membership.bindings()
        with self._lock:
            in_use = self._in_use.get((agent, at.year, at.month))
            if in_use and in_use[0] is members:
                return in_use[1]
            writer, month = self._place.writer, at.date().isoformat()[:7]
            self._ask(writer)
            found = self._keyring.find(writer, agent, month, at.date())
            if found and self._certain == self._found:
                self._in_use[agent, at.year, at.month] = members, found
                return found
        if found:
            self._make_certain()
            return found
        with self._place.home.lock(self._place.where.path / "rings.lock"):
            with self._lock:
                # Another process of this machine may have made it meanwhile.
                self._load(writer)
                found = self._keyring.find(writer, agent, month, at.date())
                made = found or Ring.new(
                    writer, self._keyring.free_number(writer), agent, month, self.erasures.known(agent)
                )
            if found:
                self._make_certain()
            else:
                readers = dict(self._place.membership.readers(agent, at.date()))
                # The writer is always a reader, even while the record that binds this device is missing here.
                self._keep([(made, [*(readers | {writer: self._place.key.public}).items()])])
        return made

    def _make_certain(self) -> None:
        """Flush which own key files there are: what is sealed with a ring must not be on the disk without it."""
        found = self._found
        self._place.home.flush_names(self._place.where.path / "own" / keys_of(self._place.writer))
        self._certain = found

    def must_stand(self, read_at: Status | None) -> None:
        """Raise MadeAnewError if own key files were rewritten since a ring was read, when `self.read_at` was `read_at`:
        the ring may have lost the tag that the record would be written with. Call it under the journal's lock: whoever
        rewrites key files takes that lock afterwards and looks once more at what was written.
        """
        # Nearly always no key file was ever rewritten, and that is the quickest thing to check.
        nothing = read_at is None and not self._place.home.files.exists(self._withdrawn_at)
        if not nothing and self._withdrawn_now() != read_at:
            raise MadeAnewError

    def _withdrawn_now(self) -> Status | None:
        return self._place.home.status(self._withdrawn_at)

    def get_ready(self) -> None:
        """Read all key files, one writer's at a time: `hand_on` needs them and is called under the book's lock."""
        for binding in self._place.membership.bindings():
            with self._lock:
                self._ask(binding.writer)

    def hand_on(self, today: date) -> bool:
        """If some may lack a ring (`to_hand_on`): seal every ring that this supervisor's machine can read to its
        rightful readers who lack it. True if any did.
        """
        if not self.to_hand_on:
            return False
        with self._lock:
            self._load_from("keys")
            grants = self._keyring.missing(today)
        if grants:
            with self._place.home.lock(self._place.where.path / "rings.lock"):
                for batch in batches(grants):
                    self._keep(batch)
        self.to_hand_on = False
        return bool(grants)

    def _keep(self, grants: Sequence[Grant]) -> None:
        self.take_file(*keep(self._place, grants))

    def _need(self, ring: str) -> None:
        """Load the key files that may hold `ring`: its maker's and, if it is not in those, the supervisors'."""
        if not _RING.fullmatch(ring):
            # A hostile writer may have put anything there, even a path out of the directory of key files.
            return
        maker = ring.partition("-")[0]
        self._ask(maker)
        if ring not in self._missed and not self._keyring.get(ring):
            # Another process of this machine may have made or fetched it since. As a ring is stored before its records
            # are, looking once is enough.
            self._missed.add(ring)
            self._load(maker)
        if not self._keyring.get(ring):
            for binding in self._place.membership.bindings():
                if binding.role == "supervisor":
                    self._ask(binding.writer)

    def _ask(self, writer: str) -> None:
        if writer not in self._asked:
            self._load(writer)
            # A writer not known yet may be bound later: only then have its files been looked at.
            if self._place.membership.public(writer) is not None:
                self._asked.add(writer)

    def _load(self, writer: str) -> None:
        self._load_from(f"keys/{writer}")

    def _load_from(self, folder: str) -> None:
        """Take the key files that were not taken yet: else each new ring would cost reading all there ever were."""
        gone = {*withdrawn(self._place)}
        for name, data in self._place.documents(folder, self._taken | gone):
            taken = self.take_file(name, data, kept=True)
            self._found += taken and name.startswith(keys_of(self._place.writer))


def withdrawn_path(place: Place) -> Path:
    """Where the list of rewritten key files is kept; it only ever grows."""
    return place.where.path / "withdrawn.json"


def withdrawn(place: Place) -> tuple[str, ...]:
    """The names of the own key files that were rewritten under other names, and go from the share."""
    data = place.home.read(withdrawn_path(place))
    try:
        return tuple(msgspec.json.decode(data, type=list[str])) if data else ()
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ()


def keep(place: Place, grants: Sequence[Grant]) -> tuple[str, bytes]:
    """Write the next key file of this device, durably; its name and bytes. The caller holds the lock of the rings."""
    folder = keys_of(place.writer)
    taken = {*place.own_names(folder), *withdrawn(place)}
    number = unused({int(PurePosixPath(name).stem) for name in taken}, _DIGITS)
    name = f"{folder}{number:06d}.json"
    data = build_keys(place.key, place.team.team, number, grants)
    place.keep_own(name, data)
    return name, data
