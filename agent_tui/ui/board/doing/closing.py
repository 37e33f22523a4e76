"""An agent's day: excused, confirmed, let go from."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.board.doing.worth import shows_amounts
from agent_tui.ui.board.doing.writing import (
    Who,
    confirmed,
    day_fault,
    day_text,
    money,
    needs,
    the_day,
    write,
    write_all,
)
from agent_tui.ui.kit.dialogs import Blank
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.page import Page
from agent_tui.views import DayView
from agent_tui.words.team_words import still_on


async def excuse(page: Page, book: Book, who: Who) -> None:
    """Excuse the shortfall of a day."""
    asked = await fill_in_tried(
        page,
        t("doing.excuse_title", who=who.named),
        [Blank("on", t("doing.day"), who.day.isoformat()), Blank("reason", t("doing.reason"))],
        lambda values: day_fault(values, book.today()) or needs(values, "reason"),
        lambda values: book.supervisor.trial.excuse(who.agent, the_day(values, book.today()), values["reason"]),
    )
    if asked is None:
        return
    day = the_day(asked, book.today())
    view = await look(page, lambda: book.day(who.agent, day))
    if view is None:
        return
    rows = [who.named, day_text(day), lacks(book, view), t("doing.because", text=asked["reason"])]
    if await confirmed(page, t("doing.excuse_confirm"), *rows):
        await write(
            page,
            book,
            lambda: book.supervisor.excuse(who.agent, day, asked["reason"]),
            t("doing.excused", who=who.named, day=day),
        )


async def confirm(page: Page, book: Book, who: Who) -> None:
    """Confirm a day, which locks it; asked with the figures that it will then have."""
    before = await look(page, lambda: book.day(who.agent, who.day))
    if before is None:
        return
    view = await look(
        page, lambda: book.supervisor.outcome(who.agent, who.day, lambda a: a.confirm(who.agent, who.day))
    )
    if view is None:
        return
    again = before.state == "confirmed"
    rows = [
        who.named,
        day_text(who.day),
        figures_text(view),
        lacks(book, view),
        t("doing.confirm_before", figures=figures_text(before)) if again else "",
        t("doing.confirm_beside", n=before.beside) if before.beside else "",
        t("doing.confirm_open") if before.state == "open" else "",
        still_on(book.policy(who.day), who.day, book.now()),
    ]
    if await confirmed(page, t("doing.confirm_title"), *rows):
        await write(
            page,
            book,
            lambda: book.supervisor.confirm(who.agent, who.day),
            t("doing.confirmed", who=who.named, day=who.day),
        )


async def confirm_all(page: Page, book: Book, who: Who, days: list[date]) -> None:
    """Confirm several days of an agent with one question that names what they will cost together."""

    def confirmed_day(day: date) -> DayView:
        return book.supervisor.outcome(who.agent, day, lambda a: a.confirm(who.agent, day))

    before = await look(page, lambda: [book.day(who.agent, day, money=False) for day in days])
    views = await look(page, lambda: [confirmed_day(day) for day in days]) if before else None
    if not before or not views:
        return
    fen = sum(view.shortfall.fen for view in views if view.shortfall)
    beside, unsent = sum(view.beside for view in before), sum(view.state == "open" for view in before)
    rows = [
        who.named,
        t("doing.confirm_days", n=len(days), first=days[0], last=days[-1]),
        t("doing.cost", amount=money(fen)) if shows_amounts(book) else "",
        t("doing.confirm_beside", n=beside) if beside else "",
        t("doing.confirm_unsent", n=unsent) if unsent else "",
    ]
    if not await confirmed(page, t("doing.confirm_title"), *rows):
        return
    acts = [
        (partial(book.supervisor.confirm, who.agent, day), t("doing.confirmed", who=who.named, day=day)) for day in days
    ]
    await write_all(page, book, acts, lambda n: t("doing.confirmed_days", who=who.named, n=n))


def figures_text(view: DayView) -> str:
    """有效 48/80  意向 12/15."""
    figures, quota = view.figures, view.quota
    return t(
        "doing.confirm_figures",
        valid=figures.valid,
        calls=quota.calls if quota else "-",
        leads=figures.leads,
        asked=quota.leads if quota else "-",
    )


def lacks(book: Book, view: DayView) -> str:
    """What the day lacks and what that costs, in words."""
    short = view.shortfall
    if short is None:
        return t("doing.nothing_due")
    if not (short.calls or short.leads):
        return t("doing.lacks_nothing")
    if not shows_amounts(book):
        return t("doing.lacks_counts", calls=short.calls, leads=short.leads)
    if view.excused or not short.fen:
        return t("doing.lacks_free", calls=short.calls, leads=short.leads)
    return t("doing.lacks", calls=short.calls, leads=short.leads, amount=money(short.fen))


async def release(page: Page, book: Book, who: Who) -> None:
    """Let somebody go home short of the quota."""
    if await look(page, lambda: book.supervisor.trial.release(who.agent, who.day)) is None:
        return
    view = await look(page, lambda: book.day(who.agent, who.day))
    if view is None:
        return
    asked = await fill_in_tried(
        page,
        t("doing.release_title", who=who.named),
        [Blank("text", t("doing.note"))],
        lambda _: "",
        lambda values: book.supervisor.trial.release(who.agent, who.day, values["text"]),
    )
    if asked is None:
        return
    if await confirmed(
        page, t("doing.release_confirm"), who.named, day_text(who.day), lacks(book, view), asked["text"]
    ):
        await write(
            page,
            book,
            lambda: book.supervisor.release(who.agent, who.day, asked["text"]),
            t("doing.released", who=who.named),
        )


def quota_text(before: Sequence[DayView], after: Sequence[DayView]) -> str:
    """What the days will ask for together in place of what they do: 定额 120 通、意向 25 -> 103 通、意向 25."""
    was, will = ([view.quota for view in views if view.quota] for views in (before, after))
    if not was or not will:
        return ""
    calls, leads, then, then_leads = (
        sum(numbers)
        for quotas in (was, will)
        for numbers in ([one.calls for one in quotas], [one.leads for one in quotas])
    )
    if (calls, leads) == (then, then_leads):
        return t("doing.quota_stays", calls=calls, leads=leads)
    return t("doing.quota_change", calls=calls, leads=leads, then=then, then_leads=then_leads)
