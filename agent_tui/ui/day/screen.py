"""One's own day: what is left before going home, one's requests, and what the supervisor sent to this desk."""

from collections.abc import Callable
from typing import ClassVar

import msgspec
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.cards.news import LOOKED_BACK, NewsItem
from agent_tui.book.reading.visiting import VisitReportView
from agent_tui.i18n import t
from agent_tui.readings import DayRecord, MeetingItem, Owed, RequestView, StayView
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.day.asking import ask_away
from agent_tui.ui.desk.brief import due_text
from agent_tui.ui.desk.news import news_text, page_of
from agent_tui.ui.desk.pages import offered
from agent_tui.ui.kit.dialogs import Choice, Choose, Confirm, numbered
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.filling import look
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.long_text import LongText
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import line, spread, width, wrap
from agent_tui.ui.kit.when import day_text, moment
from agent_tui.ui.why.screen import WhyScreen
from agent_tui.views import DayView, NoticeView
from shared_rules.records.parts import AwayType, Side
from shared_rules.why.days import day_figures


class Shown(msgspec.Struct, frozen=True):
    """What the page shows. `punches` are today's, `due` the callbacks promised for today."""

    day: DayView
    stay: StayView | None
    due: int
    punches: tuple[DayRecord, ...]
    requests: tuple[RequestView, ...]
    notice: NoticeView | None
    notes: tuple[MeetingItem, ...]
    visits: tuple[VisitReportView, ...]
    owed: tuple[Owed, ...]
    elsewhere: tuple[NewsItem, ...]
    """What came and another page shows in full."""


class DayScreen(FetchedPage[Shown]):
    """The day of the agent here. `unfinished` entries lie at the desk."""

    scope = "day"
    CSS = """
    DayScreen #upper { height: 11; }
    DayScreen #left { width: 2fr; }
    DayScreen #told { width: 3fr; }
    DayScreen #requests { height: 1fr; }
    DayScreen #none { color: $text-muted; }
    DayScreen #about { height: auto; max-height: 3; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("day")

    def __init__(self, book: Book, unfinished: int = 0) -> None:
        super().__init__(book)
        self._unfinished = unfinished

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Horizontal(id="upper"):
            for name in ("left", "told"):
                yield LongText(id=name)
        with Vertical(id="requests", classes="panel"):
            yield Plain(t("day.no_requests"), id="none")
            yield Table(_columns())
            yield Plain(id="about")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def fetch(self) -> Shown:
        book = self.book
        me, today, now = book.identity.agent, book.today(), book.now()
        since = today - LOOKED_BACK
        records = book.read.day_records(me, today)
        return Shown(
            day=book.day(me, today),
            stay=book.read.stays(me, today),
            due=sum(one.due.date() <= today for one in book.own.callbacks()),
            punches=tuple(one for one in records if one.kind == "punch" and one.at <= now),
            requests=tuple(sorted(book.read.requests(me), key=lambda one: (one.on, one.at), reverse=True)),
            notice=book.notice(),
            notes=tuple(book.read.notes(me, since)),
            visits=tuple(book.read.visit_reports(me, since)),
            owed=tuple(book.read.to_send(me)),
            elsewhere=tuple(item for item in book.news.lately() if page_of(item) != "day"),
        )

    def draw(self, view: Shown) -> None:
        day = view.day
        head = f"{t('day.title')}  {day.agent} {day.name}"
        state = t(f"day.state_{day.state}")
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, state, day_text(day.day)))
        titled(self.query_one("#left"), t("day.left"), _punched(view.punches))
        titled(self.query_one("#told"), t("day.told"))
        titled(self.query_one("#requests"), t("day.requests", count=len(view.requests)))
        self.query_one("#left", LongText).show(self._left(view))
        self.query_one("#told", LongText).show(_told_rows(view, self.book) or [t("day.nothing_told")])
        turned = any(panel.can_focus for panel in self.query(LongText))
        self.query_one(StatusLine).rest((t("ui.turn_how") if turned else "", "$text-muted"))
        self.query_one("#none").display = not view.requests
        table = self.query_one(Table)
        table.show([_row(one, self.book.members.named) for one in view.requests])
        table.display = bool(view.requests)
        if table.display and self.focused is None and self.is_current:
            table.focus()
        self._draw_request()

    def _left(self, view: Shown) -> list[str]:
        return left_rows(view, self._unfinished, self.book.members.named)

    def _draw_request(self) -> None:
        """Under the table what the row under the cursor has no room for."""
        found, cells = self._current(), max(10, self.query_one("#requests").content_size.width)
        text = _words(found, self.book.members.named) if found else ""
        rows = wrap(text, cells) if width(text) > cells - _BESIDE_TEXT else []
        self.query_one("#about", Plain).show_lines(*map(line, rows))

    def _current(self) -> RequestView | None:
        key = self.query_one(Table).cursor_key
        return next((one for one in (self.view.requests if self.view else ()) if one.id == key), None)

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "hand_in":
            return self.view is not None and self.view.day.state != "confirmed"
        if action in ("punch_in", "punch_out"):
            return self.book.policy().day.punches.on
        if action == "withdraw":
            found = self._current() if self.is_mounted else None
            return found is not None and found.state == "open"
        return super().check_action(action, parameters)

    def on_table_highlighted(self, _: Table.Highlighted) -> None:
        self._draw_request()
        self.query_one(HintLine).refresh()

    @work
    async def action_hand_in(self) -> None:
        if self.view is None:
            return
        rows, day = [line(row) for row in self._left(self.view)], self.view.day.day
        if await self.app.push_screen_wait(Confirm(t("day.hand_in_title", day=day), *rows)):
            # While it was asked the day may have ended.
            self.act(lambda: self.book.agent.hand_in(day), t("day.handed_in", day=day))

    def action_punch_in(self) -> None:
        self._punch("in")

    @work
    async def action_punch_out(self) -> None:
        """With a question, for a punch stays: a mistaken digit would end the day."""
        if self.view is None or await look(self, lambda: self.book.agent.trial.punch("out")) is None:
            return
        title = t("day.punch_out_title", time=f"{self.book.now():%H:%M}")
        rows = [line(row) for row in self._left(self.view)]
        if await self.app.push_screen_wait(Confirm(title, *rows)):
            self._punch("out")

    def _punch(self, side: Side) -> None:
        at = self.book.now()
        self.act(lambda: self.book.agent.punch(side), t(f"day.punched_{side}", time=f"{at:%H:%M}"))

    @work
    async def action_leave(self) -> None:
        await self._ask("leave")

    @work
    async def action_visit(self) -> None:
        await self._ask("visit")

    async def _ask(self, type: AwayType) -> None:
        act: Callable[[], Written] | None = await ask_away(self, self.book, type)
        if act is not None:
            self.act(act, t("day.asked"))

    @work
    async def action_why(self) -> None:
        """The derivation of one of the day's figures."""
        if self.view is None:
            return
        day = self.view.day
        choices = numbered(Choice(name, t(f"why.figure_{name}")) for name in day_figures())
        chosen = await self.app.push_screen_wait(Choose(t("day.why_title"), choices))
        if chosen is not None:
            self.app.push_screen(WhyScreen(self.book, f"day:{day.agent}:{day.day}:{chosen}"))

    @work
    async def action_withdraw(self) -> None:
        found = self._current()
        if found is None:
            return
        asked = await look(self, lambda: self.book.read.asked(found.agent))
        waiting = next((one.days for one in asked or () if found.id in {day.id for day in one.days}), (found,))
        days = await self._which(found, waiting) if len(waiting) > 1 else waiting
        if days is None:
            return
        if await self.app.push_screen_wait(Confirm(t("day.withdraw_title"), line(request_text(*days)))):
            first, last, n = days[0], days[-1], len(days)
            self.act(
                lambda: self.book.agent.withdraw(first.id, until=last.on),
                t("day.withdrawn_days", n=n) if n > 1 else t("day.withdrawn"),
            )

    async def _which(self, found: RequestView, days: tuple[RequestView, ...]) -> tuple[RequestView, ...] | None:
        """All days of one go, or the one under the cursor; None for Esc."""
        first, last = (f"{day.on:%m-%d}" for day in (days[0], days[-1]))
        choices = numbered(
            [
                Choice("all", t("day.withdraw_all", n=len(days), first=first, last=last)),
                Choice("one", t("day.withdraw_one", day=f"{found.on:%m-%d}")),
            ]
        )
        chosen = await self.app.push_screen_wait(Choose(t("day.withdraw_days"), choices))
        return {"all": days, "one": (found,)}.get(chosen or "")


Named = Callable[[str], str]
"""The id and the name of whoever has that id."""


def left_rows(view: Shown, unfinished: int, named: Named) -> list[str]:
    """What is left before one goes home, in words."""
    day, figures, quota = view.day, view.day.figures, view.day.quota
    rows = []
    if quota and day.workday and day.judged:
        calls, leads = max(0, quota.calls - figures.valid), max(0, quota.leads - figures.leads)
        made = "quota_made" if quota.calls or quota.leads else "nothing_due"
        rows.append(t("day.missing", calls=calls, leads=leads) if calls or leads else t(f"day.{made}"))
        if day.first and not day.excused and (calls or leads):
            rows.append(t("day.first"))
        if quota.reduced_minutes:
            rows.append(t("day.reduced", minutes=quota.reduced_minutes, calls=quota.calls))
    else:
        rows.append(t("day.nothing_due"))
    if figures.incomplete:
        rows.append(t("day.incomplete", count=figures.incomplete))
    if unfinished:
        rows.append(t("day.unfinished", count=unfinished))
    if view.due:
        rows.append(t("day.callbacks", count=view.due))
    week_key = command("desk.week").label
    rows += [t(f"day.owed_{one.what}", due=due_text(one), key=week_key) for one in view.owed]
    if day.excused:
        rows.append(t("day.excused"))
    rows += _stay_rows(view.stay, named)
    if day.beside:
        rows.append(t("day.beside", count=day.beside))
    return rows


def _stay_rows(stay: StayView | None, named: Named) -> list[str]:
    if stay is None:
        return []
    if stay.released:
        return [t("day.released", by=named(stay.released.by))]
    needed = ""
    if stay.needed_minutes is not None:
        needed = t("day.needed", minutes=stay.needed_minutes) if stay.tonight else t("day.not_tonight")
    meters = t(
        "day.meters",
        day=stay.day_minutes,
        usual=stay.usual_minutes // 60,
        most=stay.most_minutes // 60,
        month=f"{stay.month_minutes / 60:.1f}",
        most_month=stay.most_month_minutes // 60,
    )
    return [part for part in (t("day.must_stay"), needed, meters) if part]


def _told_rows(view: Shown, book: Book) -> list[str]:
    rows, named, policy = [], book.members.named, book.policy()
    if view.notice:
        rows.append(t("day.notice", by=named(view.notice.by), text=view.notice.text))
    for item in view.notes:
        call = call_text(item.call) if item.call else ""
        rows += [
            t("day.coached", by=named(one.by), day=f"{one.at:%m-%d}", call=call, text=one.text) for one in item.notes
        ]
    for visit in view.visits:
        company = visit.company or t("day.a_customer")
        rows.append(t("day.visited", company=company, day=f"{visit.on:%m-%d}", text=visit.text))
    return rows + [news_text(book, item) for item in view.elsewhere if offered(page_of(item), policy)]


def _punched(punches: tuple[DayRecord, ...]) -> str:
    return "  ".join(t(f"day.punch_{one.content['side']}", time=f"{one.at:%H:%M}") for one in punches[-2:])


# Of a row of the requests, what stands before its text.
_BESIDE_TEXT = 41


def _columns() -> list[Column]:
    return [
        Column("on", t("day.on"), 10),
        Column("type", t("day.type"), 10),
        Column("minutes", t("day.minutes"), 7, align="right"),
        Column("state", t("day.state"), 10),
        Column("text", t("day.text"), 16, grows=True),
    ]


def _row(one: RequestView, named: Named) -> Row:
    styles = {"open": "plain", "approved": "good", "refused": "alert", "withdrawn": "muted"}
    return Row(
        one.id,
        {
            "on": f"{one.on}",
            "type": _kind(one),
            "minutes": str(one.minutes),
            "state": (t(f"day.request_{one.state}"), styles[one.state]),
            "text": _words(one, named),
        },
    )


def _words(one: RequestView, named: Named) -> str:
    """What was approved where that is not what was asked for, what was written, and what speaks against it."""
    words = [t("day.granted", minutes=one.granted)] if one.granted not in (0, one.minutes) else []
    words.append(one.text)
    if one.answer and one.answer.text:
        words.append(t("day.answered", by=named(one.answer.by), text=one.answer.text))
    words += [t(f"day.fault_{fault}") for fault in one.faults]
    return "  ".join(words)


def request_text(*days: RequestView) -> str:
    """A request in a line; of several days, those of one go together."""
    one, told = days[0], {"type": _kind(days[0]), "minutes": days[0].minutes, "at": moment(days[0].at)}
    if len(days) == 1:
        return t("day.request", day=one.on, **told)
    return t("day.request_days", first=one.on, last=f"{days[-1].on:%m-%d}", n=len(days), **told)


def _kind(one: RequestView) -> str:
    return t("day.type_sick" if one.sick else f"day.type_{one.type}")
