"""Packs that processes beside this one make: the same ones, and the same books where those processes fail."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from subprocess import run
from typing import Any

import pytest

from agent_tui.book import Book
from agent_tui.book.folding import packers, past
from agent_tui.book.folding.shelf import made_by
from agent_tui.book.segments.segments import Held
from tests.book.month import Month, a_day, conversation

FIRST = date(2026, 11, 2)
DAYS = [FIRST + timedelta(days=number) for number in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
AGENTS = ("A1", "A2")


@pytest.fixture
def month(tmp_path: Path) -> Iterator[Month]:
    """Two weeks of two agents, with calls that were put right, withdrawn and judged days later."""
    month = Month(tmp_path, FIRST, {"A1": date(2020, 1, 1), "A2": FIRST})
    for turn, day in enumerate(DAYS):
        month.clock.set(day, 18)
        for agent in AGENTS:
            desk = month.desks[agent]
            desk.own.log_many(a_day(day, 9, 3, first=turn * 5))
            calls = desk.calls(agent, day)
            desk.own.void(calls[0].id)
            desk.own.correct(calls[1].id, conversation(99, calls[1].started_at))
            if turn > 2:
                desk.own.void(desk.calls(agent, DAYS[turn - 2])[-1].id)
        month.up()
    month.clock.set(date(2026, 11, 16), 9)
    yield month
    month.close()


def _read(month: Month, home: Path) -> tuple[Any, dict[str, bytes]]:
    """The books of a home whose cache is gone, and the packs that it kept then."""
    rmtree(home / "cache", ignore_errors=True)
    book = Book.open(home, month.clock)
    book.load_month(FIRST)
    days = {(agent, day): book.day(agent, day) for agent in AGENTS for day in DAYS}
    book.close()
    return days, {file.name: file.read_bytes() for file in home.glob("cache/*.packs/*")}


def test_they_are_the_ones_that_are_made_here(month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = _read(month, tmp_path / "boss")
    assert len(here[1]) == len(DAYS)
    monkeypatch.setattr(past, "_WORTH", 0)
    monkeypatch.setattr(past, "shelve", _nothing_here)
    assert _read(month, tmp_path / "boss") == here


def _nothing_here(held: Held, *_: object) -> None:
    raise AssertionError(f"the pack of {held.name} was made here")


# What a process does in the place of one that makes packs, after it told by which rules.
FAILURES = {
    "it ends": "",
    "it tells nonsense": "for _ in sys.stdin: print('[7]', flush=True)",
    "it tells of too few": "for _ in sys.stdin: print('[]', flush=True)",
    "it ends amid an answer": "sys.stdin.readline(); print('[nu', end='', flush=True)",
    "it hangs": "sys.stdin.read()",
}


@pytest.mark.skipif(sys.platform == "win32", reason="scripts are no programs there")
@pytest.mark.parametrize("failure", [*FAILURES, "it makes other ones", "it does not start"])
def test_the_books_are_the_same_where_the_processes_fail(
    month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    here = _read(month, tmp_path / "boss")
    rules = made_by() if failure in FAILURES else "others"
    program = tmp_path / "program"
    if failure != "it does not start":
        rest = FAILURES.get(failure, FAILURES["it hangs"])
        program.write_bytes(f"#!{sys.executable}\nimport sys\nprint({rules!r}, flush=True)\n{rest}\n".encode())
        program.chmod(0o700)
    monkeypatch.setattr(past, "_WORTH", 0)
    monkeypatch.setattr(packers, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(sys, "executable", str(program))
    assert _read(month, tmp_path / "boss") == here


def test_a_process_ends_when_its_input_does() -> None:
    program = f"from {packers.__name__} import serve; serve()"
    found = run([sys.executable, "-c", program], input=b"", capture_output=True, check=True)
    assert found.stdout == made_by().encode() + b"\n"
    assert found.stderr == b""
