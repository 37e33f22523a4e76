"""The thread beside the sync, which indexes older days and hears of commands, outlives a disk that refuses once."""

import errno
from datetime import timedelta
from pathlib import Path
from threading import current_thread
from time import monotonic, sleep

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.book.place.place import active_team
from agent_tui.book.session import Session
from agent_tui.book.sharing import sharing
from agent_tui.clock import SetClock
from agent_tui.store.files import Files
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from tests.book.world import DAY
from tests.company import NOW, ZONE, talk
from tests.waiting import PATIENCE_S


class OnceBeside(Files):
    """A disk that refuses that thread a segment, once."""

    refused = False

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        if not self.refused and path.suffix == ".jsonl" and current_thread().name == "agent-tui-beside":
            self.refused = True
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return super().read(path, offset, limit)


def test_a_desk_alone_goes_on_hearing_of_commands_after_its_disk_refused_an_older_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "_LOOK_S", 0.05)
    home, clock = tmp_path / "home", SetClock(NOW)
    teams.create_solo(home, "A017", "张敏", DAY - timedelta(days=30), ZONE, SetClock(NOW - timedelta(days=3)))
    before = Book.open(home, SetClock(NOW - timedelta(days=3)))
    talk(before, 1)
    before.close()
    disk = OnceBeside()
    place = Home(home, disk)
    odds = Odds(place.odds)
    team = active_team(place, odds)
    assert team is not None
    desk = Book(place, Session(place, team, clock), odds, clock)
    desk.start_sync()
    try:
        until = monotonic() + PATIENCE_S
        while not desk.session.history.whole:
            assert monotonic() < until
            sleep(0.01)
        assert disk.refused
        command = Book.open(home, clock)
        talk(command, 2)
        command.close()
        while desk.day("A017", DAY).figures.valid == 0:
            assert monotonic() < until
            sleep(0.01)
    finally:
        desk.close()
    assert not (home / "crash").exists()
