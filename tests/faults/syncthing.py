"""A real pair of Syncthing processes on loopback that keep two folders alike, as two offices would."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.figures import Figure, new_seed
from tests.faults.share import Story
from tests.ports import free_port

KEY = "agent-tui-tests"
_CONFIG = """<configuration version="36">
  <folder id="team" label="" path="{folder}" type="sendreceive" rescanIntervalS="3600" fsWatcherEnabled="true"
   fsWatcherDelayS="1" ignorePerms="false" autoNormalize="true">
    <filesystemType>basic</filesystemType>
    <device id="{own}"></device>
    <device id="{other}"></device>
    <maxConflicts>10</maxConflicts>
    <markerName>.stfolder</markerName>
  </folder>
  <device id="{own}" name="own"><address>dynamic</address></device>
  <device id="{other}" name="other"><address>tcp://127.0.0.1:{other_port}</address></device>
  <gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>{key}</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <reconnectionIntervalS>1</reconnectionIntervalS>
    <startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <crashReportingEnabled>false</crashReportingEnabled>
    <progressUpdateIntervalS>-1</progressUpdateIntervalS>
  </options>
</configuration>
"""
_PATIENCE = 90.0
_STORIES = 40
_STEPS = 5


def missing() -> str:
    """Why there is no Syncthing to be had here; empty where there is."""
    return "" if shutil.which("syncthing") else "no syncthing here (Debian: apt-get install syncthing)"


class Side:
    """One process with its home and its folder."""

    def __init__(self, base: Path) -> None:
        self.home, self.folder = base / "home", base / "folder"
        (self.folder / ".stfolder").mkdir(parents=True)
        self._held = ExitStack()
        self.port, self.gui = (self._held.enter_context(free_port()) for _ in range(2))
        subprocess.run(
            ["syncthing", "generate", "--no-default-folder", f"--home={self.home}"], check=True, capture_output=True
        )
        told = subprocess.run(
            ["syncthing", "--device-id", f"--home={self.home}"], check=True, capture_output=True, encoding="utf-8"
        )  # fmt: skip
        self.id = told.stdout.strip()
        self._process: subprocess.Popen[bytes] | None = None

    def meet(self, other: "Side") -> None:
        """Write the configuration that has this side know the other."""
        text = _CONFIG.format(
            folder=self.folder,
            own=self.id,
            other=other.id,
            port=self.port,
            other_port=other.port,
            gui=self.gui,
            key=KEY,
        )
        (self.home / "config.xml").write_text(text, encoding="utf-8")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            ["syncthing", "serve", "--no-browser", "--no-restart", "--no-upgrade", f"--home={self.home}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # Without its own monitor: killed is killed.
            env={**os.environ, "STMONITORED": "yes", "GOMAXPROCS": "1"},
        )
        until = time.monotonic() + _PATIENCE
        while self._answer("GET", "system/ping") is None:
            assert time.monotonic() < until, "syncthing did not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it at once, with what it started."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def free(self) -> None:
        """Give its ports back."""
        self._held.close()

    def scan(self) -> None:
        """Look at the folder now."""
        self._answer("POST", "db/scan?folder=team", _PATIENCE)

    def put(self, path: Path, data: bytes) -> None:
        """Put other bytes in the place of a file's in the folder, and have them seen.

        A copy of a file that was only touched elsewhere is given that time, and nothing looks whether it has changed
        since it was last looked at: what was put there of the same length would never be seen. Nor would what was put
        there in one tick of the system's clock with what was there before.
        """
        with path.open("wb", buffering=0) as file:
            file.write(data)
            os.utime(file.fileno(), ns=(0, time.time_ns()))
        name = urllib.parse.quote(path.relative_to(self.folder).as_posix())
        assert self._answer("POST", f"db/scan?folder=team&sub={name}", _PATIENCE) is not None, "syncthing did not look"

    @property
    def status(self) -> dict[str, Any]:
        """What it says of the folder."""
        return self._answer("GET", "db/status?folder=team") or {}

    @property
    def idle(self) -> bool:
        """Whether it has nothing to do, as far as it knows."""
        status = self.status
        return status.get("state") == "idle" and not status.get("needTotalItems", 1)

    def _answer(self, method: str, path: str, patience: float = 5.0) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gui}/rest/{path}", method=method, headers={"X-API-Key": KEY}
        )
        try:
            with urllib.request.urlopen(request, timeout=patience) as answer:
                data = answer.read()
        except (OSError, urllib.error.URLError):
            return None
        return json.loads(data) if data else {}

    def tree(self) -> dict[str, bytes]:
        """All files of the folder, but those that go while it looks."""
        found = {}
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.name.startswith((".syncthing.", ".st")):
                with suppress(FileNotFoundError):
                    found[str(path.relative_to(self.folder))] = path.read_bytes()
        return found


class Pair:
    """Two sides that know each other; `with` runs them."""

    def __init__(self, base: Path) -> None:
        self.left, self.right = Side(base / "left"), Side(base / "right")
        self.left.meet(self.right)
        self.right.meet(self.left)

    def __enter__(self) -> "Pair":
        self.left.start()
        self.right.start()
        return self

    def __exit__(self, *_: object) -> None:
        for side in (self.left, self.right):
            side.kill()
            side.free()

    def put(self, path: Path, data: bytes) -> None:
        """Put other bytes in the place of a file's in the folder of one side, and have it see them."""
        (self.left if path.is_relative_to(self.left.folder) else self.right).put(path, data)

    def _differ(self) -> str:
        left, right = self.left.tree(), self.right.tree()
        names = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
        return f"{names[:5]}, left {self.left.status}, right {self.right.status}"

    def settle(self, *, alike: bool = False) -> None:
        """Wait until both have nothing to do, and, if asked, both folders are `alike`."""
        until = time.monotonic() + _PATIENCE
        while True:
            self.left.scan()
            self.right.scan()
            if self.left.idle and self.right.idle and (not alike or self.left.tree() == self.right.tree()):
                return
            assert time.monotonic() < until, f"the two folders do not come to be alike: {self._differ()}"
            time.sleep(0.3)


def run(tries: int, seed: int = 0, *, blind: bool = False, kills: int = 0) -> tuple[Counter[str], int]:
    """Stories in two offices until `tries` faults were met: how many of each, and what was missing after quiet.

    One side is killed and started again `kills` times.
    """
    rng = random.Random(seed)
    with TemporaryDirectory() as folder, Pair(Path(folder)) as pair:
        stories = [
            Story(
                Path(folder) / f"homes-{number}",
                seed + number,
                blind=blind,
                offices=(pair.left.folder / f"s{number}", pair.right.folder / f"s{number}"),
                put=pair.put,
            )
            for number in range(max(1, min(_STORIES, tries // 20)))
        ]
        pair.settle(alike=True)
        rounds = 0
        while sum((story.met for story in stories), Counter[str]()).total() < tries:
            for story in stories:
                for _ in range(_STEPS):
                    story.step()
            if rounds < kills:
                side = rng.choice((pair.left, pair.right))
                side.kill()
                side.start()
            pair.settle()
            rounds += 1
        for _ in range(3):
            for story in stories:
                story.sync()
            pair.settle(alike=True)
        return sum((story.met for story in stories), Counter[str]()), sum(story.missing() for story in stories)


def figures(tries: int) -> Iterator[Figure]:
    """The long form: many stories at once, so that a wait for the pair serves them all."""
    what = "a real Syncthing pair, and both folders going wrong"
    if why := missing():
        yield Figure(what, skipped=why)
        return
    seed = new_seed()
    met, lost = run(tries, seed, kills=8)
    _, control = run(100, seed, blind=True)
    yield Figure(what, met.total(), lost, control, f"seed {seed}, {len(met)} kinds of fault")
