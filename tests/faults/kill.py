"""Kills: desks that log and sync, boards that read and write, a command that erases, killed at any moment, in loops.

Each is a process of its own over a real home, forked from here so that a start costs little. It tells what was called
saved over a pipe; after all the kills, and quiet, every desk and the board must have every bit of it. The control says
"saved" of several calls before it saves them.
"""

import gc
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.company import NOW, Company
from tests.faults.figures import Figure, new_seed

AGENTS = ("A017", "A018", "A019")
_AT_ONCE = 3
_LONGEST_S = 0.4
# More than can be saved before the kill: a control that says so many early loses some at each.
_EARLY = 1_000


def run(kills: int, seed: int = 0, *, early: bool = False) -> tuple[int, int]:
    """Kill so often: how many records had been called saved, and how many of those somebody lacks after quiet."""
    rng = random.Random(seed)
    with TemporaryDirectory() as folder:
        base = Path(folder)
        company = Company(base)
        for agent in AGENTS:
            company.join(agent, "张敏")
        company.close()
        said: set[str] = set()
        done = 0
        while done < kills:
            working = [_fork(base, who, done * 10 + place, early) for place, who in enumerate(_some(rng))]
            # Now and then before they have begun, else in the midst of it.
            if rng.random() < 0.9:
                for _, pipe in working:
                    os.read(pipe, 1)
            time.sleep(rng.uniform(0.001, _LONGEST_S))
            for child, pipe in working:
                os.kill(child, signal.SIGKILL)
                said |= _read(pipe)
                os.waitpid(child, 0)
                done += 1
        return len(said), _missing(base, said)


def _some(rng: random.Random) -> list[str]:
    """Who works at once: the board or a second process of a desk among them."""
    return [rng.choice((*AGENTS, "boss")) for _ in range(_AT_ONCE)]


def _fork(base: Path, who: str, number: int, early: bool) -> tuple[int, int]:
    read, write = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    try:
        os.close(read)
        gc.disable()
        _work(base, who, number, write, early)
    except BaseException as fault:  # whatever it is, this process must end here, and say it
        os.write(2, f"{type(fault).__name__}: {fault}\n".encode())
    finally:
        os._exit(0)


def _work(base: Path, who: str, number: int, pipe: int, early: bool) -> None:
    """Log and sync, for ever; each saved id goes into the pipe as a line."""
    book = Book.open(base / who, SetClock(NOW))
    os.write(pipe, b"\n")
    for count in range(10_000):
        try:
            if who == "boss":
                _at_the_board(book, pipe, number, count)
            elif early:
                phones = [f"138{number % 10_000:04}{each:04}" for each in range(_EARLY)]
                os.write(pipe, "".join(f"{phone}\n" for phone in phones).encode())
                for phone in phones:
                    book.own.log(_call(phone))
            else:
                call = book.own.log(_call(f"138{number % 10_000:04}{count:04}"))
                os.write(pipe, f"{call.id}\n".encode())
            if count % 3 == 2:
                book.sync_once()
        except Problem as problem:
            # Two processes of one home: one waits for the other, and may give up.
            if problem.name != "store.busy":
                raise


def _call(phone: str) -> CallEntry:
    return CallEntry(phone=phone, outcome="talked", company="宏达", contact="王", note="要报价")


def _at_the_board(book: Book, pipe: int, number: int, count: int) -> None:
    book.sync_once()
    if count % 4 == 3:
        book.erasures.erase(f"138{number % 10_000:04}{count:04}")
    else:
        # Told from each other: the same entry of a day is refused.
        id = book.supervisor.points(AGENTS[count % 3], "att.late", book.today(), note=f"{number}-{count}").id
        os.write(pipe, f"{id}\n".encode())


def _read(pipe: int) -> set[str]:
    data = b""
    while part := os.read(pipe, 65536):
        data += part
    os.close(pipe)
    return {line.decode() for line in data.split(b"\n")[:-1] if line}


def _missing(base: Path, said: set[str]) -> int:
    """What of it the board lacks, or a desk of its own."""
    books = [Book.open(base / who, SetClock(NOW)) for who in (*AGENTS, "boss")]
    for _ in range(3):
        for book in books:
            book.sync_once()
    boss = books[-1]
    day = boss.today()
    there = {one.id for agent in AGENTS for one in boss.calls(agent, day)}
    phones = {
        one.customer.phone.removeprefix("+86") for agent in AGENTS for one in boss.calls(agent, day) if one.customer
    }
    entries = {one.id for agent in AGENTS for one in boss.ledger(agent, f"{day:%Y-%m}").entries}
    different = sum(
        book.day(agent, day).figures != boss.day(agent, day).figures for agent, book in zip(AGENTS, books, strict=False)
    )
    for book in books:
        book.close()
    return len(said - there - phones - entries) + different


def figures(tries: int) -> Iterator[Figure]:
    """The long form."""
    if sys.platform == "win32":
        yield Figure("desks, boards, an erasure, killed", skipped="processes are not forked on Windows")
        return
    seed = new_seed()
    saved, missing = run(tries, seed)
    _, control = run(max(18, tries // 10), seed, early=True)
    yield Figure("desks, boards, an erasure, killed", tries, missing, control, f"kills; {saved:,} saved; seed {seed}")
