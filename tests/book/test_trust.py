"""Trust in full: two devices, one lost and replaced, leaving, a second supervisor, keys that are late."""

import shutil
from contextlib import suppress
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.recovery import recover
from tests.book.copies import second_device
from tests.book.world import DAY, TALKED, approve, valid
from tests.company import NOW, Company, talk

HIRED = date(2026, 1, 5)


def readable(book: Book, agent: str, day: date = DAY) -> list[bool]:
    calls = book.calls(agent, day)
    assert calls
    return [call.customer is not None for call in calls]


def later(company: Company, days: int, *homes: str) -> list[Book]:
    """Go on some days later: every book is opened anew."""
    company.close()
    company.clock = SetClock(NOW + timedelta(days=days), ticking=False)
    company.boss = Book.open(company.boss_home, company.clock)
    company.desks = {home: Book.open(company.folder / home, company.clock) for home in homes}
    return list(company.desks.values())


def test_two_devices_of_one_agent_are_one_person(company: Company) -> None:
    one = company.join("A017", "张敏")
    first = one.own.log(replace(TALKED, started_at=one.now() - timedelta(hours=1)))
    company.sync()
    two = second_device(company, "A017", "张敏", "phone")
    one.sync_once()
    company.boss.sync_once()
    two.sync_once()
    # The same number again is a repeat, whichever device it was called from.
    again = two.own.log(TALKED)
    assert (again.valid, again.why_not) == (False, "repeat")
    talk(two, 5)
    two.own.correct(first.id, replace(TALKED, note="改过"))
    for book in (two, company.boss, one):
        book.sync_once()
    for book in (one, two, company.boss):
        assert valid(book, "A017") == 2
        assert all(readable(book, "A017"))
        assert [call.corrected for call in book.calls("A017", DAY) if call.id == first.id] == [True]
    assert len(company.boss.team(DAY).agents) == 1


def test_a_lost_device_is_ended_alone_and_replaced(company: Company) -> None:
    lost = company.join("A017", "张敏")
    talk(lost, 1)
    company.sync()
    company.boss.members.leave(lost.identity.writer, DAY)
    company.boss.sync_once()
    new = second_device(company, "A017", "张敏", "new")
    company.boss.sync_once()
    new.sync_once()
    assert (valid(new, "A017"), readable(new, "A017")) == (1, [True])
    talk(new, 2)
    new.sync_once()
    # Whoever found it goes on writing: kept, shown with its reason, counts nothing, and reads nothing new.
    talk(lost, 3)
    company.sync()
    assert valid(company.boss, "A017") == 2
    assert [one.why for one in company.boss.session.folds.left_out.values()] == ["ended"]
    assert "ended" in {one.detail for one in company.boss.upkeep.check().findings if one.code == "refused"}
    person = company.boss.session.place.membership.person("A017")
    assert person
    assert (person.left, person.there(DAY + timedelta(days=30))) == (None, True)
    lost, new = later(company, 30, "A017", "new")
    assert "ended" in (lost.sync_view().error or "")
    talk(new, 7)
    new.sync_once()
    company.boss.sync_once()
    lost.sync_once()
    day = company.boss.today()
    assert readable(company.boss, "A017", day) == [True]
    assert not any(readable(lost, "A017", day))


def test_a_device_that_was_ended_can_ask_again_and_its_late_work_comes_along(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    with pytest.raises(Problem, match="already"):
        teams.ask_to_join(company.folder / "A017", company.share, "A017", "张敏", HIRED, company.clock)
    company.boss.members.leave("A017", DAY)
    talk(desk, 2)
    company.boss.sync_once()
    desk.sync_once()
    company.boss.sync_once()
    assert valid(company.boss, "A017") == 1
    desk.close()
    words = teams.ask_to_join(company.folder / "A017", company.share, "A017", "张敏", HIRED, company.clock)()
    assert words == teams.ask_to_join(company.folder / "A017", company.share, "A017", "张敏", HIRED, company.clock)()
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    assert desk.members.waiting_words() == words
    assert desk.sync_view().error is None
    talk(desk, 3)
    approve(company)
    company.sync()
    company.sync()
    for book in (company.boss, desk):
        assert valid(book, "A017") == 3
        assert all(readable(book, "A017"))
    assert company.boss.day("A017", DAY + timedelta(days=1)).judged


def test_who_left_reads_nothing_new(company: Company) -> None:
    """Neither an agent of the own customers nor a supervisor of anybody's."""
    desk = company.join("A017", "张敏")
    second_device(company, "A017", "张敏", "old")
    company.ask("S002", "周丽")
    company.boss.sync_once()
    company.boss.members.approve(
        next(one.writer for one in company.boss.members.all() if one.state == "waiting"), "supervisor"
    )
    company.sync()
    company.sync()
    talk(desk, 1)
    company.sync()
    company.sync()
    gone, old = company.desks["S002"], company.desks["old"]
    assert readable(gone, "A017") == readable(old, "A017") == [True]
    company.boss.members.leave("S002", DAY)
    company.boss.members.leave(old.identity.writer, DAY)
    company.sync()
    company.sync()
    desk, gone, old = later(company, 20, "A017", "S002", "old")
    talk(desk, 2)
    for _ in range(2):
        company.sync()
    day = company.boss.today()
    assert readable(company.boss, "A017", day) == [True]
    for book in (gone, old):
        assert not any(readable(book, "A017", day))
        assert all(readable(book, "A017"))  # what could be read stays so
    with suppress(Problem):
        gone.supervisor.points("A017", "att.late", day)
    gone.sync_once()
    for book in (company.boss, desk):
        book.sync_once()
        assert book.ledger("A017", f"{day:%Y-%m}").entries == ()


def test_a_second_supervisor_is_made_where_the_owners_key_lies_and_hands_on(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.ask("S002", "周丽")
    company.boss.sync_once()
    company.boss.members.approve(
        next(one.writer for one in company.boss.members.all() if one.state == "waiting"), "supervisor"
    )
    company.sync()
    company.sync()
    other = company.desks["S002"]
    # The second lets an agent in; a supervisor is made at the first alone.
    teams.ask_to_join(company.folder / "A018", company.share, "A018", "李强", HIRED, company.clock)
    other.sync_once()
    waits = next(one.writer for one in other.members.all() if one.state == "waiting")
    with pytest.raises(Problem, match="recover"):
        other.members.approve(waits, "supervisor")
    other.members.approve(waits)
    other.sync_once()
    late = Book.open(company.folder / "A018", company.clock)
    late.sync_once()
    talk(late, 9)
    late.sync_once()
    for book in (company.boss, other):
        book.sync_once()
        assert readable(book, "A018") == readable(book, "A017") == [True]


def test_an_agents_id_is_no_supervisors_and_the_agents_days_stay_judged(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    teams.ask_to_join(company.folder / "phone", company.share, "A017", "张敏", HIRED, company.clock)
    company.boss.sync_once()
    waits = next(one.writer for one in company.boss.members.all() if one.state == "waiting")
    with pytest.raises(Problem, match="A017 is an agent's id"):
        company.boss.members.approve(waits, "supervisor")
    files = {path for path in company.share.rglob("*") if path.is_file()}
    for name, id in (("坏人", "A017"), ("张敏", "A017"), ("张敏", "a017")):
        home = company.folder / f"new {name} {id}"
        with pytest.raises(Problem, match="A017"):
            recover(home, company.share, company.code, id, name, company.clock)
        # What is refused leaves neither a team nor the owner's key.
        assert not teams.has_team(home)
        assert list(home.rglob("*.key")) == []
    assert files == {path for path in company.share.rglob("*") if path.is_file()}
    company.boss.members.approve(waits)
    company.sync()
    quota = company.boss.day("A017", DAY).quota
    assert quota
    assert quota.calls == 120


def test_keys_that_come_after_the_records_they_open_are_read(company: Company) -> None:
    """A tool that syncs the folder brings files in any order."""
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    desk.agent.hand_in(DAY)
    desk.sync_once()
    keys, late = company.share / "keys" / desk.identity.writer, company.folder / "late"
    keys.rename(late)
    company.boss.sync_once()
    assert (readable(company.boss, "A017"), company.boss.day("A017", DAY).state) == ([False], "open")
    late.rename(keys)
    company.boss.sync_once()
    assert (readable(company.boss, "A017"), company.boss.day("A017", DAY).state) == ([True], "handed_in")


def test_no_ring_is_made_twice_while_the_record_that_binds_a_device_is_not_here(company: Company) -> None:
    """Its copies were lost, and the share had lost the end of the supervisor's file just then."""
    company.join("A017", "张敏")
    second = second_device(company, "A017", "张敏", "second")
    talk(second, 1)
    second.sync_once()
    second.close()
    (file,) = company.share.glob(f"records/*/{company.boss.identity.writer}-*.jsonl")
    whole = file.read_bytes()
    for records in (company.folder / "second").glob("teams/*/mirror/records"):
        shutil.rmtree(records)
    shutil.rmtree(company.folder / "second" / "cache")
    file.write_bytes(whole[: whole.index(b"\n", whole.index(b'"kind":"signature"')) + 1])
    second = company.desks["second"] = Book.open(company.folder / "second", company.clock)
    second.sync_once()
    assert second.session.place.me is None
    second.agent.hand_in()
    file.write_bytes(whole)
    company.sync()
    company.sync()
    other = company.ask("S002", "周丽")
    company.boss.sync_once()
    (asking,) = [one.writer for one in company.boss.members.all() if one.state == "waiting"]
    company.boss.members.approve(asking, "supervisor")
    company.sync()
    company.sync()
    again = Book.open(company.folder / "second", company.clock)
    for book in (company.boss, other, second, again):
        assert book.day("A017", DAY).state == "handed_in"
        assert [call.customer and call.customer.phone for call in book.calls("A017", DAY)] == ["+8613800000001"]
