"""Payments on the board: entered, moved to another agent and taken back, each with its way back."""

from pathlib import Path

from agent_tui.book import Book
from agent_tui.ui.board.queue import QueueScreen
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board

PHONE = "+8613800000001"


def paid(book: Book) -> list[tuple[str, int]]:
    return [(one.agent, one.fen) for one in book.read.payments(PHONE)]


async def test_a_payment_is_moved_and_taken_back(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.join("A018", "李强")
    talk(desk, 1, lead=True)
    company.sync()
    company.boss.supervisor.payment(PHONE, "1000", MONDAY)
    desk.own.void(desk.calls("A017", MONDAY)[0].id)
    talk(desk, 2, lead=True)
    company.sync()
    async with at_board(company, size=(120, 34)) as keys:
        book = keys.book
        keys.shell.push_screen(QueueScreen(book, "month"))
        await keys.sees("in question: 1")
        await keys.board()
        await keys.on("A017")
        await keys.press("6", "0")
        await keys.fill("13800000001")
        await keys.press("8")
        await keys.sees("1,000 yuan  A017 张敏")
        await keys.sees("in question: its lead call fell away")
        await keys.press("1", "1")
        await keys.sees("A017 张敏 -> A018 李强")
        await keys.press("enter")
        await keys.sees("is A018 李强's")
        assert paid(book) == [("A018", 100_000)]
        await keys.press("ctrl+z", "enter")
        await keys.sees("taken back: ")
        assert paid(book) == [("A017", 100_000)]
        await keys.press("6", "0")
        await keys.fill("13800000001")
        await keys.press("8", "1", "0", "enter")
        await keys.sees("taken back: ")
        assert paid(book) == []
        await keys.press("ctrl+z", "enter")
        assert paid(book) == [("A017", 100_000)]
        await keys.board()


async def test_what_would_be_refused_is_told_before_the_question_and_what_was_typed_stays(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.payment(PHONE, "1000", MONDAY, agent="A017")
    async with at_board(company, size=(120, 34)) as keys:
        book = keys.book
        await keys.on("A017")
        await keys.press("6", "0")
        await keys.fill("13800000001")
        await keys.press("5")
        await keys.fill("1000", "", "")
        await keys.sees("recorded already")
        assert paid(book) == [("A017", 100_000)]
        await keys.fill("", "", "second half")
        await keys.press("enter")
        await keys.sees("1,000")
        assert paid(book) == [("A017", 100_000)] * 2


async def test_the_day_tells_what_was_paid_and_which_step_was_made(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    company.boss.supervisor.payment(PHONE, "1000", MONDAY, note="首付")
    company.boss.supervisor.grade_step(PHONE, "visited", "A", by="周强")
    company.boss.supervisor.attendance("A017", "daily", MONDAY, "missed")
    async with at_board(company, size=(120, 34)) as keys:
        await keys.on("A017")
        await keys.press("enter")
        await keys.sees("payment 1,000 yuan 首付")
        await keys.sees("grade a salesman visited")
        await keys.sees("attendance daily meeting missed")


async def test_a_payment_that_two_entered_is_in_the_mornings_queue(company: Company) -> None:
    desk = company.join("A017", "张敏")
    other = company.second_supervisor()
    talk(desk, 1, lead=True)
    company.sync()
    company.sync()
    company.boss.supervisor.payment(PHONE, "1000", MONDAY)
    other.supervisor.payment(PHONE, "1000", MONDAY)
    company.sync()
    async with at_board(company, size=(120, 34)) as keys:
        book = keys.book
        await keys.press("f9", "1")
        await keys.sees("payment 1,000 yuan of 11-23, likely entered twice")
        await keys.press("enter")
        await keys.sees("in question: entered twice?")
        later = next(number for number, one in enumerate(book.read.payments(PHONE), 1) if one.doubts)
        await keys.press(str(later), "0", "enter")
        await keys.sees("taken back: ")
        assert paid(book) == [("A017", 100_000)]
        await keys.sees("Nobody waits and nobody is missing.")


async def test_the_question_tells_that_a_late_call_claims_the_customer(tmp_path: Path) -> None:
    company = Company(tmp_path, ticking=True)
    one, other = company.join("A017", "张敏"), company.join("A018", "李强")
    talk(one, 1, lead=True)
    talk(other, 1, minutes_ago=3 * 24 * 60, lead=True)
    company.sync()
    async with at_board(company) as keys:
        book = keys.book
        await keys.on("A018")
        await keys.press("6", "0")
        await keys.fill("13800000001")
        await keys.press("5")
        await keys.fill("1000", "", "")
        await keys.sees("Note: it is A018's by a lead call of 11-20")
        await keys.sees("A017's lead call of 11-23")
        await keys.press("escape")
        await keys.on("A017")
        await keys.press("6", "0")
        await keys.fill("13800000001")
        await keys.press("5")
        await keys.fill("1000", "", "")
        await keys.sees("the customer is A018's, not A017's")
        await keys.press("escape")
        assert paid(book) == []
        for step in ("visited", "file"):
            book.supervisor.grade_step("13800000001", step, "A", by="周强", agent="A017")
        await keys.press("6", "0")
        await keys.fill("13800000001")
        await keys.press("3")
        await keys.fill("", "周强")
        await keys.sees("Record this signature?")
        await keys.sees("the customer is A018's, not A017's")
        await keys.press("escape")
    company.close()
