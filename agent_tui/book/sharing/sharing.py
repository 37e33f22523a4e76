"""The book and the share: which team is synced, when a waiting desk moves to its team, and the state of the sync."""

from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agent_tui.book.entries import Change
from agent_tui.book.own.history_file import history_path, read_history, write_history
from agent_tui.book.own.indexing import index_segment, not_indexed
from agent_tui.book.part import BookPart
from agent_tui.book.place.place import WAITING, Place
from agent_tui.book.session import Session
from agent_tui.clock import Clock
from agent_tui.crash import reporting, write_report
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from agent_tui.sync.known import last_known
from agent_tui.sync.mirror import Mirror
from agent_tui.views import SyncView

if TYPE_CHECKING:
    from agent_tui.book.book import Book
    from agent_tui.book.sharing.host import SessionHost
    from agent_tui.sync.findings import Finding
    from agent_tui.sync.host import Moved
    from agent_tui.sync.service import Service
    from agent_tui.sync.syncer import Syncer

# The pause between two segments that are indexed, in seconds.
_BREATH_S = 0.003
# How long a command waits for the folder, in seconds.
_PATIENCE_S = 1.0
# Fewer bytes than this are indexed again as fast as the index is written.
_WORTH_KEEPING = 1024 * 1024
# How often a desk without a share looks into its own journal, in seconds.
_LOOK_S = 2.0


class Sharing(BookPart):
    """The team that is synced is the one waited for, else the active one if it has a share."""

    def __init__(self, book: "Book", home: Home, odds: Odds, clock: Clock) -> None:
        super().__init__(book)
        self._home = home
        self._odds = odds
        self._clock = clock
        self.way: str | None = None
        team = odds.get("cursors", WAITING)
        self._waiting = Session(home, team, clock) if team is not None else None
        self._service: Service | None = None
        # Opened when they are needed, by name.
        self._before: dict[str, Session] = {}
        self._host: SessionHost | None = None
        self._syncer: Syncer | None = None
        # Whether a new key was asked for: the request is still to be published.
        self._asked = False
        # The earlier place and its last seq that was handled; the rest is for a newer program to bring over.
        self._caught_up: tuple[str, int] | None = None
        # The state that listeners were last told.
        self._state: SyncView | None = None
        self._stopped = Event()

    @property
    def before(self) -> list[Session]:
        """The places this desk was in earlier, whose journals and keys are still here; the last one first."""
        found: list[Session] = []
        place = self._session.place
        while (name := place.state.previous) is not None:
            if name not in self._before:
                if not Place.there(self._home, name):
                    break
                self._before[name] = Session(self._home, name, self._clock)
            found.append(self._before[name])
            place = found[-1].place
        return found

    @property
    def waiting(self) -> Session | None:
        """The team this desk asked to join and is not yet in."""
        return self._waiting

    def folder(self, session: Session) -> str | None:
        """Where to look for a team's folder: at `way`, if that was named for this run, else where it was joined."""
        return self.way or session.place.state.share

    # ---- running ----

    def start(self) -> None:
        """Start the sync thread, and the indexing of older days."""
        Thread(target=reporting, args=(self._home.path, self._beside), name="agent-tui-beside", daemon=True).start()
        self._serve()

    def _beside(self) -> None:
        """Index older days; then, while there is no sync, look for what commands in this home wrote."""
        with suppress(Problem):
            self._book.erasures.obey()
        with suppress(Problem):
            self.index(_BREATH_S)
        session = self._session
        if session.place.supervisor:
            session.marks.learn(session.segments, self._lock, self._stopped.wait)
            with suppress(Problem):
                self._book.erasures.look()
        while not self._stopped.wait(_LOOK_S):
            if not self._session.history.whole:
                # Members changed, another team is in use now, or the disk refused.
                with suppress(Problem):
                    self.index(_BREATH_S)
            if self._service is None:
                self._take_own()

    def _take_own(self) -> None:
        with suppress(Problem), self._lock:
            session = self._session
            taken = session.take_own()
            if any(one.everything for one in taken):
                session.refold()
            if taken:
                self._book.erasures.obey()
                days = frozenset(day for one in taken for day in one.days)
                everything, told = any(one.everything for one in taken), any(one.told for one in taken)
                self._book.tell(Change(days, members=everything, told=told))

    def once(self) -> dict[str, int]:
        """Sync until nothing moves, and again where that brought this desk into its team. Raises Problem."""
        from agent_tui.sync.host import Moved  # noqa: PLC0415 - a command that syncs nothing does without

        moved = Moved()
        while True:
            session = self.target()
            if session is None:
                raise Problem("errors.has_share_no")
            syncer = self._open(session)
            self._asked = False
            moved.add(syncer.once())
            if self.target() is session and not self._asked:
                return moved.as_dict()

    def stop(self) -> None:
        """Stop both threads; one that hangs on the share is left behind."""
        self._stopped.set()
        service, self._service = self._service, None
        if service is not None:
            service.stop()

    def close(self) -> None:
        """Let go of the files of the places this desk waits for, or was in before."""
        for session in (self._waiting, *self._before.values()):
            if session is not None:
                session.place.close()

    def wake(self) -> None:
        """Sync soon: something was written."""
        if self._service is not None:
            self._service.wake()

    def _serve(self) -> None:
        from agent_tui.sync.service import Service  # noqa: PLC0415 - no command has a service

        session = self.target()
        if session is None or self._stopped.is_set():
            return
        service = self._service = Service(
            self._open(session), now=session.now, told=lambda moved: self._told(session, moved), fault=self._report
        )
        if not self._stopped.is_set():  # as it may be by now: what is opened here is read first
            service.start()

    def _report(self, fault: Exception) -> None:
        with suppress(OSError):
            write_report(self._home.path, fault)

    def _told(self, session: Session, moved: "Moved | None") -> None:
        """Called after each round, in the sync's thread. Listeners are told if something changed, which is rare."""
        if self.target() is not session:
            # This desk is in its team now: a service of its own syncs that. If it cannot begin yet the old one goes on.
            old = self._service
            self._serve()
            if old is not None:
                Thread(target=old.stop, daemon=True).start()
        state = replace(self.view(), last_ok=None)
        if moved or state != self._state:
            self._state = state
            self._book.tell(Change(sync=True))

    def _open(self, session: Session) -> "Syncer":
        from agent_tui.book.sharing.host import SessionHost  # noqa: PLC0415 - a command that only reads does without
        from agent_tui.sync.places import open_backend  # noqa: PLC0415 - likewise
        from agent_tui.sync.syncer import Syncer  # noqa: PLC0415 - so does the desk's first frame

        place = session.place
        self._keep_copies(place)
        folder = self.folder(session) or ""
        self._host = SessionHost(
            session,
            folder,
            self._lock,
            self._book.tell,
            self._after_pull,
            lambda since, copy: self._renew(session, since, copy),
        )
        syncer = self._syncer = Syncer(
            open_backend(folder),
            place.where,
            place.journal,
            self._host,
            team=place.team.team,
            public=place.key.public,
            now=session.now,
            retired=place.state.retired,
        )
        # Take in what another process of this home mirrored before this syncer began.
        with self._lock:
            members = session.catch_up()
        if members:
            self._book.tell(Change(members=True))
        return syncer

    def target(self) -> Session | None:
        """The session that is synced. One that waits with a new key for the team in use has its turn once let in."""
        session = self._session
        waiting = self._waiting
        if waiting is not None:
            same = waiting.place.team.team == session.place.team.team
            # Until then the desk or board must go on hearing from that team.
            return session if same and session.place.membership.binding(waiting.place.writer) is None else waiting
        return session if session.place.state.share else None

    # ---- a new key ----

    def _renew(self, session: Session, since: int, copy: tuple[str, bytes] | None) -> None:
        """Ask to join with a new key, once; keep `copy`, what the share has under the old one, on this machine too."""
        from agent_tui.book.sharing.rejoin import ask_with_new_key, keep_copy  # noqa: PLC0415 - once in a machine's life

        if session is self._waiting and session.place.journal.last_seq:
            # Another process of this home is there already: what it logged there is to be brought over too.
            self._go_over(session)
        active = self._session.place
        if self._syncer is not None:
            since = min(since, self._syncer.last_common())
        with self._lock:
            if session.place.name == active.state.previous:
                # This desk went over in the round that goes on: it has its new key, and more of the old to bring over.
                new = active
                if since < new.state.since:
                    new.set_state(replace(new.state, since=since))
            else:
                new = ask_with_new_key(self._home, self._odds, active, session.place, since, session.now(), twin=True)
                if self._waiting is None or self._waiting.place.name != new.name:
                    self._waiting = Session(self._home, new.name, self._clock)
                    self._asked = True
                elif self._waiting.place.state.since > new.state.since:
                    self._waiting.place.set_state(new.state)
        if copy:
            keep_copy(new, *copy)
        self._book.tell(Change(members=True, sync=True))

    # ---- going over ----

    def _after_pull(self) -> None:
        """If this desk was let into the team it asked for, bring its records over and continue there."""
        session = self._waiting
        if session is None:
            self._catch_up_previous()
        elif self.target() is session and self._let_in(session):
            self._go_over(session)
        self._book.erasures.obey()

    def _go_over(self, session: Session) -> None:
        from agent_tui.book.sharing.bring import bring_over  # noqa: PLC0415 - once in a machine's life

        self._keep_copies(session.place)
        with self._book.writing, self._home.lock(self._home.path / "bring.lock"), self._lock:
            # What was written late into the earlier place is brought over through this one.
            self._catch_up_previous()
            # Members first: they decide what counts of the days loaded next.
            session.catch_up()
            session.load_month(session.now().date(), session.asked_of)
            bring_over(self._session, session)
            self._waiting = None
            self._book.use(session)

    def _keep_copies(self, place: Place) -> None:
        """With a new key, keep what this desk read under the old one, whatever the share has lost since."""
        active = self._session.place
        if place.name != active.name and place.team.team == active.team.team:
            with self._home.lock(self._home.path / "bring.lock"):
                Mirror(place.where.mirror, self._home.files).adopt(Mirror(active.where.mirror, self._home.files))

    def _let_in(self, session: Session) -> bool:
        """Whether this device is in the team and has its keys; with a new key, also all that the old one published."""
        if session.place.me is None or session.place.tag_keys() is None:
            return False
        again = session.place.team.team == self._session.place.team.team
        return not again or self._syncer is None or not self._syncer.reading

    def _catch_up_previous(self) -> None:
        """Bring over what a command wrote into the old journal while the desk moved."""
        session = self._session
        previous = next(iter(self.before), None)
        if previous is None:
            return
        previous.place.journal.refresh()
        last = previous.place.journal.last_seq
        if last > session.place.state.since and self._caught_up != (previous.place.name, last):
            from agent_tui.book.sharing.bring import bring_over  # noqa: PLC0415 - when a command wrote while the desk went over

            with self._lock:
                bring_over(previous, session)
                # The old place may have got a ring that obeys no erasure yet.
                session.news += 1
            self._caught_up = previous.place.name, last

    # ---- older days ----

    def index(self, breath: float = 0.0) -> None:
        """Index the own segments that are not indexed yet, pausing `breath` seconds after each, as the desk is in use.
        The index is kept on the disk.
        """
        session = self._session
        kept = None if session.history.kept else read_history(self._home, history_path(session.place))
        with self._lock:
            history, replaced = session.history, session.place.replaced
            if kept and not session.segments.replaced(kept[1]):
                history.take(kept[0])
            left = not_indexed(session)
        for one in left:
            if self._stopped.wait(breath):
                return
            with self._lock:
                index_segment(session, one)
        with self._lock:
            # The history may have been begun anew meanwhile; then the next round does the rest.
            session.history.whole = session.history is history
        if sum(one.size for one in left) > _WORTH_KEEPING:
            write_history(self._home, history_path(session.place), history.pack(), replaced)
        self._book.tell(Change(sync=True))

    # ---- the state ----

    def view(self) -> SyncView:
        """The state of the sync, here or in the process that synced last."""
        session = self.target() or self._session
        place = session.place
        known = last_known(place.where)
        status = self._service.status() if self._service is not None else None
        published = max(known.published, status.published if status else 0)
        active = self._session.place
        # While this desk waits to be let in, all that it logged since it asked is still to be sent.
        waits = self._waiting and (place is not active or place.state.retired)
        pending = active.journal.last_seq - (self._waiting.place.state.since if self._waiting and waits else published)
        return SyncView(
            share=self.folder(session),
            pending=max(0, pending) if place.state.share else 0,
            last_ok=(status.last_ok if status else None) or known.last_ok,
            offline_since=status.offline_since if status else None,
            error=(status.error if status else None) or self.stopped(),
            left=status.left if status else 0,
            ended=self.ended,
        )

    def stopped(self) -> str | None:
        """Why nothing written here counts in the team any more, in one line; None if it does count."""
        return self._cloned() or self._ended()

    def looked(self) -> SyncView:
        """`view`; if that shows no error, the folder is tried too, for a second at most."""
        from agent_tui.sync.reach import unreachable  # noqa: PLC0415 - for two commands alone

        view = self.view()
        if view.share is None or view.error is not None:
            return view
        away = unreachable(view.share, _PATIENCE_S)
        return replace(view, error=str(away) if away else None)

    def findings(self) -> "list[Finding]":
        """What is wrong on the share, as far as this process has seen."""
        return list(self._syncer.findings) if self._syncer else []

    def _cloned(self) -> str | None:
        """The line that says that this device's key is in use elsewhere, and nothing is published any more."""
        place = self._session.place
        if place.state.retired:
            return t("sync.finding_cloned", where=place.writer)
        return next((finding.text() for finding in self.findings() if finding.code == "cloned"), None)

    @property
    def ended(self) -> bool:
        """Whether a supervisor ended this device, and it has not asked again."""
        me = self._session.place.me
        return me is not None and me.end is not None and self._waiting is None

    def _ended(self) -> str | None:
        """The line that says that a supervisor ended this device."""
        place = self._session.place
        return t("errors.device_ended", share=place.state.share, id=place.state.id) if self.ended else None
