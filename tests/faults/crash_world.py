"""Whole homes and their share on a disk in memory: the program opens, syncs and is stopped there, call by call."""

import errno
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from agent_tui import recovery, teams
from agent_tui.book.place import known_policies
from agent_tui.book.upkeep import checking, refilling
from agent_tui.errors import Problem
from agent_tui.store import home, odds
from agent_tui.sync import folder, known, places, syncer
from agent_tui.sync.backend import Probe
from agent_tui.sync.folder import FolderBackend
from shared_rules.policies import policy
from tests.faults.disk import Directory, File, Image, SimDisk
from tests.faults.model_world import instead, played


class SimFolder(FolderBackend):
    """The folder of a share on such a disk."""

    def __init__(self, path: Path, disk: SimDisk) -> None:
        super().__init__(path, disk)
        self._disk = disk

    def probe(self) -> Probe:
        there = self._disk.is_directory(self.path)
        return Probe(present=there, writable=there)

    def _folder_there(self, prefix: str) -> bool:
        path = self.path
        for part in prefix.split("/")[:-1]:
            path = path / part
            if not self._disk.is_directory(path):
                if self._disk.exists(path):
                    raise NotADirectoryError(errno.ENOTDIR, "not a directory", str(path))
                return False
        self._seen.add(prefix)
        return True

    def _must_be_there(self) -> None:
        if not self._disk.is_directory(self.path):
            raise Problem("sync.share_gone", place=self._root)


@contextmanager
def on(disk: Callable[[], SimDisk], made: Callable[[int], bytes]) -> Iterator[None]:
    """The program's homes and shares lie on that disk; keys and ids are made of the bytes that `made` gives."""
    policies: dict[str, policy.Policy] = {}

    def policy_of(data: dict[str, Any], toml: str) -> policy.Policy:
        if toml not in policies:
            policies[toml] = policy.policy_of(data, toml)
        return policies[toml]

    def reached(place: str | Path) -> SimFolder:
        return SimFolder(Path(place), disk())

    with played(made), ExitStack() as stack:
        for module in (home, odds, syncer, known, folder):
            stack.enter_context(instead(module, "Files", lambda **_: disk()))
        for module in (places, teams, recovery, checking, refilling):
            stack.enter_context(instead(module, "open_backend", reached))
        stack.enter_context(instead(known_policies, "policy_of", policy_of))
        yield


def below(disk: SimDisk, path: Path) -> dict[Path, bytes]:
    """All files below a directory, as programs see them."""
    found: dict[Path, bytes] = {}
    node = disk.directory(path)
    for name, one in node.names.items() if node else ():
        found |= {path / name: one.content} if isinstance(one, File) else below(disk, path / name)
    return found


def contents(node: Directory) -> Image:
    """What programs see in a directory."""
    return {name: one.content if isinstance(one, File) else contents(one) for name, one in node.names.items()}


def by_chance(node: Directory, rng: random.Random, kept: float) -> Image:
    """One of the states that a power cut may leave a directory in. `kept`: how likely what was not flushed stayed."""
    changes = node.pending
    if rng.random() < kept:
        names = dict(node.names)
    else:
        end = rng.randrange(len(changes) + 1)
        gap = rng.randrange(end) if end and rng.random() < 0.3 else -1
        names = dict(node.durable)
        for place, change in enumerate(changes[:end]):
            if place != gap:
                for name, one in change.items():
                    if one is None:
                        names.pop(name, None)
                    else:
                        names[name] = one
    return {
        name: _file(one, rng, kept) if isinstance(one, File) else by_chance(one, rng, kept)
        for name, one in names.items()
    }


def _file(file: File, rng: random.Random, kept: float) -> bytes:
    if not file.pending and file.content == file.durable:
        return file.durable
    if rng.random() < kept:
        return file.content
    torn = file.torn(16)
    return rng.choice(torn) if torn and rng.random() < 0.3 else rng.choice(file.variants())
