"""A person's leaving, and the end of a device that is lost or copied."""

from functools import partial

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ui.board.doing.hiring import let_in
from agent_tui.ui.board.doing.writing import choose, confirmed, day_fault, day_text, the_day
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong
from agent_tui.ui.kit.filling import fill_in, look
from agent_tui.ui.kit.page import Page
from agent_tui.views import MemberView
from agent_tui.words.leaving import ended_text


async def end_devices(page: Page, book: Book, member: MemberView) -> None:
    """Ask who or what ends, and the last day that counts; end it, or move the end."""
    if not let_in(page, member):
        return
    who = {"agent": member.id, "name": member.name}
    ending = {"person": member.id, "device": member.writer}
    refused = await look(page, lambda: {what: book.members.refusal(one) for what, one in ending.items()})
    if refused is None:
        return
    if (problem := refused["device"]) and refused["person"]:
        page.say(str(problem), "warning")
        return
    choices = [
        Choice("person", t("doing.leaving_person", **who), digit="1"),
        Choice("device", t("doing.leaving_device", **who), t("doing.leaving_device_why"), digit="2"),
    ]
    choices = [one for one in choices if refused[one.id] is None]
    title = t("doing.leaving_title", **who)
    what = await choose(page, title, choices)
    if what is None:
        return
    asked = await fill_in(
        page,
        title,
        [Blank("on", t("doing.leaving_on"), book.today().isoformat())],
        partial(_fault, book, member),
    )
    if asked is None:
        return
    on = the_day(asked, book.today())
    which = f"{member.writer}  {device_text(member)}" if what == "device" else ""
    ends, until = t(f"doing.leaving_{what}", **who), t("doing.leaving_day", day=day_text(on))
    rows = (ends, which, until, t("doing.leaving_follows"))
    if not await confirmed(page, t("doing.leaving_confirm"), *rows):
        return
    if done := await look(page, partial(book.members.leave, ending[what], on)):
        page.say(ended_text(done[0], on, done[1], device=what == "device"), "good")


def device_text(member: MemberView) -> str:
    """When a device last wrote: by that two of one person are told apart, such as a lost one and the new one."""
    return t("doing.device_wrote", day=member.wrote) if member.wrote else t("doing.device_silent")


def _fault(book: Book, member: MemberView, values: dict[str, str]) -> str:
    today = book.today()
    if fault := day_fault(values, today):
        return fault
    if (on := the_day(values, today)) > today:
        return Wrong(str(Problem("errors.leaving_to_come", day=on)), "on")
    if on < member.hired:
        return Wrong(str(Problem("errors.before_hired", day=on, person=member.id, hired=member.hired)), "on")
    return ""
