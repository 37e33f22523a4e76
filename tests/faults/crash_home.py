"""Crash at every call of a whole home: keys, rings, key files made anew by an erasure, the draft, the team in use.

A team of one is made, calls are logged in two months, a customer is erased. Stopped before any call, with what was not
flushed kept, dropped, zeroed or torn, the home opens again: with its key, with each call that was called saved and the
customer in it, without the one whose erasure was; and the next call can be logged and read.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.place.place import ACTIVE, active_team
from agent_tui.book.session import Session
from agent_tui.clock import SetClock
from agent_tui.store.files import Files
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from tests.company import NOW, ZONE
from tests.faults.crash import Count
from tests.faults.disk import PowerCut, SimDisk
from tests.faults.left_out import LeftOut, in_place

_HOME = Path("/home/desk")
_AHEAD = timedelta(days=14)
_DAYS = (NOW.date(), (NOW + _AHEAD).date())
_LAST = "13800000099"
_COMPANY = "宏达"


@dataclass
class Said:
    """What was called done: the device's name, numbers logged and erased; and what was begun."""

    writer: str = ""
    logged: list[str] = field(default_factory=list)
    begun: str = ""
    erased: str = ""
    erasing: str = ""


def _opened(disk: SimDisk, *, later: bool = False) -> Book | None:
    home = Home(_HOME, disk)
    odds = Odds(home.odds, disk)
    team = active_team(home, odds)
    clock = SetClock(NOW + _AHEAD if later else NOW, ticking=False)
    return Book(home, Session(home, team, clock), odds, clock) if team else None


def _log(book: Book, phone: str) -> None:
    book.own.log(CallEntry(phone=phone, outcome="talked", company=_COMPANY, contact="王", note="要报价"))


def _made(disk: SimDisk) -> str:
    """A team of one is made; the device's name."""
    home = Home(_HOME, disk)
    home.make()
    state = teams.own_state("A017", "张敏", date(2026, 1, 5), NOW.date())
    place, _ = teams._make(home, "张敏", ZONE, state, alone=True)
    Odds(home.odds, disk).put("cursors", ACTIVE, place.name)
    return place.writer


def tell(disk: SimDisk, said: Said) -> None:
    """The story."""
    said.writer = _made(disk)
    number = 0
    for later in (False, True):
        book = _opened(disk, later=later)
        assert book is not None
        for _ in range(2):
            number += 1
            said.begun = f"138000000{number:02}"
            _log(book, said.begun)
            said.logged.append(said.begun)
        book.machine.keep_draft({"phone": "13900000000"})
        said.erasing = said.logged[0]
        book.erasures.erase(said.erasing)
        said.erased = said.erasing
        book.close()


def wrong(disk: SimDisk, said: Said) -> Iterator[tuple[str, bool]]:
    """What is not as it was said, and whether it was lost (else it is there and should not be)."""
    book = _opened(disk, later=True)
    if book is None:
        if said.writer:
            yield "the team was lost", True
        return
    if said.writer and book.identity.writer != said.writer:
        yield "the key is another", True
    calls = [call for day in _DAYS for call in book.calls("A017", day)]
    there = [call.customer.phone.removeprefix("+86") for call in calls if call.customer]
    for phone in said.logged:
        if phone != said.erasing and phone not in there:
            yield f"{phone} was lost or cannot be read", True
    if len(calls) < len(said.logged):
        yield "a call was lost", True
    if said.erased in there:
        yield f"{said.erased} was erased and is there", False
    if set(there) - {*said.logged, said.begun}:
        yield "a call was invented", False
    _log(book, _LAST)
    again = _opened(disk, later=True)
    shown = [call.customer and call.customer.phone for call in again.calls("A017", _DAYS[1])] if again else []
    if f"+86{_LAST}" not in shown:
        yield "what was logged after the restart cannot be read", True


def tell_of_failing(disk: SimDisk, fail_at: int) -> None:
    """A home opens and a call is logged, and the call of that number fails. Raises Problem."""
    _made(disk)
    disk.fail_at = {disk.calls + fail_at: errno.EIO}
    book = _opened(disk)
    assert book is not None
    _log(book, _LAST)


def tell_of_two(disk: SimDisk, said: Said, stop_at: int) -> bool:
    """A process logs the first call of a home and is killed before the call of that number; another logs one. False
    where the first was not stopped.
    """
    said.writer = _made(disk)
    disk.stop_at = disk.calls + stop_at
    said.begun, second = "13800000001", "13800000002"
    stopped = False
    try:
        book = _opened(disk)
        assert book is not None
        _log(book, said.begun)
        said.logged.append(said.begun)
    except PowerCut:
        stopped = True
    disk.stop_at = 0
    book = _opened(disk)
    assert book is not None
    _log(book, second)
    said.logged.append(second)
    return stopped


def put_without_flush(self: Files, path: Path, data: bytes) -> None:
    """`Files.put` that lets a file take its place before its bytes are certain."""
    beside = path.with_name(path.name + ".tmp")
    with self.opened(beside, "empty") as handle:
        self.write(handle, 0, data)
    self.rename(beside, path)
    self.flush_directory(path.parent)


UNFLUSHED = LeftOut("the flush before a file takes its place", Files, "put", put_without_flush)


def run(stride: int, *, every: int = 1, certain: bool = False) -> Count:
    """The story, stopped before each `every`-th call; a torn write is tried at every `stride`-th byte.

    `certain`: of the states of each stop the one alone in which nothing is there but what was flushed.
    """
    count = Count()
    stop_at, going = 1, True
    while going:
        disk, said = SimDisk({"home": {}}), Said()
        disk.stop_at = stop_at
        try:
            tell(disk, said)
            going = False
        except PowerCut:
            pass
        disk.stop_at = 0
        for image in (disk.certain(),) if certain else disk.images(stride):
            _check(SimDisk(image), said, count, f"stopped before call {stop_at}")
        stop_at += every
    return count


def _check(disk: SimDisk, said: Said, count: Count, where: str) -> None:
    count.states += 1
    try:
        for what, lost in wrong(disk, said):
            count.note(f"{where}: {what}", lost=lost)
    except Exception as fault:
        count.note(f"{where}: {type(fault).__name__}: {fault}", lost=True)


def control(every: int) -> int:
    """How much is lost where files are not flushed before they take their place."""
    with in_place(UNFLUSHED):
        return run(1, every=every, certain=True).lost
