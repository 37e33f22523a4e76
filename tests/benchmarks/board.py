"""The board with 200 agents: what a refresh costs, and from a key to the painted cursor.

One folder, a supervisor's home, and 200 desks' records of a morning in it, under real keys. The floor of the keys is a
character in a bare Textual app in the same terminal. A refresh is ten desks' new calls: taken in, read off the event
loop, drawn; beside it what of that is the book's reading and what the drawing, which alone holds up a key.
"""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from agent_tui.book import Book
from agent_tui.ui.app import Shell
from agent_tui.ui.board.screen import BoardScreen
from tests.benchmarks.side_by_side import Row, table
from tests.company import NOW, Company, talk
from tests.processes.terminal import DOWN, Terminal, module, program

AGENTS = 200
CALLS = 20
ROUNDS = 15
KEYS = 40
SIZE = (140, 40)


def run(directory: Path) -> str:
    """The table."""
    company = Company(directory)
    for number in range(AGENTS):
        desk = company.ask(f"A{number:03}", f"员工{number}", date(2026, 1, 5))
        for call in range(CALLS):
            talk(desk, number * 1000 + call, minutes_ago=5 * call, lead=call % 5 == 0)
    company.boss.sync_once()
    for member in company.boss.members.all():
        if member.state == "waiting":
            company.boss.members.approve(member.writer)
    company.boss.sync_once()
    company.sync()
    company.boss.close()
    try:
        floor, keys, first = _keys(company.boss_home)
        measured = asyncio.run(_refreshes(company))
    finally:
        company.close()
    rows = [
        _row("a key at a bare app", floor, floor),
        _row("a key at the board", keys, floor, "2"),
        _row("opened, to the first rows", [first], floor),
        *(_row(what, times, floor) for what, times in measured.items()),
    ]
    return table(f"The board, {AGENTS} agents with {CALLS} calls each, {SIZE[0]}x{SIZE[1]}", rows)


def _row(what: str, times: list[float], floor: list[float], goal: str = "") -> Row:
    base = median(floor)
    return Row(what, median(times) * 1e6, tuple(one / base for one in times), goal)


def _keys(home: Path) -> tuple[list[float], list[float], float]:
    """From a key to the screen that shows it, in a terminal: a bare app's and the board's; the board's first rows."""
    size = {"rows": SIZE[1], "columns": SIZE[0]}
    with Terminal(module("tests.benchmarks.bare_app"), **size) as bare:
        bare.keys("x")
        bare.wait("x")
        floor = []
        for number in range(1, KEYS):
            pressed = bare.keys("x")
            floor.append(bare.wait("x" * (number + 1)) - pressed)
    with Terminal([*program(home), "--now", NOW.isoformat()], **size) as board:
        first = board.wait("─ A000 ") - board.started
        board.wait("█")
        took = []
        for number in range(1, KEYS):
            pressed = board.keys(DOWN)
            took.append(board.wait(f"─ A{number:03} ") - pressed)
        board.quit()
    return floor, took, first


async def _refreshes(company: Company) -> dict[str, list[float]]:
    shell = Shell(company.boss_home, company.clock)
    shell.open_book()
    book = shell.book
    assert book is not None
    async with shell.run_test(size=SIZE):
        screen = shell.screen
        assert isinstance(screen, BoardScreen)
        await _until(lambda: screen.settled)
        found = {
            "ten desks' new calls, on the screen": [
                await _news(company, book, screen, number) for number in range(ROUNDS)
            ],
            "of it the book's reading": [_timed(lambda: book.team(book.today(), money=False)) for _ in range(ROUNDS)],
            "of it the drawing": [_timed(screen._draw) for _ in range(ROUNDS)],
            "a look at the folder, nothing new": [_timed(book.sync_once) for _ in range(ROUNDS)],
        }
    shell.close_book()
    return found


async def _news(company: Company, book: Book, screen: BoardScreen, number: int) -> float:
    desks = list(company.desks.values())[10 * number : 10 * number + 10]
    for desk in desks:
        talk(desk, 900_000 + number)
        await asyncio.to_thread(desk.sync_once)
    before = screen._view
    began = perf_counter()
    await asyncio.to_thread(book.sync_once)
    await _until(lambda: screen.settled and screen._view is not before)
    return perf_counter() - began


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


async def _until(test: Callable[[], bool]) -> None:
    while not test():
        await asyncio.sleep(0.002)
