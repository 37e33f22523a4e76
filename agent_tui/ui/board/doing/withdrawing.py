"""What was decided about a day, by whomever and whenever: taken back, with what that changes asked first."""

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.readings import DayRecord
from agent_tui.ui.board.doing.closing import figures_text, lacks, quota_text
from agent_tui.ui.board.doing.worth import shows_amounts, shows_points
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_text, forget, no_way_back, write
from agent_tui.ui.board.wording import filed_text
from agent_tui.ui.kit.dialogs import Choice, numbered
from agent_tui.ui.kit.filling import look
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.when import moment
from agent_tui.views import DayView


async def withdraw(page: Page, book: Book, who: Who) -> None:
    """Withdraw a decision about the agent's day that stands, and can be taken back by a supervisor."""
    found = await look(page, lambda: [one for one in book.read.day_records(who.agent, who.day) if _can(book, one)])
    if found is None:
        return
    if not found:
        page.say(t("doing.withdraw_none", day=day_text(who.day)), "warning")
        return
    choices = numbered(Choice(one.id, _text(book, who, one), _by(book, one)) for one in reversed(found))
    id = await choose(page, t("doing.withdraw_which", day=day_text(who.day)), choices)
    record = next((one for one in found if one.id == id), None)
    if record is None:
        return
    before = await look(page, lambda: book.day(who.agent, who.day, money=False))
    after = await look(page, lambda: book.supervisor.outcome(who.agent, who.day, lambda acts: acts.withdraw(record.id)))
    if before is None or after is None:
        return
    what = _text(book, who, record)
    rows = [what, _by(book, record), *_changes(book, record, before, after), t("doing.withdraw_means")]
    if await confirmed(page, t("doing.withdraw_title"), who.named, day_text(who.day), *rows):
        said = t("doing.withdrawn", who=who.named, day=who.day, what=what)
        if await write(page, book, lambda: book.supervisor.withdraw(record.id), said, no_way_back):
            forget(book, record.id)


def _can(book: Book, record: DayRecord) -> bool:
    """Whether it stands, and is a supervisor's to take back."""
    if record.withdrawn:
        return False
    try:
        book.supervisor.trial.withdraw(record.id)
    except Problem:
        return False
    return True


def _text(book: Book, who: Who, record: DayRecord) -> str:
    policy = book.policy(who.day)
    return filed_text(record, policy, points=shows_points(book), amounts=shows_amounts(book))


def _by(book: Book, record: DayRecord) -> str:
    return t("doing.withdraw_by", by=book.members.named(record.by), at=moment(record.at))


def _changes(book: Book, record: DayRecord, before: DayView, after: DayView) -> list[str]:
    """What will be otherwise about the day."""
    rows = []
    if (before.quota, before.figures) != (after.quota, after.figures):
        rows.append(quota_text([before], [after]))
        rows.append(figures_text(after))
    if lacks(book, before) != lacks(book, after):
        rows.append(lacks(book, after))
    if before.points != after.points and before.points and after.points:
        rows.append(t("doing.withdraw_points", was=before.points.balance, then=after.points.balance))
    if before.state == "confirmed" != after.state:
        rows.append(t("doing.withdraw_opens"))
    elif record.kind == "confirm":
        rows.append(t("doing.withdraw_stays"))
    return rows
