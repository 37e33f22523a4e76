"""An agent's day: every call with what it counts for, the hours, the month's points."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from agent_tui.book import Book
from agent_tui.book.overview import FIRST_HOUR, detail
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ui.board import rows
from agent_tui.ui.board.points import ask_points
from agent_tui.ui.board.record import RecordView, counts_for, interest_text
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.background import Reading
from agent_tui.ui.kit.bars import bar
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged, follow
from agent_tui.ui.kit.page import Page, Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import fit, line, spread
from agent_tui.ui.kit.when import weekday
from agent_tui.views import CallView, DayView, LedgerView

_PANEL_ROWS = 5
_MOST_CALLS = 2000


@dataclass(frozen=True, slots=True)
class _Day:
    """What a reading brings: the day, its calls by id, the latest first, and the month's ledger."""

    view: DayView
    calls: dict[str, CallView]
    ledger: LedgerView


class AgentDayScreen(Page):
    """One agent's day in full; ← and → turn to other days."""

    scope = "board.day"
    CSS = """
    AgentDayScreen #figures { height: 1; padding: 0 1; }
    AgentDayScreen #panels { height: 7; }
    AgentDayScreen #panels > Vertical { width: 1fr; }
    AgentDayScreen Table { margin: 0 1; }
    AgentDayScreen StatusLine { height: auto; max-height: 3; }
    AgentDayScreen #none { padding: 1 2; height: 1fr; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board.day")

    def __init__(self, book: Book, agent: str, day: date) -> None:
        super().__init__()
        self._book = book
        self._agent = agent
        self._day = day
        self._view: DayView | None = None
        self._ledger = LedgerView(agent, f"{day:%Y-%m}", 0, ())
        self._calls: dict[str, CallView] = {}
        self._reading = Reading(self, self._look, self._take, self._failed)

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        yield Plain(id="figures")
        with Horizontal(id="panels"):
            with Vertical(id="hours", classes="panel"):
                yield Plain(id="chart")
            with Vertical(id="ledger", classes="panel"):
                yield Plain(id="entries")
        yield Table(_columns(), id="calls")
        yield Plain(t("board.day_no_calls"), id="none")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self._unfollow = follow(self._book, self)
        self.query_one(Table).focus()
        self._reading.ask()

    def on_unmount(self) -> None:
        self._unfollow()

    def on_book_changed(self, _: BookChanged) -> None:
        self._reading.ask()

    def on_resize(self) -> None:
        if self._view is not None:
            self._draw(self._view)

    def _look(self) -> _Day:
        """Off the event loop: another month may have to be folded."""
        day = self._day
        self._book.load_month(day)
        view = self._book.day(self._agent, day)
        calls = self._book.calls(self._agent, day)[:_MOST_CALLS]
        return _Day(view, {call.id: call for call in calls}, self._book.ledger(self._agent, f"{day:%Y-%m}"))

    def _take(self, read: _Day) -> None:
        if read.view.day != self._day:
            return  # turned on meanwhile
        filled = bool(self._calls)
        self._view, self._calls, self._ledger = read.view, read.calls, read.ledger
        self._draw(read.view)
        if filled != bool(self._calls):
            self.query_one(HintLine).refresh()

    def _failed(self, problem: Problem) -> None:
        self.say(str(problem), "error")

    @property
    def settled(self) -> bool:
        """Whether it shows the day it was turned to."""
        return self._view is not None and not self._reading.busy

    def _draw(self, view: DayView) -> None:
        title = t("board.day_title", agent=view.agent, name=view.name, day=f"{view.day} {weekday(view.day)}")
        states = rows.state_words([*rows.states(view, view.data_age_s), *rows.specials(view)])
        self.query_one("#header", Plain).show(spread(self.size.width - 2, title, "", states))
        self.query_one("#figures", Plain).show(_figures(view))
        self._draw_hours()
        self._draw_ledger(self._ledger)
        table = self.query_one(Table)
        table.show([self._row(call) for call in self._calls.values()])
        table.display = bool(self._calls)
        self.query_one("#none").display = not self._calls

    def _draw_hours(self) -> None:
        panel = self.query_one("#hours")
        titled(panel, t("board.day_hours"))
        hours = detail(self._calls.values()).hours
        cells = max(4, (self.size.width // 2 - 4) // 2 - 8)
        top = max(hours, default=0)

        def one(index: int) -> str:
            drawn = bar(hours[index], top, cells, ascii=self._ascii) if top else ""
            return f"{FIRST_HOUR + index:02} {hours[index]:>3} {fit(drawn.rstrip('.░'), cells)}"

        half = (len(hours) + 1) // 2
        chart = [line(one(index), "  ", one(index + half)) for index in range(half)]
        self.query_one("#chart", Plain).show_lines(*chart)

    def _draw_ledger(self, ledger: LedgerView) -> None:
        titled(self.query_one("#ledger"), t("board.day_ledger", month=ledger.month, balance=ledger.balance))
        newest = sorted(ledger.entries, key=lambda entry: entry.at, reverse=True)[:_PANEL_ROWS]
        rules = self._book.policy(self._day).rules
        lines: list[Content] = []
        for entry in newest:
            rule = rules.get(entry.rule)
            title = rule.title.of(language()) if rule else entry.rule
            style = "$text-muted" if entry.state == "withdrawn" else ""
            lines.append(line((f"{entry.on:%m-%d} {entry.points:+d} {title} {entry.note}", style)))
        self.query_one("#entries", Plain).show_lines(*(lines or [line((t("board.day_no_entries"), "$text-muted"))]))

    def _row(self, call: CallView) -> Row:
        outcome = self._book.policy(call.day).outcome(call.outcome)
        customer = call.customer
        return Row(
            call.id,
            {
                "time": f"{call.started_at:%H:%M:%S}",
                "length": "" if call.duration_s is None else f"{call.duration_s // 60}:{call.duration_s % 60:02}",
                "outcome": outcome.title.of(language()) if outcome else call.outcome,
                "interest": interest_text(call),
                "company": customer.company if customer else "",
                "contact": f"{customer.contact} {customer.title}".strip() if customer else "",
                "note": customer.note if customer else "",
                "counts": (counts_for(call), "good" if call.valid else "muted"),
            },
        )

    @property
    def _ascii(self) -> bool:
        return bool(getattr(self.app, "ascii", False))

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn" and parameters == (1,):
            return self._day < self._book.today()
        if action == "open":
            return bool(self._calls)
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        self._day += timedelta(days=by)
        self._reading.ask()

    def action_open(self) -> None:
        key = self.query_one(Table).cursor_key
        if key is not None:
            self.app.push_screen(RecordView(self._book, self._calls[key]))

    def on_table_selected(self) -> None:
        self.action_open()

    @work
    async def action_points(self) -> None:
        if self._view is not None:
            await ask_points(self, self._book, self._view)

    def action_back(self) -> None:
        self.app.pop_screen()


def _columns() -> tuple[Column, ...]:
    return (
        Column("time", t("board.call_time"), 8),
        Column("length", t("board.call_seconds"), 6, "right", drop=4),
        Column("outcome", t("board.call_outcome"), 10, grows=True, whole=True),
        Column("interest", t("board.call_interest"), 8),
        Column("company", t("board.call_company"), 14, grows=True),
        Column("contact", t("board.call_contact"), 10, drop=3),
        Column("note", t("board.call_note"), 24, drop=5, grows=True),
        Column("counts", t("board.call_counts"), 18),
    )


def _figures(view: DayView) -> str:
    quota, figures = view.quota, view.figures
    gap = f" {view.pace.gap_calls:+d}" if view.pace else ""
    return t(
        "board.day_figures",
        valid=rows.of(figures.valid, quota.calls if quota else None) + gap,
        leads=rows.of(figures.leads, quota.leads if quota else None),
        dials=figures.dials,
        connected=figures.connected,
        complete=figures.complete,
        companies=figures.companies,
    )
