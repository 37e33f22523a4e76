"""Customers stay sealed: after a day of everything the program does, each byte of every home, of the share and of the
places for temporary files is searched for customers that are known; and who may read what is tried with real keys.
"""

import asyncio
import re
import shutil
import sys
import traceback
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent_tui import crash
from agent_tui.book import CallEntry
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from tests.book.copies import second_device
from tests.commands.running import Machines, process
from tests.company import Company
from tests.faults.erasure import ANOTHER, CUSTOMER, MARKS, OTHER, tell
from tests.faults.vault import Vault, look
from tests.waiting import happens

PHONE, COMPANY, CONTACT, NOTE = "13812345678", "镇海永兴轴承厂", "诸葛建国", "只在周三下午接电话"
LEADS = ("13600000001", "象山海味批发", "司马长风")
SECRETS = (*MARKS, *OTHER, *LEADS)
_TITLE = re.compile(rb"\x1b\][0-9]+;(.*?)(?:\x07|\x1b\\)", re.DOTALL)


def test_a_day_of_commands_leaves_no_customer_in_plain_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machines = Machines(tmp_path, capsys)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("agent_tui.i18n._language", "en")
    boss, desk = machines.team("A017"), machines["A017"]
    papers = tmp_path / "papers"
    papers.mkdir()
    leads = papers / "leads.csv"
    leads.write_text("公司,联系人,电话\n" + ",".join((LEADS[1], LEADS[2], LEADS[0])) + "\n", encoding="utf-8")
    boss("import", "leads", str(leads), "--assign", "A017").done()
    call = desk.json(
        "log", "--phone", PHONE, "--outcome", "talked", "--company", COMPANY, "--contact", CONTACT, "--note", NOTE
    )
    desk("correct", call["id"], "--note", f"{NOTE}!")
    for machine in (boss, desk, boss, desk):
        machine("sync", "--once").done()
    assert COMPANY in desk("show", call["id"]).done().out
    assert COMPANY in boss("show", call["id"]).done().out
    for name in ("day.xlsx", "day.csv"):
        boss("export", "report", "--day", "2026-11-23", "--to", str(papers / name))
    boss("check").done()
    boss("team").done()
    desk("status").done()
    # What was wrong is said without the customer, and so are usage errors and their like.
    process("--home", str(desk.home), "log", "--phone", PHONE, "--outcome", "nonsense", "--note", NOTE)
    shutil.rmtree(papers)
    seen = look(tmp_path)
    assert seen.found(COMPANY)
    assert seen.found(LEADS[1])
    assert seen.in_plain(*SECRETS) == []


def test_a_story_of_books_leaves_no_customer_in_plain_text(tmp_path: Path) -> None:
    story = tell(tmp_path)
    for book in story.books():
        book.close()
    seen = look(tmp_path)
    for text in (PHONE, COMPANY, CONTACT, NOTE, OTHER[1]):
        assert seen.found(text)
        assert seen.in_plain(text) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
def test_a_desk_in_a_terminal_leaves_no_customer_in_its_title_its_home_or_the_share(tmp_path: Path) -> None:
    from tests.processes.office import Desk, found_team

    company = found_team(tmp_path)
    with Desk(company.folder / "A017") as desk:
        desk.keys("\x0f" + PHONE + "\r1" + COMPANY + "\r" + " " + CONTACT)
        desk.wait(CONTACT)
        # Killed in the midst of an entry: the draft is what it leaves.
        odds = Odds(Home(company.folder / "A017").odds)
        assert asyncio.run(happens(lambda: odds.get("drafts", "desk") is not None))
        desk.kill()
        titles = _TITLE.findall(desk.raw)
    assert look(tmp_path).in_plain(PHONE, COMPANY, CONTACT) == []
    assert not any(text.encode() in title for title in titles for text in (PHONE, COMPANY, CONTACT))
    with Desk(company.folder / "A017") as desk:
        desk.log("13600000009")
        desk.quit()
    seen = look(tmp_path)
    assert seen.in_plain(PHONE, COMPANY, CONTACT, "13600000009") == []


def test_a_crash_report_names_nothing_that_was_in_hand(tmp_path: Path) -> None:
    def inner(customer: CallEntry) -> None:
        held = {"note": customer.note}
        raise KeyError(customer.phone, held)

    try:
        try:
            inner(CUSTOMER)
        except KeyError as first:
            first.add_note(COMPANY)
            raise ExceptionGroup(CONTACT, [ValueError(COMPANY), RuntimeError(NOTE)]) from first
    except ExceptionGroup as fault:
        assert COMPANY in "".join(traceback.format_exception(fault))  # what Python itself would have written
        path = crash.write_report(tmp_path, fault)
    seen = look(tmp_path)
    assert seen.files[path].count(b"tests/faults/test_leaks.py") >= 2
    assert seen.in_plain(*SECRETS) == []


# ---- who may read what ----


def reads(*folders: Path) -> set[str]:
    """The customers' names that the keys in these folders open, of what lies in them."""
    seen: Vault = look(*folders)
    known = {COMPANY, OTHER[1], LEADS[1]}
    return {name for name in known if any(name.encode() in data for data in seen.opened.values())}


def test_a_colleague_and_a_thief_of_the_folder_read_no_customer(tmp_path: Path) -> None:
    company = Company(tmp_path)
    agent = company.join("A017", "张敏")
    company.join("A018", "李强")
    agent.own.log(CUSTOMER)
    company.sync()
    company.sync()
    assert reads(company.share) == set()
    assert reads(company.folder / "A018", company.share) == set()
    assert reads(company.folder / "A017", company.share) == {COMPANY}
    assert reads(company.boss_home, company.share) == {COMPANY}


def test_who_left_reads_nothing_new_and_who_came_late_what_was_before(tmp_path: Path) -> None:
    company = Company(tmp_path)
    agent = company.join("A017", "张敏")
    leaver = company.join("A018", "李强")
    leaver.own.log(CUSTOMER)
    # Another machine of the first agent, which read all of it.
    lost = second_device(company, "A017", "张敏", "lost")
    agent.own.log(CUSTOMER)
    company.sync()
    company.sync()
    assert reads(company.folder / "lost", company.share) == {COMPANY}
    for who in ("A018", lost.identity.writer):
        company.boss.members.leave(who, date(2026, 11, 23))
    company.sync()
    company.sync()
    company.clock._start += timedelta(days=20)
    agent.own.log(ANOTHER)
    company.sync()
    assert reads(company.folder / "A018", company.share) == {COMPANY}
    assert reads(company.folder / "lost", company.share) == {COMPANY}
    late = company.ask("S002", "周丽")
    company.boss.sync_once()
    waiting = next(one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(waiting.writer, "supervisor")
    company.boss.sync_once()
    late.sync_once()
    assert reads(company.folder / "S002", company.share) == {COMPANY, OTHER[1]}


def test_a_supervisor_who_left_reads_nothing_of_the_same_month_either(tmp_path: Path) -> None:
    company = Company(tmp_path)
    agent = company.join("A017", "张敏")
    company.ask("S002", "周丽")
    company.boss.sync_once()
    waiting = next(one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(waiting.writer, "supervisor")
    company.sync()
    company.sync()
    agent.own.log(CUSTOMER)
    company.sync()
    company.boss.members.leave("S002", date(2026, 11, 23))
    company.sync()
    company.sync()
    agent.own.log(ANOTHER)
    company.sync()
    assert reads(company.folder / "S002", company.share) == {COMPANY}
    assert reads(company.boss_home, company.share) == {COMPANY, OTHER[1]}
