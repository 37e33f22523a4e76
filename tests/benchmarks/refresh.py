"""A board's refresh: 200 desks on one folder, nothing new and one new record each, against a listing of that directory.

Ours is a whole poll: the lock, listings of today and its neighbours, reading, checksums, signatures, the copies kept
here, handing the lines on; without what a book makes of them. Once with that day alone, once with a year behind it.
The second floor is one Ed25519 verification for each desk, on one core.
"""

import gc
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

from agent_tui.store.segments import Stored, segment_name
from agent_tui.sync.folder import FolderBackend
from agent_tui.trust.keys import DeviceKey, verify
from agent_tui.trust.signatures import build_signature
from shared_rules import lines
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
        self.key = DeviceKey.from_seed(b"bench%027d" % number)
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
    for writer in writers:
        writer.publish(EARLIER_RECORDS)
    board.syncer.once()
    _earlier_days(world, board, writers, days_behind)
    _settle(board)
    prefix = f"records/{START.date()}/"
    signature = writers[0].key.sign(b"x" * 150)
    times: dict[str, list[float]] = {"listing": [], "nothing": [], "new": [], "verify": []}
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
        times["listing"].append(median(_timed(lambda: board.backend.list(prefix)) for _ in range(5)))
        times["verify"].append(
            _timed(lambda: [verify(writers[0].key.public, signature, b"x" * 150) for _ in range(DESKS)])
        )
        world.time.wait(-2)  # the minute's look is another matter
    gc.enable()
    named = {
        "listing": ("one listing of the day", ""),
        "nothing": ("poll, nothing new", "<= 1 ms"),
        "verify": (f"{DESKS} signatures, one core", ""),
        "new": ("poll, one new record each", "<= 5 ms"),
    }
    return [
        Row(what, median(times[key]) * 1e6, tuple(map(float.__truediv__, times[key], times["listing"])), goal)
        for key, (what, goal) in named.items()
    ]


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
