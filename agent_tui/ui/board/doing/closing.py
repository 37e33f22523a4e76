"""An agent's day: excused, confirmed, let go from; leave and visits approved."""

from collections.abc import Callable
from datetime import date
from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.book.records.naming import named
from agent_tui.i18n import t
from agent_tui.readings import RequestView
from agent_tui.ui.board.doing.worth import shows_amounts
from agent_tui.ui.board.doing.writing import (
    Who,
    choose,
    confirmed,
    day_fault,
    day_text,
    money,
    needs,
    the_day,
    write,
    write_all,
)
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong, numbered
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.numbers import number_of, whole
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.spans import how_to_say, minutes_of
from agent_tui.ui.kit.when import parse_near_day
from agent_tui.views import DayView
from agent_tui.words.team_words import still_on
from shared_rules.records.parts import AwayType


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


async def away(page: Page, book: Book, who: Who) -> None:
    """Answer a request for leave or a visit, or approve one that nobody wrote."""
    requests = await look(page, lambda: book.read.requests(who.agent, open_only=True))
    if requests is None:
        return
    choices = numbered(Choice(one.id, request_text(one), one.text) for one in requests[:7])
    choices += [
        Choice("leave", t("doing.away_leave"), t("doing.away_unasked"), digit="8"),
        Choice("visit", t("doing.away_visit"), t("doing.away_unasked"), digit="9"),
    ]
    chosen = await choose(page, t("doing.away_title", who=who.named), choices)
    if chosen is None:
        return
    request = next((one for one in requests if one.id == chosen), None)
    if request is not None:
        await answer(page, book, request)
    else:
        await _unasked(page, book, who, "leave" if chosen == "leave" else "visit")


def request_text(one: RequestView) -> str:
    """请假 11-24 周二 120分 (病假,有证明)."""
    kind = t("doing.kind_sick" if one.sick else f"doing.kind_{one.type}")
    faults = "".join(" " + t(f"doing.fault_{fault}") for fault in one.faults)
    return f"{kind} {one.on:%m-%d} {t('doing.minutes_n', n=one.minutes)}{faults}"


async def answer(page: Page, book: Book, request: RequestView) -> None:
    """Approve a request, with its own minutes or others, or refuse it."""
    who = Who(request.agent, request.name, request.on)
    chosen = await choose(
        page,
        f"{who.named}  {request_text(request)}",
        [
            Choice("approve", t("doing.approve"), digit="1"),
            Choice("other", t("doing.approve_other"), digit="2"),
            Choice("refuse", t("doing.refuse"), digit="3"),
        ],
        request.text,
    )
    if chosen == "refuse":
        await _refuse(page, book, who, request)
    elif chosen:
        await _approve(page, book, who, request, otherwise=chosen == "other")


async def _approve(page: Page, book: Book, who: Who, request: RequestView, *, otherwise: bool) -> None:
    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        return acts.approve(
            named(request.agent, request.id),
            minutes=_minutes(book, values, request.on),
            leads=_leads(values),
            text=values["text"],
        )

    as_asked = {"minutes": str(request.minutes), "leads": "", "text": ""}
    trial = partial(enter, book.supervisor.trial)
    if not otherwise:
        asked = as_asked if await look(page, partial(trial, as_asked)) else None
    else:
        asked = await fill_in_tried(
            page,
            t("doing.approve_other"),
            [
                Blank("minutes", t("doing.how_long"), as_asked["minutes"]),
                Blank("leads", t("doing.leads")),
                Blank("text", t("doing.note")),
            ],
            lambda values: _away_fault(book, values, request.on),
            trial,
            how_to_say(book.policy(request.on)),
        )
    if asked is None:
        return
    minutes = _minutes(book, asked, request.on)
    what = f"{t(f'doing.kind_{request.type}')} {t('doing.minutes_n', n=minutes)}"
    if await _confirm_away(page, book, who, what, lambda acts: enter(acts, asked)):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.approved", who=who.named, day=who.day, n=minutes),
        )


async def _refuse(page: Page, book: Book, who: Who, request: RequestView) -> None:
    asked = await fill_in_tried(
        page,
        f"{t('doing.refuse')}  {who.named}",
        [Blank("text", t("doing.reason"))],
        lambda values: needs(values, "text"),
        lambda values: book.supervisor.trial.refuse(named(request.agent, request.id), values["text"]),
    )
    if asked is not None:
        await write(
            page,
            book,
            lambda: book.supervisor.refuse(named(request.agent, request.id), asked["text"]),
            t("doing.refused", who=who.named),
        )


async def _unasked(page: Page, book: Book, who: Who, kind: AwayType) -> None:
    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        day = parse_near_day(values["on"], book.today())
        assert day is not None
        minutes, leads = _minutes(book, values, day), _leads(values)
        return acts.time_away(who.agent, kind, day, minutes, leads=leads, text=values["text"])

    asked = await fill_in_tried(
        page,
        f"{t(f'doing.away_{kind}')}  {who.named}",
        [
            Blank("on", t("doing.day"), who.day.isoformat()),
            Blank("minutes", t("doing.how_long"), "60"),
            Blank("leads", t("doing.leads")),
            Blank("text", t("doing.note")),
        ],
        lambda values: (
            _day_ahead_fault(values, book.today())
            or _away_fault(book, values, parse_near_day(values["on"], book.today()))
        ),
        partial(enter, book.supervisor.trial),
        how_to_say(book.policy(who.day)),
    )
    if asked is None:
        return
    day = parse_near_day(asked["on"], book.today())
    assert day is not None
    minutes = _minutes(book, asked, day)
    about = Who(who.agent, who.name, day)
    what = f"{t(f'doing.kind_{kind}')} {t('doing.minutes_n', n=minutes)}"
    if await _confirm_away(page, book, about, what, lambda acts: enter(acts, asked)):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.approved", who=who.named, day=day, n=minutes),
        )


async def _confirm_away(page: Page, book: Book, who: Who, what: str, act: Callable[[SupervisorActs], Written]) -> bool:
    before = await look(page, lambda: book.day(who.agent, who.day, money=False))
    after = await look(page, lambda: book.supervisor.outcome(who.agent, who.day, act)) if before else None
    if before is None or after is None:
        return False
    return await confirmed(page, t("doing.away_confirm"), who.named, day_text(who.day), what, quota_text(before, after))


def quota_text(before: DayView, after: DayView) -> str:
    """What the day will ask for in place of what it does: 定额 120 通、意向 25 -> 103 通、意向 25."""
    was, will = before.quota, after.quota
    if was is None or will is None:
        return ""
    if (was.calls, was.leads) == (will.calls, will.leads):
        return t("doing.quota_stays", calls=will.calls, leads=will.leads)
    return t("doing.quota_change", calls=was.calls, leads=was.leads, then=will.calls, then_leads=will.leads)


def _away_fault(book: Book, values: dict[str, str], day: date | None) -> str:
    if minutes_of(values["minutes"], book.policy(day)) is None:
        return Wrong(t("doing.bad_minutes"), "minutes")
    if values["leads"] and whole(values["leads"], 0, 1000) is None:
        return Wrong(t("ui.not_a_number", text=values["leads"]), "leads")
    return ""


def _minutes(book: Book, values: dict[str, str], day: date) -> int:
    """How long, after `_away_fault` let it pass."""
    minutes = minutes_of(values["minutes"], book.policy(day))
    assert minutes is not None
    return minutes


def _leads(values: dict[str, str]) -> int | None:
    return number_of(values["leads"]) if values["leads"] else None


def _day_ahead_fault(values: dict[str, str], today: date) -> str:
    if parse_near_day(values["on"], today):
        return ""
    return needs(values, "on") or Wrong(t("board.bad_date", text=values["on"]), "on")
