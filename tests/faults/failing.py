"""A failing, full or read-only disk under whole desks and boards: each call that changes the disk, or the share, fails
once in each way. What was called saved is there afterwards, what was refused is not, and somebody was told.

The control calls saved what the disk refused.
"""

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from agent_tui.book import Book, CallEntry
from agent_tui.book.place.place import active_team
from agent_tui.book.session import Session
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.store.files import Files, Mode
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from agent_tui.sync import places
from agent_tui.sync.folder import FolderBackend
from tests.company import NOW, Company
from tests.faults.figures import Figure

CODES = (errno.EIO, errno.ENOSPC, errno.EROFS)


class Failing(Files):
    """The real disk, whose changing call number `fail_at` fails with `code`; a full one takes half a write first."""

    def __init__(self, fail_at: int = 0, code: int = 0, *, private: bool = True) -> None:
        super().__init__(private=private)
        self.fail_at, self.code, self.calls = fail_at, code, 0
        self.failed = False

    def _due(self) -> bool:
        self.calls += 1
        self.failed = self.failed or self.calls == self.fail_at
        return self.calls == self.fail_at

    def _called(self) -> None:
        if self._due():
            raise OSError(self.code, os.strerror(self.code))

    def open(self, path: Path, mode: Mode) -> int:
        self._called()
        return super().open(path, mode)

    def write(self, handle: int, offset: int, data: bytes) -> int:
        if self._due():
            if self.code != errno.ENOSPC:
                raise OSError(self.code, os.strerror(self.code))
            return super().write(handle, offset, data[: len(data) // 2])
        return super().write(handle, offset, data)

    def flush(self, handle: int) -> None:
        self._called()
        super().flush(handle)

    def truncate(self, handle: int, size: int) -> None:
        self._called()
        super().truncate(handle, size)

    def make_directory(self, path: Path) -> None:
        self._called()
        super().make_directory(path)

    def rename(self, source: Path, target: Path) -> None:
        self._called()
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self._called()
        super().remove(path)

    def flush_directory(self, path: Path, *, tolerant: bool = False) -> None:
        self._called()
        super().flush_directory(path, tolerant=tolerant)


@dataclass
class Told:
    """What a story was told: the ids called saved, the entries of which it was said that they were not."""

    saved: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    told: int = 0
    early: bool = False

    def do(self, name: str, act: Callable[[], object]) -> None:
        """Act; note what came of it under the act's name, which is the company or note that it writes."""
        try:
            act()
            self.saved.add(name)
        except Problem:
            self.told += 1
            (self.saved if self.early else self.refused).add(name)


def desk(book: Book, told: Told) -> None:
    """A desk's hour."""
    for number in range(3):
        told.do(f"单位{number}", lambda number=number: book.own.log(_call(number)))  # type: ignore[misc]
    told.do("draft", lambda: book.machine.keep_draft({"phone": "13900000000"}))
    told.do("sync", book.sync_once)
    told.do("单位3", lambda: book.own.log(_call(3)))
    told.do("setting", lambda: book.machine.set_setting("language", "zh"))
    told.do("sync", book.sync_once)


def board(book: Book, told: Told) -> None:
    """A supervisor's."""
    told.do("sync", book.sync_once)
    for number in range(2):
        told.do(f"点{number}", lambda number=number: _points(book, number))  # type: ignore[misc]
    told.do("erase", lambda: book.erasures.erase("13800000077"))
    told.do("sync", book.sync_once)


def quiet(book: Book, told: Told) -> None:
    """A desk that only syncs."""
    told.do("sync", book.sync_once)
    told.do("sync", book.sync_once)


def _call(number: int) -> CallEntry:
    return CallEntry(
        phone=f"138000000{number:02}", outcome="talked", company=f"单位{number}", contact="王", note="要报价"
    )


def _points(book: Book, number: int) -> object:
    return book.supervisor.points("A017", "att.late", book.today(), note=f"点{number}")


STORIES: dict[str, tuple[str, Callable[[Book, Told], None]]] = {"desk": ("A017", desk), "board": ("boss", board)}
QUIET = {"quiet": ("A017", quiet)}


def found(base: Path) -> None:
    """A team with a desk, ready to be copied for each try."""
    company = Company(base)
    agent = company.join("A017", "张敏")
    agent.own.log(CallEntry(phone="13800000077", outcome="talked", company="旧单位", contact="王", note="要报价"))
    company.sync()
    company.close()


def tell(base: Path, story: str, files: Failing, *, share: bool, early: bool = False) -> Told:
    """Tell a story with that disk under its home, or under the share."""
    home, act = (STORIES | QUIET)[story]
    told = Told(early=early)
    clock = SetClock(NOW, ticking=False)
    with _share_on(files if share else None):
        try:
            place = Home(base / home, Files() if share else files)
            odds = Odds(place.odds, place.files)
            team = active_team(place, odds)
            assert team is not None
            book = Book(place, Session(place, team, clock), odds, clock)
        except Problem:
            told.told += 1
            return told
        act(book, told)
        book.close()
    return told


@contextmanager
def _share_on(files: Files | None) -> Iterator[None]:
    names = vars(places)
    before = names["open_backend"]
    if files is not None:
        names["open_backend"] = lambda place: FolderBackend(Path(place), files)
    try:
        yield
    finally:
        names["open_backend"] = before


def wrong_after(base: Path, told: Told, *, failed: bool) -> list[str]:
    """What is not as it was told, on a disk that is well again, here and at the other end."""
    books = {home: Book.open(base / home, SetClock(NOW, ticking=False)) for home in ("A017", "boss")}
    wrong = [] if told.told or not failed or told.early else _unsaid(books, told)
    for _ in range(2):
        for book in books.values():
            book.sync_once()
    there = [
        {one.customer.company for one in book.calls("A017", book.today()) if one.customer}
        | {one.note for one in book.ledger("A017", f"{book.today():%Y-%m}").entries}
        for book in books.values()
    ]
    for name in sorted(told.saved - {"sync", "draft", "setting", "erase"}):
        wrong += [f"{name} was lost"] if not all(name in one for one in there) else []
    for name in sorted(told.refused):
        wrong += [f"{name} is there, though refused"] if any(name in one for one in there) else []
    if "erase" in told.saved and any("旧单位" in one for one in there):
        wrong.append("the erased customer is there")
    for book in books.values():
        book.close()
    return wrong


def _unsaid(books: dict[str, Book], told: Told) -> list[str]:
    """A failure that nobody was told of must have cost nothing: everything is here, without the share."""
    kept = {one.customer.company for one in books["A017"].calls("A017", books["A017"].today()) if one.customer}
    lost = {name for name in told.saved if name.startswith("单位")} - kept
    return [f"{name} was lost unsaid" for name in sorted(lost)]


def run(stride: int, seed: int = 0, *, early: bool = False) -> tuple[int, list[str]]:
    """Let every `stride`-th call fail, in each way: how many were tried, and what went wrong."""
    rng = random.Random(seed)
    tried, wrong = 0, []
    with TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        template.mkdir()
        # A share's path is in a home: each try is made at the same place.
        base = Path(folder) / "here"
        base.mkdir()
        found(base)
        shutil.copytree(base, template, dirs_exist_ok=True)
        for story in STORIES:
            for share in (False, True):
                _fresh(template, base)
                counting = Failing(private=not share)
                tell(base, story, counting, share=share)
                for call in range(1 + rng.randrange(stride), counting.calls + 1, stride):
                    for code in CODES if not early else CODES[:1]:
                        _fresh(template, base)
                        files = Failing(call, code, private=not share)
                        told = tell(base, story, files, share=share, early=early)
                        tried += 1
                        where = f"{story}, {'share' if share else 'home'}, call {call}, {errno.errorcode[code]}"
                        wrong += [f"{where}: {one}" for one in wrong_after(base, told, failed=files.failed)]
    return tried, wrong


def _fresh(template: Path, base: Path) -> None:
    shutil.rmtree(base)
    shutil.copytree(template, base)


def figures(tries: int) -> Iterator[Figure]:
    """Every call; with `tries`, so many of them alone."""
    stride = max(1, 400 // tries) if tries else 1
    tried, wrong = run(stride)
    # Not each call that fails costs a record.
    control = next((found for every in (stride, 4, 1) if (found := run(every, early=True)[1])), [])
    note = "; ".join(wrong[:3])
    yield Figure("each call of a desk and a board, and of the share, failing", tried, len(wrong), len(control), note)
