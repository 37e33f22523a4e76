"""Reading what others published: each file that has grown, from its watermark up to the last signature that holds.

The watermark of a file is the length of its copy in the mirror. Bytes are kept there first, and told to the book then.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec

from agent_tui.store.segments import day_of
from agent_tui.sync import names
from agent_tui.sync.backend import Backend
from agent_tui.sync.documents import Documents
from agent_tui.sync.findings import PATIENCE, Code, Finding, Findings, unread
from agent_tui.sync.host import Follow, Host, Moved
from agent_tui.sync.mirror import OTHER, Mirror
from agent_tui.sync.verify import MAX_FILE, Checker, Scanned, Verified, judged, scanned, verified
from agent_tui.sync.watch import UNFLUSHED, Watch, Watched
from agent_tui.trust.signatures import Claim

# After so many readings that brought nothing the whole file is compared with the copy here.
_DEEP_AFTER = 2
_BATCH = 256
# So much is read before its signatures are checked, all together.
_GROUP_BYTES = 4 * 1024 * 1024
# A file that its writer publishes steadily hardly ever has more than this to read at once.
_LARGE = 1024 * 1024


class _Read(msgspec.Struct):
    """A file with what was read of it and not yet checked: `claim` is that of its last signature."""

    file: Watched
    public: bytes
    data: bytes
    seen: Scanned
    claim: Claim | None


class Reader:
    """Reads the segments that `watch` knows to be behind and, through `documents`, the key files that they need.

    `brought` is called with each day that brought something; `today` gives the day in the team's zone, `zone`.
    """

    def __init__(
        self,
        backend: Backend,
        mirror: Mirror,
        host: Host,
        findings: Findings,
        watch: Watch,
        documents: Documents,
        *,
        team: str,
        monotonic: Callable[[], float],
        brought: Callable[[date], None],
        today: Callable[[], date],
        zone: ZoneInfo,
    ) -> None:
        self._backend = backend
        self._mirror = mirror
        self._host = host
        self._findings = findings
        self._watch = watch
        self._documents = documents
        self._team = team
        self._monotonic = monotonic
        self._brought = brought
        self._today = today
        self._zone = zone
        self._rings: set[str] = set()
        self._others = True
        # How many entries of `Mirror.replaced` are known here.
        self._replaced = len(mirror.replaced())
        # The state in which each file in doubt was compared with the share: its size there and here, its writer's end.
        self._compared: dict[str, tuple[int, int, tuple[int, str] | None]] = {}
        # Copies of this day and later ones are not flushed.
        self._unflushed = date.min
        self._checker = Checker()
        self.left = 0
        """How many files of followed writers still had more to read after the last round."""

    def begin(self, *, others: bool) -> None:
        """Begin a round. `others`: another process of this home may have added to the mirror."""
        self._others = others
        if others:
            self._watch.touched()
            if replaced := self._mirror.replaced(self._replaced):
                self._replaced += len(replaced)
                self._watch.replaced({*replaced})
                self._host.rewrote()

    def read(self, *, slow: bool, until: float) -> Moved:
        """Read what is behind until the monotonic time `until`: supervisors first, then the latest days first.

        `slow`: colleagues too. What one file holds, such as a new member, may make others readable.
        """
        moved = Moved()
        self._watch.wake()
        self._unflushed = self._today() - UNFLUSHED
        while batch := self._next(slow):
            if not self._read_batch(batch, moved, until):
                break
        self.left = len(self._watch.behind(lambda writer: self._host.follows(writer) is not None))
        return moved

    def more(self, *, slow: bool) -> bool:
        """Whether the last round left something to read, not counting files that brought nothing when last read."""
        following = self._next(slow)
        return bool(following) and not following[0][0].tries

    def compare(self) -> Moved:
        """Compare the copies in doubt with the share, byte by byte; each once, until one of the two changes."""
        moved = Moved()
        for day, leaf in self._host.doubted():
            segment = names.segment(leaf)
            public = self._host.public_of(segment.writer) if segment else None
            listed = (self._watch.listed(day) or {}).get(leaf)
            if segment is None or public is None or not listed:
                continue
            file = self._watch.held(day, segment, self._mirror.size(names.day_prefix(day) + leaf))
            self._catch_up_with_mirror(file, public, moved)
            state = listed, file.end, self._host.ends_with(segment.writer)
            if self._compared.get(file.name) != state:
                with suppress(OSError):
                    self._goes_over(file, public, moved)
                    self._compared[file.name] = state
        return moved

    # ---- one batch ----

    def _next(self, slow: bool) -> list[tuple[Watched, bytes]]:
        levels: dict[str, Follow] = {}
        publics: dict[str, bytes] = {}

        def wanted(writer: str) -> bool:
            level, public = self._host.follows(writer), self._host.public_of(writer)
            if level is None or public is None or (level == "slow" and not slow):
                return False
            levels[writer], publics[writer] = level, public
            return True

        files = self._watch.behind(wanted)
        first = [file for file in files if levels[file.segment.writer] == "first" and not file.tries]
        # Any order would do, as folding is a union. The oldest of supervisors come first, as they tell who is a member;
        # of all others the newest.
        ordered = sorted(first or files, key=lambda file: (file.day, file.name), reverse=not first)
        # Anybody may leave files in anybody's name: giants and those that brought nothing come last.
        ordered.sort(key=lambda file: (file.tries, self._watch.size_of(file) - file.end > _LARGE))
        return [(file, publics[file.segment.writer]) for file in ordered[:_BATCH]]

    def _read_batch(self, batch: list[tuple[Watched, bytes]], moved: Moved, until: float) -> bool:
        """Read a batch, at least one file of it. Whether all of it was read before the time was over.

        A file stays behind until what was read of it is taken, so also if this disk refuses or the share goes.
        """
        group: list[_Read] = []
        size, late = 0, False
        for file, public in batch:
            if late:
                return False
            data = self._data(file, public, moved)
            if data is None:
                self._watch.done_with(file)
            else:
                seen = scanned(file.segment, data, start=file.end, digest=file.digest)
                group.append(_Read(file, public, data, seen, seen.claim(public, self._team)))
                size += len(data)
            late = self._monotonic() >= until
            if late or size >= _GROUP_BYTES:
                self._take_group(group, moved)
                group, size, late = [], 0, self._monotonic() >= until
        self._take_group(group, moved)
        return True

    def _take_group(self, group: list[_Read], moved: Moved) -> None:
        # Signatures are checked once all files of a group are read: other threads would only compete with the reading.
        held = self._checker.hold([one.claim for one in group])
        for one, last in zip(group, held, strict=True):
            self._take(one, judged(one.seen, one.public, self._team, last=last), moved)

    def _data(self, file: Watched, public: bytes, moved: Moved) -> bytes | None:
        """What the share has behind the watermark; None if it cannot be read."""
        self._catch_up_with_mirror(file, public, moved)
        try:
            return self._backend.read(file.name, file.end, MAX_FILE - file.end)
        except FileNotFoundError:
            file.read = -1
            if file.segment.leaf in (self._watch.listed(file.day) or {}):
                self._watch.again(file)  # when listed again it may be back with the same size, and not look grown
            return None
        except OSError as error:
            # One file that cannot be read (locked, forbidden) must not keep the others from being read.
            self._findings.notice(unread(file.name, error), PATIENCE)
            self._watch.again(file)
            return None

    def _catch_up_with_mirror(self, file: Watched, public: bytes, moved: Moved) -> None:
        """Check a copy that this process has not read, and take in what another process of this home added to it."""
        if file.digest is not None and not self._others:
            return
        size = self._mirror.size(file.name)
        if size == file.end and (file.digest is not None or not size):
            return
        if size < file.end or file.digest is None:
            result = verified(file.segment, public, self._team, self._mirror.read(file.name) or b"")
            self._watch.adopt(file, result)
            new = [one for one in result.stored if one.offset >= file.told]
        else:
            data = self._mirror.read(file.name, file.end) or b""
            result = verified(file.segment, public, self._team, data, start=file.end, digest=file.digest)
            file.end, file.digest = result.end, result.digest
            new = self._watch.sequences.accept(file.segment, file.span, result.stored, len(result.damage))
        if result.end < size:
            self._mirror.cut(file.name, result.end)
        if new:
            self._host.take_lines(file.segment.writer, file.segment.leaf, new, result.roster)
            moved.records_in += len(new)

    def _take(self, one: _Read, result: Verified, moved: Moved) -> None:
        file, data = one.file, one.data
        file.read = file.end + len(data)
        if self._in_its_place(file, result):
            self._findings.clear("no_file", file.name)
            if result.end > file.end:
                self._keep(file, data, result, moved)
            listed = self._watch.size_of(file)
            if file.read > file.end or listed > file.end:
                self._wait_for_signature(one, listed, moved)
        self._watch.done_with(file)

    def _keep(self, file: Watched, data: bytes, result: Verified, moved: Moved) -> None:
        size = result.end - file.end
        # Keys first: they are on the share before the lines. If the share goes now, the file is still behind, and
        # nothing of it is kept here that the book was not told.
        rings = {one.line.sealed.ring for one in result.stored if one.line.sealed} - self._rings
        if rings:
            moved.add(self._documents.look_for_keys(sorted({ring[:16] for ring in rings})))
            self._rings |= rings
        # The copy before the book: what the book has seen is never missing from the mirror.
        self._mirror.extend(file.name, file.end, data[:size], flush=file.day < self._unflushed)
        moved.bytes_in += size
        file.end, file.digest, file.tries = result.end, result.digest, 0
        self._watch.keeps(file)
        self._findings.clear("unsigned", file.name)
        for one in result.damage:
            code: Code = "writer" if one.reason == "writer" else "unreadable"
            self._findings.notice(Finding(code, file.name, one.offset, one.reason))
        new = self._watch.sequences.accept(file.segment, file.span, result.stored, len(result.damage))
        self._host.take_lines(file.segment.writer, file.segment.leaf, new, result.roster)
        moved.records_in += len(new)
        self._brought(file.day)

    def _in_its_place(self, file: Watched, result: Verified) -> bool:
        """Whether a segment lies under the day of its first line, and under no other."""
        odd = self._misplaced(file, result) if result.end > file.end == 0 else None
        if odd:
            self._findings.notice(odd)
        return odd is None

    def _misplaced(self, file: Watched, result: Verified) -> Finding | None:
        leaf = file.segment.leaf
        known = self._watch.place_of(leaf) or self._host.day_of(leaf) or file.day
        if known != file.day:
            return Finding("second", file.name, None, str(known))
        # Not even the next day will do: an old copy that somebody put there might be read instead of the true file.
        at = result.stored[0].line.at if result.stored else ""
        with suppress(ValueError, OverflowError):
            if not at or day_of(at, self._zone) == file.day:
                return None
        return Finding("misplaced", file.name, None, at[:10])

    def _wait_for_signature(self, one: _Read, listed: int, moved: Moved) -> None:
        """Handle a rest that no signature covers: it is on its way, torn until its writer mends it, forged, or belongs
        to another history.
        """
        file = one.file
        if listed > MAX_FILE:
            self._findings.notice(Finding("too_large", file.name, None, str(listed)))
        self._findings.notice(Finding("unsigned", file.name, file.end), PATIENCE)
        # With a signature that does not hold here, it is not just on its way.
        if file.end and (file.tries >= _DEEP_AFTER or one.seen.signatures):
            with suppress(OSError):  # only its end could be read
                if self._goes_over(file, one.public, moved):
                    return
        self._watch.again(file)

    def _goes_over(self, file: Watched, public: bytes, moved: Moved) -> bool:
        """Compare the whole file with the copy. If the share has another history, report that; or, where that one is
        the right one, put it in the place of the copy, and return True.
        """
        data, held = self._backend.read(file.name, 0, MAX_FILE), self._mirror.read(file.name) or b""
        other = verified(file.segment, public, self._team, data)
        both = min(other.end, file.end)
        if data[:both] == held[:both]:
            self._findings.clear("changed", file.name)
            self._mirror.remove(file.name + OTHER)
            return False
        mine = verified(file.segment, public, self._team, held)
        if not (_follows(mine, other) or self._ends_with(file.segment.writer, other)):
            self._findings.notice(Finding("changed", file.name, None, file.segment.writer))
            self._mirror.keep_other(file.name, data[: other.end])
            return False
        self._mirror.replace(file.name, data[: other.end])
        self._replaced = len(self._mirror.replaced())
        self._watch.adopt(file, other)
        file.read, file.tries = len(data), 0
        for code in ("changed", "unsigned", "shrunk"):
            self._findings.clear(code, file.name)
        self._host.rewrote()
        moved.records_in += max(0, len(other.stored) - len(mine.stored))
        return True

    def _ends_with(self, writer: str, other: Verified) -> bool:
        """Whether a writer's end names a line of the other history, and not of the one read here."""
        end = self._host.ends_with(writer)
        return end is not None and any((one.line.seq, sha256(one.raw).hexdigest()) == end for one in other.stored)


def _follows(mine: Verified, other: Verified) -> bool:
    """Whether the other history begins with all records read here. Then its writer signed them anew, as after restoring
    a disk that had them unsigned, and nothing that was seen is taken back.
    """
    whole = not mine.damage and not other.damage
    return whole and [one.raw for one in mine.stored] == [one.raw for one in other.stored[: len(mine.stored)]]
