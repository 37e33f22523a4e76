"""A share that hangs on to nothing: desks log and sync while the folder and its calls go wrong in every way we know.

`python -m tests.faults share` tries until so many faults were met. A story ends with quiet: no more faults, everybody
syncs twice. Then every desk must have every record of every other, the share must
hold each journal byte for byte, and nobody may have been told of a record that was not written.

The control is the same code without its looking at what is there before it writes: it must lose something.
"""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.sync.backend import Probe
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.publish import Publisher
from tests.faults.figures import Figure, new_seed
from tests.sync.world import START, World

AT_REST = ("torn", "zeroed", "truncated", "flipped", "deleted", "restored", "junk", "conflict_copy", "wiped_day")
IN_CALLS = ("failed_write", "torn_write", "lost_ack", "short_read", "failed_read", "empty_listing", "failed_listing",
            "stale_listing")  # fmt: skip
DESKS = 3
STEPS = 40


class FaultyShare:
    """A folder whose calls go wrong: `plan` names the fault of the next call of its kind, once."""

    def __init__(self, real: FolderBackend, rng: random.Random, met: Counter[str]) -> None:
        self._real = real
        self._rng = rng
        self._met = met
        self._before: dict[str, list[Entry]] = {}
        self.plan: str | None = None

    @property
    def place(self) -> str:
        return self._real.place

    def _due(self, *faults: str) -> str | None:
        if self.plan not in faults:
            return None
        fault, self.plan = self.plan, None
        assert fault is not None
        self._met[fault] += 1
        return fault

    def list(self, prefix: str) -> list[Entry]:
        found = self._real.list(prefix)
        before = self._before.get(prefix, [])
        self._before[prefix] = found
        # The top tells a share from an empty directory; a share that says so falsely is only "not there" for a while.
        match self._due("empty_listing", "failed_listing", "stale_listing"):
            case "empty_listing":
                return []
            case "failed_listing":
                raise OSError(5, "listing failed")
            case "stale_listing":
                return before
        return found

    def read(self, name: str, offset: int, limit: int) -> bytes:
        data = self._real.read(name, offset, limit)
        match self._due("short_read", "failed_read"):
            case "short_read":
                return data[: self._rng.randrange(len(data) + 1)]
            case "failed_read":
                raise OSError(5, "read failed")
        return data

    def write_at(self, name: str, offset: int, data: bytes) -> None:
        match self._due("failed_write", "torn_write", "lost_ack"):
            case "failed_write":
                raise OSError(5, "write failed")
            case "torn_write":
                self._real.write_at(name, offset, data[: self._rng.randrange(len(data))])
                raise OSError(5, "write torn")
            case "lost_ack":
                self._real.write_at(name, offset, data)
                raise OSError(110, "no answer")
        self._real.write_at(name, offset, data)

    def put_new(self, name: str, data: bytes) -> None:
        self._real.put_new(name, data)

    def truncate(self, name: str, size: int) -> None:
        self._real.truncate(name, size)

    def remove(self, name: str) -> None:
        self._real.remove(name)

    def probe(self) -> Probe:
        return self._real.probe()


class Blind(Publisher):
    """The control: writes from where it thinks it is, and never looks at what is there."""

    def _size_there(self, segment: object) -> int:
        own = self._own.get(segment.name)  # type: ignore[attr-defined]
        return own.size if own else 0

    def _compare(self, own: object, local: bytes, moved: object) -> bool:  # noqa: ARG002
        return True

    def _tail_is_mine(self, own: object, signed: bytes) -> bool:  # noqa: ARG002
        return True


Reached = Callable[[Path], FolderBackend]
"""How a desk reaches the share that is a folder on this machine."""


class Story:
    """One story, made by its seed."""

    def __init__(
        self,
        base: Path,
        seed: int,
        *,
        blind: bool = False,
        reached: Reached = FolderBackend,
        offices: Sequence[Path] = (),
        put: Callable[[Path, bytes], object] = Path.write_bytes,
    ) -> None:
        """`offices`: folders that something else keeps alike; the first desk sits in the first, others in the last.

        `put` puts other bytes in the place of a file's.
        """
        self.met: Counter[str] = Counter()
        self._rng = random.Random(seed)
        self._world = World(base)
        self._blind = blind
        self._folders = offices or (self._world.share,)
        self._put = put
        for office in offices:
            shutil.copytree(self._world.share, office)
        self._shares = [
            FaultyShare(reached(self._folders[-1 if number else 0]), self._rng, self.met) for number in range(DESKS)
        ]
        self._desks = [
            self._world.desk(f"desk{number}", level="first" if not number else "now", backend=share)
            for number, share in enumerate(self._shares)
        ]
        self._old: dict[Path, bytes] = {}
        self._set_control()

    def run(self) -> int:
        """Play it; how many records are missing somewhere after quiet. Raises AssertionError for an invented one."""
        for _ in range(STEPS):
            self.step()
        for _ in range(2):
            self.sync()
        return self.missing()

    def sync(self) -> None:
        """No more faults: everybody syncs."""
        for share in self._shares:
            share.plan = None
        for desk in self._desks:
            self._sync(desk.syncer.once)

    def step(self) -> None:
        """One desk logs and syncs, and something goes wrong."""
        self._world.time.wait(self._rng.choice((1, 2, 30, 4000)))
        number = self._rng.randrange(DESKS)
        desk, share = self._desks[number], self._shares[number]
        if self._rng.random() < 0.6:
            desk.log(self._rng.randint(1, 3), at=self._at())
        if self._rng.random() < 0.1:
            desk.open()
            self._set_control()
        self._remember()
        if self._rng.random() < 0.5:
            share.plan = self._rng.choice(IN_CALLS)
        elif self._rng.random() < 0.7:
            self._harm(self._rng.choice(AT_REST))
        self._sync(desk.syncer.once if self._rng.random() < 0.2 else desk.syncer.round)

    def _at(self) -> datetime:
        return max(self._world.time.now(), START) + timedelta(minutes=self._rng.choice((0, 0, 0, 900)))

    def _sync(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Problem as error:
            assert error.name in ("sync.trouble", "sync.share_empty"), error

    def _set_control(self) -> None:
        if self._blind:
            for desk in self._desks:
                desk.syncer._publisher.__class__ = Blind

    def _remember(self) -> None:
        for path in self._segments():
            if self._rng.random() < 0.2 and (data := _read(path)) is not None:
                self._old[path] = data

    def _segments(self) -> list[Path]:
        return [
            one for folder in self._folders for one in sorted(folder.glob("records/*/????????????????-??????.jsonl"))
        ]

    def _harm(self, fault: str) -> None:
        """Do to the folder what disks, networks, sync tools and people do."""
        segments = self._segments()
        if not segments:
            return
        path = self._rng.choice(segments)
        data = _read(path)
        if data is None:
            return
        place = self._rng.randrange(len(data)) if data else 0
        self.met[fault] += 1
        match fault:
            case "deleted":
                path.unlink(missing_ok=True)
            case "wiped_day":
                for one in path.parent.iterdir():
                    one.unlink(missing_ok=True)
            case "conflict_copy":
                path.with_name(f"{path.stem}.sync-conflict-20261123-101112-ABCDEFG.jsonl").write_bytes(data[:place])
            case _:
                harmed = self._harmed(fault, path, data, place)
                if harmed != data:
                    self._put(path, harmed)

    def _harmed(self, fault: str, path: Path, data: bytes, place: int) -> bytes:
        match fault:
            case "torn":
                return data[:place]
            case "truncated":
                return data[: place // 3]
            case "zeroed":
                return data[:place] + bytes(len(data) - place)
            case "flipped" if data:
                return data[:place] + bytes([data[place] ^ 1 << self._rng.randrange(8)]) + data[place + 1 :]
            case "restored":
                return self._old.get(path, b"")
            case "junk":
                return data + self._rng.choice((b"junk", b"{}\n" * 5, bytes(300), data[-700:]))
        return data

    def missing(self) -> int:
        """How many records somebody lacks, and how many files of the share are not their writer's."""
        everything = {key: raw for desk in self._desks for key, raw in desk.own.items()}
        missing = 0
        for desk in self._desks:
            there = desk.taken | desk.own
            assert there.items() <= everything.items(), "a record nobody wrote"
            missing += len(everything) - len(there)
            for segment in desk.journal.segments():
                for folder in self._folders:
                    path = folder / "records" / segment.day.isoformat() / segment.name
                    same = path.exists() and path.read_bytes() == desk.journal.path(segment.name).read_bytes()
                    missing += not same
        return missing


def _read(path: Path) -> bytes | None:
    """None for what was taken away since it was listed, by what keeps two offices alike."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def run(
    faults: int,
    seed: int = 0,
    *,
    blind: bool = False,
    within: Path | None = None,
    reached: Reached = FolderBackend,
) -> tuple[Counter[str], int, int]:
    """Stories until `faults` were met: how many of each, how many stories, and what was missing in all of them.

    The shares are made in the folder `within`, and reached as `reached` says.
    """
    met: Counter[str] = Counter()
    stories = missing = 0
    while met.total() < faults:
        with tempfile.TemporaryDirectory(dir=within) as directory:
            story = Story(Path(directory), seed + stories, blind=blind, reached=reached)
            try:
                missing += story.run()
            except AssertionError as error:
                raise AssertionError(f"story {seed + stories}: {error}") from error
            met += story.met
            stories += 1
    return met, stories, missing


def figures(tries: int) -> Iterator[Figure]:
    """The long form, on a folder."""
    seed = new_seed()
    met, stories, missing = run(tries, seed)
    _, _, lost = run(max(100, tries // 1000), seed, blind=True)
    note = f"{stories:,} stories from seed {seed}, {len(met)} kinds of fault"
    yield Figure("a folder and its calls going wrong", met.total(), missing, lost, note)
