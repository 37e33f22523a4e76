"""The book through real homes and one folder: joining, and what is brought over."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui import recovery, teams
from agent_tui.book import Book, CallEntry, Change
from agent_tui.book.upkeep.checking import check
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.trust.documents import build_join, build_roster, build_team, supervisor
from agent_tui.trust.keys import DeviceKey, OwnerKey
from agent_tui.trust.tags import TagSecret
from tests.book.world import DAY, TALKED, approve, valid
from tests.company import NOW, Company
from tests.effort import effort


def test_what_was_logged_while_waiting_is_brought_over_whole(company: Company) -> None:
    desk = company.ask("A017", "张敏", date(2026, 11, 9))
    first = desk.own.log(TALKED)
    wrong = desk.own.log(CallEntry(phone="13900000001", outcome="talked"))
    desk.own.correct(wrong.id, replace(TALKED, phone="13900000001"))
    undone = desk.own.log(CallEntry(phone="13900000002", outcome="busy"))
    desk.own.void(undone.id, "按错")
    listed = desk.own.log(CallEntry(phone="13900000003", outcome="do_not_call"))
    before = desk.day("A017", DAY).figures
    assert desk.identity.solo
    assert desk.sync_view().pending == 7

    approve(company)
    desk.sync_once()
    company.sync()

    assert (desk.identity.team_name, desk.identity.solo, desk.identity.waiting) == ("一组", False, None)
    assert desk.day("A017", DAY).figures == before == company.boss.day("A017", DAY).figures
    calls = {call.id: call for call in company.boss.calls("A017", DAY)}
    assert set(calls) == {first.id, wrong.id, undone.id, listed.id}
    assert calls[first.id].customer == first.customer
    assert (calls[wrong.id].corrected, calls[wrong.id].valid) == (True, True)
    assert calls[undone.id].why_not == "void"
    assert calls[first.id].at == first.at
    assert desk.sync_view().pending == 0


def test_bringing_over_is_repeatable_and_catches_up(company: Company) -> None:
    desk = company.ask("A017", "张敏")
    desk.own.log(TALKED)
    # Another process of this home still has the old team open when the desk goes over.
    other = Book.open(company.folder / "A017", company.clock)
    approve(company)
    desk.sync_once()
    other.own.log(replace(TALKED, phone="13900000001"))
    desk.sync_once()
    company.sync()
    assert valid(desk, "A017") == valid(company.boss, "A017") == 2
    reopened = Book.open(company.folder / "A017", company.clock)
    reopened.sync_once()
    assert valid(reopened, "A017") == 2


def test_a_draft_survives_going_over(company: Company) -> None:
    desk = company.ask("A017", "张敏")
    desk.machine.keep_draft({"note": "3月再联系"})
    approve(company)
    desk.sync_once()
    assert list(desk.machine.drafts().values()) == [{"note": "3月再联系"}]


def test_a_board_is_told_of_each_request_that_comes_and_not_again(company: Company) -> None:
    told: list[Change] = []
    company.boss.subscribe(told.append)
    for agent in ("A017", "A018"):
        company.ask(agent, agent)
        company.boss.sync_once()
        assert sum(change.members for change in told) == 1, agent
        (asking,) = [one for one in company.boss.members.all() if one.id == agent]
        company.boss.members.ignore(asking.writer)
        told.clear()
    company.boss.sync_once()
    assert not any(change.members for change in told)


def test_both_machines_show_the_same_words(company: Company) -> None:
    words = teams.ask_to_join(company.folder / "B", company.share, "B001", "李强", DAY, company.clock)()
    company.boss.sync_once()
    (member,) = [member for member in company.boss.members.all(words=True) if member.state == "waiting"]
    assert member.words == words
    assert len(words) == 4


def test_an_id_that_is_taken_by_somebody_else_is_refused(company: Company) -> None:
    company.join("A017", "张敏")
    teams.ask_to_join(company.folder / "B", company.share, "A017", "李强", DAY, company.clock)
    company.boss.sync_once()
    waiting = next(member for member in company.boss.members.all() if member.state == "waiting")
    with pytest.raises(Problem, match="A017"):
        company.boss.members.approve(waiting.writer)


def test_a_second_device_of_an_agent_sees_the_first(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    home = company.folder / "second"
    teams.ask_to_join(home, company.share, "A017", "张敏", date(2026, 1, 5), company.clock)
    second = Book.open(home, company.clock)
    company.sync()
    approve(company)
    desk.sync_once()
    second.sync_once()
    company.boss.sync_once()
    second.sync_once()
    (call,) = second.calls("A017", DAY)
    assert call.customer is not None
    assert call.customer.company == "宁波宏达科技有限公司"
    second.own.log(replace(TALKED, phone="13900000001"))
    second.sync_once()
    company.sync()
    assert valid(company.boss, "A017") == valid(desk, "A017") == 2


def test_a_second_supervisor_reads_and_writes(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    home = company.folder / "S002"
    teams.ask_to_join(home, company.share, "S002", "周丽", date(2026, 1, 5), company.clock)
    company.boss.sync_once()
    waiting = next(member for member in company.boss.members.all() if member.state == "waiting")
    company.boss.members.approve(waiting.writer, "supervisor")
    company.boss.sync_once()
    second = Book.open(home, company.clock)
    second.sync_once()
    assert second.identity.role == "supervisor"
    (call,) = second.calls("A017", DAY)
    assert call.customer is not None
    second.supervisor.points("A017", "att.late", DAY)
    second.sync_once()
    desk.sync_once()
    company.boss.sync_once()
    assert desk.ledger("A017", "2026-11").balance == company.boss.ledger("A017", "2026-11").balance == 98


def test_a_supervisor_is_made_only_where_the_owners_key_lies(company: Company) -> None:
    (company.boss_home / "teams" / company.boss.identity.team / "owner.key").rename(company.folder / "in-the-safe")
    company.ask("A017", "张敏")
    boss = Book.open(company.boss_home, company.clock)
    boss.sync_once()
    waiting = next(member for member in boss.members.all() if member.state == "waiting")
    with pytest.raises(Problem, match="owner"):
        boss.members.approve(waiting.writer, "supervisor")


@pytest.mark.parametrize("zone", ["Foo/Bar", "America", "leapseconds"])
def test_a_team_whose_time_zone_is_not_known_here_is_refused_in_one_line(tmp_path: Path, zone: str) -> None:
    """Such a folder may be anybody's, or of a machine with newer time zones."""
    share, owner, key = tmp_path / "share", OwnerKey.generate(), DeviceKey.generate()
    (share / "roster").mkdir(parents=True)
    (share / "team.json").write_bytes(build_team(owner, "一组", zone))
    first = supervisor(key.public, id="S001", name="陈静", hired=DAY, joined=DAY)
    (share / "roster" / "1.json").write_bytes(build_roster(owner, 1, [first], TagSecret.generate()))
    with pytest.raises(Problem, match=zone):
        teams.ask_to_join(tmp_path / "home", share, "A017", "张敏", date(2026, 1, 5), SetClock(NOW))
    with pytest.raises(Problem, match=zone):
        recovery.recover(tmp_path / "home", share, owner.recovery_code(), "S001", "陈静", SetClock(NOW))


def test_a_request_that_is_changed_once_it_was_seen_lets_nobody_in_as_somebody_else(company: Company) -> None:
    """The four words are of the keys alone: who asks as one person, and once those were compared as another, came in as
    that one; as a supervisor, if that one was a supervisor.
    """
    key, team = DeviceKey.generate(), company.boss.session.place.team.team
    folder = company.share / "join"
    folder.mkdir(exist_ok=True)

    def ask(id: str, name: str, now: datetime) -> None:
        (folder / f"{key.writer}.json").write_bytes(build_join(key, team, id=id, name=name, hired=DAY, at=now))

    ask("A018", "李小强", NOW)
    company.boss.sync_once()
    (seen,) = (member for member in company.boss.members.all() if member.state == "waiting")
    ask("S001", "陈静", NOW + timedelta(minutes=1))
    for book in (company.boss, Book.open(company.boss_home, company.clock)):
        book.sync_once()
        (waiting,) = (member for member in book.members.all() if member.state == "waiting")
        assert waiting == seen
        assert [finding.where for finding in check(book.session, str(company.share)).findings] == [
            f"join/{key.writer}.json"
        ]
    let_in = company.boss.members.approve(key.writer)
    assert (let_in.id, let_in.name, let_in.role) == ("A018", "李小强", "agent")


def test_twice_as_many_requests_cost_a_board_twice_as_much(company: Company) -> None:
    """Whoever can write into the folder can ask by the thousand: a board went through all of them for each."""
    team = company.boss.session.place.team.team
    folder = company.share / "join"
    folder.mkdir(exist_ok=True)

    def heard(count: int) -> int:
        for _ in range(count):
            key = DeviceKey.generate()
            data = build_join(key, team, id="A017", name="张敏", hired=DAY, at=NOW)
            (folder / f"{key.writer}.json").write_bytes(data)
        return effort(company.boss.sync_once)

    heard(1)
    few, more = heard(50), heard(100)
    assert len(company.boss.session.place.membership.waiting()) == 151
    assert more < 2.5 * few
