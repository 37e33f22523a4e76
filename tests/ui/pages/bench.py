"""A home with a fortnight in it, and the pages of the desk open on it."""

from datetime import date
from pathlib import Path
from typing import Any, cast

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.table import Table
from tests.ui.desk.bench import NOW, Hands, make_home

DAY = NOW.date()


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
    book.close()
    return folder


async def fetched(hands: Hands) -> FetchedPage[Any]:
    """The page now in front, once it has read what it shows."""
    await hands.until(lambda: isinstance(hands.app.screen, FetchedPage))
    page = cast(FetchedPage[Any], hands.app.screen)
    await hands.until(lambda: page.view is not None and not page.busy)
    return page


def rows(hands: Hands) -> list[dict[str, str]]:
    """The cells of the page's first table."""
    table = hands.app.screen.query(Table).first()
    return [{key: cell if isinstance(cell, str) else cell[0] for key, cell in row.cells.items()} for row in table.rows]
