"""The desk in use, with 50,000 customers and 300,000 records: a key, a save, doing nothing, leaving a dead share.

A real program in a pseudo terminal. A key is timed from its press to its digit on the screen, against a character in a
bare Textual app in the same terminal; a save from the key that saves to the day's list and its count, drawn anew. The
idle desk is looked at as the system sees it.
"""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Event

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.benchmarks.history import desk_with
from tests.benchmarks.idle import HEADING, SETTLE_S, idle
from tests.benchmarks.side_by_side import Row, table
from tests.company import NOW
from tests.processes.terminal import NEW_NUMBER, Terminal, module, program

RECORDS, CUSTOMERS = 300_000, 50_000
CALLS = 25
_numbers = (f"139{number:08}" for number in count(1))


def run(directory: Path) -> str:
    """The tables."""
    directory.mkdir(exist_ok=True)
    home, _ = desk_with(directory / "desk", RECORDS, CUSTOMERS)
    book = Book.open(home, SetClock(NOW))
    book.customers.build()  # once in a home's life
    book.close()
    return "\n\n".join((_keys(home), _idle(home), _quit(home, directory)))


def _keys(home: Path) -> str:
    bare: list[float] = []
    keys: list[float] = []
    saves: list[float] = []
    with Terminal(module("tests.benchmarks.bare_app")) as plain, Terminal(_desk(home)) as desk:
        plain.wait("─")
        desk.wait("今天 ")
        Event().wait(SETTLE_S)
        for _ in range(CALLS):
            bare += _typed(plain, "", next(_numbers))
            number = next(_numbers)
            desk.keys(NEW_NUMBER)
            desk.wait("电话 打字")
            keys += _typed(desk, "电话 ", number)
            logged = int(desk.text.partition("今天 ")[2].partition(" ")[0])
            desk.keys("\r")
            desk.wait("结果 ")
            Event().wait(0.5)
            pressed = desk.keys("3")
            desk.wait(f"已保存 {number[:3]} {number[3:7]} {number[7:]}")
            saves.append(desk.wait(f"今天 {logged + 1} 通") - pressed)
            plain.keys("\x15")
            plain.wait(lambda text: "139" not in text)
    rows = [
        _row("a character in a bare app", bare, bare, ""),
        _row("a digit at the desk", keys, bare, "p95 ≤ 2, < 25 ms"),
        _row("saved, list and count repainted", saves, bare, "p95 < 60 ms"),
    ]
    title = f"Keys, {CUSTOMERS:,} customers, {RECORDS:,} records"
    last = (
        f"  p95: bare {_p95(bare):.1f} ms, digit {_p95(keys):.1f} ms ({_p95(keys) / _p95(bare):.2f} x), "
        f"save {_p95(saves):.1f} ms"
    )
    return f"{table(title, rows)}\n{last}"


def _typed(terminal: Terminal, before: str, number: str) -> Iterator[float]:
    for end in range(1, len(number) + 1):
        pressed = terminal.keys(number[end - 1])
        yield terminal.wait(before + number[:end]) - pressed


def _idle(home: Path) -> str:
    return f"{HEADING}\n{idle(f'desk, {RECORDS:,} records', home, '今天 ', '< 2 %, < 120 MB')}"


def _quit(home: Path, directory: Path) -> str:
    took = []
    for turn in range(5):
        gate = directory / f"gate{turn}"
        here = ("--home", str(home), "--lang", "zh", "--now", NOW.isoformat())
        with Terminal(module("tests.processes.hanging", str(gate), *here)) as desk:
            desk.wait("今天 ")
            os.mkfifo(gate)
            Event().wait(4)
            took.append(desk.quit())
    return f"^Q to the end while the share hangs: median {median(took):.2f} s, worst {max(took):.2f} s (goal < 1 s)"


def _desk(home: Path) -> list[str]:
    return program(home, "--now", NOW.isoformat())


def _row(what: str, own: list[float], floor: list[float], goal: str) -> Row:
    """The median in µs; the ratio and its spread are of each tenth to the floor's median."""
    least = median(floor)
    tenths = quantiles(own, n=10)
    return Row(what, median(own) * 1e6, (tenths[0] / least, median(own) / least, _p95(own) / 1e3 / least), goal)


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] * 1e3
