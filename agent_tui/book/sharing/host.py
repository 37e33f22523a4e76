"""The book's side of the sync: who is who, what to take in, what to publish."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath
from threading import RLock
from time import sleep
from typing import Protocol

from msgspec.structs import replace

from agent_tui.book.entries import Change
from agent_tui.book.members.owner import heal_fork
from agent_tui.book.place.rings import withdrawn
from agent_tui.book.place.vouching import vouched_for
from agent_tui.book.session import Session
from agent_tui.book.sharing.rejoin import agreed
from agent_tui.errors import Problem
from agent_tui.store.journal import Sign
from agent_tui.store.segments import Stored
from agent_tui.sync import names
from agent_tui.sync.findings import Finding
from agent_tui.sync.host import Follow
from agent_tui.trust.documents import Twin, parse_team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.signatures import build_signature
from shared_rules.records.kinds import End

# Lines folded before the lock is released for a moment, so that a desk in use is not held up.
_AT_ONCE = 200
# Without a pause, the thread that has just released the lock would get it again at once.
_BREATH_S = 0.001


class Renew(Protocol):
    """Has the device ask for a new key; given what `SessionHost` tells of `renew`."""

    def __call__(self, since: int, copy: tuple[str, bytes] | None) -> None: ...


class SessionHost:
    """Implements `sync.host.Host` for one session and the folder it is synced with.

    `lock` guards the session, `tell` passes changes on, `after` is called after each pull (to bring records over).
    `renew` asks for a new key when this one cannot be used any more. It is given the last seq that need not be brought
    over, and the name and bytes of what the share has by this device that this machine did not write, if anything.
    """

    def __init__(
        self,
        session: Session,
        folder: str,
        lock: RLock,
        tell: Callable[[Change], None],
        after: Callable[[], None],
        renew: Renew,
    ) -> None:
        self._session = session
        self._folder = folder
        self._lock = lock
        self._tell = tell
        self._after = after
        self._renew = renew
        self._twins: list[Twin] = []
        # The ends whose line was found here, by writer.
        self._ends_here: dict[str, End] = {}
        self._days: set[tuple[str, date]] = set()
        self._members = False
        self._keys = False
        self._told = False

    def public_of(self, writer: str) -> bytes | None:
        with self._lock:
            return self._session.place.membership.public(writer)

    def follows(self, writer: str) -> Follow | None:
        with self._lock:
            place = self._session.place
            binding = place.membership.binding(writer)
            if binding is None:
                return None
            if binding.role == "supervisor":
                return "first"
            me = place.me
            near = me is not None and (me.role == "supervisor" or me.person == binding.person)
            return "now" if near else "slow"

    def ends_with(self, writer: str) -> tuple[int, str] | None:
        with self._lock:
            binding = self._session.place.membership.binding(writer)
            end = binding.end if binding else None
            return (end.seq, end.line) if end and end.line else None

    def day_of(self, segment: str) -> date | None:
        with self._lock:
            return self._session.segments.day_of(segment)

    def doubted(self) -> Sequence[tuple[date, str]]:
        with self._lock:
            place, segments = self._session.place, self._session.segments
            found = [
                held
                for writer, seq in place.membership.parted().items()
                if writer != place.writer
                for held in segments.after(writer, seq)
            ]
            for binding in place.membership.bindings():
                end = binding.end
                if end and end.line and binding.writer != place.writer and self._ends_here.get(binding.writer) != end:
                    stored = segments.line(binding.writer, end.seq)
                    if stored and sha256(stored.raw).hexdigest() == end.line:
                        self._ends_here[binding.writer] = end
                    elif held := segments.of(binding.writer, end.seq):
                        found.append(held)
        return [(held.day, held.name) for held in found]

    def rewrote(self) -> None:
        with self._lock:
            self._session.forget_replaced()
            self._members = True  # all is folded anew

    def signer(self) -> Sign:
        session = self._session
        with self._lock:
            roster = session.place.membership.roster_number

        def sign(segment: str, last_seq: int, digest: bytes) -> bytes:
            place, at = session.place, session.now().isoformat(timespec="milliseconds")
            return build_signature(
                place.key,
                team=place.team.team,
                segment=segment,
                last_seq=last_seq,
                roster=roster,
                at=at,
                digest=digest,
            )

        return sign

    def take_document(self, name: str, data: bytes) -> bool:
        with self._lock:
            place = self._session.place
            if name == names.TEAM:
                return self._same_team(data)
            if name.startswith(names.ROSTER):
                before = place.membership.roster_number
                taken = place.take_roster(name, data)
                self._members |= place.membership.roster_number != before
                return taken
            if name.startswith(names.JOIN):
                if self._has_another(name, data):
                    return False
                writer = PurePosixPath(name).stem
                waited = place.membership.waits(writer)
                taken = place.take_join(name, data)
                if place.membership.waits(writer) != waited:
                    self._tell(Change(members=True))
                return taken
            if name.startswith(names.KEYS):
                if self._has_another(name, data):
                    return False
                taken = vouched_for(place, name, data) and self._session.rings.take_file(name, data)
                self._keys |= taken
                self._session.news += taken
                return taken
            return False

    def _has_another(self, name: str, data: bytes) -> bool:
        """Whether another file of that name was read before, which stands, though this one is signed too.

        Other keys must not take away what the first ones open, nor another request let in whom nobody was shown.
        """
        place = self._session.place
        held = place.home.read(place.where.mirror / name)
        return held is not None and held != data and vouched_for(place, name, held)

    def _hear_of_twins(self) -> None:
        """Another machine's request may state, signed with this device's own key, that it has the key too. Then a new
        key is asked for. Such a request is news until that is done: an earlier process may have died before.
        """
        with self._lock:
            place = self._session.place
            news = [twin for twin in place.membership.twins(place.key.public) if twin not in self._twins]
            # The last seq that needs no bringing over.
            since = min((agreed(place, End(seq=twin.seq, line=twin.line)) for twin in news), default=None)
        if since is not None:
            self._renew(since, None)
        self._twins += news

    def _same_team(self, data: bytes) -> bool:
        """Whether the share is still this team's. A damaged team.json is a finding; another team's ends the sync."""
        place = self._session.place
        try:
            team = parse_team(data)
        except TrustError as error:
            if error.code == "newer_format":
                raise
            return False
        if team.team != place.team.team:
            raise Problem("errors.other_team", share=self._folder)
        return True

    def take_lines(self, writer: str, segment: str, stored: Sequence[Stored], roster: int) -> None:
        with self._lock:
            session = self._session
            session.place.membership.named_roster(writer, roster)
            for one in stored:
                session.rings.expect(one)
            # Of days that are not folded yet, take only what concerns every day; the rest is read when needed.
            last = session.segments.last_before(segment)
            if stored:
                session.segments.came(stored[0])
            # Honest lines of a segment are all of one day.
            latest = max((one.line.at for one in stored), default="")
            wanted = session.is_mine(writer) or session.is_loaded(writer, latest)
        # A verdict, or the like, may be about a later day than that on which its writer's clock was.
        lines = [one for one in stored if one.line.seq > last and (wanted or one.line.kind != "call")]
        for start in range(0, len(lines), _AT_ONCE):
            if start:
                sleep(_BREATH_S)
            with self._lock:
                for one in lines[start : start + _AT_ONCE]:
                    taken = self._session.take(one)
                    self._days |= taken.days
                    # Another policy or hire date, like other members, judges every day anew.
                    self._members |= taken.everything
                    self._told |= taken.told
        if not wanted:
            # The customers are read from all days.
            self._session.look_again()
            self._session.astray.look_again()

    def own_documents(self) -> Mapping[str, bytes]:
        with self._lock:
            place = self._session.place
            documents = place.own_documents()
            if place.state.retired:
                # The names of key files now belong to the twin, who publishes its own under them.
                documents = {name: data for name, data in documents.items() if not name.startswith(names.KEYS)}
        return {name: documents[name] for name in sorted(documents, key=lambda name: (_rank(name), name))}

    def awaits(self) -> str:
        place = self._session.place
        return names.JOIN if place.supervisor else names.ROSTER if place.me is None else ""

    def key_makers(self, *, full: bool) -> Sequence[str]:
        with self._lock:
            place, rings = self._session.place, self._session.rings
            found = {one.writer for one in place.membership.bindings() if one.role == "supervisor"}
            # If a key lives twice only one history may be read here, but others may need the rings of both.
            found |= place.membership.lived_twice()
            if full and place.supervisor and rings.erasures:
                found |= {one.writer for one in place.membership.bindings() if one.end or one.left}
            return sorted({*found, *self._session.awaited, *rings.wanted})

    def withdrawn(self) -> Sequence[str]:
        with self._lock:
            place = self._session.place
            return () if place.state.retired else withdrawn(place)

    def pulled(self, *, more: bool) -> None:
        # What goes through all records waits until everything is read.
        members, keys, told = (self._members, self._keys, self._told) if not more else (False, False, False)
        if not more:
            self._members = self._keys = self._told = False
        session = self._session
        if session.place.supervisor and session.rings.to_hand_on and not more:
            session.rings.get_ready()
        with self._lock:
            for taken in session.take_own():
                self._days |= taken.days
                members |= taken.everything
            members |= heal_fork(session.place)
            members |= session.over and not more
            if members:
                session.refold()
            elif keys:
                session.customers.forget()
                opened = session.folds.retry()
                self._days |= opened.days
                members |= opened.everything
                told |= opened.told
                session.look_again()
            session.rings.to_hand_on |= members or keys
            if session.place.supervisor and not more:
                session.rings.hand_on(session.today())
            days, self._days = frozenset(self._days), set()
        self._hear_of_twins()
        self._after()
        if days or members or keys or told:
            self._tell(Change(days, members=members, sync=True, told=told))

    def own_form(self, name: str, data: bytes) -> bool:
        return vouched_for(self._session.place, name, data)

    def cloned(self, name: str, data: bytes, since: int) -> None:
        # Retire the key last: if the disk fails or the process dies, there must not be an unused key and no new one.
        self._renew(since, (name, data))
        with self._lock:
            place = self._session.place
            place.set_state(replace(place.state, retired=True))

    def report(self, finding: Finding) -> None:  # noqa: ARG002 - the syncer holds it
        self._tell(Change(sync=True))


def _rank(name: str) -> int:
    order = names.IN_ORDER
    return next((place for place, kind in enumerate(order) if name.startswith(kind)), len(order))
