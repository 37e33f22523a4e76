"""A board's refresh: 200 desks on one folder, nothing new and one new record each, against a listing of that directory.

Ours is a whole poll: the lock, listings of today and its neighbours, reading, checksums, signatures, the copies kept
here, handing the lines on; without what a book makes of them. Once with that day alone, once with a year behind it.

The second floor is what the news of all desks cost at the least on this machine, with nothing between: one listing, a
bare read of each file's new bytes, an Ed25519 verification for each on all cores, a bare write of them to a copy.
"""

import gc
import os
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

from agent_tui.store.segments import Stored, segment_name
from agent_tui.sync import names
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.verify import Checker
from agent_tui.trust.keys import DeviceKey
from agent_tui.trust.signatures import Claim, build_signature
from shared_rules.records import lines
from tests.benchmarks.side_by_side import Row, table
from tests.sync.world import START, TEAM, Desk, World

DESKS = 200
ROUNDS = 30
EARLIER_RECORDS = 100
DAYS_BEHIND = 250


class Board(Desk):
    """A host that only counts."""

    got = 0

    def take_lines(self, writer: str, segment: str, stored: Sequence[Stored], roster: int) -> None:  # noqa: ARG002
        self.got += len(stored)


class Writer:
    """A desk as the share sees it: one segment of today that grows by a record and a signature at a time."""

    def __init__(self, world: World, number: int) -> None:
        self.key = DeviceKey(b"bench%027d" % number)
        self.leaf = segment_name(self.key.writer, 1)
        self.path = world.share / "records" / START.date().isoformat() / self.leaf
        self.seq = 0
        self._digest = sha256()
        world.publics[self.key.writer] = self.key.public
        world.levels[self.key.writer] = "now"

    def publish(self, records: int = 1) -> None:
        data = b"".join(self._record() for _ in range(records))
        self._digest.update(data)
        data += (signature := build_signature(
            self.key, team=TEAM, segment=self.leaf, last_seq=self.seq, roster=1, at=START.isoformat(),
            digest=self._digest.digest(),
        ))  # fmt: skip
        self._digest.update(signature)
        with self.path.open("ab") as file:
            file.write(data)

    def _record(self) -> bytes:
        self.seq += 1
        return lines.encode({
            "v": 1, "id": f"{self.seq}", "kind": "call", "writer": self.key.writer, "seq": self.seq,
            "at": START.isoformat(), "agent": "A017", "body": {"outcome": "talked", "interest": "intent"},
            "sealed": {"ring": f"{self.key.writer}-001", "data": "A" * 160},
        })  # fmt: skip


class Least:
    """The parts of a refresh that no program is spared, for `writers` whose files are read from the share."""

    def __init__(self, writers: Sequence[Writer], directory: Path) -> None:
        self._today = writers[0].path.parent
        self._copies = directory / "copies"
        self._copies.mkdir()
        self._files = [(str(one.path), str(self._copies / one.leaf)) for one in writers]
        self._ends = [0] * len(writers)
        self._checker = Checker()
        self._claims: list[Claim | None] = [(one.key.public, one.key.sign(b"x" * 250), b"x" * 250) for one in writers]
        self.move()

    def listing(self) -> None:
        with os.scandir(self._today) as entries:
            for entry in entries:
                entry.stat()

    def verify(self) -> None:
        assert all(self._checker.hold(self._claims))

    def move(self) -> None:
        """Read what is new of each file, and add it to a copy."""
        for number, (path, copy) in enumerate(self._files):
            source = os.open(path, os.O_RDONLY)
            start, end = self._ends[number], os.fstat(source).st_size
            os.lseek(source, start, os.SEEK_SET)
            data = os.read(source, end - start)
            os.close(source)
            target = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(target, data)
            os.close(target)
            self._ends[number] = end


def run(directory: Path) -> str:
    """The tables of both boards."""
    title = f"refresh of a board, {DESKS} desks"
    return "\n".join((
        table(f"{title}, its first day", _run(directory / "day", 0)),
        table(f"{title}, {DAYS_BEHIND} days behind it", _run(directory / "year", DAYS_BEHIND)),
    ))  # fmt: skip


def _run(directory: Path, days_behind: int) -> list[Row]:
    world = World(directory)
    today = world.share / "records" / START.date().isoformat()
    today.mkdir(parents=True)
    writers = [Writer(world, number) for number in range(DESKS)]
    board = Board(world, "board", DeviceKey.generate(), FolderBackend(world.share))
    board.looks_for = names.JOIN
    _requests(world, writers)
    for writer in writers:
        writer.publish(EARLIER_RECORDS)
    board.syncer.once()
    _earlier_days(world, board, writers, days_behind)
    _settle(board)
    least = Least(writers, directory)
    times: dict[str, list[float]] = {"listing": [], "nothing": [], "verify": [], "least": [], "new": []}
    gc.collect()
    gc.disable()
    for _ in range(ROUNDS):
        got = board.got
        world.time.wait(2)
        for writer in writers:
            writer.publish()
        times["new"].append(_timed(board.syncer.round))
        assert board.got == got + DESKS
        times["nothing"].append(median(_timed(board.syncer.round) for _ in range(5)))
        times["listing"].append(median(_timed(least.listing) for _ in range(5)))
        times["verify"].append(_timed(least.verify))
        times["least"].append(times["listing"][-1] + times["verify"][-1] + _timed(least.move))
        world.time.wait(-2)  # the minute's look is another matter
    gc.enable()
    named = {
        "listing": ("one listing of the day", ""),
        "nothing": ("poll, nothing new", "<= 1 ms"),
        "verify": (f"{DESKS} signatures, all cores", ""),
        "least": ("listing, signatures, reads, writes", ""),
        "new": ("poll, one new record each", "<= 5 ms"),
    }
    return [
        Row(what, median(times[key]) * 1e6, tuple(map(float.__truediv__, times[key], times["listing"])), goal)
        for key, (what, goal) in named.items()
    ]


def _requests(world: World, writers: list[Writer]) -> None:
    """The requests to join of all who were let in lie there still."""
    (world.share / "join").mkdir()
    for writer in writers:
        (world.share / "join" / f"{writer.key.writer}.json").write_bytes(b"a request")


def _earlier_days(world: World, board: Board, writers: list[Writer], days: int) -> None:
    """Days as they lie on the share and in the copies, read long ago: files of the right names."""
    for back in range(1, days + 1):
        day: date = START.date() - timedelta(days=back)
        for root in (world.share, board.place.mirror):
            folder = root / "records" / day.isoformat()
            folder.mkdir(parents=True)
            for writer in writers:
                (folder / segment_name(writer.key.writer, 1000 - back)).write_bytes(b"\n")


def _settle(board: Board) -> None:
    while board.syncer.round() or board.syncer.busy:
        pass


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
