"""The layout of a home, the data directory of one user on one machine, and of each team in it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from agent_tui.errors import Problem
from agent_tui.store.files import Entry, Files, Status, trouble

_DIGEST = sha256().digest_size


class TeamHome(msgspec.Struct, frozen=True):
    """What this machine keeps of one team, under one key; `path` is its directory."""

    path: Path

    @property
    def name(self) -> str:
        """Its name in the home."""
        return self.path.name

    @property
    def device_key(self) -> Path:
        """The secret key of this machine in this team."""
        return self.path / "device.key"

    @property
    def owner_key(self) -> Path:
        """The owner's secret key; only on the machine that made the team, or took it over."""
        return self.path / "owner.key"

    @property
    def code_unseen(self) -> Path:
        """There until the recovery code of the team made here was shown."""
        return self.path / "code-unseen"

    @property
    def journal(self) -> Path:
        """The records of this machine."""
        return self.path / "journal"

    @property
    def mirror(self) -> Path:
        """Checked copies of what others put on the share."""
        return self.path / "mirror"

    @property
    def sync_lock(self) -> Path:
        """Held for the length of a sync: one at a time in a home."""
        return self.path / "sync.lock"


class Home:
    """The data directory of one user on one machine. Everything in it is readable by that user alone."""

    def __init__(self, path: Path, files: Files | None = None) -> None:
        self.path = path
        self.files = files or Files()

    @property
    def odds(self) -> Path:
        """Settings, drafts and cursors."""
        return self.path / "odds.json"

    @property
    def crash(self) -> Path:
        """Reports of crashes."""
        return self.path / "crash"

    @property
    def cache(self) -> Path:
        """What can be thrown away and built again."""
        return self.path / "cache"

    def team(self, name: str) -> TeamHome:
        """The place of that name, which need not exist. A team's first is named by its id, later ones `<id>-<n>`."""
        return TeamHome(self.path / "teams" / name)

    def teams(self) -> list[str]:
        """The names of the places in this home, sorted."""
        return sorted(entry.name for entry in self.listing(self.path / "teams") if entry.kind == "directory")

    def make(self) -> None:
        """Make the home if it does not exist. Raises Problem if that fails."""
        self.make_directory(self.path)

    def make_team(self, name: str) -> TeamHome:
        """Make the place of that name and its directories, as far as they are missing. Raises Problem if that fails."""
        place = self.team(name)
        for directory in (place.path, place.journal, place.mirror):
            self.make_directory(directory)
        return place

    def make_directory(self, path: Path) -> None:
        """Make a directory and those above it, private and durable. Raises Problem if that fails."""
        try:
            self.files.make_directories(path)
        except OSError as error:
            trouble(error, path)

    def write(self, path: Path, data: bytes) -> None:
        """Put a whole file of this home, private and durable: the old bytes or the new ones. Raises Problem."""
        try:
            self.files.put(path, data)
        except OSError as error:
            trouble(error, path)

    def remove(self, path: Path) -> None:
        """Remove a file of this home, durably; fine if it is not there. Raises Problem."""
        try:
            with suppress(FileNotFoundError):
                self.files.remove(path)
                self.files.flush_directory(path.parent)
        except OSError as error:
            trouble(error, path)

    def flush_names(self, directory: Path) -> None:
        """Make certain which files a directory of this home has, if there is one: a process that put them may have been
        killed before it did that. Raises Problem where that fails.
        """
        try:
            with suppress(FileNotFoundError):
                self.files.flush_directory(directory)
        except OSError as error:
            trouble(error, directory)

    def read(self, path: Path, offset: int = 0) -> bytes | None:
        """A file of this home from byte `offset`; None if it is not there. Raises Problem where it cannot be read."""
        try:
            return self.files.read(path, offset)
        except FileNotFoundError:
            return None
        except OSError as error:
            trouble(error, path)

    def listing(self, directory: Path) -> list[Entry]:
        """What lies in a directory of this home, in no order; nothing if there is no directory. Raises Problem if it
        cannot be listed.
        """
        try:
            return self.files.listing(directory)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            trouble(error, directory)

    def status(self, path: Path) -> Status | None:
        """What lies at `path`, as `Files.status`. Raises Problem if it cannot be seen or is no regular file."""
        try:
            return self.files.status(path)
        except OSError as error:
            trouble(error, path)

    def is_directory(self, path: Path) -> bool:
        """Whether a directory of this home lies at `path`. Raises Problem if it cannot be seen."""
        try:
            return self.files.is_directory(path)
        except OSError as error:
            trouble(error, path)

    @contextmanager
    def lock(self, path: Path) -> Iterator[None]:
        """Hold the lock at `path` between the processes of this home. Raises Problem where it cannot be had."""
        with ExitStack() as held:
            try:
                held.enter_context(self.files.lock(path))
            except OSError as error:
                trouble(error, path)
            yield

    def kept(self, path: Path) -> bytes | None:
        """What `keep` put there; None if there is nothing, or it is damaged or cannot be read."""
        try:
            data = self.read(path) or b""
        except Problem:
            return None
        whole = data[_DIGEST:]
        return whole if sha256(whole).digest() == data[:_DIGEST] else None

    def keeps(self, path: Path, begin: bytes) -> bool:
        """Whether what `keep` put there begins with these bytes. The rest is not read, and may be damaged."""
        try:
            return self.files.read(path, _DIGEST, len(begin)) == begin
        except OSError:
            return False

    def keep(self, path: Path, data: bytes) -> bool:
        """Keep bytes that can be built again, with a checksum. False if the disk refuses, which only costs time."""
        try:
            self.make_directory(path.parent)
            self.write(path, sha256(data).digest() + data)
        except Problem:
            return False
        return True


def home_path(asked: str | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The home asked for, else AGENT_TUI_HOME, else the platform's data directory; absolute."""
    chosen = asked or environment.get("AGENT_TUI_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # noqa: PLC0415 - not needed where the home is named

    return platformdirs.user_data_path("agent-tui", appauthor=False)


def refuse_overlap(home: Path, share: Path) -> None:
    """Raise Problem if one lies inside the other, or they are the same: secret keys must never reach a share."""
    inner, outer = _real(home), _real(share)
    if inner.is_relative_to(outer):
        raise Problem("store.home_in_share", home=home, share=share)
    if outer.is_relative_to(inner):
        raise Problem("store.share_in_home", home=home, share=share)


def _real(path: Path) -> Path:
    """The path without links and in one spelling."""
    return Path(os.path.normcase(path.resolve()))
