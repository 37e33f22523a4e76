"""What sync needs of a share: seven calls on names, so that a folder, an object store or a database can be one."""

import errno
from datetime import date
from typing import Protocol

import msgspec

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import t
from agent_tui.store.files import Entry
from agent_tui.sync import names

_IN_THE_WAY = (errno.EINVAL, errno.ELOOP, errno.EISDIR, errno.ENOTDIR)
# So many files are named of those that a share refuses.
_NAMED = 3


class Probe(msgspec.Struct, frozen=True):
    """Whether the place of a share exists, and whether this user may write to it."""

    present: bool
    writable: bool


class Backend(Protocol):
    """A share. Names are those of `names`; a prefix is "" or ends with "/".

    Methods raise OSError as the system does, FileNotFoundError for a name that is not there, and Problem where a line
    for people says it better (`sync.share_gone`: the place itself is not there). They may block for as long as the
    share hangs, so none is ever called on an event loop or under the journal's lock.
    """

    @property
    def place(self) -> str:
        """Where the share is, for people."""

    def list(self, prefix: str) -> list[Entry]:
        """What lies directly below `prefix`, with sizes in bytes, in no order; names are relative to it.

        A prefix that is not there is empty; a share that is not there is a Problem, never empty.
        """

    def read(self, name: str, offset: int, limit: int) -> bytes:
        """Bytes from `offset`, at most `limit`; fewer at the end of the file, or when the share gives fewer."""

    def write_at(self, name: str, offset: int, data: bytes) -> None:
        """Write in place from `offset`, which is not past the end; the file and its directories are made if need be."""

    def put_new(self, name: str, data: bytes) -> None:
        """Make the file hold `data` and nothing else; written in place, so a reader may see a part of it."""

    def truncate(self, name: str, size: int) -> None:
        """Cut a file to `size` bytes."""

    def remove(self, name: str) -> None:
        """Remove a file below `keys/`; nothing else is ever removed from a share."""

    def probe(self) -> Probe:
        """What the share can do, without writing to it."""


def in_the_way(error: OSError) -> bool:
    """Whether a link, a pipe or a directory is in the place of a file, or something else in that of a directory."""
    # On Windows Python reports most errors of a network folder as EINVAL; those raised by `Files` have no winerror.
    ours = error.errno != errno.EINVAL or not getattr(error, "winerror", None)
    return error.errno in _IN_THE_WAY and ours


def concerns_one(error: OSError) -> bool:
    """Whether the share refuses this one name only, so that all others can be tried."""
    return isinstance(error, PermissionError) or in_the_way(error)


def together(first: OSError | None, error: OSError) -> OSError:
    """The first of several files that a share refuses one by one, which names the others."""
    if first is None:
        return error
    if error.filename:
        first.add_note(str(error.filename))
    return first


def names_of(error: OSError) -> str:
    """The file that a share refuses, and those noted with it, as many as a line takes."""
    found = [str(error.filename), *getattr(error, "__notes__", ())]
    more = len(found) - _NAMED
    return t("ui.between").join([*found[:_NAMED], *([t("sync.more_files", n=more)] if more > 0 else [])])


def reason_of(backend: Backend, error: OSError) -> str:
    """What the system said of a share, with the file where it refuses that one and not the place."""
    name = str(error.filename or "")
    named = concerns_one(error) and name not in ("", backend.place)
    return f"{system_reason(error)}: {names_of(error)}" if named else system_reason(error)


def days_of(backend: Backend) -> list[date]:
    """The days that have a directory of records on a share, the earliest first."""
    found = (names.day(entry.name) for entry in backend.list(names.RECORDS) if entry.kind == "directory")
    return sorted(day for day in found if day)


def must_stand(backend: Backend) -> None:
    """Raise Problem if the place is empty: a network drive that is not mounted often leaves such a directory, and what
    is published into it reaches nobody.
    """
    top = {entry.name for entry in backend.list("")}
    if not top & {names.TEAM, names.RECORDS[:-1], names.ROSTER[:-1]}:
        raise Problem("sync.share_empty", place=backend.place)
