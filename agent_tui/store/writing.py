"""How bytes get to the end of a segment for good, and how what a crash left there is put out of the way.

Called under the journal's lock. Raises OSError as the system does.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize

from agent_tui.store.files import Files, write_all
from agent_tui.store.segments import whole

TORN = ".torn"

Identity = tuple[int, int] | None


class Writing:
    """Writes whole lines to segments, durably or not at all."""

    def __init__(self, files: Files) -> None:
        self._files = files
        # Segments whose last flush failed: the cache may claim what the disk does not hold.
        self._doubtful: set[Path] = set()
        # The segment written last, kept open: opening and closing cost a fifth of a flush.
        self._kept: tuple[Path, Identity] | None = None
        self._handle = -1
        self._given_back: Callable[[], object] = bool

    def append(self, path: Path, identity: Identity, size: int, data: bytes) -> bool:
        """Put `data` at the end of a segment of `size` bytes and flush; on OSError it is as it was before.

        `identity` is that of the file now at `path`, None for none. Whether another one is there afterwards: a new
        one, or one in the place of a doubtful one.
        """
        try:
            if path not in self._doubtful and self._in_place(path, identity, size, data):
                return not size
            # Beside it and over it: what the system could not flush of the old file is then of no importance.
            self._doubtful.add(path)
            self.release()
            self._files.put(path, self._files.read(path, 0, size) + data)
            self._doubtful.discard(path)
            return True
        except OSError:
            self.release()
            # If even this fails, the next call finds whole lines, which it takes in, or a torn one, moved aside.
            with suppress(OSError):
                self._cut(path, size)
            raise

    def settled(self, path: Path, start: int = 0, *, must: bool = False) -> bytes:
        """The whole lines of a segment from byte `start`, flushed; who wrote them may have died before it did that.

        A torn tail is moved to the segment's `.torn` first. `must`: raise OSError where either fails; else a tail
        that stays is left out all the same.
        """
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
        """Give back the file that is kept open."""
        self._given_back()
        self._given_back, self._kept = bool, None

    def _in_place(self, path: Path, identity: Identity, size: int, data: bytes) -> bool:
        """Whether `data` could be written and flushed; raises OSError where it could not even be written."""
        if self._kept != (path, identity):
            self.release()
            self._handle = self._files.open(path, "existing" if size else "create")
            self._given_back = finalize(self, self._files.close, self._handle)
            # What has no identity yet is opened once more, when it has one.
            self._kept = (path, identity) if identity and self._files.keeps_open else None
        write_all(self._files, self._handle, size, data)
        try:
            self._files.flush(self._handle)
        except OSError:
            return False
        if self._kept is None:
            self.release()
        if not size:
            self._files.flush_directory(path.parent)
        return True

    def _flush(self, path: Path) -> None:
        with self._files.opened(path, "existing") as handle:
            try:
                self._files.flush(handle)
            except OSError:
                self._doubtful.add(path)
                raise
        self._files.flush_directory(path.parent)

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
