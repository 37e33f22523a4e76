"""Reading what others published: each grown file from its watermark, up to the last signature that holds.

The watermark of a file is the length of its mirror copy. Bytes are kept there first and told to the book then.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
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
from agent_tui.sync.watch import Watch, Watched
from agent_tui.trust.signatures import Claim

_DEEP_AFTER = 2
_UNFLUSHED = timedelta(days=1)
_BATCH = 256
# So much is read before its signatures are checked, all together.
_GROUP_BYTES = 4 * 1024 * 1024
# More at a time has hardly any file that its writer keeps up.
_LARGE = 1024 * 1024


class _Read(msgspec.Struct):
    """A file with what the share had of it, not yet checked: `claim` is that of its last signature."""

    file: Watched
    public: bytes
    data: bytes
    seen: Scanned
    claim: Claim | None


class Reader:
    """Reads the segments that `watch` finds behind, and the key files they need through `documents`. `brought` is told
    the days that brought something; `today` is the team's, `zone` decides what a day is. One thread at a time, but for
    `load`.
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
        self._found_in_loading: list[Finding] = []
        self._others = True
        # How many entries of `Mirror.replaced` are known here.
        self._replaced = len(mirror.replaced())
        # Of each file in doubt: its size there and here, and its writer's end, as it was held against the share.
        self._compared: dict[str, tuple[int, int, tuple[int, str] | None]] = {}
        # Copies of this day and later ones are not flushed.
        self._unflushed = date.min
        self._checker = Checker()
        self.left = 0
        """How many files were left behind by the last round, of writers who are followed."""

    def load(self, day: date, leaf: str) -> Verified | None:
        """The lines of a mirrored segment, checked; None for one that is not there or whose writer has no key.

        May be called from any thread. What turns out damaged here is read again from the share.
        """
        segment = names.segment(leaf)
        name = names.day_prefix(day) + leaf
        public = self._host.public_of(segment.writer) if segment else None
        data = self._mirror.read(name) if public else None
        if segment is None or public is None or data is None:
            return None
        result = verified(segment, public, self._team, data)
        self._watch.loaded(day, segment, len(data), result)
        self._found_in_loading += [Finding("unreadable", name, one.offset, one.reason) for one in result.damage]
        return result

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
        """Read what is behind: supervisors first, then the latest days first, until the monotonic time `until`.

        `slow`: colleagues too. What one file tells, such as who is a member, may set others going.
        """
        moved = Moved()
        found, self._found_in_loading = self._found_in_loading, []
        for finding in found:
            self._findings.notice(finding)
        self._watch.wake()
        self._unflushed = self._today() - _UNFLUSHED
        while batch := self._next(slow):
            if not self._read_batch(batch, moved, until):
                break
        self.left = len(self._watch.behind(lambda writer: self._host.follows(writer) is not None))
        return moved

    def more(self, *, slow: bool) -> bool:
        """Whether something that could be read now was left for the next round, but for what brought nothing before."""
        following = self._next(slow)
        return bool(following) and not following[0][0].tries

    def compare(self) -> Moved:
        """Hold the copies that are in doubt against the share, byte by byte, each once as it is there and here."""
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
        # A writer's own order matters to nobody: folding is a union. Supervisors' oldest first, for who is who.
        ordered = sorted(first or files, key=lambda file: (file.day, file.name), reverse=not first)
        # Anybody may leave files in anybody's name: those that brought nothing, and giants, wait for the rest.
        ordered.sort(key=lambda file: (file.tries, self._watch.size_of(file) - file.end > _LARGE))
        return [(file, publics[file.segment.writer]) for file in ordered[:_BATCH]]

    def _read_batch(self, batch: list[tuple[Watched, bytes]], moved: Moved, until: float) -> bool:
        """Whether all of it was read before the time was over; one file is read in any case.

        A file is behind until it was taken: where this machine's disk refuses, or the share goes, it still is.
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
        # First all are read, then all are checked: threads that check meanwhile would fight over the interpreter.
        held = self._checker.hold([one.claim for one in group])
        for one, last in zip(group, held, strict=True):
            self._take(one, judged(one.seen, one.public, self._team, last=last), moved)

    def _data(self, file: Watched, public: bytes, moved: Moved) -> bytes | None:
        """What the share has after the watermark; None if it cannot be read."""
        self._catch_up_with_mirror(file, public, moved)
        try:
            return self._backend.read(file.name, file.end, MAX_FILE - file.end)
        except FileNotFoundError:
            file.read = -1
            if file.segment.leaf in (self._watch.listed(file.day) or {}):
                self._watch.again(file)  # it may be back, and as long as before, when that day is listed again
            return None
        except OSError as error:
            # One file that cannot be read (a lock, bad rights) must not keep the others from being read.
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
        # The keys before the lines, which are on the share before them: where the share goes meanwhile, the file is
        # behind still, and nothing of it is kept and told to nobody.
        rings = {one.line.sealed.ring for one in result.stored if one.line.sealed} - self._rings
        if rings:
            moved.add(self._documents.look_for_keys(sorted({ring[:16] for ring in rings})))
            self._rings |= rings
        # First the copy, then the book: what the book has seen is never missing here.
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
        # The very day: an old copy that anybody laid under the next would else be read in the place of the true one.
        at = result.stored[0].line.at if result.stored else ""
        with suppress(ValueError, OverflowError):
            if not at or day_of(at, self._zone) == file.day:
                return None
        return Finding("misplaced", file.name, None, at[:10])

    def _wait_for_signature(self, one: _Read, listed: int, moved: Moved) -> None:
        """The rest is on its way, or torn until its writer mends it, or forged, or of another history."""
        file = one.file
        if listed > MAX_FILE:
            self._findings.notice(Finding("too_large", file.name, None, str(listed)))
        self._findings.notice(Finding("unsigned", file.name, file.end), PATIENCE)
        # What has a signature that does not hold here is not on its way any more.
        if file.end and (file.tries >= _DEEP_AFTER or one.seen.signatures):
            with suppress(OSError):  # its end alone could be read
                if self._goes_over(file, one.public, moved):
                    return
        self._watch.again(file)

    def _goes_over(self, file: Watched, public: bytes, moved: Moved) -> bool:
        """Look at the whole file; where the share has another history, say so, or read that from here on."""
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
    """Whether all records read here stand in the other history: its writer signed them anew, as where a disk was put
    back that had them without their signature. Nothing that was seen is taken back then.
    """
    whole = not mine.damage and not other.damage
    return whole and [one.raw for one in mine.stored] == [one.raw for one in other.stored[: len(mine.stored)]]
