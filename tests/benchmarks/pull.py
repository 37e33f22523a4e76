"""A supervisor's first pull of 100,000 records, while somebody uses the board: rounds, and who had to wait.

Ours is the sync of an open board in its thread. Beside it a hand asks the book for the day's figures again and again:
how long it waits is what a key would. The floor is the reading of the same files alone.
"""

from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep

from agent_tui.book import Book
from tests.benchmarks.history import Turned, desk_with
from tests.benchmarks.side_by_side import Row, table

RECORDS = 100_000


def run(directory: Path) -> str:
    """The table."""
    _, home = desk_with(directory / "team", RECORDS)
    share = directory / "team" / "share"
    began = perf_counter()
    read = sum(len(path.read_bytes()) for path in share.glob("records/*/*"))
    reading = perf_counter() - began
    book = Book.open(home, Turned())
    book.load_month(book.today())
    sharing, done = book.sharing, Event()
    waits: list[float] = []

    def hand() -> None:
        while not done.is_set():
            asked = perf_counter()
            book.team(book.today(), money=False)
            waits.append(perf_counter() - asked)
            sleep(0.02)

    session = sharing.target()
    assert session is not None
    syncer = sharing._open(session)
    beside = Thread(target=hand)
    beside.start()
    rounds: list[float] = []
    lefts: list[int] = []
    while not rounds or syncer.busy:
        began = perf_counter()
        syncer.round()
        rounds.append(perf_counter() - began)
        lefts.append(syncer.left)
    done.set()
    beside.join()
    book.close()
    assert read > RECORDS * 100
    waits.sort()
    rows = [
        ("reading the files alone", reading, ""),
        (f"the first pull, {len(rounds)} rounds", sum(rounds), ""),
        ("its longest round", max(rounds), "<= 1 s"),
        ("a look at the board meanwhile, p95", waits[int(len(waits) * 0.95)], ""),
        ("a look at the board meanwhile, longest", waits[-1], "<= 0.1 s"),
    ]
    return table(
        f"the first pull of {RECORDS:,} records by a supervisor",
        [Row(what, time * 1e6, (time / reading,), goal) for what, time, goal in rows],
    )
