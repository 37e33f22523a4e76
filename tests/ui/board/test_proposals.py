"""Equal proposals are decided together: those of one agent, or those of one day."""

from datetime import timedelta

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.company import NOW, Company
from tests.ui.board.keys import MONDAY, at_board
from tests.ui.golden import screen_text
from tests.ui.pages.bench import with_punches

TUESDAY = MONDAY + timedelta(days=1)


def joined(company: Company) -> None:
    """Three agents; the board opens on the day after."""
    for agent, name in (("A017", "张敏"), ("A018", "李强"), ("A019", "王芳")):
        company.join(agent, name)
    company.clock = SetClock(NOW + timedelta(days=1), ticking=False)


def missed(book: Book) -> None:
    """The meeting of Monday, missed by all, and that of Tuesday, missed by A017; A019 was late."""
    for agent in ("A017", "A018", "A019"):
        book.supervisor.attendance(agent, "daily", MONDAY, "missed")
    book.supervisor.attendance("A017", "daily", TUESDAY, "missed")
    book.supervisor.attendance("A019", "daily", TUESDAY, "late")


async def test_equal_proposals_of_an_agent_are_accepted_together_and_taken_back_together(company: Company) -> None:
    joined(company)
    async with at_board(company) as boss:
        book = boss.book
        missed(book)
        await boss.press("f9", "1")
        await boss.sees("missed a meeting  -2 points")
        await boss.press("home", "enter")
        await boss.sees("the 2 alike of A017 张敏 together")
        await boss.sees("the 3 alike of 2026-11-23 Mon together")
        await boss.press("3", "1")
        await boss.sees("Enter these points?")
        await boss.sees("11-23, 11-24")
        await boss.sees("together -4 points")
        await boss.press("enter")
        await boss.sees("entered 2: missed a meeting")
        assert [one.agent for one in book.read.proposals()] == ["A018", "A019", "A019"]
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: entered 2")
        assert len(book.read.proposals()) == 5


async def test_equal_proposals_of_a_day_are_dismissed_with_one_reason(company: Company) -> None:
    joined(company)
    async with at_board(company) as boss:
        book = boss.book
        missed(book)
        await boss.press("f9", "1")
        await boss.sees("missed a meeting  -2 points")
        await boss.press("home", "enter", "4", "2")
        await boss.sees("A017 张敏, A018 李强, A019 王芳")
        await boss.fill("停电,没开会")
        await boss.sees("dismissed 3: missed a meeting")
        assert [(one.agent, one.what.on) for one in book.read.proposals()] == [("A017", TUESDAY), ("A019", TUESDAY)]


async def test_of_several_who_were_late_by_other_minutes_the_rule_is_named_and_nobodys_minutes(
    company: Company,
) -> None:
    company.boss.supervisor.publish_policy(with_punches(), "punches.toml", MONDAY)
    company.clock = SetClock(NOW.replace(hour=9, minute=20, second=14), ticking=False)
    for desk in (company.join("A017", "张敏"), company.join("A018", "李强")):
        desk.agent.punch("in")
        company.clock._start += timedelta(minutes=2)
    company.sync()
    company.clock = SetClock(NOW, ticking=False)
    async with at_board(company) as boss:
        await boss.press("f9", "1")
        await boss.sees("late 23 min")
        await boss.press("home", "enter", "4", "1")
        await boss.sees("Enter these points?")
        await boss.sees("late 21 min")
        await boss.press("enter")
        await boss.sees("entered 2: Late  -2 points -10 yuan")


async def test_a_proposal_that_has_no_like_offers_nothing_more(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.attendance("A017", "daily", MONDAY, "missed")
    async with at_board(company) as boss:
        await boss.press("f9", "1")
        await boss.sees("missed a meeting  -2 points")
        await boss.press("home", "enter")
        await boss.sees("dismiss")
        assert "together" not in screen_text(boss.shell)
