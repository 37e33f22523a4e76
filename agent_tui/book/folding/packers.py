"""Packs made by processes beside this one, where there are many to make at once: after a new version of the program, or
where the copies of a whole team have just come. One process makes them on one core, whatever the machine has.

Each process first prints the digest of its rules. It then reads orders from its standard input, a few segments a line,
and answers each line with one line. It ends with its input, and so with the process that started it, however that ends.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from hashlib import sha256
from queue import Empty, SimpleQueue
from threading import Thread
from zoneinfo import ZoneInfo

import msgspec

from agent_tui.book.folding.shelf import made_by
from agent_tui.book.folding.shelving import Shelved, shelve
from agent_tui.book.segments.segments import Held
from agent_tui.store.files import Files
from shared_rules.policies.policy import Counting

# With more processes, the one that takes the packs in is the bottleneck.
_MOST = 4
# Segments per line: enough that a process seldom waits for the next order.
_AT_ONCE = 8
# After so many seconds without an answer the packs are made here.
_PATIENCE_S = 30


class Order(msgspec.Struct, frozen=True):
    """To make the pack of a segment of a device of `person`; `countings` for each day that its calls may be of."""

    held: Held
    person: str
    zone: str
    countings: dict[date, list[Counting]]


_Made = Future[Shelved | None]
_Some = list[tuple[Order, _Made]]


class Packers:
    """Makes what was ordered, in that order, until it is closed."""

    def __init__(self, orders: Sequence[Order]) -> None:
        self._made: dict[str, _Made] = {}
        self._left: SimpleQueue[_Some] = SimpleQueue()
        for first in range(0, len(orders), _AT_ONCE):
            some = [(order, _Made()) for order in orders[first : first + _AT_ONCE]]
            self._made |= {order.held.name: made for order, made in some}
            self._left.put(some)
        for _ in range(min(os.cpu_count() or 1, _MOST)):
            Thread(target=self._keep_busy, name="agent-tui-packs", daemon=True).start()

    @property
    def busy(self) -> bool:
        """Whether there is something to wait for."""
        return not all(made.done() for made in self._made.values())

    def made(self, name: str) -> Shelved | None:
        """The pack of a segment, once it is made; None if it was not ordered or could not be made."""
        ordered = self._made.get(name)
        try:
            return ordered.result(_PATIENCE_S) if ordered else None
        except TimeoutError:
            self._made = {}
            return None

    def close(self) -> None:
        """Make no more packs than those that are being made."""
        with suppress(Empty):
            while True:
                _settle(self._left.get_nowait(), [])

    def _keep_busy(self) -> None:
        process = _start()
        with suppress(Empty):
            while True:
                some = self._left.get_nowait()
                _settle(some, _ask(process, [order for order, _ in some]) if process else [])
        if process is not None:
            with suppress(OSError):
                process.communicate()


def _settle(some: _Some, answers: Sequence[Shelved | None]) -> None:
    for (_, made), answer in zip(some, answers or [None] * len(some), strict=True):
        made.set_result(answer)


def _start() -> "subprocess.Popen[bytes] | None":
    """A process that makes packs; None if none can be started, or its rules are not those of this process."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A terminal is the screens'.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    assert process.stdout is not None
    if process.stdout.readline().strip() == made_by().encode():
        return process
    # A new version was installed since this one began.
    process.kill()
    process.communicate()
    return None


def _ask(process: "subprocess.Popen[bytes]", orders: Sequence[Order]) -> list[Shelved | None]:
    """What a process answers; nothing where it has ended."""
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(orders) + b"\n")
        process.stdin.flush()
        answers = _ANSWER.decode(process.stdout.readline())
    except (OSError, msgspec.DecodeError):
        return []
    return answers if len(answers) == len(orders) else []


def serve() -> None:
    """Make what standard input asks for, and tell it on standard output, until there is no more input."""
    files = Files()
    _tell(made_by().encode())
    for asked in sys.stdin.buffer:
        _tell(msgspec.json.encode([_make(files, order) for order in _ASKED.decode(asked)]))


def _tell(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _make(files: Files, order: Order) -> Shelved | None:
    try:
        data = files.read(order.held.path)
        return shelve(
            order.held, data, sha256(data).digest(), order.person, ZoneInfo(order.zone), order.countings.__getitem__
        )
    except (OSError, KeyError):
        return None  # a day that was not thought of


_ASKED = msgspec.json.Decoder(list[Order])
_ANSWER = msgspec.json.Decoder(list[Shelved | None])
