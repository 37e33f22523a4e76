"""Two threads that want each other's lock would stop a desk for as long as the journal's lock is patient."""

from pathlib import Path
from threading import Event, Thread

from agent_tui.book import Book, CallEntry
from agent_tui.book.place.place import active_team
from agent_tui.book.session import Session
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.store.files import Files
from agent_tui.store.home import Home
from agent_tui.store.lock import SystemLock
from agent_tui.store.odds import Odds
from tests.company import NOW, Company
from tests.waiting import PATIENCE_S


class Telling(SystemLock):
    """A lock that tells the disk while it is held."""

    def __init__(self, path: Path, patience: float, held: set[str]) -> None:
        super().__init__(path, patience)
        self._name, self._held = f"{path.parent.name}/{path.name}", held

    def __enter__(self) -> None:
        super().__enter__()
        self._held.add(self._name)

    def __exit__(self, *error: object) -> None:
        self._held.discard(self._name)
        super().__exit__(None, None, None)


class Between(Files):
    """A disk that lets `other` go on when a segment is made durable under the journal's lock, to be signed next."""

    def __init__(self) -> None:
        super().__init__()
        self.held: set[str] = set()
        self.other: Thread | None = None
        self.there = Event()

    def lock(self, path: Path, patience: float = 10.0) -> SystemLock:
        return Telling(path, patience, self.held)

    def flush_directory(self, path: Path, *, tolerant: bool = False) -> None:
        other = self.other
        if other and path.name == "journal" and "journal/lock" in self.held:
            self.other = None
            other.start()
            assert self.there.wait(PATIENCE_S)
        super().flush_directory(path, tolerant=tolerant)


def test_a_segment_is_signed_while_who_holds_the_book_waits_for_the_journal(company: Company) -> None:
    company.join("A017", "张敏").close()
    files = Between()
    home = Home(company.folder / "A017", files)
    odds, clock = Odds(home.odds, files), SetClock(NOW)
    team = active_team(home, odds)
    assert team is not None
    desk = Book(home, Session(home, team, clock), odds, clock)
    desk.own.log(CallEntry(phone="13800000001", outcome="no_answer"))
    found: list[str] = []

    def look() -> None:
        with desk.lock:
            files.there.set()
            try:
                desk.session.take_own()
            except Problem as problem:
                found.append(str(problem))

    other = files.other = Thread(target=look)
    desk.sync_once()
    other.join(PATIENCE_S)
    assert found == []
    assert not other.is_alive()
    desk.close()
