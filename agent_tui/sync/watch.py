"""What lies on the share, as listed, and which files of others have more than was read.

A file that shrank or vanished takes nothing back: it is only reported, after a while.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from agent_tui.store.files import Entry
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, must_stand
from agent_tui.sync.findings import PATIENCE, Finding, Findings, shown, unread
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.sequence import Sequences, Span
from agent_tui.sync.verify import Verified

if TYPE_CHECKING:
    from hashlib import _Hash

UNFLUSHED = timedelta(days=1)
"""Copies of the day this long before the present one, and of all later days, are not flushed as they grow."""

_RETRY_LEAST, _RETRY_MOST = 1.0, 600.0


@dataclass(slots=True)
class Watched:
    """One segment of another writer. `end` is the watermark in bytes, `digest` the SHA-256 object over the bytes before
    it, None while this process has not checked them.

    The book has all bytes before `told`. `read` is the size of the share's file when it was last read, -1 if it never
    was; `tries` counts readings that brought nothing; `again_at` is the monotonic time of the next try.
    """

    name: str
    day: date
    segment: names.SegmentName
    end: int
    span: Span
    told: int
    digest: "_Hash | None" = None
    read: int = -1
    tries: int = 0
    again_at: float = 0.0


class Watch:
    """Lists the share for the device that writes as `own`. `synced` is the day of the last sync, None if unknown."""

    def __init__(
        self,
        backend: Backend,
        mirror: Mirror,
        findings: Findings,
        *,
        own: str,
        monotonic: Callable[[], float],
        synced: date | None,
    ) -> None:
        self._backend = backend
        self._mirror = mirror
        self._findings = findings
        self._own = own
        self._monotonic = monotonic
        self.sequences = Sequences(findings)
        self.in_my_name: dict[date, dict[str, int]] = {}
        """The segments there in this device's own name and their sizes, by day, as far as listed."""
        self.changes = 0
        """Grows when a listing shows this device's own files differently from the one before."""
        self._changed: set[date] = set()
        self._listed: dict[date, dict[str, int]] = {}
        self._files: dict[date, dict[str, Watched]] = {}
        # The day of each file that was read: a file of the same name under another day is not read.
        self._place_of: dict[str, date] = {}
        # Files with more on the share than was read, by writer; and those to be tried again later.
        self._behind: dict[str, dict[str, Watched]] = {}
        self._waiting: dict[str, Watched] = {}
        # From this day on a power cut may have left copies torn. Which days lie there does not tell: the clock of a
        # colleague may be days ahead.
        self._doubted_from = min(mirror.days()[-2:], default=date.max)
        if synced is not None:
            self._doubted_from = min(self._doubted_from, synced - UNFLUSHED)
        # Whether another process of this home may have added to copies after the book read them.
        self._others = True

    def untouched(self) -> None:
        """Note that no other process of this home syncs as this one begins: the book reads all there is."""
        self._others = False

    def touched(self) -> None:
        """Note that another process of this home added to the mirror: the book may lack what is not checked yet."""
        self._others = True

    def replaced(self, names: Set[str]) -> None:
        """Note that another process of this home replaced these copies by another history."""
        for files in self._files.values():
            for file in files.values():
                if file.name in names:
                    file.digest, file.told = None, 0
                    self._note_behind(file)

    # ---- listing ----

    def listed(self, day: date) -> Mapping[str, int] | None:
        """The sizes on the share of a day's files, as last listed; None if it never was."""
        return self._listed.get(day)

    def size_of(self, file: Watched) -> int:
        """The size of a file on the share, as last listed; 0 if it was not there."""
        return self._listed.get(file.day, {}).get(file.segment.leaf, 0)

    def days(self) -> set[date]:
        """The days that were ever listed, or have copies here."""
        return {*self._listed, *self._mirror.days()}

    def changed(self) -> set[date]:
        """The days whose listing of this device's own files changed since this was last asked."""
        found, self._changed = self._changed, set()
        return found

    def look(self, day: date) -> None:
        """List a day, and note which files have more to read."""
        try:
            entries = self._backend.list(names.day_prefix(day))
        except NotADirectoryError:
            self._findings.notice(Finding("no_file", names.day_prefix(day)))
            return
        except PermissionError as error:
            self._findings.notice(unread(names.day_prefix(day), error), PATIENCE)
            return
        self._findings.clear("no_file", names.day_prefix(day))
        sizes = {entry.name: entry.size for entry in entries}
        before = self._listed.get(day)
        if sizes == before:
            return
        if before and not sizes:
            must_stand(self._backend)
        mine = {entry.name: entry.size for entry in entries if entry.kind == "file" and self._is_mine(entry.name)}
        if mine != self.in_my_name.get(day, {}):
            self.in_my_name[day] = mine
            self.changes += 1
            self._changed.add(day)
        if before is None:
            before = {}
            self._know(day)
        self._listed[day] = sizes
        for leaf in before.keys() - sizes.keys():
            self._findings.forget(names.day_prefix(day), leaf)
        for entry in entries:
            if before.get(entry.name) != entry.size:
                self._look_at(day, entry)
        self._look_for_lost(day)

    def _is_mine(self, leaf: str) -> bool:
        segment = names.segment(leaf)
        return segment is not None and segment.writer == self._own

    def _know(self, day: date) -> None:
        """Take up what the mirror has of a day, so that it is missed if the share lacks it, and checked if in doubt."""
        for leaf, size in self._mirror.segments(day).items():
            segment = names.segment(leaf)
            if segment:
                file = self._file(day, segment, size)
                if file.digest is None and (self._others or day >= self._doubted_from):
                    file.told = 0 if self._others else file.told
                    self._note_behind(file)

    def _look_at(self, day: date, entry: Entry) -> None:
        segment = names.segment(entry.name)
        if segment is None:
            oddity = names.oddity(entry.name)
            if oddity != "junk":
                self._findings.notice(Finding(oddity, names.day_prefix(day) + shown(entry.name)))
            return
        if entry.kind != "file":
            self._findings.notice(Finding("no_file", names.day_prefix(day) + entry.name))
            return
        if segment.writer == self._own:
            self._findings.clear("no_file", names.day_prefix(day) + entry.name)
            return
        file = self._file(day, segment, 0)
        self._findings.clear("gone", file.name)
        if entry.size < file.end:
            self._findings.notice(Finding("shrunk", file.name, entry.size, str(file.end)), PATIENCE)
            return
        if entry.size == file.end:
            self._findings.forget(names.day_prefix(day), entry.name)
            return
        self._findings.clear("shrunk", file.name)
        if entry.size != file.read:
            self._note_behind(file)

    def _look_for_lost(self, day: date) -> None:
        now = self._listed[day]
        lost = [file for leaf, file in self._files.get(day, {}).items() if leaf not in now and file.end]
        if lost and not now:
            self._findings.notice(Finding("gone", names.day_prefix(day)), PATIENCE)
            return
        self._findings.clear("gone", names.day_prefix(day))
        for file in lost:
            self._findings.notice(Finding("gone", file.name), PATIENCE)

    def held(self, day: date, segment: names.SegmentName, size: int) -> Watched:
        """What is known of a segment of which the mirror has a copy of `size` bytes."""
        return self._file(day, segment, size)

    def writers(self) -> set[str]:
        """The writers of the copies in the mirror, as far as their days were listed."""
        return {file.segment.writer for files in self._files.values() for file in files.values() if file.end}

    def place_of(self, segment: str) -> date | None:
        """The day under which a segment of that name was read; None if none is known to this process."""
        return self._place_of.get(segment)

    def keeps(self, file: Watched) -> None:
        """Note that something of a file is kept: no other file of its name is read."""
        self._place_of.setdefault(file.segment.leaf, file.day)

    # ---- what is behind ----

    def behind(self, wanted: Callable[[str], bool]) -> list[Watched]:
        """The files with more to read, of the writers for whom `wanted` is true."""
        return [file for writer, files in self._behind.items() if wanted(writer) for file in files.values()]

    def done_with(self, file: Watched) -> None:
        """Take a file off those that are behind: what there was to read is read."""
        files = self._behind[file.segment.writer]
        del files[file.name]
        if not files:
            del self._behind[file.segment.writer]

    def again(self, file: Watched) -> None:
        """Have a file read again later although its size stays the same, ever less often."""
        file.again_at = self._monotonic() + min(_RETRY_LEAST * 2.0 ** min(file.tries, 10), _RETRY_MOST)
        file.tries += 1
        self._waiting[file.name] = file

    def wake(self, *, every: bool = False) -> None:
        """Count as behind the files that are due to be tried again; `every`: all that wait for that."""
        now = self._monotonic()
        for name in [name for name, file in self._waiting.items() if every or file.again_at <= now]:
            self._note_behind(self._waiting.pop(name))

    def adopt(self, file: Watched, result: Verified) -> None:
        """Take the checked bytes of a copy as what was read of the file."""
        file.end, file.digest, file.read = result.end, result.digest, -1
        self.sequences.known(file.span, result.stored, len(result.damage))

    def _note_behind(self, file: Watched) -> None:
        self._behind.setdefault(file.segment.writer, {})[file.name] = file

    def _file(self, day: date, segment: names.SegmentName, end: int) -> Watched:
        files = self._files.setdefault(day, {})
        file = files.get(segment.leaf)
        if file is None:
            name = names.day_prefix(day) + segment.leaf
            file = files[segment.leaf] = Watched(name, day, segment, end, self.sequences.span(segment, name), end)
            if end:
                self.keeps(file)
        return file
