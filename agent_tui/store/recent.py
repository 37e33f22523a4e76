"""A second copy of the newest lines of a segment, in a file that has its room on the disk already.

To flush bytes at the end of a file, the system has to bring the file's new length to the disk too; bytes written over
others take two thirds of that time. So a line goes to the end of its segment, where everybody reads it, and in here,
and this file alone is flushed. When the room is used up, or another segment is written, the segment is flushed and the
room filled from its beginning. What a power cut took from the segment is then found here.

All this happens under the journal's lock. Entries follow each other without a gap and are all of one segment. Each
checksum continues that of the entry before, so that what lies behind the last entry is never taken for the next.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize
from zlib import crc32

from agent_tui.store.files import Files, write_all

NAME = "recent"
ROOM = 64 * 1024

_HEAD = re.compile(rb"([a-z0-9-]{1,64}[.]jsonl) ([0-9]{1,10}) ([0-9]{1,10}) ([0-9a-f]{8})\n")


class Recent:
    """The file `recent` of a journal. A process that cannot have it, or loses it, goes without."""

    def __init__(self, files: Files, directory: Path) -> None:
        self._files = files
        self._path = directory / NAME
        self._usable = files.follows
        self._handle = -1
        self._place = ""
        self._given_back: Callable[[], object] = bool
        self.segment: Path | None = None
        """The segment of which this process put lines here since it was last flushed."""
        self._name = b""
        self._first = b""
        self._end = 0
        self._at = 0
        self._crc = 0
        self._unsure = False

    def put(self, segment: Path, offset: int, data: bytes) -> bool:
        """Keep `data`, written at byte `offset` of `segment`; True when it is on the disk here, and the segment need
        not be flushed.

        Up to `offset` the segment was flushed, but for what this process put here before.
        """
        if not self._usable:
            return False
        try:
            if (self.segment, self._end) != (segment, offset):
                self._open()
                self.segment, self._name, self._at, self._crc = segment, segment.name.encode(), 0, 0
            elif not self._files.still(self._handle, self._place, ROOM):
                raise OSError("taken away")
            head = b"%s %d %d " % (self._name, offset, len(data))
            crc = crc32(data, crc32(head, self._crc))
            entry = b"%s%08x\n%s" % (head, crc, data)
            if self._at + len(entry) > ROOM:
                return False
            self._unsure = True
            write_all(self._files, self._handle, self._at, entry)
            self._files.flush(self._handle)
        except OSError:
            self._usable = False
            # The line is flushed with its segment instead. This copy must not be put back over what follows there.
            if self._handle >= 0:
                with suppress(OSError):
                    write_all(self._files, self._handle, self._at, b"\0")
            return False
        self._unsure = False
        self._first = self._first if self._at else entry
        self._end, self._at, self._crc = offset + len(data), self._at + len(entry), crc
        return True

    def take_back(self) -> None:
        """Make certain that the last `data` given to `put` is not here, unless `put` returned True for it."""
        if self._unsure:
            write_all(self._files, self._handle, self._at, b"\0")
            self._files.flush(self._handle)
            self._unsure = False

    def done(self, segment: Path) -> None:
        """Note that a segment was flushed: what this process put here of it is no longer needed."""
        if self.segment == segment:
            self.segment = None

    def bring_down(self) -> None:
        """Flush what any process put here, for one that died before it did."""
        with self._files.opened(self._path, "existing") as handle:
            self._files.flush(handle)

    def held(self) -> tuple[str, int, bytes]:
        """What was put here last, by any process: the segment's name, the offset in it, the bytes (empty if none)."""
        try:
            room = self._files.read(self._path)
        except FileNotFoundError:
            return "", 0, b""
        name, start, at, crc, found = "", 0, 0, 0, b""
        while head := _HEAD.match(room, at):
            at = head.end() + int(head[3])
            data = room[head.end() : at]
            crc = crc32(data, crc32(head[0][:-9], crc))
            if head[4] != b"%08x" % crc:
                break
            if not found:
                name, start = head[1].decode(), int(head[2])
            found += data
        return name, start, found

    def give_up(self) -> bool:
        """Give the room back to a full disk; False if there is none to give. All segments must be flushed."""
        status = self._files.status(self._path)
        if status is None or not status.size:
            return False
        self.close()
        self._usable = False
        with self._files.opened(self._path, "existing") as handle:
            self._files.truncate(handle, 0)
            self._files.flush(handle)
        return True

    def empty(self) -> None:
        """Remove what this process put here, all of which was flushed, so that nobody need compare it."""
        if self._handle >= 0 and self._first and self._files.read(self._path, 0, len(self._first)) == self._first:
            write_all(self._files, self._handle, 0, b"\0")

    def close(self) -> None:
        """Close the file; it can be used again afterwards."""
        self._given_back()
        self._given_back, self._handle, self._unsure = bool, -1, False
        self.segment = None

    def _open(self) -> None:
        if self._handle >= 0 and self._files.still(self._handle, self._place, ROOM):
            return
        self.close()
        self._handle = self._files.open(self._path, "create")
        self._given_back = finalize(self, self._files.close, self._handle)
        self._place = self._files.place(self._handle)
        if not self._files.still(self._handle, self._place, ROOM):
            try:
                self._files.truncate(self._handle, 0)
                write_all(self._files, self._handle, 0, bytes(ROOM))
                self._files.flush(self._handle)
                self._files.flush_directory(self._path.parent)
            except OSError:
                with suppress(OSError):
                    self._files.truncate(self._handle, 0)
                raise
