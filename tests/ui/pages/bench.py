"""A home with a fortnight in it, and the pages of the desk open on it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.table import Table
from shared_rules.policies.policy import builtin_text
from tests.ui.desk.bench import NOW, Hands, make_home

DAY = NOW.date()


def with_punches() -> str:
    """The handbook of a team that clocks in and out."""
    toml = builtin_text("handbook")
    start, end = toml.index("[day.punches]"), toml.index("[day.stay_late]")
    return toml[:start] + toml[start:end].replace('"disabled"', '"plain"') + toml[end:]


def make_month(folder: Path, *, calls: int = 20) -> Path:
    """A home of one person with calls of today, entries, a payment, grades."""
    make_home(folder, calls=calls)
    book = Book.open(folder, SetClock(NOW, ticking=False))
    boss = book.supervisor
    boss.points("A017", "award.excellent", date(2026, 11, 19), points=5, note="带新人有方")
    meeting = boss.points("A017", "meet.missed", date(2026, 11, 18), note="例会")
    book.agent.appeal(meeting.id, "当时在接客户电话,主管知道")
    boss.rule_on(meeting.id, upheld=False, text="属实,撤销")
    boss.payment("13900000005", "80000", DAY)
    for step in ("visited", "file", "signed"):
        boss.grade_step("13900000005", step, "B", by="周强")
    _fill_week(book)
    book.close()
    return folder


def _fill_week(book: Book) -> None:
    """Plans, a review, a request with its answer, notes, a card, a notice."""
    boss, me = book.supervisor, book.agent
    me.plan("2026-W48", companies=120, grades=2, trades="机械、化工", text="回访上周的意向客户")
    boss.plan("A017", "2026-W48", grades=3)
    boss.review("A017", "2026-W47", 4, "开场白好,问需求还要慢一点")
    me.summary("2026-W47", "开发五家,两家约了拜访。")
    asked = me.ask("leave", DAY + timedelta(days=2), 180, "看病", sick=True)
    boss.approve(asked.id, text="准假,记得带病假单")
    me.ask("visit", DAY + timedelta(days=1), 90, "拜访宏达")
    call = book.calls("A017", DAY)[0]
    boss.coaching(call.id, "先问现在用什么系统,再报价")
    boss.visit_report("13900000005", "对方要两套方案", by="周强")
    tax, rival = date(2026, 11, 20), date(2026, 11, 10)
    boss.publish_card("个税调整", tax, "现在不是时候", "现在正是机遇:新政策下先上系统的先受益", "周三上午方便吗?")
    boss.publish_card("竞品涨价", rival, "已有供应商", "他们下月涨价一成,正好比较一下", "现在的合同到哪天?")
    boss.notice("今天 16:30 开会,地点二楼")
    me.punch("in")


async def fetched(hands: Hands) -> FetchedPage[Any]:
    """The page now in front, once it has read what it shows."""
    await hands.until(lambda: isinstance(hands.app.screen, FetchedPage))
    page = cast(FetchedPage[Any], hands.app.screen)
    await hands.until(lambda: page.settled)
    return page


def rows(hands: Hands) -> list[dict[str, str]]:
    """The cells of the page's first table."""
    table = hands.app.screen.query(Table).first()
    return [{key: cell if isinstance(cell, str) else cell[0] for key, cell in row.cells.items()} for row in table.rows]
