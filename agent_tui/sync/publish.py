"""Publishing the own journal: each file on the share is made a byte prefix of the local one, whatever state it is in.

Bytes there that this device signed and the journal lacks are never cut or overwritten: either they mend a damaged line
here, or the key lives twice.
"""

import errno
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from agent_tui.store.journal import Journal
from agent_tui.store.segments import Segment, Stored, last_good, scan, whole
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, concerns_one, days_of, together
from agent_tui.sync.findings import Finding, Findings
from agent_tui.sync.host import Host, Moved
from agent_tui.sync.strangers import Strangers
from agent_tui.sync.verify import MAX_FILE, Verified, verified
from agent_tui.sync.watch import Watch
from shared_rules.records.lines import SIGNATURE

_TAIL = 4096
# Bytes of own segments compared in one round, so that a desk with years behind it is not busy with them at start.
_COMPARED = 16 * 1024 * 1024


@dataclass(slots=True)
class _Own:
    """An own segment as last published: its first `size` bytes, whose SHA-256 is `digest`, up to the record `seq`.

    `sure`: it was compared byte by byte since the start, the last error, or since a newer segment ended it (`ended`).
    `seen` is the local size at the last look. `there` is the size on the share as last listed, `listed` that size when
    all was well: it may differ from `size`, as a listing may be older than the last write.
    """

    day: date
    leaf: str
    size: int = 0
    digest: bytes = b""
    seq: int = 0
    seen: int = -1
    there: int = 0
    listed: int = -1
    sure: bool = False
    ended: bool = False

    @property
    def name(self) -> str:
        """Where it lies on the share."""
        return names.day_prefix(self.day) + self.leaf


class Publisher:
    """Publishes the journal of the device with the Ed25519 key `public`; `watch` tells what lies on the share."""

    def __init__(
        self,
        backend: Backend,
        journal: Journal,
        host: Host,
        findings: Findings,
        watch: Watch,
        *,
        team: str,
        public: bytes,
        retired: bool,
    ) -> None:
        self._backend = backend
        self._journal = journal
        self._host = host
        self._findings = findings
        self._watch = watch
        self._team = team
        self._public = public
        # Days whose listing changed, until all segments were gone through once more.
        self._to_look: set[date] = set()
        self._own: dict[str, _Own] = {}
        self._strangers = Strangers(backend, findings, watch, local=self._local, verified=self._verified)
        self._budget = 0
        self._left = False
        self.cloned = retired
        """The key signs elsewhere too: nothing more is published with it."""
        # A file of the other machine of which the host could not be told yet, as this disk or the share refused.
        self._untold: tuple[str, bytes] | None = None
        self.published = 0
        """The seq of the last own record known to be on the share, with all before it."""

    def publish(self, *, thorough: bool) -> Moved:
        """Sign what is unsigned and make the share equal. `thorough`: compare everything again, byte by byte.

        A file that this user may not read or write there, or with something else in its place, keeps no other file from
        being published; its OSError, which names the others like it, is raised at the end.
        """
        moved = Moved()
        if thorough:
            for own in self._own.values():
                own.sure = own.ended = False
            self._strangers.forget()
        self._budget = _COMPARED
        if self.cloned:
            self._findings.notice(Finding("cloned", self._journal.writer))
            self._tell_of_twin()
            return moved
        segments = self._journal.segments()
        if twin := self._strangers.look({segment.name: segment.day for segment in segments}):
            self.found_twin(*twin)
        self._left = self._strangers.left
        self._to_look |= self._watch.changed()
        refused: OSError | None = None
        try:
            for place, segment in enumerate(segments):
                if self._is_settled(segment):
                    continue
                if self.cloned:
                    break
                try:
                    self._publish(segment, moved, last=place == len(segments) - 1)
                except OSError as error:
                    if self.cloned or not concerns_one(error):
                        raise
                    refused = together(refused, error)
            if refused:
                raise refused
            self._to_look.clear()
        finally:
            self._count([segment.name for segment in segments])
        return moved

    def _is_settled(self, segment: Segment) -> bool:
        """Whether a segment has ended, lies on the share and shows no change since: true of nearly all after years."""
        own = self._own.get(segment.name)
        return bool(own and own.ended and own.sure and own.seen == segment.size and own.day not in self._to_look)

    def more(self) -> bool:
        """Whether segments were left for the next round."""
        return self._left and not self.cloned

    def _count(self, leaves: Iterable[str]) -> None:
        last = 0
        for leaf in leaves:
            own = self._own.get(leaf)
            if own is None or not own.size:
                break
            last = own.seq
        self.published = last

    def _publish(self, segment: Segment, moved: Moved, *, last: bool) -> None:
        own = self._own.setdefault(segment.name, _Own(segment.day, segment.name))
        if not own.sure and own.seen >= 0 and self._budget > 0:
            self._watch.look(segment.day)  # it is compared again, with what is there now
        there = self._size_there(own)
        if there == own.size:
            own.listed = there
        untouched = there in (own.size, own.listed)
        if own.sure and own.seen == segment.size and untouched and (last or own.ended):
            return
        if not own.sure and self._budget <= 0:
            self._left = True
            return
        own.there = there
        own.sure = own.sure and untouched
        compared = not own.sure
        try:
            self._make_equal(own, moved)
            if own.sure and not last and not own.ended:
                own.ended = True
                if not compared:
                    # What was appended while the segment grew was compared by its tail alone.
                    own.sure = False
                    self._make_equal(own, moved)
        except BaseException:
            own.sure = False  # the write may be torn, or done without its acknowledgement: compare everything
            raise
        own.listed = there

    def _size_there(self, own: _Own) -> int:
        listed = self._watch.listed(own.day)
        if listed is None:
            self._watch.look(own.day)
            listed = self._watch.listed(own.day)
        return (listed or {}).get(own.leaf, 0)

    # ---- one segment ----

    def _make_equal(self, own: _Own, moved: Moved) -> None:
        local = self._local(own.leaf)
        if own.sure and sha256(local[: own.size]).digest() != own.digest:
            own.sure = False  # this disk changed what was published: the share may mend it
        if not own.sure:
            # Before signing: a damaged line must not be signed for when the share still has it whole.
            if not self._compare(own, local, moved):
                return
            own.sure = True
        own.seen = len(local)
        signed, seq = self._signed(own, local)
        if len(signed) > own.size:
            if not self._tail_is_mine(own, signed) and not self._compare(own, local, moved):
                return
            self._backend.write_at(own.name, own.size, signed[own.size :])
            moved.bytes_out += len(signed) - own.size
            moved.records_out += sum(
                isinstance(one, Stored) and one.line.kind != SIGNATURE
                for one in scan(own.leaf, self._journal.writer, signed[own.size :], own.size)
            )
            own.seen = len(signed)
        own.size, own.digest, own.seq = len(signed), sha256(signed).digest(), seq

    def _local(self, leaf: str) -> bytes:
        data = self._journal.bytes_of(leaf)
        return data[: whole(data)]

    def _signed(self, own: _Own, local: bytes) -> tuple[bytes, int]:
        """The segment up to its last signature, which is made now if records wait for one; and that signature's seq.

        Nothing is written or flushed if no record waits and all bytes are on the share, or known to be on the disk.
        """
        leaf = own.leaf
        found, _ = last_good(leaf, self._journal.writer, local)
        if found and found.line.kind == SIGNATURE and found.offset + len(found.raw) == len(local):
            current, taken = self._journal.taken
            # Whoever signed it may have been killed before the flush: what a power cut takes from here alone would
            # look like another machine's.
            if len(local) <= own.size or (leaf == current and len(local) <= taken):
                return local, found.line.seq
        self._journal.append_signature(self._host.signer(), leaf)
        data = self._local(leaf)
        end = len(data)
        while end:
            found, _ = last_good(leaf, self._journal.writer, data[:end])
            if found is None:
                break
            if found.line.kind == SIGNATURE:
                return data[: found.offset + len(found.raw)], found.line.seq
            end = found.offset  # logged since, by another thread or process
        return b"", 0

    def _verified(self, leaf: str, data: bytes) -> Verified:
        name = names.segment(leaf)
        assert name is not None
        return verified(name, self._public, self._team, data)

    def _tail_is_mine(self, own: _Own, signed: bytes) -> bool:
        start = max(0, own.size - _TAIL)
        return self._backend.read(own.name, start, _TAIL + 1) == signed[start : own.size] if own.size else True

    def _compare(self, own: _Own, local: bytes, moved: Moved) -> bool:
        """Compare all bytes and put the share right up to where both agree; False when that has to wait.

        Afterwards `own.size` bytes are there, equal to the local ones, and nothing behind them.
        """
        try:
            there = self._backend.read(own.name, 0, MAX_FILE)
        except FileNotFoundError:
            there = b""
        if len(there) < min(own.there, MAX_FILE):
            self._watch.look(own.day)  # it may have been cut after it was listed
            own.there = self._size_there(own)
        if len(there) < min(own.there, MAX_FILE):
            # Read short: what was not seen must not be overwritten.
            raise OSError(errno.EIO, "the share gave less than it has", own.name)
        self._budget -= len(there)
        same = _same(local, there)
        if len(there) > same:
            mine = self._verified(own.leaf, there)
            if mine.end > same:
                return self._foreign(own, local, there[: mine.end], moved)
            # Torn, zeroed or overwritten: no signature covers it.
            self._backend.truncate(own.name, same)
            own.there = same
            moved.mended += len(there) - same
        elif own.size > same:
            moved.mended += own.size - same  # cut or restored from an older copy
        own.size, own.digest = same, sha256(local[:same]).digest()
        return True

    def _foreign(self, own: _Own, local: bytes, there: bytes, moved: Moved) -> bool:
        """Handle bytes there that this device signed and the journal lacks: copy them home if they mend damaged lines,
        else report that the key lives twice. Always False: nothing may be written now.
        """
        own.sure = False
        lost = _mends(own.leaf, self._journal.writer, local, there)
        if lost:
            self._left = True
            if self._journal.replace(own.leaf, there + local[len(there) :]):
                moved.mended += sum(size for _, size in lost)
                for offset, _ in lost:
                    self._findings.notice(Finding("mended", own.name, offset))
            return False
        self.found_twin(own.name, there)
        return False

    def found_twin(self, name: str, data: bytes) -> None:
        """Stop publishing: the share has, in `name`, `data` that was signed with this key and not by this machine."""
        self.cloned = True
        self._untold = name, data
        self._findings.notice(Finding("cloned", self._journal.writer))
        self._tell_of_twin()

    def _tell_of_twin(self) -> None:
        if self._untold:
            self._host.cloned(*self._untold, self.last_common())
            self._untold = None

    def last_common(self) -> int:
        """The seq of the last own record up to which the share has the very same records, from the first on.

        They may share later ones too. Too low a number only means that some records are brought over twice, and each
        counts once.
        """
        there: dict[int, list[str]] = defaultdict(list)
        for day in days_of(self._backend):
            for entry in self._backend.list(names.day_prefix(day)):
                segment = names.segment(entry.name)
                if segment and segment.writer == self._journal.writer and entry.kind == "file":
                    there[segment.number].append(names.day_prefix(day) + entry.name)
        mine = {segment.number: segment.name for segment in self._journal.segments()}
        last = 0
        for number in sorted(mine.keys() | there.keys()):
            local = self._local(mine[number]) if number in mine else b""
            # The other machine's clock may show another day. Of two files with one number machines read different ones.
            others = [self._signed_there(name) for name in there[number]] or [b""]
            same = min(_same(local, other) for other in others)
            if number in mine:
                found, _ = last_good(mine[number], self._journal.writer, local[: local.rfind(b"\n", 0, same) + 1])
                last = found.line.seq if found else last
            if same < max(len(local), *map(len, others)):
                break
        return last

    def _signed_there(self, name: str) -> bytes:
        data = self._backend.read(name, 0, MAX_FILE)
        return data[: self._verified(name.rpartition("/")[2], data).end]


def _same(one: bytes, other: bytes) -> int:
    """How many bytes at the beginning are the same in both."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    low, high = 0, most  # the first difference lies in [low, high)
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _mends(leaf: str, writer: str, local: bytes, there: bytes) -> list[tuple[int, int]]:
    """The damaged lines of `local` (offset and size) that `there` has whole; none if they differ in anything else."""
    if len(local) < len(there):
        return []
    damaged = []
    for one in scan(leaf, writer, local):
        if one.offset >= len(there):
            break
        if isinstance(one, Stored):
            if there[one.offset : one.offset + len(one.raw)] != one.raw:
                return []
        else:
            # A line that lost its newline runs into the next one, which may lie behind the end of what is there.
            damaged.append((one.offset, min(one.size, len(there) - one.offset)))
    return damaged
