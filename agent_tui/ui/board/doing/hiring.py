"""A hire date that was approved wrong, put right."""

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.board.doing.writing import confirmed, day_fault, day_text, the_day, write
from agent_tui.ui.kit.dialogs import Blank
from agent_tui.ui.kit.filling import fill_in_tried
from agent_tui.ui.kit.page import Page
from agent_tui.views import MemberView


def let_in(page: Page, member: MemberView) -> bool:
    """Whether a device is one of the team's; said, where it waits to be."""
    waits = member.state in ("waiting", "ignored")
    if waits:
        page.say(t("doing.hired_waiting", agent=member.id, name=member.name), "warning")
    return not waits


async def correct_hired(page: Page, book: Book, member: MemberView) -> None:
    """Ask for the hire date of a member, show what follows, write it."""
    who = {"agent": member.id, "name": member.name}
    if not let_in(page, member):
        return
    asked = await fill_in_tried(
        page,
        t("doing.hired_title", **who),
        [Blank("hired", t("doing.hired"), member.hired.isoformat())],
        lambda values: day_fault(values, book.today(), name="hired"),
        lambda values: book.supervisor.trial.hired(member.id, the_day(values, book.today(), name="hired")),
    )
    if asked is None:
        return
    hired = the_day(asked, book.today(), name="hired")
    was, now = day_text(member.hired), day_text(hired)
    rows = (t("doing.hired_who", **who), t("doing.hired_change", was=was, hired=now), t("doing.hired_follows"))
    if await confirmed(page, t("doing.hired_confirm"), *rows):
        await write(
            page, book, lambda: book.supervisor.hired(member.id, hired), t("doing.hired_done", hired=hired, **who)
        )
