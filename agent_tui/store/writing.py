"""Appending lines to segments durably, and mending what a crash left at the end of one.

Called under the journal's lock. Raises OSError as the system does.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize

from agent_tui.store.files import Files, write_all
from agent_tui.store.recent import Recent
from agent_tui.store.segments import Stored, scan, whole

TORN = ".torn"

Identity = tuple[int, int] | None


class Writing:
    """Writes whole lines of `writer` to segments, durably or not at all."""

    def __init__(self, files: Files, directory: Path, writer: str) -> None:
        self._files = files
        self._directory = directory
        self._writer = writer
        self._recent = Recent(files, directory)
        # Segments whose last flush failed: the cache may claim what the disk does not hold.
        self._doubtful: set[Path] = set()
        # The segment written last, kept open: opening and closing cost a fifth of a flush.
        self._kept: tuple[Path, Identity] | None = None
        self._handle = -1
        self._place = ""
        self._given_back: Callable[[], object] = bool

    def append(self, path: Path, identity: Identity, size: int, data: bytes) -> bool:
        """Put `data` at the end of a segment of `size` bytes and flush; on OSError it is as it was before.

        `identity` is that of the file now at `path`, None if there is none. Returns whether another file lies there
        afterwards: a new one, or one that took the place of a doubtful one.
        """
        try:
            if path not in self._doubtful and self._in_place(path, identity, size, data):
                return not size
            self.release()
            self._put_anew(path, size, data)
            return True
        except OSError:
            self.release()
            # If even this fails, the next call finds whole lines, which it takes in, or a torn one, moved aside.
            with suppress(OSError):
                self._recent.take_back()
            with suppress(OSError):
                self._cut(path, size)
            raise

    def unchanged(self, path: Path, identity: Identity, size: int) -> bool:
        """Whether a segment is the one that is kept open, and still has `size` bytes."""
        if self._kept != (path, identity) or not self._place:
            return False
        return self._files.still(self._handle, self._place, size)

    def settled(self, path: Path, start: int = 0, *, must: bool = False) -> bytes:
        """The whole lines of a segment from byte `start`. They are flushed: the process that wrote them may have died
        before it did that.

        What a power cut took from the segment written last is put back first; raises OSError where that fails. A torn
        tail is moved to the segment's `.torn` file. `must`: raise OSError if the move or the flush fails; without it a
        tail that cannot be moved is only left out of what is returned.
        """
        if back := self._put_back():
            self._bring_back(back)
        data = self._files.read(path, start)
        end = whole(data)
        try:
            if end < len(data):
                self._move_aside(path, start + end, data[end:])
            else:
                self._flush(path)
        except OSError:
            if must:
                raise
        return data[:end]

    def release(self) -> None:
        """Close the file that is kept open."""
        self._given_back()
        self._given_back, self._kept = bool, None

    def close(self) -> None:
        """Flush the segment written last and close all files. More can be written afterwards."""
        # If it cannot be flushed, whoever opens the journal next finds its last lines in `recent`.
        with suppress(OSError):
            self._finish()
            self._recent.empty()
        self.release()
        self._recent.close()

    def _in_place(self, path: Path, identity: Identity, size: int, data: bytes) -> bool:
        """Whether `data` could be written and flushed; raises OSError where it could not even be written."""
        kept = self._kept == (path, identity)
        if not kept:
            self._finish()
            self.release()
            self._handle = self._files.open(path, "existing" if size else "create")
            self._given_back = finalize(self, self._files.close, self._handle)
            # A file just made has no identity yet: it is opened again for the next line, and kept from then on.
            self._kept = (path, identity) if identity and self._files.keeps_open else None
            self._place = self._files.place(self._handle) if self._files.follows else ""
        try:
            write_all(self._files, self._handle, size, data)
        except OSError:
            # A disk that is full may still have the room that `recent` holds.
            if not self._flushed(path) or not self._recent.give_up():
                raise
            write_all(self._files, self._handle, size, data)
        # To use `recent` pays from the second line on: a command that writes one line is quicker without.
        if kept and self._recent.put(path, size, data):
            return True
        if not self._flushed(path):
            return False
        if self._kept is None:
            self.release()
        if not size:
            self._files.flush_directory(path.parent)
        return True

    def _flushed(self, path: Path) -> bool:
        """Flush the segment that is open. False where that fails, and it is doubtful from now on."""
        try:
            self._files.flush(self._handle)
        except OSError:
            self._doubtful.add(path)
            return False
        self._recent.done(path)
        return True

    def _put_anew(self, path: Path, size: int, data: bytes = b"") -> None:
        """Put a new file with a segment's first `size` bytes and `data` in its place: then it no longer matters what
        could not be flushed of the old one.
        """
        back = self._put_back()
        if back not in (None, path):
            self._bring_back(back)
        self._files.put(path, self._files.read(path, 0, size) + data)
        self._doubtful.discard(path)
        self._recent.done(path)

    def _finish(self) -> None:
        """Flush the segment written last: of its newest lines only the copy in `recent` is certain so far."""
        path = self._recent.segment
        if path is None:
            return
        if status := self._files.status(path):
            try:
                if path not in self._doubtful:
                    self._bring_down(path)
            except OSError:
                self._doubtful.add(path)
            if path in self._doubtful:
                self._put_anew(path, status.size)
        self._recent.done(path)

    def _put_back(self) -> Path | None:
        """Write what `recent` holds to its place in its segment, unless other good lines are there. The segment's path,
        None if nothing was written.
        """
        name, start, held = self._recent.held()
        path = self._directory / name
        there = self._files.read(path, start - 1, 1 + len(held)) if held and self._files.exists(path) else b""
        if there[:1] != b"\n":
            return None
        ours = set(held.split(b"\n"))
        for found in scan(name, self._writer, there[1:], start):
            if isinstance(found, Stored) and found.raw.removesuffix(b"\n") not in ours:
                return None
        try:
            # A power cut amid the write below may take the bytes that it is written over.
            self._recent.bring_down()
        except OSError:
            if there[1:] == held:
                return path
        with self._files.opened(path, "existing") as handle:
            try:
                # Also if the same bytes are there: after a flush that failed they may be in the cache alone.
                write_all(self._files, handle, start, held)
            except OSError:
                if there[1:] != held:
                    raise
        return path

    def _flush(self, path: Path) -> None:
        try:
            self._bring_down(path)
        except OSError:
            self._doubtful.add(path)
            raise
        self._files.flush_directory(path.parent)

    def _bring_back(self, path: Path) -> None:
        """Flush what was put back: it is in the cache alone so far, and the room it came from may be filled anew."""
        try:
            self._bring_down(path)
            return
        except OSError:
            self._doubtful.add(path)
        try:
            # At once, in a new file: a process beside this one would flush the old one, be told that all is well, and
            # fill the room anew.
            status = self._files.status(path)
            self._put_anew(path, status.size if status else 0)
        except OSError:
            # Then whoever writes next has that to finish first.
            self.release()
            self._recent.segment = self._recent.segment or path
            raise

    def _bring_down(self, path: Path) -> None:
        with self._files.opened(path, "existing") as handle:
            self._files.flush(handle)

    def _move_aside(self, path: Path, size: int, tail: bytes) -> None:
        aside = path.with_suffix(TORN)
        before = self._files.status(aside)
        with self._files.opened(aside, "create") as handle:
            write_all(self._files, handle, before.size if before else 0, tail + b"\n")
            self._files.flush(handle)
        self._files.flush_directory(path.parent)
        self._cut(path, size)

    def _cut(self, path: Path, size: int) -> None:
        with self._files.opened(path, "existing") as handle:
            self._files.truncate(handle, size)
            self._files.flush(handle)
