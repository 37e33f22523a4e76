"""A customer whom a ring was spared goes after all, wherever the ring lies, once a record under it turns up."""

import shutil
from datetime import timedelta

from agent_tui.book import Book
from agent_tui.book.place.sparing import Due
from agent_tui.trust.keyfiles import KeyFile, open_keys
from shared_rules.validating import checked_json
from tests.book.copies import backed_up, copied, restored, settle
from tests.book.test_sparing import MARKS, found, readable, rings
from tests.book.world import TALKED
from tests.company import Company, talk


def followed_beside(company: Company) -> None:
    """Another process of the agent's home hears of the erasure, follows it and publishes."""
    beside = Book.open(company.folder / "A017", company.clock)
    beside.sync_once()
    assert [ring for ring in rings(beside) if ring.spared]
    beside.close()


def test_supervisors_lose_it_who_had_the_ring_as_it_was_spared(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    followed_beside(company)
    company.boss.sync_once()
    desk.own.log(TALKED)
    settle(company)
    assert found(company.folder) == []
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "gone"]


def test_a_board_loses_it_whose_sync_goes_on_and_on(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    desk.sync_once()
    syncer = company.boss.sharing._open(company.boss.session)
    syncer.once()
    company.boss.erasures.erase(MARKS[1])
    syncer.once()
    followed_beside(company)
    syncer.once()
    desk.own.log(TALKED)
    for _ in range(3):
        desk.sync_once()
        syncer.once()
    assert found(company.folder) == []


def test_a_process_that_never_hears_beside_a_desk_that_goes_on_and_on(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    beside = Book.open(company.folder / "A017", company.clock)
    syncer = desk.sharing._open(desk.session)
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    syncer.once()
    assert [ring for ring in rings(desk) if ring.spared]
    beside.own.log(TALKED)
    beside.close()
    assert found(company.folder)
    for _ in range(2):
        syncer.once()
        company.boss.sync_once()
    assert found(company.folder) == []
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "gone"]


def test_supervisors_lose_it_too_who_got_the_ring_from_another(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    followed_beside(company)
    company.boss.sync_once()
    company.second_supervisor()
    company.boss.sync_once()
    company.desks["S002"].sync_once()
    desk.own.log(TALKED)
    settle(company)
    assert found(company.folder) == []
    for book in (desk, company.boss, company.desks["S002"]):
        assert readable(book) == ["0001", "gone"]


def test_a_desk_that_never_synced_since_it_was_opened(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    desk.close()
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    followed_beside(company)
    desk.own.log(TALKED)
    settle(company)
    assert found(company.folder) == []


def test_a_desk_that_was_ended_before_it_heard(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    followed_beside(company)
    desk.own.log(TALKED)
    desk.close()
    company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    settle(company)
    assert found(company.folder) == []


def test_a_home_restored_from_before_the_customer(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    desk = backed_up(company, "A017")
    desk.own.log(TALKED)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    restored(company, "A017")
    settle(company)
    assert found(company.folder) == []


def test_a_home_restored_from_before_the_erasure(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    desk = backed_up(company, "A017")
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    desk = restored(company, "A017")
    company.clock._start += timedelta(minutes=1)
    desk.own.log(TALKED)
    settle(company)
    assert found(company.folder) == []


def test_a_process_that_goes_on_in_the_place_before_and_has_not_heard(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    desk = backed_up(company, "A017")
    talk(desk, 2)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    desk = restored(company, "A017")
    beside = Book.open(company.folder / "A017", company.clock)
    talk(desk, 3)
    settle(company)
    assert desk.identity.writer != beside.identity.writer
    beside.own.log(TALKED)
    beside.close()
    assert found(company.folder)
    settle(company)
    assert found(company.folder) == []
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "0002", "0003", "gone"]


def test_a_request_that_tells_of_a_copy_has_all_rings_of_its_key_lose_what_they_were_spared(company: Company) -> None:
    """Also where nothing else came since they were last followed: the folder may keep the copy's key files from us."""
    talk(company.join("A017", "张敏"), 1)
    one, other = copied(company, "A017")
    talk(one, 2)
    one.sync_once()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    one.sync_once()
    one.sync_once()
    company.boss.sync_once()
    assert spared(company.boss) == {True}
    other.own.log(TALKED)
    keys = company.share / "keys"
    shutil.copytree(keys, company.folder / "keys")
    other.sync_once()
    shutil.rmtree(keys)
    (company.folder / "keys").rename(keys)
    company.boss.sync_once()
    company.boss.close()
    company.boss = Book.open(company.boss_home, company.clock)
    company.boss.sync_once()
    assert spared(company.boss) == {False}
    assert company.boss.members.all()[0].state == "waiting"


def spared(boss: Book) -> set[bool]:
    """Whether the rings about A017 that lie at the supervisor's have the customer still."""
    place = boss.session.place
    files = [
        checked_json(KeyFile, file.read_bytes().partition(b',"sig"')[0] + b"}")
        for folder in (place.where.path / "own", place.where.mirror)
        for file in (folder / "keys").rglob("*.json")
    ]
    opened = [ring for file in files for ring in open_keys(file, place.key).rings]
    return {"" in ring.nodes for ring in opened if ring.agent == "A017"}


def test_what_another_process_wrote_just_now_makes_nobody_lose_more(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    (ring,) = rings(desk)
    beside = Book.open(company.folder / "A017", company.clock)
    talk(beside, 2)
    beside.close()
    due = Due(desk.session.place, company.boss.session.rings.erasures, None).obeyed(ring)
    assert due.spared
    assert len(due.nodes) == 1
