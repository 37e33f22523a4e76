"""What a supervisor does at the keys, from the morning's requests to the month's end."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from agent_tui.book import Book
from agent_tui.ui.app import Shell
from agent_tui.ui.board.queue import QueueScreen
from agent_tui.ui.board.screen import BoardScreen
from agent_tui.ui.kit.table import Table
from shared_rules.record_parts import Customer
from tests.ui.board.test_board import board, ready, shows
from tests.ui.company import ZONE, Company, talk
from tests.ui.golden import screen_text, settle, type_text

MONDAY = date(2026, 11, 23)


class HandClock:
    """A clock that is put on by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


class Supervisor:
    """The keys of a supervisor, who waits for what they bring."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settle(self.pilot)

    async def fill(self, *texts: str) -> None:
        """Fill in the lines of a question, one after another; None leaves what stands there."""
        for text in texts:
            if text:
                await self.pilot.press("home", "shift+end", "delete")
                await type_text(self.pilot, text)
            await self.press("enter")

    async def sees(self, text: str) -> None:
        assert await shows(self.pilot, text), f"not shown: {text}\n{screen_text(self.pilot.app)}"

    async def on(self, agent: str) -> None:
        """Put the cursor on the row of an agent."""
        await ready(self.pilot)
        table = self.pilot.app.screen.query_one(Table)
        await self.pilot.press("home")
        for _ in table.rows:
            if (table.cursor_key or "") == agent:
                return
            await self.pilot.press("down")
        raise AssertionError(f"no row of {agent}")

    async def board(self) -> None:
        """Back to the board from wherever it is."""
        while not isinstance(self.pilot.app.screen, BoardScreen):
            await self.press("escape")
        await ready(self.pilot)


def book_of(shell: Shell) -> Book:
    assert shell.book is not None
    return shell.book


async def test_what_digits_do_about_a_day(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    shell = board(company)
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        book = book_of(shell)

        await boss.press("3")
        await boss.fill("", "停电半天")
        await boss.sees("short 119 calls, 24 leads: ¥715")
        assert not book.day("A017", MONDAY).excused
        await boss.press("enter")
        await boss.sees("excused: A017 张敏")
        assert book.day("A017", MONDAY).excused
        await boss.press("ctrl+z")
        await boss.sees("Take this back?")
        await boss.press("enter")
        await boss.sees("taken back: excused")
        assert not book.day("A017", MONDAY).excused

        await boss.press("5", "9")
        await boss.fill("", "180", "", "看客户")
        await boss.sees("visit 180 min")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏")
        await boss.sees("1/69")

        await boss.press("4")
        await boss.sees("valid 1/69")
        await boss.sees("the agent has not handed the day in")
        await boss.press("enter")
        await boss.sees("confirmed: A017 张敏")
        assert book.day("A017", MONDAY).state == "confirmed"
        await boss.press("4")
        await boss.sees("already")
        assert "Confirm and lock?" not in screen_text(shell), "told before anything is asked"
        await boss.press("3")
        await boss.fill("", "二次")
        await boss.press("escape")
    shell.close_book()


async def test_a_call_is_found_false_from_the_day_and_true_again(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    shell = board(company)
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        book = book_of(shell)
        await boss.press("1")
        await ready(pilot)
        await boss.sees("verify 1 of 1 today")
        await boss.press("1", "2")
        await boss.fill("空号")
        await boss.sees("does not count, fine ¥50")
        await boss.press("enter")
        await boss.sees("found false: A017 张敏")
        assert book.day("A017", MONDAY).figures.valid == 0
        await boss.press("f8")
        await ready(pilot)
        await boss.press("enter")
        await boss.sees("what came after")
        await boss.sees("verified false 空号")
        await boss.press("escape", "ctrl+z", "enter")
        await boss.sees("taken back: found false")
        assert book.day("A017", MONDAY).figures.valid == 1
    shell.close_book()


async def test_an_appeal_is_ruled_on_and_the_ruling_taken_back(company: Company) -> None:
    desk = company.join("A017", "张敏")
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY).id
    company.sync()
    desk.sync_once()
    desk.agent.appeal(entry, "地铁故障")
    company.sync()
    shell = board(company)
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        book = book_of(shell)
        await boss.sees("appeals 1")
        await boss.press("7")
        await boss.sees("appeal: 地铁故障")
        await boss.press("1")
        await boss.fill("有截图")
        await boss.sees("the entry counts 0")
        await boss.sees("Late")
        await boss.press("enter")
        await boss.sees("withdrawn: A017 张敏")
        assert book.ledger("A017", "2026-11").balance == 100
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: withdrawn")
        assert book.ledger("A017", "2026-11").balance == 98
        await boss.press("7")
        await boss.sees("No appeal of A017 张敏 waits.")
    shell.close_book()


async def test_a_customer_becomes_a_in_three_steps(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True, company="宁波宏达")
    company.sync()
    shell = board(company)
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.press("6")
        await boss.sees("宁波宏达")
        await boss.press("1", "3")
        await boss.fill("", "周强")
        await boss.press("enter")
        await boss.sees("visited")
        assert "recorded" not in screen_text(shell), "a signature needs the two other steps"
        for digit in ("1", "2"):
            await boss.press("6", "1", digit)
            await boss.fill("", "")
            await boss.sees("recorded: A017 张敏")
        await boss.press("6", "1", "3")
        await boss.fill("", "周强")
        await boss.sees("+¥100")
        await boss.press("enter")
        await boss.sees("signed as A")
        statement = book_of(shell).read.statement("A017", "2026-11")
        assert statement is not None
        assert [one.line.fen for one in statement.lines if one.line.rule == "pay.grade_a"] == [10_000]
    shell.close_book()


async def test_the_queues_of_a_day_and_the_months_end(company: Company) -> None:
    desk = company.join("A017", "张敏")
    other = company.join("A018", "李强")
    talk(desk, 1, lead=True)
    desk.agent.ask("leave", MONDAY + timedelta(days=1), 120, "看牙")
    talk(other, 2)
    company.sync()
    call = company.boss.calls("A018", MONDAY)[0]
    shell = board(company)
    async with shell.run_test(size=(100, 30)) as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        book = book_of(shell)
        await boss.press("f9", "1")
        await boss.sees("leave 11-24 120 min")
        await boss.press("enter", "1")
        await boss.sees("Approve?")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏, 2026-11-24, 120 min")
        assert book.day("A017", MONDAY + timedelta(days=1)).leave_minutes == 120
        await boss.board()

        await boss.on("A018")
        await boss.press("enter")
        await ready(pilot)
        await boss.press("9")
        await boss.fill("讲评一下")
        await boss.sees("for the meeting: A018 李强")
        await boss.press("f9", "2")
        await boss.sees("讲评一下")
        await boss.press("enter", "1")
        await boss.fill("先听完再答")
        await boss.sees("the note goes to A018 李强")
        assert [note.text for item in book.read.meeting(MONDAY) for note in item.notes] == ["先听完再答"]
        assert book.read.meeting(MONDAY)[0].call_id == call.id
        await boss.board()

        await boss.press("f9", "4")
        await boss.sees("not rated")
        await boss.on("A018")
        await boss.press("enter", "3")
        await boss.fill("200", "2", "机械", "先打老客户")
        await boss.sees("plan approved: A018 李强, 2026-W49")
        await boss.press("enter", "1")
        await boss.fill("6", "")
        await boss.sees("'6' is not 1 to 5")
        await boss.press("shift+tab")
        await boss.fill("4", "进步快")
        await boss.sees("rated: A018 李强, 4")
        await boss.board()

        await boss.press("f9", "3")
        await boss.on("A018")
        await boss.press("enter", "enter")
        await boss.sees("confirmed: A018 李强")
        await boss.board()

        await boss.press("f9", "5")
        await boss.sees("all confirmed")
        assert isinstance(shell.screen, QueueScreen)
        await boss.board()

        await boss.press("f9", "7")
        await boss.sees("No card is in use.")
        await boss.press("enter", "1")
        await boss.fill("税改", "", "要等新政策", "现在正是机遇", "您用哪种票?")
        await boss.sees("Publish to every desk?")
        await boss.press("enter")
        await boss.sees("published: 税改")
        assert [card.event for card in book.cards()] == ["税改"]
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: published")
        assert not book.cards()
    shell.close_book()


async def test_what_went_to_every_desk_is_taken_back_and_that_too(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.publish_card("税改", MONDAY, "要等新政策", "现在正是机遇", "您用哪种票?")
    company.boss.supervisor.notice("早上的通知")
    shell = board(company)
    async with shell.run_test(size=(100, 30)) as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        book = book_of(shell)

        def told() -> str:
            shown = book.notice()
            return shown.text if shown else ""

        await boss.press("f9", "7")
        await boss.sees("税改")
        await boss.press("enter", "2")
        await boss.fill("下午的通知", "")
        await boss.press("enter")
        await boss.sees("the notice goes to every desk")
        assert told() == "下午的通知"
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: the notice")
        assert told() == "早上的通知"

        await boss.press("home", "enter", "3")
        await boss.sees("Take this notice back?")
        await boss.press("enter")
        await boss.sees("the notice is taken back")
        assert told() == ""
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: the notice is")
        assert told() == "早上的通知"

        await boss.press("end", "enter", "3", "enter")
        await boss.sees("taken back: 税改")
        assert not book.cards()
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: taken back")
        assert [card.event for card in book.cards()] == ["税改"]
    shell.close_book()


async def test_an_offered_customer_is_given_or_not_and_that_taken_back(company: Company) -> None:
    giver, _ = company.join("A017", "张敏"), company.join("A018", "李强")
    company.boss.lists.taking("名单", ["A017"]).take([(1, "", Customer(phone="+8613800138001", company="宏达"))])
    company.boss.sync_once()
    giver.sync_once()
    giver.lists.hand_over("13800138001", "A018")
    company.sync()
    shell = board(company)
    async with shell.run_test(size=(100, 30)) as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        book = book_of(shell)
        await boss.press("f9", "6")
        await boss.sees("宏达")
        await boss.press("home", "enter", "2")
        await boss.fill("打完再说")
        await boss.sees("refused: A017 张敏")
        assert not book.lists.offered()
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: refused")
        assert [one.to for one in book.lists.offered()] == ["A018"]
        await ready(pilot)
        await boss.press("home", "enter", "1", "enter")
        await boss.sees("宏达 is A018's")
        assert book.lists.file("13800138001").owner == "A018"
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: 宏达")
        assert book.lists.file("13800138001").owner == "A017"
    shell.close_book()


async def test_stay_late_and_release_in_the_evening(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.close()
    clock = HandClock(datetime(2026, 11, 23, 18, 20, tzinfo=ZoneInfo(ZONE)))
    shell = Shell(company.boss_home, clock, ascii=True)
    shell.open_book()
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.sees("must stay")
        await boss.press("f9", "3")
        await boss.sees("stays")
        await boss.sees("not before midnight")
        await boss.press("enter")
        await boss.fill("家里有事")
        await boss.sees("Release, short of the quota?")
        await boss.press("enter")
        await boss.sees("released: A017 张敏")
        assert book_of(shell).day("A017", MONDAY).released
        await boss.press("8")
        await boss.sees("already")
    shell.close_book()


async def test_a_spreadsheet_from_the_board_and_the_leaderboard_off(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    shell = board(company)
    to = company.folder / "day.xlsx"
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.press("x", "1")
        await boss.fill("", "", str(company.share / "day.xlsx"))
        await boss.sees("in the team's shared folder")
        await boss.press("x", "1")
        await boss.fill("", "A017", str(to))
        await boss.sees("written:")
        assert to.read_bytes().startswith(b"PK")
        await boss.press("f3")
        await ready(pilot)
        await boss.sees("A017")
        await boss.press("1")
        await boss.sees("the leaderboard is off")
        assert book_of(shell).machine.setting("board.leaderboard") is False
        await boss.press("1", "enter")
        await ready(pilot)
        await boss.sees("all 1 calls")
    shell.close_book()


async def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_written(company: Company) -> None:
    gone, there = company.join("A017", "张敏"), company.join("A018", "李强")
    talk(gone, 1)
    talk(there, 2)
    company.sync()
    company.boss.supervisor.confirm("A018", MONDAY)
    shell = board(company)
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.on("A017")
        await boss.press("2", "1")
        await boss.fill("", "", "")
        book_of(shell).members.leave("A017", MONDAY - timedelta(days=1))
        before = book_of(shell).session.place.journal.last_seq
        await boss.press("enter")
        await boss.sees("is after A017 left on 2026-11-22")
        await boss.on("A018")
        await boss.press("4")
        await boss.sees("already")
        await boss.press("8")
        await boss.sees("is confirmed")
        assert book_of(shell).session.place.journal.last_seq == before
        await boss.press("f9", "6")
        await boss.sees("No list yet.")
        await boss.press("enter")
        await ready(pilot)
        assert not isinstance(shell.screen, QueueScreen)
    shell.close_book()


async def test_nothing_is_written_when_esc_leaves_any_question(company: Company) -> None:
    company.join("A017", "张敏")
    shell = board(company)
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        before = book_of(shell).session.place.journal.last_seq
        for keys in ("3", "4", "5", "6", "8"):
            await boss.press(keys, "escape")
        await boss.press("escape")
        await boss.press("9", "escape", "f3", "escape", "x", "escape")
        await asyncio.sleep(0)
        assert book_of(shell).session.place.journal.last_seq == before
        assert isinstance(shell.screen, BoardScreen)
    shell.close_book()
