"""One team's place on this machine together with what was folded of it."""

from collections.abc import Callable, Iterable
from contextlib import closing, nullcontext, suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from agent_tui.book.figures.calls import Customers
from agent_tui.book.figures.days import Days
from agent_tui.book.folding.astray import Astray
from agent_tui.book.folding.folds import Folds
from agent_tui.book.folding.past import Past
from agent_tui.book.folding.plain import call_body
from agent_tui.book.folding.reach import Reach
from agent_tui.book.folding.taken import NOTHING, Taken
from agent_tui.book.own.history import History
from agent_tui.book.own.history_file import history_path
from agent_tui.book.place.pen import Draft, Pen
from agent_tui.book.place.place import Place
from agent_tui.book.place.rings import Rings
from agent_tui.book.place.sparing import erased_in
from agent_tui.book.segments.marks import Marks
from agent_tui.book.segments.segments import STANDING, Held, Segments
from agent_tui.book.segments.silent import last_days
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.store.home import Home
from agent_tui.store.segments import Stored
from agent_tui.store.table import DAYS_HELD
from agent_tui.sync.mirror import undisturbed
from shared_rules.folding.call_states import CallState
from shared_rules.records.lines import decode

if TYPE_CHECKING:
    from agent_tui.book.folding.packers import Packers
    from agent_tui.sync.findings import Finding

_DAY = timedelta(days=1)
# A clock that is further off is seen, and put right, within days.
_WRONG_CLOCK = timedelta(days=40)


class Session:
    """Not safe for several threads at once: the book locks around it, except for `Pen.write`."""

    def __init__(self, home: Home, team: str, clock: Clock) -> None:
        # `news` counts changes of erasures, key files and members; `obeyed` is the count that the key files here obey.
        self.news, self.obeyed = 1, 0
        self.awaited: tuple[str, ...] = ()
        # The calls that still reveal an erased customer; None until they were first looked for.
        self.unerased: list[Finding] | None = None
        self._home, self._where = home, home.team(team)
        # Taken before anything is read: later changes come through the sync, or through `catch_up`.
        self._mark = undisturbed(self._where, self._home.files)
        self.place = Place(home, team)
        self.clock = clock
        self.rings = Rings(self.place)
        self.pen = Pen(self.place, self.rings)
        self.segments = Segments(self.place)
        self.past = Past(self.place, self.segments)
        self.marks = Marks(self.place)
        self.watch: Callable[[Stored | None], None] | None = None
        """Called with each line that is taken in, and with None when members or keys came."""
        self.history = History()
        self._fold_anew()
        # The roster and the members first: they decide what of the rest counts.
        self._take_standing()

    def now(self) -> datetime:
        """The present instant in the team's zone."""
        return self.clock.now(self.place.zone)

    def today(self) -> date:
        """The day it is in the team's zone."""
        return self.now().date()

    def _fold_anew(self) -> None:
        self._day = self.today()
        self.folds = Folds(self.place, self.rings)
        self.days = Days(self.folds, self.place.membership, self.place.zone)
        self.customers = Customers(self.folds, self.segments)
        self.history.forget_folded()
        self.reach = Reach()
        self.astray = Astray(self.folds, self.place.membership, self.segments, self.marks, self.load)
        self._loaded: dict[str, int] = {}
        self._stood: set[tuple[str, int]] = set()
        # By phone tag: the older segments of which only the lines about that number are folded.
        self._told: dict[str, set[str]] = {}

    def refold(self) -> None:
        """Fold everything anew that was folded: members changed, and with them what counts."""
        reach = self.reach
        self.news += 1
        self._fold_anew()
        self._take_standing()
        for agent, since in reach:
            self.load(since, agent)
        self.look_again()

    @property
    def over(self) -> bool:
        """Whether everything was folded on another day than today. Folding it anew packs that day's calls away; a board
        that stays open would otherwise keep them all in memory, also one whose clock was ahead that day.
        """
        return self.today() != self._day

    def look_again(self) -> None:
        """Tell the watcher of new members or keys: lines may be readable, or count, that were not before."""
        if self.watch is not None:
            self.watch(None)

    def _take_standing(self) -> None:
        """Fold what matters beyond the day it was written on: members, policies, leave, grades and the like.

        A member record counts only if a supervisor wrote it, and it decides itself whether other lines count. So what
        was left out is tried again once all bindings are known.
        """
        # Do-not-call listings first, while there are no agents yet: each would have to be applied to each of them.
        standing = sorted(self.segments.standing(), key=lambda one: _FIRST.get(one.line.kind, len(_FIRST)))
        for stored in standing:
            self._stood.add((stored.line.writer, stored.line.seq))
            self.folds.take(stored)
        left_out = set(self.folds.left_out)
        for stored in standing:
            if (stored.line.writer, stored.line.seq) in left_out:
                self.folds.take(stored)

    def load(self, since: date, agent: str | None = None) -> None:
        """Fold the segments from the day before `since` on that are not folded yet. For an `agent`, only those of the
        agent and of the supervisors: nobody else writes about an agent.

        A record about a day is in a segment of that day or a later one, by its writer's clock; the day before allows
        for time zones. A wrong clock may have put it earlier: the segments of some weeks before are searched once.
        """
        if not self.reach.has(since, agent):
            for held in self.unlooked(since, agent):
                self.look_through(held)
            unloaded = self.unloaded(since, agent)
            with self.packing(unloaded):
                for held in unloaded:
                    self.load_segment(held)
            self.reach.note(since, agent)
            self.folds.wrote |= last_days(self.segments, self.place.membership.bindings(), self.folds.heard, agent)
        self.astray.fetch(since, agent)

    def unlooked(self, since: date, agent: str | None = None) -> list[Held]:
        """The earlier segments that `load` would search for records about later days, misplaced by a wrong clock."""
        if self.reach.has(since, agent):
            return []
        return self._telling_of(agent, self.segments.unread(since - _WRONG_CLOCK, since - _DAY))

    def look_through(self, held: Held) -> None:
        """Fold what an earlier segment tells of other days, and note how far it reaches."""
        for stored in self.segments.about_others(held):
            self._reach(stored, self.folds.take(stored))
        self._was_read(held)

    def unloaded(self, since: date, agent: str | None = None) -> list[Held]:
        """The segments that `load` would fold, the latest first."""
        if self.reach.has(since, agent):
            return []
        held = self._telling_of(agent, self.segments.held(since - _DAY))
        found = (one for one in held if self._loaded.get(one.name) != one.size)
        return sorted(found, key=lambda one: one.day, reverse=True)

    def packing(self, unloaded: Iterable[Held]) -> "closing[Packers] | nullcontext[None]":
        """See `Past.packing`."""
        return self.past.packing((held for held in unloaded if held.day < self.today()), self.folds)

    def _telling_of(self, agent: str | None, held: Iterable[Held]) -> list[Held]:
        """The segments that may say something about an agent; all of them if no agent is given."""
        of = self.place.membership.bindings()
        writers = {one.writer for one in of if agent in (None, one.person) or one.role == "supervisor"}
        return [one for one in held if agent is None or one.writer in writers]

    def load_month(self, day: date, agent: str | None = None) -> None:
        """Fold what the month of `day` needs; see `load`."""
        self.load(day.replace(day=1), agent)

    @property
    def asked_of(self) -> str | None:
        """Whose days are shown here: one's own. None (everybody's) for a supervisor, or while unbound."""
        me = self.place.me
        return None if me is None or me.role == "supervisor" else me.person

    def load_segment(self, held: Held, *, opened: bool = False) -> None:
        """Fold one segment, unless it is folded. `opened`: own calls one by one, as a desk will show them."""
        if self._loaded.get(held.name) == held.size:
            return
        first_time = held.name not in self._loaded
        self._loaded[held.name] = held.size
        mine = self.is_mine(held.writer)
        if first_time and not (opened and mine) and self._load_pack(held):
            return
        lines = list(self.segments.read(held))
        calls, rest = self.folds.take_calls(held.writer, lines)
        if mine:
            self.history.note_calls(held.name, lambda: calls)
        for stored in rest:
            self._take_of_segment(stored)
        self._was_read(held)
        if calls:
            self.look_again()
        if held.writer == self.place.writer and held.day > self.today() - timedelta(days=DAYS_HELD):
            with self.place.records_lock:
                self.place.records.records.take(lines)

    def _load_pack(self, held: Held) -> bool:
        """Fold a segment of an earlier day as a pack, the sums of its calls; False where that cannot be done."""
        if held.day >= self.today():
            return False
        data = self.place.home.read(held.path) or b""
        shelved = self.past.of(held, data, self.folds)
        if shelved is None or shelved.first <= self.segments.last_before(held.name):
            return False
        if not self.folds.take_pack(shelved, self.past.unpack, partial(self.segments.read, held)):
            return False
        if self.is_mine(held.writer):
            self.history.note_calls(held.name, partial(self.past.unpack, shelved.pack))
        for offset, size in shelved.rest:
            raw = data[offset : offset + size]
            self._take_of_segment(Stored(held.name, offset, raw, decode(raw)))
        for day in shelved.pack.days:
            self.segments.reach(held.name, day)
        self._was_read(held)
        self.look_again()
        return True

    def is_folded(self, name: str) -> bool:
        """Whether a segment was folded, as long as it was then, and its calls are in memory one by one."""
        binding = self.place.membership.binding(name[:16])
        away = binding is not None and self.folds.fold(binding.person).is_put_away(name)
        return name in self._loaded and not away

    def catch_up(self) -> bool:
        """Take in what was stored in this home since this session began, also by other processes; whether members
        changed.

        This folds what was folded before and has grown, and from every segment what concerns all days.
        """
        before, self._mark = self._mark, undisturbed(self._where, self._home.files)
        if before is not None and before == self._mark:
            return False
        self.news += 1
        self.astray.look_again()
        members = self.forget_replaced() | self.place.take_kept()
        for stored in self.segments.standing():
            if (stored.line.writer, stored.line.seq) not in self._stood:
                members |= self.take(stored).everything
        if members:
            self.refold()
        for agent, since in () if members else self.reach:
            for held in self._telling_of(agent, self.segments.held(since - _DAY)):
                self.load_segment(held)
        if self.folds.unopened:
            self.rings.forget()
            self.customers.forget()
            self.folds.retry()
        return members

    def is_loaded(self, writer: str, at: str) -> bool:
        """Whether a writer's segments of the day in `at` (ISO 8601) are among those folded, or to be."""
        binding = self.place.membership.binding(writer)
        since = self.reach.since(binding.person, supervisor=binding.role == "supervisor") if binding else None
        return since is not None and at[:10] >= (since - _DAY).isoformat()

    def is_mine(self, writer: str) -> bool:
        """Whether a writer is a device of the person who sits here."""
        me, binding = self.place.me, self.place.membership.binding(writer)
        return me is not None and binding is not None and binding.person == me.person

    def load_segments(self, names: set[str]) -> None:
        """Fold the segments of those names, unless they are."""
        for held in self.segments.named(names - self._loaded.keys()):
            self.load_segment(held)

    def load_number(self, tag: str) -> None:
        """Fold what one's own older segments say about a number: the lines with its tag, and all changes to calls.

        A busy day's segment has hundreds of calls: to look up one customer must not keep all of them in memory.
        """
        told = self._told.setdefault(tag, set())
        names = self.history.segments(tag) - self._loaded.keys() - told
        told |= names
        for held in self.segments.named(names):
            lines = [(stored, call_body(stored.line)) for stored in self.segments.read(held)]
            changed = {body.about.id for _, body in lines if hasattr(body, "about")}
            for stored, body in lines:
                line = stored.line
                if body is None:
                    continue
                if line.kind != "call" or line.id in changed or body.phone_tag == tag:
                    self.take(stored)
                    if line.kind != "void":
                        self.customers.put((line.writer, line.seq), self.folds.open_customer(line, body))

    def take(self, stored: Stored) -> Taken:
        """Fold one line; what may have changed."""
        taken = self.folds.take(stored)
        if taken.erased:
            self.news += 1
            self.customers.forget()
        elif stored.line.kind == "correction" and erased_in(self.rings.erasures, stored):
            self.news += 1
        self._reach(stored, taken)
        me = self.place.me
        line = stored.line
        if line.kind in STANDING:
            self._stood.add((line.writer, line.seq))
        if taken is not NOTHING and me is not None and line.agent == me.person and line.kind in _CALLS:
            self.history.note(line.kind, line.id, stored.segment, call_body(line), folded=True)
        if self.watch is not None:
            self.watch(stored)
        return taken

    def take_own(self) -> list[Taken]:
        """Fold what other processes of this home wrote; what may have changed.

        A process that had not heard of an erasure may have written about that customer. Then the key files are checked
        once more.
        """
        taken = []
        for stored in self.place.journal.refresh():
            taken.append(self.take(stored))
            self.news += bool(erased_in(self.rings.erasures, stored))
        return taken

    def _take_of_segment(self, stored: Stored) -> None:
        """Fold a line of a segment, unless it was folded at the start: years of do-not-call listings are many."""
        line = (stored.line.writer, stored.line.seq)
        if stored.line.kind not in STANDING or line not in self._stood or line in self.folds.left_out:
            self.take(stored)
        elif self.watch is not None:
            self.watch(stored)

    def _reach(self, stored: Stored, taken: Taken) -> None:
        for _, day in taken.days if stored.line.kind not in STANDING else ():
            self.segments.reach(stored.segment, day)

    def _was_read(self, held: Held) -> None:
        """Note how far a segment reaches, unless a line of it, or of another, could not be opened yet."""
        if not self.folds.unopened:
            self.segments.was_read(held)

    # ---- segments whose bytes were replaced ----

    def forget_replaced(self) -> bool:
        """Forget what was made of mirrored copies that were replaced by another history; whether there were any."""
        replaced = self.segments.replaced()
        for name in {*replaced}:
            self.forget_segment(name)
        self.place.replaced += len(replaced)
        return bool(replaced)

    def forget_segment(self, name: str) -> None:
        """Forget what was known of a segment whose bytes were replaced."""
        if day := self.segments.day_of(name):
            self.marks.forget(day)
        self.segments.forget(name)
        self.history = History()
        with suppress(Problem):
            self.place.home.remove(history_path(self.place))

    def call(self, author: str, agent: str, id: str) -> CallState | None:
        """A call as it stands under the rules of its day; None for one that is not folded."""
        fold = self.folds.fold(agent)
        day = fold.day_of(author, id)
        if day is None:
            return None
        policy = self.folds.policy(agent, day)
        return fold.call(author, id, policy, new_hire=self.folds.is_new(agent, day, policy))

    def write(self, drafts: list[Draft]) -> list[Stored]:
        """Write records now; they are durable and not yet folded."""
        return self.pen.write(drafts, self.now())


_CALLS = ("call", "correction", "void")
_FIRST = {"member": 0, "do_not_call": 1}
