"""Where a home and a share may lie, and what stands in them."""

import json
import os
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.book.place.place import IGNORED, STATE
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.book.world import TALKED, valid
from tests.company import NOW, ZONE, Company


def test_a_second_team_put_in_the_folder_is_refused_and_nothing_is_lost(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.share.rename(company.folder / "moved")
    company.share.mkdir()
    teams.init_team(company.folder / "X", company.share, "二组", "S009", "吴", ZONE, company.clock)
    there = {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()}
    # The owner's machine keeps a team.json of its own on the share: not over another team's.
    for book in (desk, company.boss):
        with pytest.raises(Problem, match=re.escape(str(company.share))):
            book.sync_once()
    assert there == {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()}
    shutil.rmtree(company.share)
    (company.folder / "moved").rename(company.share)
    desk.sync_once()
    company.boss.sync_once()
    assert valid(company.boss, "A017") == 1


def test_a_home_in_the_share_or_the_share_in_a_home_is_refused(tmp_path: Path) -> None:
    clock = SetClock(NOW, ticking=False)
    share = tmp_path / "share"
    share.mkdir()
    for home, folder in ((share / "home", share), (tmp_path, share)):
        with pytest.raises(Problem, match=re.escape(str(share))):
            teams.init_team(home, folder, "一组", "S001", "陈", ZONE, clock)
    assert list(share.iterdir()) == []


def test_a_team_is_made_only_in_an_empty_folder(tmp_path: Path) -> None:
    clock = SetClock(NOW, ticking=False)
    for name, refused in (("docs", "letter.docx"), ("not connected/team", None)):
        folder = tmp_path / name
        if refused:
            folder.mkdir()
            (folder / refused).write_bytes(b"x")
        with pytest.raises(Problem, match=re.escape(str(folder))):
            teams.init_team(tmp_path / "home", folder, "一组", "S001", "陈", ZONE, clock)
        assert not teams.has_team(tmp_path / "home")


def test_a_new_folder_is_made_for_a_team(tmp_path: Path) -> None:
    folder = tmp_path / "sales"
    teams.init_team(tmp_path / "home", folder, "一组", "S001", "陈", ZONE, SetClock(NOW, ticking=False))
    assert (folder / "team.json").is_file()


def test_keys_are_readable_by_their_user_alone(company: Company) -> None:
    company.join("A017", "张敏").own.log(TALKED)
    homes = [company.boss_home, company.folder / "A017"]
    modes = {path.stat().st_mode & 0o077 for home in homes for path in home.rglob("*")}
    assert modes == {0} or os.name == "nt"


def test_a_lost_cursor_file_costs_the_settings_and_no_team(company: Company) -> None:
    desk = company.join("A017", "张敏")
    waiting = company.ask("A018", "李强")
    desk.own.log(TALKED)
    waiting.own.log(TALKED)
    for book, name in ((desk, "A017"), (waiting, "A018")):
        before = book.identity
        book.close()
        (company.folder / name / "odds.json").write_bytes(b"{garbage")
        again = Book.open(company.folder / name, company.clock)
        assert again.identity == before
        assert valid(again, name) == 1
        assert [str(company.folder / name) in note for note in again.upkeep.notes()] == [True]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{}", b"\xff", b'"', ("S001", 5), ("S001", "S 001"), ("2026-", 20), ("2026-11-23", "2026-11-23T09:00:00")],
    ids=str,
)
def test_a_state_that_is_damaged_is_told_with_its_path(company: Company, damage: bytes | tuple[str, Any]) -> None:
    path = company.boss.session.place.where.path / STATE
    company.boss.close()
    path.write_bytes(damage if isinstance(damage, bytes) else _put(path.read_text("utf-8"), *damage))
    with pytest.raises(Problem, match=re.escape(str(path))):
        Book.open(company.boss_home, company.clock)


def _put(text: str, old: str, new: Any) -> bytes:
    """A JSON document with `new` in place of each text that begins so."""
    made = re.sub(f'"{old}[^"]*"', json.dumps(new), text)
    assert made != text
    return made.encode()


@pytest.mark.parametrize("damage", [b"\xff", b'["\xff"]', b"[5]", b"[", b"{}"])
def test_where_it_is_damaged_who_is_passed_over_they_wait_again(company: Company, damage: bytes) -> None:
    (company.boss.session.place.where.path / IGNORED).write_bytes(damage)
    company.boss.close()
    company.boss = Book.open(company.boss_home, company.clock)
    assert company.boss.session.place.membership.ignored == frozenset()


@pytest.mark.parametrize("seen", [False, True])
def test_a_program_that_goes_on_polling_leaves_a_second_team_in_the_folder_alone(
    company: Company, *, seen: bool
) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    books = (desk, company.boss)
    syncers = {book: book.sharing._open(book.session) for book in books}
    for book in books if seen else ():
        syncers[book].round()
    company.share.rename(company.folder / "moved")
    company.share.mkdir()
    teams.init_team(company.folder / "X", company.share, "二组", "S009", "吴", ZONE, company.clock)
    there = {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()}
    for book in books:
        syncers[book]._rota.everything()
        for _ in range(3):
            with pytest.raises(Problem, match="another team"):
                syncers[book].round()
    assert {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()} == there


def test_a_home_inside_another_teams_share_is_refused(company: Company, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    there = sorted(company.share.rglob("*"))
    with pytest.raises(Problem, match=re.escape(str(company.share))):
        teams.init_team(company.share / "home", other, "二组", "S009", "吴", ZONE, company.clock)
    assert sorted(company.share.rglob("*")) == there


@pytest.mark.parametrize("who", ["agent", "supervisor"])
def test_copies_deleted_while_nobody_was_there_come_from_the_share_again(company: Company, who: str) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    company.sync()
    book, home = (desk, company.folder / "A017") if who == "agent" else (company.boss, company.boss_home)
    place = book.session.place.where
    expected = book.identity, valid(book, "A017")
    book.close()
    shutil.rmtree(place.mirror)
    if who == "supervisor":
        (place.path / "own" / "team.json").write_bytes(b"{")
    company.share.rename(company.folder / "away")
    with pytest.raises(Problem, match=r"team\.json.*shared folder"):
        Book.open(home, company.clock)
    # What another team has there is no help.
    company.share.mkdir()
    teams.init_team(company.folder / "X", company.share, "二组", "S009", "吴", ZONE, company.clock)
    with pytest.raises(Problem, match=r"team\.json.*shared folder"):
        Book.open(home, company.clock)
    shutil.rmtree(company.share)
    (company.folder / "away").rename(company.share)
    with closing(Book.open(home, company.clock)) as again:
        for _ in range(3):
            again.sync_once()
        assert (again.identity, valid(again, "A017")) == expected
