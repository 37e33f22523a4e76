"""The book through real homes and one folder: joining, authority, repeats, what survives."""

import json
import os
import re
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.pen import Draft
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from shared_rules.entries import PointsEntry, PointsSecret, Verdict, VerdictSecret
from shared_rules.record_parts import About, Customer
from shared_rules.records import Call, Void
from tests.ui.company import NOW, ZONE, Company, talk

DAY = date(2026, 11, 23)
TALKED = CallEntry(
    phone="138 0013 8000",
    outcome="talked",
    interest="intent",
    grade="B",
    company="宁波宏达科技有限公司",
    contact="王",
    title="采购经理",
    note="要报价",
)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def valid(book: Book, agent: str) -> int:
    return book.day(agent, DAY).figures.valid


# ---- joining ----


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
    assert desk.machine.draft() == {"note": "3月再联系"}


def test_both_machines_show_the_same_words(company: Company) -> None:
    words = teams.ask_to_join(company.folder / "B", company.share, "B001", "李强", DAY, company.clock)
    company.boss.sync_once()
    (member,) = [member for member in company.boss.members.all() if member.state == "waiting"]
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


# ---- authority ----


def forge(book: Book, agent: str, body: object, secret: object) -> None:
    """Write a record past the book's own refusals, as a changed program would."""
    draft = Draft(uuid7(book.now()), agent, body, secret)  # type: ignore[arg-type]
    book.session.pen.write([draft], book.now())
    book.sync_once()


def test_an_agents_points_verdicts_and_others_calls_count_nothing_anywhere(company: Company) -> None:
    honest, cheat = company.join("A001", "刘洋"), company.join("A002", "李强")
    call = honest.own.log(TALKED)
    company.boss.supervisor.points("A002", "att.late", DAY)
    company.sync()
    about = About(author="A001", id=call.id, day=DAY)
    forge(cheat, "A002", PointsEntry(), PointsSecret(rule="award.excellent", on=DAY, points=20))
    forge(cheat, "A001", PointsEntry(), PointsSecret(rule="att.late", on=DAY, points=-2, fen=1000))
    forge(cheat, "A001", Verdict(), VerdictSecret(about=about, false=True))
    forge(cheat, "A001", Void(about=about), Customer())
    started = company.boss.now()
    forge(cheat, "A001", Call(outcome="talked", filled=("phone",), started_at=started), Customer())
    company.sync()
    for book in (company.boss, honest):
        assert valid(book, "A001") == 1
        assert book.ledger("A001", "2026-11").entries == ()
    assert company.boss.ledger("A002", "2026-11").balance == 98
    refused = [one for one in company.boss.session.folds.left_out.values() if one.why != "newer"]
    assert sorted(one.why for one in refused) == ["not_own", "not_own", *["supervisors_only"] * 3]


def test_a_supervisor_enters_nothing_about_themselves(company: Company) -> None:
    with pytest.raises(Problem):
        company.boss.supervisor.points("S001", "award.excellent", DAY, points=5)
    forge(company.boss, "S001", PointsEntry(), PointsSecret(rule="award.excellent", on=DAY, points=20))
    assert Book.open(company.boss_home, company.clock).ledger("S001", "2026-11").entries == ()


def test_a_supervisor_may_call_and_nothing_is_asked_of_one(company: Company) -> None:
    company.boss.own.log(TALKED)
    (row,) = company.boss.team(DAY).agents
    assert (row.agent, row.figures.valid, row.judged, row.pace, row.must_stay) == ("S001", 1, False, None, False)
    assert company.boss.team(DAY).totals.quota_calls == 0


def test_a_colleague_reads_counts_and_no_customer(company: Company) -> None:
    desk, other = company.join("A001", "刘洋"), company.join("A002", "李强")
    desk.own.log(TALKED)
    company.boss.supervisor.points("A001", "att.late", DAY, note="迟到十分钟")
    company.sync()
    company.sync()
    written = b"".join(path.read_bytes() for path in company.folder.rglob("*") if path.is_file())
    for secret in ("13800138000", "宏达", "采购经理", "要报价", "迟到十分钟"):
        assert secret.encode() not in written
    assert [call.customer for call in other.calls("A001", DAY)] in ([], [None])
    with pytest.raises(Problem, match="A001 is somebody else"):
        other.ledger("A001", "2026-11")


# ---- what stands ----


def test_lines_of_a_newer_program_are_kept_and_said_and_change_nothing(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    place = desk.session.place

    def newer(version: int, kind: str) -> object:
        return lambda seq: {
            "v": version, "id": uuid7(desk.now()), "kind": kind, "writer": place.writer, "seq": seq,
            "at": desk.now().isoformat(), "agent": "A017", "body": {"outcome": "telepathy", "mood": [1]},
        }  # fmt: skip

    stored = place.journal.append([newer(1, "hologram"), newer(2, "call")], desk.now())  # type: ignore[list-item]
    desk.sync_once()
    company.boss.sync_once()
    assert valid(company.boss, "A017") == valid(Book.open(company.folder / "A017", company.clock), "A017") == 1
    assert [one.why for one in company.boss.session.folds.left_out.values()] == ["newer", "newer"]
    copies = b"".join(path.read_bytes() for path in (company.boss_home / "teams").rglob("records/*/*"))
    assert all(one.raw in copies for one in stored)


def test_a_damaged_line_costs_itself_alone(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(5):
        talk(desk, number)
    desk.close()
    (segment,) = (company.folder / "A017" / "teams" / desk.identity.team / "journal").glob("*.jsonl")
    data = bytearray(segment.read_bytes())
    data[data.index(b'"seq":3') + 20] ^= 1
    segment.write_bytes(data)
    again = Book.open(company.folder / "A017", company.clock)
    assert again.day("A017", DAY).figures.dials == 4
    talk(again, 9)
    assert again.day("A017", DAY).figures.dials == 5


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


# ---- entering ----


def test_an_entry_is_refused_in_one_line_and_nothing_is_recorded(company: Company) -> None:
    desk = company.join("A017", "张敏")
    later = desk.now() + timedelta(minutes=1)
    for entry in (
        CallEntry(phone="13800138000", outcome="telepathy"),
        CallEntry(phone="13800138000", outcome="talked", started_at=later),
        CallEntry(phone="13800138000", outcome="talked", note="长" * 4001),
        CallEntry(phone="1" * 201, outcome="talked"),
    ):
        with pytest.raises(Problem) as refused:
            desk.own.log(entry)
        assert "\n" not in str(refused.value)
    assert desk.day("A017", DAY).figures.dials == 0
    assert desk.session.place.journal.last_seq == 0


def test_points_are_refused_for_what_the_rules_do_not_allow(company: Company) -> None:
    company.join("A017", "张敏", date(2026, 11, 9))
    boss = company.boss
    for agent, rule, on, points in (
        ("A017", "att.late", date(2026, 11, 24), None),
        ("A017", "att.late", date(2026, 11, 8), None),
        ("A017", "att.late", DAY, -50),
        ("A017", "award.excellent", DAY, None),
        ("A017", "award.excellent", DAY, 21),
        ("A017", "award.excellent", DAY, 5),  # an award without its reason
        ("A017", "no.such", DAY, None),
        ("A099", "att.late", DAY, None),
    ):
        with pytest.raises(Problem):
            boss.supervisor.points(agent, rule, on, points=points)
    assert boss.ledger("A017", "2026-11").entries == ()


def test_undoing_lets_the_next_call_take_its_place(company: Company) -> None:
    desk = company.join("A017", "张敏")
    first, second = desk.own.log(TALKED), desk.own.log(TALKED)
    assert (first.valid, second.valid, second.why_not) == (True, False, "repeat")
    desk.own.void(first.id)
    assert {call.id: call.valid for call in desk.calls("A017", DAY)} == {first.id: False, second.id: True}
    assert valid(desk, "A017") == 1


def test_a_number_on_the_list_is_told_and_its_later_calls_do_not_count(company: Company) -> None:
    desk = company.join("A017", "张敏")
    number = "13900000003"
    before = desk.own.log(replace(TALKED, phone=number, started_at=desk.now() - timedelta(hours=1)))
    desk.own.log(CallEntry(phone=number, outcome="do_not_call", started_at=desk.now() - timedelta(minutes=30)))
    company.clock = SetClock(NOW + timedelta(minutes=5), ticking=False)
    desk = Book.open(company.folder / "A017", company.clock)
    found = desk.lists.listed("139-0000-0003")
    assert found is not None
    assert found[1] == "A017"
    desk.own.log(replace(TALKED, phone=number))
    desk.sync_once()
    company.boss.sync_once()
    for book in (desk, company.boss):
        assert [call.why_not for call in book.calls("A017", DAY)] == ["do_not_call", "not_spoken", None]
    assert before.valid


def test_a_customer_is_found_in_days_long_past(tmp_path: Path) -> None:
    home = tmp_path / "home"
    teams.create_solo(home, "A017", "张敏", date(2026, 1, 5), ZONE, SetClock(NOW - timedelta(days=200), ticking=False))
    old = Book.open(home, SetClock(NOW - timedelta(days=200), ticking=False))
    old.own.log(replace(TALKED, follow_up=NOW))
    old.close()
    desk = Book.open(home, SetClock(NOW, ticking=False))
    desk.index_history()
    found = desk.own.customer("+86 138-0013-8000")
    assert found is not None
    assert found.latest.company == "宁波宏达科技有限公司"
    assert [callback.due for callback in desk.own.callbacks()] == [NOW]
    desk.own.log(CallEntry(phone="13800138000", outcome="no_answer"))
    assert desk.own.callbacks() == []


def test_show_tells_a_record_with_its_history(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(TALKED)
    desk.own.void(call.id, "按错")
    company.sync()
    for book in (desk, company.boss):
        shown = book.record(call.id)
        assert json.loads(json.dumps(shown)) == shown
        assert shown["customer"]["company"] == "宁波宏达科技有限公司"
        assert [one["content"]["text"] for one in shown["history"]] == ["按错"]
        assert shown["why_not"] == "void"


def approve(company: Company) -> None:
    company.boss.sync_once()
    for member in company.boss.members.all():
        if member.state == "waiting":
            company.boss.members.approve(member.writer)
    company.boss.sync_once()


def test_times_are_told_in_the_teams_zone(company: Company) -> None:
    desk = company.join("A017", "张敏")
    started = datetime.fromisoformat("2026-11-23T05:30:00+00:00")
    call = desk.own.log(replace(TALKED, started_at=started))
    assert call.started_at.isoformat() == "2026-11-23T13:30:00+08:00"


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


def test_a_home_inside_another_teams_share_is_refused(company: Company, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    there = sorted(company.share.rglob("*"))
    with pytest.raises(Problem, match=re.escape(str(company.share))):
        teams.init_team(company.share / "home", other, "二组", "S009", "吴", ZONE, company.clock)
    assert sorted(company.share.rglob("*")) == there


def test_what_was_left_out_is_said(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(3):
        talk(desk, number)
    desk.close()
    (segment,) = (company.folder / "A017" / "teams" / desk.identity.team / "journal").glob("*.jsonl")
    data = bytearray(segment.read_bytes())
    data[data.index(b'"seq":2') + 20] ^= 1
    segment.write_bytes(data)
    again = Book.open(company.folder / "A017", company.clock)
    assert again.day("A017", DAY).figures.dials == 2
    assert ["1" in note for note in again.upkeep.notes()] == [True]


def test_a_number_that_a_colleague_listed_counts_no_more_at_either_end(company: Company) -> None:
    """Also where the call was there before the listing was heard of."""
    desk, colleague = company.join("A017", "张敏"), company.join("A018", "李强")
    colleague.own.log(CallEntry(phone="13900000003", outcome="do_not_call"))
    company.clock._start += timedelta(minutes=1)
    desk.own.log(replace(TALKED, phone="13900000003"))
    desk.own.log(replace(TALKED, phone="13900000004"))
    company.sync()
    company.sync()
    assert valid(desk, "A017") == valid(company.boss, "A017") == 1
    desk.own.log(replace(TALKED, phone="13900000005"))
    again = Book.open(company.folder / "A017", company.clock)
    assert valid(again, "A017") == valid(desk, "A017") == 2
    company.boss.supervisor.lift("13900000003")
    company.sync()
    company.sync()
    assert valid(desk, "A017") == valid(company.boss, "A017")
