"""What the book would refuse is told before the question that follows, and what was typed is kept."""

from datetime import timedelta

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.readings import RequestView
from agent_tui.ui.kit.dialogs import Ask, Confirm
from agent_tui.ui.kit.safe_input import SafeInput
from tests.company import NOW, Company, talk
from tests.ui.board.keys import MONDAY, Supervisor, at_board
from tests.ui.golden import screen_text, settle
from tests.ui.pages.bench import with_punches


async def told(boss: Supervisor, said: str, typed: str) -> None:
    """The refusal is said, no question was asked, and the form is there again with what was typed."""
    await boss.sees(said)
    screen = boss.pilot.app.screen
    assert not isinstance(screen, Confirm)
    assert isinstance(screen, Ask)
    assert typed in [one.value for one in screen.query(SafeInput)]


async def test_a_verdict(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("1")
        await boss.ready()
        await boss.press("1", "2")
        # Meanwhile another window finds it false.
        (call,) = book.calls("A017", MONDAY)
        book.supervisor.verify(call.id, True, "没有打过")
        await boss.fill("空号")
        await told(boss, "verified so already", "空号")
        await boss.press("escape")
        await settle(boss.pilot)
        assert "verified so already" not in screen_text(boss.shell), "what was given up is not refused any more"


async def test_a_ruling(company: Company) -> None:
    desk = company.join("A017", "张敏")
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY).id
    company.sync()
    desk.sync_once()
    desk.agent.appeal(entry, "地铁故障")
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.sees("appeals 1")
        await boss.press("7", "1")
        book.supervisor.withdraw(entry)
        await boss.fill("有截图")
        await told(boss, "entry", "有截图")


def request(book: Book, minutes: int) -> RequestView:
    return next(one for one in book.read.requests("A017") if one.minutes == minutes)


def digit(book: Book, minutes: int) -> str:
    """The digit of an open request among those of the agent."""
    asked = [one.minutes for one in book.read.requests("A017", open_only=True)]
    return str(asked.index(minutes) + 1)


async def test_leave_and_requests(company: Company) -> None:
    desk = company.join("A017", "张敏")
    tomorrow = MONDAY + timedelta(days=1)
    for minutes in (60, 90, 120):
        desk.agent.ask("leave", tomorrow, minutes, "看牙")
    company.sync()
    company.boss.supervisor.time_away("A017", "leave", tomorrow, 60)
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("5", "8")
        await boss.fill("2026-11-24", "60", "", "上午")
        await told(boss, "approved for A017 already", "上午")
        await boss.press("escape", "escape")
        # As it was asked for: refused before its question, and nothing is asked.
        await boss.press("5", digit(book, 60))
        book.supervisor.refuse(request(book, 60).id, "人手不够")
        await boss.press("1")
        await boss.sees("answered already")
        assert not isinstance(boss.pilot.app.screen, Ask | Confirm)
        await boss.press("5", digit(book, 90), "2")
        book.supervisor.refuse(request(book, 90).id, "人手不够")
        await boss.fill("80", "", "只上午")
        await told(boss, "answered already", "只上午")
        await boss.press("escape", "escape")
        await boss.press("5", digit(book, 120), "3")
        book.supervisor.approve(request(book, 120).id)
        await boss.fill("改天")
        await told(boss, "answered already", "改天")
        assert [request(book, minutes).state for minutes in (60, 90, 120)] == ["refused", "refused", "approved"]


async def test_a_proposal(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.attendance("A017", "daily", MONDAY, "missed")
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("f9", "1")
        await boss.sees("proposal")
        await boss.sees("missed a meeting  -2 points")
        (proposal,) = book.read.proposals()
        await boss.press("enter")
        await boss.sees("Evidence: daily meeting 2026-11-23: missed")
        await boss.press("2")
        book.supervisor.dismiss(proposal.id, "请假")
        await boss.fill("出差")
        await told(boss, "decided already", "出差")


async def test_the_punch_behind_a_proposal_with_its_seconds_for_a_minute_begun_counts(company: Company) -> None:
    company.boss.supervisor.publish_policy(with_punches(), "punches.toml", MONDAY)
    company.clock = SetClock(NOW.replace(hour=9, minute=20, second=14), ticking=False)
    desk = company.join("A017", "张敏")
    desk.agent.punch("in")
    company.sync()
    company.clock = SetClock(NOW, ticking=False)
    async with at_board(company) as boss:
        await boss.press("f9", "1")
        await boss.sees("late 21 min")
        await boss.press("enter")
        await boss.sees("Evidence: clocked in Mon 11-23 09:20:14")
        await boss.press("1")
        await boss.sees("Enter these points?")
        await boss.sees("clocked in Mon 11-23 09:20:14")


async def test_what_was_done_before_is_told_in_words_and_not_by_the_id_of_a_record(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    (call,) = company.boss.calls("A017", MONDAY)
    company.boss.supervisor.flag(call.id)
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY)
    excuse = company.boss.supervisor.excuse("A017", MONDAY, "停电")
    leave = company.boss.supervisor.time_away("A017", "leave", MONDAY, 60)
    payment = company.boss.supervisor.payment("13800000001", "1000", MONDAY)
    async with at_board(company) as boss:
        await boss.press("enter", "9")
        await boss.sees("picked this call for the meeting already")
        await boss.press("2", "1")
        await boss.fill("", "")
        await boss.reads("'Late' of 2026-11-23 is entered for A017 already, by S001 陈静 on 11-23 14:32")
        boss.unsees(call.id, entry.id)
        await boss.board()
        await boss.press("3")
        await boss.fill("", "停电")
        await boss.reads("excused already, by S001 陈静 on 11-23 14:32")
        boss.unsees(excuse.id)
        await boss.board()
        await boss.press("5", "8")
        await boss.fill("2026-11-23", "60", "", "")
        await boss.reads("approved for A017 already, by S001 陈静 on 11-23 14:32")
        boss.unsees(leave.id)
        await boss.board()
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.press("5")
        await boss.fill("1000", "", "")
        await boss.reads("recorded already, by S001 陈静 on 11-23 14:32")
        boss.unsees(payment.id)
