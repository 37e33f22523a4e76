"""Syncing a home with its share: first read, then publish. One sync at a time in a home, never on an event loop."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agent_tui.errors import Problem
from agent_tui.store.files import Files, trouble
from agent_tui.store.home import TeamHome
from agent_tui.store.journal import Journal
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, in_the_way, must_stand, names_of, reason_of
from agent_tui.sync.documents import Documents
from agent_tui.sync.findings import PATIENCE, Findings
from agent_tui.sync.host import Host, Moved
from agent_tui.sync.known import Known, keep_known, last_known
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.publish import Publisher
from agent_tui.sync.read import Reader
from agent_tui.sync.rota import SLOW, Rota
from agent_tui.sync.watch import Watch

_LISTING_S = 0.25
_READING_S = 0.5
_LOCK_S, _ROUND_LOCK_S = 30.0, 1.0
# The lock is not waited for longer than this where only the mirror's mark is wanted.
_LOOK_S = 0.05
_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class _Depth:
    """How much a round looks at: `slow` is the look of once a minute, `full` the look at everything."""

    slow: bool = False
    full: bool = False


class Syncer:
    """Syncs `journal`, of the device with the Ed25519 key `public`, in `place`, with `backend`.

    It makes and owns the mirror, the findings and the four that work on them: `Watch` lists, `Reader` reads segments,
    `Documents` all other files, `Publisher` writes the journal. Backend, place, journal and host are the caller's.

    `now` gives the time in the team's zone, `monotonic` gives seconds. Make a Syncer before the book reads the mirror:
    what lies there by then the book reads itself, and lines that come later are handed to `host`. `retired`: the key
    lives twice, and no record is published with it any more.
    """

    def __init__(
        self,
        backend: Backend,
        place: TeamHome,
        journal: Journal,
        host: Host,
        *,
        team: str,
        public: bytes,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        retired: bool = False,
    ) -> None:
        self.backend = backend
        self._files = Files()
        self._place = place
        self._lock_path: Path = place.sync_lock
        self._journal = journal
        self._host = host
        self._now = now
        self._monotonic = monotonic
        self.mirror = Mirror(place.mirror, self._files)
        self.findings = Findings(host.report, monotonic)
        """What is wrong now and was told."""
        self._rota = Rota(monotonic)
        last = last_known(place).last_ok
        self._watch = Watch(
            backend,
            self.mirror,
            self.findings,
            own=journal.writer,
            monotonic=monotonic,
            synced=last.astimezone(journal.zone).date() if last else None,
        )
        self._publisher = Publisher(
            backend,
            journal,
            host,
            self.findings,
            self._watch,
            team=team,
            public=public,
            retired=retired,
        )
        self._documents = Documents(
            backend,
            self.mirror,
            host,
            self.findings,
            own=journal.writer,
            monotonic=monotonic,
            twin=self._publisher.found_twin,
        )
        self._reader = Reader(
            backend,
            self.mirror,
            host,
            self.findings,
            self._watch,
            self._documents,
            team=team,
            monotonic=monotonic,
            brought=self._rota.brought,
            today=lambda: now().date(),
            zone=journal.zone,
        )
        # Whether the last look at the documents came to its end: it tells whose place this is.
        self._looked = False
        self._slow_reading = False
        # Whether the next look at the key files is a full one.
        self._full_look_for_keys = True
        self._published_of: tuple[int, int] | None = None
        self._remembered = (-1, 0.0)
        self._begin()

    # ---- what the book asks ----

    @property
    def published(self) -> int:
        """The seq of the last own record known to be on the share, with all before it."""
        return self._publisher.published

    @property
    def busy(self) -> bool:
        """Whether there is more to do at once: the next round need not wait for the next poll."""
        return self.reading or self._publisher.more()

    def last_common(self) -> int:
        """The seq of the last own record up to which journal and share are the same. Lists the whole share."""
        return self._publisher.last_common()

    @property
    def left(self) -> int:
        """How many files of others have more than was read, plus how many days are still to be listed."""
        return self._reader.left + self._rota.left

    @property
    def reading(self) -> bool:
        """Whether there is more to read at once."""
        return self._rota.left > 0 or self._reader.more(slow=self._slow_reading)

    # ---- rounds ----

    def round(self) -> Moved:
        """One poll: read what is due, then publish. Raises Problem; what was done until then stays. `store.busy` means
        that another process of this home syncs and did not end within a second.
        """
        with self._locked(_ROUND_LOCK_S):
            return self._round(self._depth(), thorough=False)

    def once(self) -> Moved:
        """Sync until nothing moves, looking at everything. Raises as `round`."""
        moved = Moved()
        with self._locked(_LOCK_S):
            self._watch.wake(every=True)
            for number in range(_ROUNDS):
                self._rota.everything()
                step = self._round(self._depth(), thorough=number == 0)
                while self.busy:
                    more = self._round(_Depth(), thorough=False)
                    step.add(more)
                    if not more and not self._rota.left:
                        break
                moved.add(step)
                if not step:
                    break
        return moved

    # ---- parts of a round ----

    @contextmanager
    def _locked(self, patience: float) -> Iterator[None]:
        with ExitStack() as held:
            try:
                held.enter_context(self._files.lock(self._lock_path, patience))
            except OSError as error:
                trouble(error, self._lock_path)
            try:
                self._reader.begin(others=self.mirror.begin())
                yield
            except OSError as error:
                # What this machine's own disk refuses was made a Problem already, so this comes from the share.
                if in_the_way(error) and error.filename:
                    raise Problem("sync.in_the_way", path=names_of(error), place=self.backend.place) from error
                reason = reason_of(self.backend, error)
                raise Problem("sync.trouble", place=self.backend.place, reason=reason) from error

    def _begin(self) -> None:
        """Note that the book will read all there is in the mirror, if no other process of this home syncs just now."""
        with suppress(Problem, OSError), self._files.lock(self._lock_path, _LOOK_S):
            self.mirror.begin()
            self._watch.untouched()

    def _depth(self) -> _Depth:
        full = self._rota.full_due()
        return _Depth(slow=self._rota.slow_due() or full, full=full)

    def _round(self, depth: _Depth, *, thorough: bool) -> Moved:
        moved = self._pull(depth)
        self._host.pulled(more=self.reading)
        self.findings.remind()
        moved.add(self._push(depth, thorough=thorough))
        self._remember()
        return moved

    def _pull(self, depth: _Depth) -> Moved:
        moved = Moved()
        now = self._now()
        if depth.slow or not self._looked:
            self._looked = False
            moved.add(self._documents.look())
            self._looked = True
        if depth.slow:
            found = (names.day(entry.name) for entry in self.backend.list(names.RECORDS))
            # Days known before too: otherwise a day whose directory is gone would never be missed.
            days = {day for day in found if day} | self._watch.days()
            self._rota.put_off(days, now.date(), recent=not depth.full)
        elif (awaited := self._host.awaits()) and self._rota.awaited_due():
            news = self._documents.look_for_news(awaited)
            moved.add(news)
            if news and awaited == names.ROSTER:
                # It may have let this device in: then keys wait for it too.
                self._rota.everything()
        for day in self._rota.at_each_poll(now):
            self._watch.look(day)
        until = self._monotonic() + _LISTING_S
        for day in self._rota.waiting():
            self._watch.look(day)
            if self._monotonic() >= until:
                break
        self._slow_reading = self._slow_reading or depth.slow
        self._full_look_for_keys |= depth.full
        moved.add(self._reader.read(slow=self._slow_reading, until=self._monotonic() + _READING_S))
        if not self._rota.left and not self._reader.more(slow=self._slow_reading):
            if self._slow_reading:
                moved.add(self._look_for_keys())
                self._watch.sequences.compare(PATIENCE)
                moved.add(self._reader.compare())
            self._slow_reading = False
        return moved

    def _push(self, depth: _Depth, *, thorough: bool) -> Moved:
        moved = self._documents.publish(sizes=depth.slow, thorough=thorough or depth.full)
        state = (self._journal.last_seq, self._watch.changes)
        if thorough or depth.slow or self._publisher.more() or state != self._published_of:
            must_stand(self.backend)
            moved.add(self._publisher.publish(thorough=thorough or depth.full))
            self._published_of = state if not self._publisher.more() else None
        if self._documents.refused:
            raise self._documents.refused
        return moved

    def _look_for_keys(self) -> Moved:
        """Look at the key files of the writers that the host names. In full also for what this home lacks: its own key
        files, and those of writers whose segments were copied here without them, from an earlier place.
        """
        full, self._full_look_for_keys = self._full_look_for_keys, False
        moved, writers = Moved(), set(self._host.key_makers(full=full))
        if full:
            if not self._publisher.cloned:
                moved.add(self._documents.look_for_own_keys())
            writers.update(one for one in self._watch.writers() if not self.mirror.sizes(names.keys_of(one)))
        moved.add(self._documents.look_for_keys(writers))
        return moved

    def _remember(self) -> None:
        """Leave the note for commands that do not sync: when something new is published, otherwise once a minute."""
        published, since = self._remembered
        if self.published != published or self._monotonic() >= since + SLOW:
            known = Known(self.published, self._now())
            keep_known(self._place, known, self._files)
            self._remembered = known.published, self._monotonic()
