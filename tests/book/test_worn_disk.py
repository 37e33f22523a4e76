"""A home of which one file or directory may not be looked at, as after a run by another user: it is told, and named."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.book.place.place import active_team
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.store.files import Entry, Files
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from tests.book.world import DAY, valid
from tests.company import NOW, Company, talk


class Worn(Files):
    """A disk that refuses one path."""

    refused: Path | None = None

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        self._look(path)
        return super().read(path, offset, limit)

    def listing(self, directory: Path) -> list[Entry]:
        self._look(directory)
        return super().listing(directory)

    def _look(self, path: Path) -> None:
        if path == self.refused:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A board with records of its own on three days, and with the calls of a desk."""
    company = Company(tmp_path)
    talk(company.join("A017", "张敏"), 1)
    for days in range(3):
        company.clock._start = NOW.replace(day=NOW.day + days)
        company.boss.supervisor.points("A017", "duty.desk", DAY.replace(day=DAY.day + days))
    company.sync()
    company.sync()
    company.boss.close()
    return company


def opened(company: Company, disk: Worn) -> Book:
    home = Home(company.boss_home, disk)
    odds = Odds(home.odds)
    team = active_team(home, odds)
    assert team is not None
    return Book(home, Session(home, team, company.clock), odds, company.clock)


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("asked", [lambda book: valid(book, "A017"), lambda book: book.upkeep.check()])
def test_whatever_cannot_be_looked_at_is_named(company: Company, cached: bool, asked: Callable[[Book], object]) -> None:
    told = 0
    for path in sorted((company.boss_home / "teams").rglob("*")):
        if not cached:
            shutil.rmtree(company.boss_home / "cache", ignore_errors=True)
        disk = Worn()
        disk.refused = path
        try:
            book = opened(company, disk)
            try:
                asked(book)
            finally:
                disk.refused = None
                book.close()
        except Problem as problem:
            assert problem.name == "store.no_access", path
            assert problem.values["path"] == path
            told += 1
    assert told > 5


@pytest.mark.parametrize("one", [True, False], ids=["one request", "their directory"])
def test_requests_to_join_that_cannot_be_read_stop_nothing_and_are_told_in_a_line(company: Company, one: bool) -> None:
    disk = Worn()
    book = opened(company, disk)
    requests = book.session.place.where.mirror / "join"
    book.close()
    (request,) = requests.iterdir()
    disk.refused = request if one else requests
    book = opened(company, disk)
    assert valid(book, "A017") == 1
    (note,) = book.upkeep.notes()
    assert str(disk.refused) in note
    book.close()


def test_a_copy_of_a_document_that_may_not_be_read_keeps_no_other_from_a_wiped_share(company: Company) -> None:
    names = sorted(path.relative_to(company.share).as_posix() for path in company.share.rglob("*") if path.is_file())
    shutil.rmtree(company.share)
    company.share.mkdir()
    writer = company.desks["A017"].identity.writer
    disk = Worn()
    book = opened(company, disk)
    mirror = book.session.place.where.mirror
    (copy,) = (mirror / "keys" / writer).iterdir()
    disk.refused = copy
    done = book.upkeep.refill(str(company.share))
    assert [one.where for one in done.lacking] == [f"mirror/keys/{writer}/{copy.name}"]
    assert "permission denied" in done.lacking[0].text()
    assert str(copy) in str(done.not_synced)
    kept = {name for name in names if writer in name and copy.name not in name}
    assert kept
    assert all((company.share / name).is_file() for name in kept)
    disk.refused = mirror / "records" / f"{DAY}"
    done = book.upkeep.refill(str(company.share))
    assert [one.where for one in done.lacking] == [f"mirror/records/{DAY}/"]
    book.close()


@pytest.mark.parametrize("name", ["roster/", "join/", "keys/", "keys/{}/", "records/", "records/{day}/", "{}"])
def test_a_check_goes_on_without_the_copies_that_may_not_be_read_and_names_them(company: Company, name: str) -> None:
    disk = Worn()
    book = opened(company, disk)
    mirror = book.session.place.where.mirror
    writer = company.desks["A017"].identity.writer
    if name == "{}":
        name = next((mirror / "records" / f"{DAY}").iterdir()).relative_to(mirror).as_posix()
    name = name.format(writer, day=DAY)
    book.upkeep.check()
    disk.refused = mirror / name
    seen = book.upkeep.check()
    (found,) = seen.findings
    assert found.where == f"mirror/{name}"
    assert "permission denied" in found.text()
    assert seen.files > 0
    disk.refused = None
    assert book.upkeep.check().findings == []
    book.close()
