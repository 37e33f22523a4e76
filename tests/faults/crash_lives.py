"""Histories by chance of a machine that stops again and again: each life goes on from what the one before left.

The stories of `crash` are stopped at every call, but they are four, and each stops once. Here processes come and go,
write on days in any order, find the disk full or failing, and are killed or lose the power anywhere; what a restart
showed counts as saved from then on.
"""

import errno
import random
from contextlib import suppress
from datetime import timedelta
from itertools import islice

from agent_tui.errors import Problem
from agent_tui.store.journal import Journal
from agent_tui.store.odds import Odds
from tests.faults.crash import DAY, JOURNAL, ODDS, WRITER, ZONE, Count, Ledger, check, compare
from tests.faults.disk import SYSTEMS, Image, PowerCut, SimDisk

_LIVES = 6
_DEEDS = 14
_CALLS = 260
# So many of the states that a power cut may leave are looked at, drawn from the first so many.
_LOOKED_AT, _DRAWN_FROM = 12, 400
_STRIDE = 48
_SIZES = (0, 0, 0, 0, 500, 30_000)


def live(disk: SimDisk, ledger: Ledger, rng: random.Random) -> None:
    """Some deeds of up to three processes. Raises PowerCut where the disk is told to stop."""
    running: list[Journal] = []
    for _ in range(rng.randrange(1, _DEEDS)):
        deed = rng.choice(("append",) * 6 + ("open", "close", "killed", "sign", "set"))
        if not running or (deed == "open" and len(running) < 3):
            with suppress(Problem):
                running.append(Journal(JOURNAL, WRITER, ZONE, disk))
            continue
        one = rng.choice(running)
        if deed == "append":
            at = DAY + timedelta(days=rng.choice((0, 0, 0, 1, 1, 2)))
            ledger.append(one, rng.randrange(1, 4), at, "x" * rng.choice(_SIZES))
        elif deed == "sign":
            ledger.sign(one)
        elif deed == "set":
            with suppress(Problem):
                ledger.set(Odds(ODDS, disk), rng.randrange(1000))
        else:
            running.remove(one)
            if deed == "close":
                one.close()


def history(seed: int, count: Count, *, flushes: bool = True) -> None:
    """One machine from an empty disk on; what is wrong is noted with its seed."""
    rng, ledger = random.Random(seed), Ledger()
    image: Image = {"home": {}}
    disk = SimDisk(image, flushes=flushes).as_on(SYSTEMS[seed % len(SYSTEMS)])
    for number in range(_LIVES):
        where = f"history {seed}, life {number}"
        disk.stop_at = disk.calls + rng.randrange(1, _CALLS)
        if rng.random() < 0.3:
            disk.fail_at = {disk.calls + rng.randrange(1, _CALLS): rng.choice((errno.EIO, errno.ENOSPC))}
        if rng.random() < 0.2:
            disk.capacity = rng.randrange(200, 200_000)
        with suppress(PowerCut):
            live(disk, ledger, rng)
        disk.stop_at, disk.fail_at, disk.capacity = 0, {}, 1 << 30
        images = list(islice(disk.images(_STRIDE), _DRAWN_FROM))
        for each in rng.sample(images, min(_LOOKED_AT, len(images))):
            check(disk.again(each), ledger, count, f"{where}, power cut")
        cut = rng.random() < 0.7
        if cut:
            disk = disk.again(rng.choice(images), flushes=flushes)
        _, shown = compare(disk, ledger, count, where)
        if count.first:
            return
        ledger.saved |= shown
        if cut:
            ledger.values = {Odds(ODDS, disk).get("settings", "value", 0)}


def run(tries: int, first_seed: int = 0, *, flushes: bool = True) -> Count:
    """Histories until so many states were tried, or something was wrong."""
    count, seed = Count(), first_seed
    while count.states < tries and not count.first:
        history(seed, count, flushes=flushes)
        seed += 1
    return count


def control() -> int:
    """What a disk that never flushes loses, in a few histories."""
    found = [Count() for _ in range(20)]
    for seed, count in enumerate(found):
        history(seed, count, flushes=False)
    return sum(count.lost for count in found)
