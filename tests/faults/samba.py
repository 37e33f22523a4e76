"""A real Samba server on loopback, and a share of it as a backend, spoken to without a mount."""

import errno
import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.sync.backend import Probe
from agent_tui.sync.folder import FolderBackend
from tests.faults.figures import Figure, new_seed
from tests.faults.share import Story, run
from tests.ports import free_port
from tests.waiting import PATIENCE_S

USER, PASSWORD = "root", "agent-tui"
# Of the calls while there are kills left, so many find no harm; a call takes some milliseconds.
_SPARED = 0.8
_LONGEST_S = 0.005
_KILLS_EACH = 4
_CONFIG = """[global]
workgroup = TEST
server role = standalone server
smb ports = {port}
bind interfaces only = yes
interfaces = lo
private dir = {base}/private
lock directory = {base}/lock
state directory = {base}/state
cache directory = {base}/cache
pid directory = {base}/pid
ncalrpc dir = {base}/ncalrpc
passdb backend = tdbsam:{base}/passdb.tdb
log file = {base}/log
disable spoolss = yes
load printers = no
server min protocol = SMB2
[team]
path = {folder}
read only = no
guest ok = no
"""


def missing() -> str:
    """Why there is no Samba to be had here; empty where there is."""
    if not shutil.which("smbd") or not shutil.which("smbpasswd"):
        return "no smbd here (Debian: apt-get install samba)"
    if os.name != "posix" or os.geteuid() != 0:
        return "smbd takes root here"
    try:
        import smbclient  # noqa: F401
    except ImportError:
        return "no smbprotocol here"
    return ""


class Samba:
    """A server over one folder, with its own configuration, port and state; `with` runs it."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.base, self.folder = base, folder
        for name in ("private", "lock", "state", "cache", "pid", "ncalrpc"):
            (base / name).mkdir(parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        self._held = ExitStack()
        self.port = self._held.enter_context(free_port())
        self._config = base / "smb.conf"
        self._config.write_text(_CONFIG.format(port=self.port, base=base, folder=folder), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, if it does not run, and wait until it answers."""
        if self._process is not None:
            return
        self._process = subprocess.Popen(
            ["smbd", "--foreground", "--no-process-group", "-s", str(self._config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < until, "smbd did not start"
                time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server and what it started, at once. Everything is its own process group."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def __enter__(self) -> "Samba":
        subprocess.run(
            ["smbpasswd", "-c", str(self._config), "-L", "-a", "-s", USER],
            input=f"{PASSWORD}\n{PASSWORD}\n".encode(),
            check=True,
            capture_output=True,
        )
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._held.close()

    def reached(self, folder: Path) -> "SmbBackend":
        """A folder below the server's, over a connection of its own."""
        return SmbBackend(self.port, self.below(folder))

    def below(self, folder: Path) -> str:
        """How the server names a folder below its own."""
        return "\\".join(folder.relative_to(self.folder).parts)


class SmbBackend(FolderBackend):
    """What `FolderBackend` does on a mounted drive, said to the server directly, call by call."""

    def __init__(self, port: int, below: str) -> None:
        super().__init__(Path(below or "/"))
        self._top = "\\\\127.0.0.1\\team" + (f"\\{below}" if below else "")
        self._cache: dict[str, Any] = {}
        self._how = {"port": port, "username": USER, "password": PASSWORD, "connection_cache": self._cache}

    @property
    def place(self) -> str:
        return self._top

    def list(self, prefix: str) -> list[Entry]:
        import smbclient

        try:
            found = [
                Entry(one.name, one.smb_info.end_of_file, "file") if one.is_file() else Entry(one.name, 0, "directory")
                for one in self._said(lambda: list(smbclient.scandir(self._path_of(prefix), **self._how)))
            ]
        except FileNotFoundError:
            if not prefix:
                raise Problem("sync.share_gone", place=self._top) from None
            return []
        return found

    def read(self, name: str, offset: int, limit: int) -> bytes:
        def act() -> bytes:
            with self._opened(name, "rb") as file:
                file.seek(offset)
                parts = []
                wanted = limit
                while wanted and (part := file.read(min(wanted, 1 << 20))):
                    parts.append(part)
                    wanted -= len(part)
                return b"".join(parts)

        found: bytes = self._said(act)
        return found

    def write_at(self, name: str, offset: int, data: bytes) -> None:
        def act() -> None:
            try:
                file = self._opened(name, "r+b")
            except OSError as error:
                if error.errno != errno.ENOENT or offset:
                    raise
                self._make_folders(name)
                file = self._opened(name, "wb")
            with file:
                if offset > file.seek(0, os.SEEK_END):
                    raise OSError(errno.ESPIPE, "the file is shorter than it was", name)
                file.seek(offset)
                _write_all(file, data)

        self._said(act)

    def put_new(self, name: str, data: bytes) -> None:
        def act() -> None:
            self._make_folders(name)
            with self._opened(name, "wb") as file:
                _write_all(file, data)

        self._said(act)

    def truncate(self, name: str, size: int) -> None:
        def act() -> None:
            with self._opened(name, "r+b") as file:
                file.truncate(size)

        self._said(act)

    def remove(self, name: str) -> None:
        import smbclient

        self._said(lambda: smbclient.remove(self._path_of(name), **self._how))

    def probe(self) -> Probe:
        return Probe(present=True, writable=True)

    def close(self) -> None:
        """Give the connection back."""
        import smbclient

        smbclient.reset_connection_cache(connection_cache=self._cache, fail_on_error=False)

    # ---- the wire ----

    def _path_of(self, name: str) -> str:
        return self._top + "".join(f"\\{part}" for part in name.split("/") if part)

    def _opened(self, name: str, mode: str) -> Any:
        import smbclient

        # Everything is shared: a reader must never be in a writer's way, nor the other way round.
        return smbclient.open_file(self._path_of(name), mode=mode, buffering=0, share_access="rwd", **self._how)

    def _make_folders(self, name: str) -> None:
        import smbclient

        smbclient.makedirs(self._path_of(name.rpartition("/")[0]), exist_ok=True, **self._how)

    def _said(self, act: Any) -> Any:
        from smbprotocol.exceptions import SMBException

        try:
            return act()
        except OSError as error:
            if error.errno == errno.ENOENT:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None
            raise
        except (SMBException, ValueError) as error:
            # The server went away: the next call begins a connection anew.
            self.close()
            raise OSError(errno.EIO, str(error)) from None


class KilledInFlight(SmbBackend):
    """Its calls find the server killed under them, so often as `kills` says; the next call starts it again."""

    def __init__(self, server: Samba, folder: Path, chance: random.Random, kills: int) -> None:
        super().__init__(server.port, server.below(folder))
        self._server = server
        self._chance = chance
        self._kills = kills
        self.broken = 0
        """How many calls did not end well because of it."""

    def _said(self, act: Any) -> Any:
        self._server.start()
        if not self._kills or self._chance.random() < _SPARED:
            return super()._said(act)
        self._kills -= 1
        killer = Timer(self._chance.uniform(0, _LONGEST_S), self._server.kill)
        killer.start()
        try:
            return super()._said(act)
        except OSError as error:
            self.broken += not isinstance(error, FileNotFoundError)
            raise
        finally:
            killer.join()


def run_killed(kills: int, seed: int, within: Samba) -> tuple[int, int, int]:
    """Stories of `share` over a server that is killed while calls are under way, until so many calls were broken off:
    how many, in how many stories, and what was missing in all of them.
    """
    broken = stories = missing = 0
    while broken < kills:
        made: list[KilledInFlight] = []
        chance = random.Random(seed + stories)

        def reached(folder: Path, made: list[KilledInFlight] = made, chance: random.Random = chance) -> KilledInFlight:
            made.append(KilledInFlight(within, folder, chance, _KILLS_EACH))
            return made[-1]

        with TemporaryDirectory(dir=within.folder) as directory:
            missing += Story(Path(directory), seed + stories, reached=reached).run()
        for one in made:
            one.close()
        broken += sum(one.broken for one in made)
        stories += 1
    return broken, stories, missing


def _write_all(file: Any, data: bytes) -> None:
    at = 0
    while at < len(data):
        at += file.write(data[at : at + (1 << 20)])
    file.fd.flush()


def figures(tries: int) -> Iterator[Figure]:
    """The long form: the stories of `share` through a real server."""
    what = "a real Samba server, and its folder going wrong"
    if why := missing():
        yield Figure(what, skipped=why)
        return
    with TemporaryDirectory() as base, Samba(Path(base) / "server", Path(base) / "share") as server:
        seed = new_seed()
        met, stories, lost = run(tries, seed, within=server.folder, reached=server.reached)
        _, _, control = run(100, seed, blind=True, within=server.folder, reached=server.reached)
        yield Figure(what, met.total(), lost, control, f"{stories:,} stories from seed {seed}")
        broken, stories, lost = run_killed(max(20, tries // 20), seed, server)
        yield Figure("the server killed while calls are under way", broken, lost, note=f"{stories:,} stories")
