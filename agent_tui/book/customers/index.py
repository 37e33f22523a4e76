"""The customers of this desk, or, on a supervisor's machine, of the team: found while one types, and who is next.

Built from sealed records by a thread of its own and kept sealed on the disk, so that a start reads only what is new.
Until it is `ready` the book answers from the records themselves.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Event, RLock, Thread

import msgspec

from agent_tui.book.customers.kept import Kept, read_kept, write_kept
from agent_tui.book.customers.reading import CustomerReader
from agent_tui.book.customers.table import CustomerTable, Key, Known, make_texts
from agent_tui.book.erasures.following import customers_path
from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session
from agent_tui.crash import write_report
from agent_tui.errors import Problem
from agent_tui.store.segments import Stored, scan, whole
from shared_rules.phones import parse_phone
from shared_rules.records.lines import SIGNATURE

# The pause between two parts of a long reading, in seconds: the desk is in use meanwhile.
_BREATH_S = 0.002
_PART = 50
_SETTLE_S = 60.0
_PATIENCE_S = 0.3
# Fewer bytes than this are read again as fast as they are written; those are saved at the end only.
_WORTH_KEEPING = 1024 * 1024
_BOARD_READS = 256 * 1024 * 1024
"""A board reads so many bytes of the team's latest records, some 400,000 of them, and says what it left out."""


class CustomerIndex:
    """The index of one session. It calls `tell`, from its own thread, when customers changed."""

    def __init__(self, session: Session, lock: RLock, tell: Callable[[], None]) -> None:
        self._session = session
        self._book_lock = lock
        self._tell = tell
        place = session.place
        self._path = customers_path(place)
        self._lock = RLock()
        self._heard: deque[Stored] = deque()
        self._wake = Event()
        self._stopped = Event()
        self._look = False
        self._thread: Thread | None = None
        self._begin()
        self._keeps = True

    def _begin(self) -> None:
        everybody = self._session.place.supervisor and not self._session.place.membership.alone
        self._only = None if everybody else self._session.place.person
        self.table = CustomerTable()
        self._reader = CustomerReader(self._session, self._book_lock, self.table, self._only)
        self._marks: dict[str, int] = {}
        self._writers: dict[str, str] = {}
        # How many entries of `Mirror.replaced` are taken into account here.
        self._replaced = self._session.place.replaced
        self._dirty = False
        # A digest of the erasures that are taken into account here.
        self._erasures = ""
        self.ready = False
        self.cut_off = False
        """Whether older records were left out."""
        self.progress = (0, 0)
        """Segments read and to be read, while it is built."""

    # ---- running ----

    def start(self) -> None:
        """Build it and keep it up to date, in a thread of its own. Fine if it runs already."""
        if self._thread is None:
            self._session.watch = self._note
            self._thread = Thread(target=self._run, name="agent-tui-customers", daemon=True)
            self._thread.start()

    @property
    def started(self) -> bool:
        return self._thread is not None

    def stop(self) -> None:
        """Stop the thread, and keep what it knows on the disk."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            if self._thread.is_alive():
                return
        self._save()

    def build(self) -> None:
        """Bring it up to date now, in this thread: for a command, which has none of its own."""
        self._session.watch = self._note
        self._look = True
        self.hear(breath=0.0)

    def _run(self) -> None:
        self._look = True
        while not self._stopped.is_set():
            try:
                self.hear()
            except (Problem, OSError):
                pass  # the disk refused; it is tried again
            except Exception as fault:
                with suppress(OSError):
                    write_report(self._session.place.home.path, fault)
            self._wake.wait(_SETTLE_S)
            self._wake.clear()

    def _note(self, stored: Stored | None) -> None:
        """Note a line that the book took in; or (None) that keys or members came. Called from any thread."""
        if stored is None or not self.ready:
            self._look = True
        elif stored.offset < self._marks.get(stored.segment, 0):
            return
        else:
            self._heard.append(stored)
        self._wake.set()

    def hear(self, breath: float = _BREATH_S) -> None:
        """Take in the lines noted since the last time. In the index's own thread, or where it has none.

        Whatever stops it, what was not read is read the next time. Raises Problem and OSError.
        """
        try:
            self._hear(breath)
        except BaseException:
            self._look = True
            raise

    def _hear(self, breath: float) -> None:
        if self._look:
            self._look = False
            self._catch_up(breath)
        erasures = self._erasures_known()
        changed = False
        while self._heard and not self._stopped.is_set():
            stored = self._heard.popleft()
            if stored.line.kind != SIGNATURE:
                self._take(stored)
                changed = True
            if self._marks.get(stored.segment) == stored.offset:
                self._marks[stored.segment] = stored.offset + len(stored.raw)
        if changed:
            self._erasures = self._erasures if self._heard else erasures
            self._after()

    def _take(self, stored: Stored) -> None:
        self._reader.take(stored)
        self._dirty = True

    def _after(self) -> None:
        """Finish a batch of lines: read unclear customers whole, remake the texts if need be, tell the listeners."""
        if self._reader.unsure:
            self._reader.settle()
        if self._reader.erased or self._reader.respelled or self.table.stale:
            self._make_texts()
        if self._reader.erased:
            self._reader.erased = False
            self._save()
        self._tell()

    # ---- building ----

    def _catch_up(self, breath: float) -> None:
        """Read those parts of the segments that were not read yet."""
        if not self.ready and self._keeps:
            self._load()
        erasures = self._erasures_known()
        with self._book_lock:
            relevant = self._relevant()
            writers = {one.writer: self._bound(one.writer) for one in relevant}
            replaced = self._session.place.replaced != self._replaced
            if replaced:
                stale = {*self._session.segments.replaced(self._replaced)}
                self._heard = deque(one for one in self._heard if one.segment not in stale)
        known = {writer: bound for writer, bound in self._writers.items() if writer in writers}
        if replaced or any(writers[writer] != bound for writer, bound in known.items()):
            # Somebody's records were replaced, or count otherwise now: what was read of them may be wrong.
            self._begin()
            self._keeps = False
            self._catch_up(breath)
            return
        self._writers |= writers
        again, self._reader.waiting = self._reader.waiting, set()
        for name in again:
            self._marks.pop(name, None)
        marked = ((one, self._marks.get(one.name, 0)) for one in relevant)
        left = [(one, before) for one, before in marked if before < one.size]
        for count, (one, _) in enumerate(left):
            self.progress = (count, len(left))
            if self._stopped.is_set():
                return
            self._read(one, breath)
        if self._reader.unsure and not self._stopped.is_set():
            self._reader.settle()
        if self._stopped.is_set():
            return
        if left or self.table.stale:
            self._make_texts()
        self.progress = (0, 0)
        self.ready = True
        self._erasures = erasures
        self._dirty = self._dirty or bool(left)
        if sum(one.size - before for one, before in left) > _WORTH_KEEPING:
            self._save()
        self._after()

    def _read(self, held: Held, breath: float) -> None:
        start = self._marks.get(held.name, 0)
        try:
            data = self._session.place.home.files.read(held.path, start)
        except OSError:
            self._look = True
            return
        data = data[: whole(data)]
        for count, found in enumerate(scan(held.name, held.writer, data, start)):
            if isinstance(found, Stored) and found.line.kind != SIGNATURE:
                self._take(found)
            if not count % _PART and self._stopped.wait(breath):
                return
        self._marks[held.name] = start + len(data)

    def _relevant(self) -> list[Held]:
        """The segments that may be about customers, the oldest first: one's own and the supervisors', or all."""
        membership = self._session.place.membership
        found = []
        for one in self._session.segments.held():
            binding = membership.binding(one.writer)
            mine = binding is not None and (
                self._only is None or binding.person == self._only or binding.role == "supervisor"
            )
            if mine:
                found.append(one)
        found.sort(key=lambda one: (one.day, one.name))
        return found if self._only is not None else self._latest(found)

    def _latest(self, held: list[Held]) -> list[Held]:
        """The latest segments, as many as a board reads."""
        size = 0
        for count, one in enumerate(reversed(held)):
            size += one.size
            if size > _BOARD_READS:
                self.cut_off = True
                return held[len(held) - count :]
        return held

    def _bound(self, writer: str) -> str:
        """The binding of a device as a text, as far as it decides which of its lines count."""
        binding = self._session.place.membership.binding(writer)
        if binding is None:
            return ""
        return f"{binding.person} {binding.role} {binding.end.seq if binding.end else ''}"

    def _load(self) -> None:
        kept = read_kept(self._session.place.home, self._path, self._session.place.key, self._erasures_known())
        if kept is None or kept.agent != (self._only or "") or self._session.segments.replaced(kept.replaced):
            return
        try:
            self.table.load(kept.rows)
        except (msgspec.DecodeError, msgspec.ValidationError):
            self._begin()
            return
        self._marks, self._writers = kept.marks, kept.writers
        self._reader.know(kept.names)
        self._reader.waiting = set(kept.waiting)
        self._reader.early = kept.early
        self._reader.aliases = {
            (author, id): (tag, company, other, at) for author, id, tag, company, other, at in kept.aliases
        }
        self._make_texts()

    def _save(self) -> None:
        """Save it on the disk. If the disk refuses, the next start takes longer; nothing is lost."""
        with self._lock:
            if not self._dirty or not self.ready:
                return
            aliases = [(*named, *told) for named, told in self._reader.aliases.items()]
            kept = Kept(
                self._only or "",
                self._reader.names,
                dict(self._marks),
                self._writers,
                aliases,
                sorted(self._reader.waiting),
                self.table.packed(),
                self._reader.early,
                self._replaced,
            )
            with suppress(Problem):
                write_kept(self._session.place.home, self._path, self._session.place.key, self._erasures, kept)
                self._dirty = False

    def _erasures_known(self) -> str:
        with self._book_lock:
            return self._session.rings.erasures.digest()

    def _make_texts(self) -> None:
        self._reader.respelled = False
        self.table.spell({other: company for _, company, other, _ in self._reader.aliases.values()})
        self.table.take_texts(make_texts(*self.table.rows()))

    # ---- asking ----

    @property
    def up_to_date(self) -> bool:
        """Whether it knows all that was taken into the book."""
        return self.ready and not self._heard and not self._look

    def segment(self, number: int) -> str:
        """The name of a segment that a customer names by its number."""
        return self._reader.names[number]

    def folded(self, known: Known) -> bool:
        """Whether the calls with a customer are at hand, all of them, without reading the disk."""
        with self._book_lock:
            return all(self._session.is_folded(self._reader.names[number]) for number in known.segments)

    def search(self, query: str, limit: int) -> list[Known]:
        """Customers by the last digits of their number, pinyin, part of a name; who was called last first."""
        return self.table.search(query, limit)

    def known(self, phone: str) -> list[Known]:
        """The customer with a number, as each agent whose records are read here knows it."""
        number = parse_phone(phone)
        if number is None:
            return []
        return [known for key in self._keys(number.e164) if (known := self.table.get(key))]

    def companies(self, part: str, limit: int) -> list[str]:
        """Known names of companies that have `part` in them or in their pinyin, the most recent first."""
        found: dict[str, None] = {}
        folded = part.strip().casefold()
        if not folded:
            return []
        heard = self.table.sounds(folded)
        for known in self.table.search(part, 50 * limit):
            name = self.table.company(known.company)
            if folded in name.casefold() or folded in known.letters.partition(" ")[0] or (heard and heard.search(name)):
                found[name] = None
            if len(found) == limit:
                break
        return list(found)

    def _keys(self, e164: str) -> list[Key]:
        place = self._session.place
        with self._book_lock:
            secret = place.tag_secret()
            if self._only is None and secret is not None:
                return [(person.id, secret.for_agent(person.id).phone(e164)) for person in place.membership.people()]
            keys = place.tag_keys()
        return [(self._only or "", keys.phone(e164))] if keys else []
