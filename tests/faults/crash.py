"""Crash at every call: what a story of the store leaves behind when the machine stops, and what a restart finds.

    python -m tests.faults crash            all points, every byte of every torn write

Lost: something that was called saved is not there afterwards, or not as it was. Invented: something is there that
nobody wrote. After each restart the machine stops again at once and drops what it may: what a restart showed must
still be there, too.
"""

import errno
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from agent_tui.errors import Problem
from agent_tui.store.journal import Journal
from agent_tui.store.odds import Odds
from shared_rules.records import lines
from shared_rules.records.kinds import BODIES
from shared_rules.records.lines import SIGNATURE
from tests.faults.disk import SYSTEMS, PowerCut, SimDisk, System
from tests.faults.figures import Figure, new_seed

ZONE = ZoneInfo("Asia/Shanghai")
WRITER = "crash" + "a" * 11
HOME = Path("/home")
JOURNAL = HOME / "journal"
SEGMENT = JOURNAL / f"{WRITER}-000001.jsonl"
ODDS = HOME / "odds.json"
_KINDS = list(BODIES)
# A state of a whole team takes so much longer than one of a journal.
_SLOWER = 10
_CONTROLS = 6
DAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@dataclass
class Ledger:
    """What the story asked the store to keep, and what the store said it kept."""

    tried: set[str] = field(default_factory=set)
    saved: dict[str, bytes] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    signed: list[bytes] = field(default_factory=list)
    values: set[int] = field(default_factory=lambda: {0})
    """What the setting may be: the last value saved, and those tried since."""

    def append(self, journal: Journal, count: int, at: datetime, note: str = "") -> None:
        names = [f"r{len(self.tried) + each}" for each in range(count)]
        self.tried.update(names)
        try:
            stored = journal.append([maker(name, at, note) for name in names], at)
        except Problem:
            self.refused.update(names)
        else:
            self.saved.update({each.line.id: each.raw for each in stored})

    def sign(self, journal: Journal) -> None:
        with suppress(Problem):
            for segment in journal.segments():
                stored = journal.append_signature(signature, segment.name)
                if stored:
                    self.signed.append(stored.raw)

    def set(self, odds: Odds, value: int) -> None:
        self.values.add(value)
        with suppress(Problem):
            odds.put("settings", "value", value)
            self.values = {value}


def maker(name: str, at: datetime, note: str = "") -> Callable[[int], dict[str, Any]]:
    """What makes the record of that name, of one kind or another."""
    kind = _KINDS[zlib.crc32(name.encode()) % len(_KINDS)]
    return lambda seq: {
        "v": 1, "id": name, "kind": kind, "writer": WRITER, "seq": seq, "at": at.isoformat(), "agent": "A017",
        "body": {"outcome": "talked", "name": name, "note": note},
    }  # fmt: skip


def signature(segment: str, seq: int, digest: bytes) -> bytes:
    """A line in the place of a signature; nothing here checks the cryptography."""
    return lines.encode(
        {"v": 1, "kind": SIGNATURE, "writer": WRITER, "seq": seq, "at": "", "sig": f"{segment} {digest.hex()}"}
    )


def story(disk: SimDisk, ledger: Ledger) -> None:
    """A desk, a command beside it, two days, a sync, settings, a damaged line mended. Ends at the first restart."""
    desk = Journal(JOURNAL, WRITER, ZONE, disk)
    odds = Odds(ODDS, disk)
    ledger.append(desk, 1, DAY)
    ledger.set(odds, 1)
    ledger.append(desk, 3, DAY)
    ledger.sign(desk)
    ledger.append(desk, 1, DAY)
    command = Journal(JOURNAL, WRITER, ZONE, disk)
    ledger.append(command, 2, DAY)
    ledger.append(desk, 1, DAY)
    ledger.append(desk, 1, DAY.replace(day=24))
    ledger.append(command, 1, DAY.replace(day=24))
    ledger.set(odds, 2)
    ledger.sign(command)
    ledger.append(desk, 2, DAY.replace(day=24))


def torn_story(disk: SimDisk, ledger: Ledger) -> None:
    """A desk that finds a torn tail, and the half of a temporary file, of an earlier crash."""
    tail = b'{"v":1,"id":"torn","kind":"call","writer":"crash'
    first = Journal(JOURNAL, WRITER, ZONE, disk)
    ledger.append(first, 2, DAY)
    disk.spoil(SEGMENT, disk.content(SEGMENT) + tail)
    disk.spoil(ODDS.with_name("odds.json.tmp"), tail)
    desk = Journal(JOURNAL, WRITER, ZONE, disk)
    ledger.append(desk, 1, DAY)
    ledger.set(Odds(ODDS, disk), 1)
    ledger.sign(desk)


def mending_story(disk: SimDisk, ledger: Ledger) -> None:
    """A line that went bad on the disk is put right from a good copy."""
    first = Journal(JOURNAL, WRITER, ZONE, disk)
    ledger.append(first, 2, DAY)
    good = disk.content(SEGMENT)
    # It can only be there again when the mending is done.
    saved, ledger.saved = ledger.saved, {}
    disk.spoil(SEGMENT, good.replace(b"talked", b"walked", 1))
    desk = Journal(JOURNAL, WRITER, ZONE, disk)
    if desk.replace(SEGMENT.name, good):
        ledger.saved = saved
    ledger.append(desk, 2, DAY)
    ledger.sign(desk)


def long_story(disk: SimDisk, ledger: Ledger) -> None:
    """Lines until the room for the newest is used up; the next day; a process that closes while another goes on."""
    desk = Journal(JOURNAL, WRITER, ZONE, disk)
    for size in (0, 0, 0, 30_000, 30_000, 30_000, 0):
        ledger.append(desk, 1, DAY, "x" * size)
    tuesday = DAY.replace(day=24)
    for _ in range(3):
        ledger.append(desk, 1, tuesday)
    command = Journal(JOURNAL, WRITER, ZONE, disk)
    for _ in range(3):
        ledger.append(command, 1, tuesday)
    desk.close()
    ledger.append(command, 1, tuesday)
    command.close()
    ledger.append(desk, 1, tuesday)
    ledger.append(desk, 1, tuesday)
    ledger.sign(Journal(JOURNAL, WRITER, ZONE, disk))


STORIES = (story, torn_story, mending_story, long_story)


@dataclass
class Count:
    """What a run found."""

    states: int = 0
    lost: int = 0
    invented: int = 0
    first: str = ""

    def note(self, what: str, *, lost: bool) -> None:
        self.lost += lost
        self.invented += not lost
        self.first = self.first or what


def found_by(disk: SimDisk) -> tuple[Journal, dict[str, bytes]]:
    """A journal opened after a restart, and the records it shows."""
    journal = Journal(JOURNAL, WRITER, ZONE, disk)
    shown = [each for part in journal.segments() for each in journal.read(part.name) if each.line.kind != SIGNATURE]
    seqs = [each.line.seq for each in shown]
    assert seqs == sorted(set(seqs)), "a seq went back or was given twice"
    return journal, {each.line.id: each.raw for each in shown}


def compare(disk: SimDisk, ledger: Ledger, count: Count, where: str) -> tuple[Journal, dict[str, bytes]]:
    """Open what is there and compare it with the ledger; the journal, and what of it will outlive a power cut."""
    count.states += 1
    journal, shown = found_by(disk)
    for name, raw in ledger.saved.items():
        if shown.get(name) != raw:
            count.note(f"{where}: {name} was lost", lost=True)
    for name, raw in shown.items():
        body = msgspec.json.decode(msgspec.json.decode(raw, type=lines.Line).body)
        if name not in ledger.tried or body["name"] != name:
            count.note(f"{where}: {name} was invented", lost=False)
    value = Odds(ODDS, disk).get("settings", "value", 0)
    if value not in ledger.values:
        count.note(f"{where}: the setting went back to {value}", lost=True)
    if "flush" in disk.failed:
        # The one thing nobody can mend: a flush failed, and who alone knew it was killed before it cut the line back.
        # The system shows that line to whoever comes next; it was never called saved and need not outlive a cut.
        shown = {name: raw for name, raw in shown.items() if name in ledger.saved}
    return journal, shown


def check(disk: SimDisk, ledger: Ledger, count: Count, where: str) -> None:
    """Compare what is there with the ledger; go on working; let the power go and look once more."""
    journal, shown = compare(disk, ledger, count, where)
    kept_after(disk, shown, count, f"{where}, restarted")
    stored = journal.append([maker("after", DAY.replace(day=25))], DAY.replace(day=25))
    kept_after(disk, {**shown, "after": stored[0].raw}, count, f"{where}, restarted, one more saved")


def kept_after(disk: SimDisk, shown: dict[str, bytes], count: Count, where: str) -> None:
    """Let the power go: what was shown must be there."""
    for each in islice(disk.images(stride=1 << 30), 10):
        _, again = found_by(disk.again(each))
        if not shown.items() <= again.items():
            count.note(f"{where}: what was shown was lost", lost=True)


def crash(
    telling: Callable[[SimDisk, Ledger], None],
    fail_at: dict[int, int],
    *,
    flushes: bool = True,
    system: System = "Linux",
) -> Iterator[tuple[int, Ledger, SimDisk]]:
    """The disk as it is when the story stops before its first, second, … call, and at its end."""
    going = True
    stop_at = 0
    while going:
        stop_at += 1
        disk, ledger = SimDisk({"home": {}}, flushes=flushes).as_on(system), Ledger()
        disk.stop_at, disk.fail_at = stop_at, fail_at
        going = False
        try:
            telling(disk, ledger)
        except PowerCut:
            going = True
        except Problem:
            pass  # the failing call was one the story cannot go on without: a journal did not open
        disk.stop_at, disk.fail_at = 0, {}
        yield stop_at, ledger, disk


def calls_of(telling: Callable[[SimDisk, Ledger], None], system: System = "Linux") -> int:
    """How many calls a story makes when nothing fails."""
    disk = SimDisk({"home": {}}).as_on(system)
    telling(disk, Ledger())
    return disk.calls


def run(stride: int, *, faults: bool, flushes: bool = True, first: bool = False, system: System = "Linux") -> Count:
    """All stories, stopped before every call; with `faults` also after each call failed once, in each way.

    `first`: no further than to the first that is wrong.
    """
    count = Count()
    for telling in STORIES:
        plans: list[dict[int, int]] = [{}]
        if faults:
            calls = range(1, calls_of(telling, system) + 1)
            plans += [{call: code} for call in calls for code in (errno.EIO, errno.ENOSPC)]
        for plan in plans:
            for stop, ledger, disk in crash(telling, plan, flushes=flushes, system=system):
                where = f"{telling.__name__} stopped before call {stop}, failing {plan}"
                # A disk that never flushes has more states than can be tried.
                for image in islice(disk.images(stride), None if flushes else 10):
                    check(disk.again(image), ledger, count, f"{where}, power cut")
                    if first and count.first:
                        return count
                check(disk, ledger, count, f"{where}, killed")
    return count


def figures(tries: int) -> Iterator[Figure]:
    """The long form: every byte of a torn write, histories by chance, a whole home; at last each call failing."""
    from tests.faults import crash_home, crash_lives

    for system in SYSTEMS:
        count = run(1, faults=False, system=system)
        control = run(64, faults=False, flushes=False, system=system)
        what = f"every call on a disk as on {system}, every byte of a torn write"
        yield Figure(what, count.states, count.lost + count.invented, control.lost)
    count = crash_lives.run(tries, new_seed())
    lost = count.lost + count.invented
    yield Figure(
        "histories of one machine that stops again and again", count.states, lost, crash_lives.control(), count.first
    )
    yield from _of_teams(tries // _SLOWER)
    every = max(1, 100_000 // max(tries, 1))
    count = crash_home.run(256, every=every)
    lost = count.lost + count.invented
    yield Figure(
        "every call of a home: keys, rings, an erasure", count.states, lost, crash_home.control(3), count.first
    )
    count = run(max(1, 6_400_000 // max(tries, 1)), faults=True)
    yield Figure("each call of the stories failing once", count.states, count.lost + count.invented, note=count.first)


def _of_teams(tries: int) -> Iterator[Figure]:
    """The histories of homes around a share."""
    from tests.faults import crash_erase, crash_keys, crash_rest, crash_share
    from tests.faults.crash_team import run as run_team

    for what, history in (
        ("histories of a desk, a board and their share", crash_share.history),
        ("histories of who joins, leaves and takes over", crash_keys.history),
        ("histories of a team that erases customers", crash_erase.history),
        ("histories of imports, settings and drafts", crash_rest.history),
    ):
        count = run_team(history, tries, new_seed())
        control = sum(one.lost + one.invented for one in unflushed(history))
        yield Figure(what, count.states, count.lost + count.invented, control, count.first)


def unflushed(history: Callable[..., object]) -> Iterator[Count]:
    """What a few of those histories come to on a disk that never flushes."""
    for seed in range(_CONTROLS):
        count = Count()
        history(seed, count, flushes=False)
        yield count
