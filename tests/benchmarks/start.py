"""From the start of a process to a desk that takes a call, and what else one waits for; each in a pseudo terminal.

The floor of a desk is a Textual program with the same widgets and no data. A number is typed before the process is up;
what is timed is when it stands in the form, and when the call is shown as saved. All earlier records are of past
workdays, on this machine and on the share. Further `status` against importing pydantic (its BaseModel: by itself it
imports next to nothing), and a call's way from a desk's key to the board: the poll is every two seconds, and when in it
a call comes is left to chance.
"""

import random
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from time import perf_counter

from tests.benchmarks.history import desk_with
from tests.benchmarks.side_by_side import Row, table
from tests.commands.running import environment
from tests.company import NOW
from tests.processes.terminal import NEW_NUMBER, Terminal, module

RECORDS = 100_000
ROUNDS = 9
ON_THE_WAY = 20
POLL_S = 2.0
_numbers = (f"139{number:08}" for number in count(1))

Act = Callable[[], dict[str, float]]


def run(directory: Path) -> str:
    """The tables."""
    few, boss = desk_with(directory / "few", 0)
    many, _ = desk_with(directory / "many", RECORDS)
    return "\n\n".join((*_starts(few, many), _commands(few, many), _way(few, boss)))


def _starts(few: Path, many: Path) -> tuple[str, str]:
    rounds = _rounds({"bare": _bare, "few": lambda: _desk(few), "many": lambda: _desk(many)})
    bare = ("a Textual program, its widgets alone", rounds["bare", "takes"], "")
    return table("Start to a desk that takes a call", _rows(
        bare,
        ("desk, 0 records", rounds["few", "takes"], "≤ 1.25"),
        (f"desk, {RECORDS:,} records", rounds["many", "takes"], "≤ 1.25"),
    )), table("The same, against the desk with 0 records", _rows(
        ("takes a call, 0 records", rounds["few", "takes"], ""),
        (f"takes a call, {RECORDS:,} records", rounds["many", "takes"], "≤ 1.1"),
        ("first call saved, 0 records", rounds["few", "saved"], ""),
        (f"first call saved, {RECORDS:,} records", rounds["many", "saved"], ""),
        ("^Q to the end, 0 records", rounds["few", "quit"], "< 1 s"),
        (f"^Q to the end, {RECORDS:,} records", rounds["many", "quit"], "< 1 s"),
    ))  # fmt: skip


def _commands(few: Path, many: Path) -> str:
    rounds = _rounds({
        "bare": lambda: _command("-c", "from pydantic import BaseModel"),
        "few": lambda: _command(*_program(few, "status", "--json")),
        "many": lambda: _command(*_program(many, "status", "--json")),
    })  # fmt: skip
    return table("A command", _rows(
        ("python, pydantic's BaseModel imported", rounds["bare", "takes"], ""),
        ("status, 0 records", rounds["few", "takes"], "≤ 2"),
        (f"status, {RECORDS:,} records", rounds["many", "takes"], "≤ 2"),
    ))  # fmt: skip


def _way(home: Path, boss: Path) -> str:
    chance = random.Random(5)
    with _started(boss) as board, _started(home) as desk:
        board.wait("拨打 ")
        desk.wait("今天 ")
        logged = int(desk.text.partition("今天 ")[2].partition(" ")[0])
        board.wait(f"拨打 {logged} ")
        took = []
        for number in range(logged + 1, logged + 1 + ON_THE_WAY):
            Event().wait(chance.uniform(0, POLL_S))
            pressed = desk.keys(f"{NEW_NUMBER}{next(_numbers)}\r3")
            took.append(board.wait(f"拨打 {number} ") - pressed)
    rows = _rows(("the poll", [POLL_S] * len(took), ""), ("a desk's key to the board", took, "p95 < 1"))
    return f"{table('A call on its way', rows)}\n  p95 {quantiles(took, n=20)[-1]:.2f} s"


def _rounds(contenders: dict[str, Act]) -> dict[tuple[str, str], list[float]]:
    """What each contender measured in each round, in seconds; a first round is for the caches."""
    found: dict[tuple[str, str], list[float]] = {}
    for turn in range(-1, ROUNDS):
        for name, act in contenders.items():
            for what, seconds in act().items():
                if turn >= 0:
                    found.setdefault((name, what), []).append(seconds)
    return found


def _rows(*measured: tuple[str, list[float], str]) -> list[Row]:
    """Rows of a table; the first is the floor."""
    floor = measured[0][1]
    return [
        Row(what, median(own) * 1e6, tuple(one / least for one, least in zip(own, floor, strict=True)), goal)
        for what, own, goal in measured
    ]


def _bare() -> dict[str, float]:
    number = next(_numbers)
    with Terminal(module("tests.benchmarks.bare_app")) as program:
        program.keys(number)
        return {"takes": program.wait(number) - program.started}


def _desk(home: Path) -> dict[str, float]:
    number = next(_numbers)
    with _started(home) as desk:
        desk.keys(NEW_NUMBER + number)
        takes = desk.wait(f"电话 {number}") - desk.started
        desk.keys("\r3")
        saved = desk.wait(f"已保存 {number[:3]} {number[3:7]} {number[7:]}") - desk.started
        return {"takes": takes, "saved": saved, "quit": desk.quit()}


def _command(*arguments: str) -> dict[str, float]:
    began = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment())
    return {"takes": perf_counter() - began}


def _started(home: Path) -> Terminal:
    return Terminal([sys.executable, *_program(home)])


def _program(home: Path, *more: str) -> tuple[str, ...]:
    return ("-m", "agent_tui", "--home", str(home), "--lang", "zh", "--now", NOW.isoformat(), *more)
