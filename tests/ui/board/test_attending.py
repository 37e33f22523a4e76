"""The roll of a meeting is called where the meeting is: on the board's key 9, agent by agent."""

from datetime import date, timedelta

from agent_tui.book import Book
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board


def noted(book: Book, day: date) -> list[tuple[str, str, str, str]]:
    return [(one.agent, one.meeting, one.state, one.text) for one in book.read.attendance(day)]


async def test_who_was_at_the_meeting_is_noted_beside_the_calls_spoken_of(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.join("A018", "李强")
    talk(desk, 1, lead=True)
    company.sync()
    (call,) = company.boss.calls("A017", MONDAY)
    company.boss.supervisor.flag(call.id)
    async with at_board(company) as boss:
        book = boss.book
        await boss.on("A018")
        await boss.press("9")
        await boss.sees("not noted yet")
        await boss.press("enter")
        await boss.sees("Was A018 李强 there?")
        await boss.press("1", "4")
        await boss.sees("A018 李强  daily meeting missed")
        await boss.fill("", "没请假")
        await boss.sees("noted: A018 李强, 11-23 daily meeting missed")
        assert noted(book, MONDAY) == [("A018", "daily", "missed", "没请假")]
        assert [one.agent for one in book.read.proposals()] == ["A018"]

        await boss.press("enter")
        await boss.sees("missed S001 陈静 没请假")
        await boss.press("1", "4")
        await boss.fill("", "")
        await boss.sees("is down so for that meeting")
        await boss.press("escape", "enter", "1", "5")
        await boss.fill("", "")
        await boss.sees("daily meeting on leave")
        assert noted(book, MONDAY) == [("A018", "daily", "on_leave", "")]
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: noted")
        assert noted(book, MONDAY) == [("A018", "daily", "missed", "没请假")]


async def test_a_training_of_another_day_is_noted_with_that_day(company: Company) -> None:
    company.join("A017", "张敏")
    friday = MONDAY - timedelta(days=3)
    async with at_board(company) as boss:
        book = boss.book
        await boss.on("A017")
        await boss.press("9", "enter", "3", "1")
        await boss.fill("2026-11-20", "")
        await boss.sees("noted: A017 张敏, 11-20 training present")
        assert noted(book, friday) == [("A017", "training", "present", "")]
        assert not noted(book, MONDAY)
