"""Leave and visits: requests answered, the days of one go together or alone; and what nobody asked for in writing."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.book.records.naming import named
from agent_tui.i18n import t
from agent_tui.readings import RequestView
from agent_tui.ui.board.doing.closing import quota_text
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_text, needs, write, write_all
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong, numbered
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.numbers import number_of, whole
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.spans import how_to_say, minutes_of
from agent_tui.ui.kit.when import parse_near_day
from shared_rules.records.parts import AwayType

Act = Callable[[SupervisorActs], Written]


async def away(page: Page, book: Book, who: Who) -> None:
    """Answer what was asked of leave or a visit, or approve one that nobody asked for in writing."""
    asked = await look(page, lambda: book.read.asked(who.agent))
    if asked is None:
        return
    choices = numbered(Choice(one.days[0].id, request_text(*one.days), one.days[0].text) for one in asked[:7])
    choices += [
        Choice("leave", t("doing.away_leave"), t("doing.away_unasked"), digit="8"),
        Choice("visit", t("doing.away_visit"), t("doing.away_unasked"), digit="9"),
    ]
    chosen = await choose(page, t("doing.away_title", who=who.named), choices)
    if chosen is None:
        return
    days = next((one.days for one in asked if one.days[0].id == chosen), None)
    if days is not None:
        await answer(page, book, days)
    else:
        await _unasked(page, book, who, "leave" if chosen == "leave" else "visit")


def request_text(*days: RequestView) -> str:
    """请假 11-24 120分钟 (无病假单); of several days 请假 11-30 至 12-04,5 天 每天420分钟."""
    first = days[0]
    when, minutes = f"{first.on:%m-%d}", t("doing.minutes_n", n=first.minutes)
    if len(days) > 1:
        when = t("doing.away_span", first=when, last=f"{days[-1].on:%m-%d}", n=len(days))
        minutes = t("doing.minutes_each", n=first.minutes)
    kind = t("doing.kind_sick" if first.sick else f"doing.kind_{first.type}")
    faults = dict.fromkeys(fault for one in days for fault in one.faults)
    return " ".join([kind, when, minutes, *(t(f"doing.fault_{fault}") for fault in faults)])


async def answer(page: Page, book: Book, days: Sequence[RequestView]) -> None:
    """Approve what was asked for in one go, with its own minutes or others, or refuse it: all its days, or one."""
    first, n = days[0], len(days)
    who = Who(first.agent, first.name, first.on)
    choices = [
        Choice("approve", t("doing.approve_days", n=n) if n > 1 else t("doing.approve"), digit="1"),
        Choice("other", t("doing.approve_other"), digit="2"),
        Choice("refuse", t("doing.refuse_days", n=n) if n > 1 else t("doing.refuse"), digit="3"),
    ]
    if n > 1:
        choices.append(Choice("one", t("doing.one_day"), digit="4"))
    chosen = await choose(page, f"{who.named}  {request_text(*days)}", choices, first.text)
    if chosen == "one":
        await _one_day(page, book, who, days)
    elif chosen == "refuse":
        await _refuse(page, book, who, days)
    elif chosen:
        await _approve(page, book, who, days, otherwise=chosen == "other")


async def _one_day(page: Page, book: Book, who: Who, days: Sequence[RequestView]) -> None:
    """Answer one of several days; the others go on waiting."""
    choices = numbered(Choice(one.id, day_text(one.on)) for one in days)
    chosen = await choose(page, f"{who.named}  {t('doing.one_day')}", choices)
    if chosen is not None:
        await answer(page, book, [one for one in days if one.id == chosen])


async def _approve(page: Page, book: Book, who: Who, days: Sequence[RequestView], *, otherwise: bool) -> None:
    first = days[0]

    def enter(values: dict[str, str], one: RequestView, acts: SupervisorActs) -> Written:
        return acts.approve(
            named(one.agent, one.id),
            minutes=_minutes(book, values, one.on),
            leads=_leads(values),
            text=values["text"],
        )

    def trial(values: dict[str, str]) -> Written:
        return [enter(values, one, book.supervisor.trial) for one in days][-1]

    as_asked = {"minutes": str(first.minutes), "leads": "", "text": ""}
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
            lambda values: _away_fault(book, values, first.on),
            trial,
            how_to_say(book.policy(first.on)),
        )
    if asked is None:
        return
    minutes = _minutes(book, asked, first.on)
    what = t(f"doing.kind_{first.type}")
    what += " " + t("doing.minutes_each" if len(days) > 1 else "doing.minutes_n", n=minutes)
    acts = [(one.on, partial(enter, asked, one)) for one in days]
    if await _confirm_away(page, book, who, what, acts):
        await _write(page, book, who, acts, "approved", minutes)


async def _refuse(page: Page, book: Book, who: Who, days: Sequence[RequestView]) -> None:
    def enter(values: dict[str, str], one: RequestView, acts: SupervisorActs) -> Written:
        return acts.refuse(named(one.agent, one.id), values["text"])

    asked = await fill_in_tried(
        page,
        f"{t('doing.refuse')}  {who.named}",
        [Blank("text", t("doing.reason"))],
        lambda values: needs(values, "text"),
        lambda values: [enter(values, one, book.supervisor.trial) for one in days][-1],
    )
    if asked is not None:
        await _write(page, book, who, [(one.on, partial(enter, asked, one)) for one in days], "refused")


async def _write(
    page: Page, book: Book, who: Who, acts: Sequence[tuple[date, Act]], done: str, minutes: int = 0
) -> None:
    """Write the answer to each of the days, and say it once; all of them are taken back together."""

    def said(n: int) -> str:
        first, last = (f"{day:%m-%d}" for day in (acts[0][0], acts[n - 1][0]))
        return t(f"doing.{done}_days", who=who.named, n=n, first=first, last=last, minutes=minutes)

    answers = [
        (partial(act, book.supervisor), t(f"doing.{done}", who=who.named, day=day, n=minutes)) for day, act in acts
    ]
    await write_all(page, book, answers, lambda n: said(n) if n > 1 else answers[0][1])


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
    if await _confirm_away(page, book, about, what, [(day, lambda acts: enter(acts, asked))]):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.approved", who=who.named, day=day, n=minutes),
        )


async def _confirm_away(page: Page, book: Book, who: Who, what: str, acts: Sequence[tuple[date, Act]]) -> bool:
    """Whether Enter is given to what the approval of these days takes off their quota."""
    days = [day for day, _ in acts]
    before = await look(page, lambda: [book.day(who.agent, day, money=False) for day in days])
    after = before and await look(page, lambda: [book.supervisor.outcome(who.agent, day, act) for day, act in acts])
    if not before or not after:
        return False
    when = day_text(days[0])
    if len(days) > 1:
        when = t("doing.away_span", first=when, last=day_text(days[-1]), n=len(days))
    return await confirmed(page, t("doing.away_confirm"), who.named, when, what, quota_text(before, after))


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
