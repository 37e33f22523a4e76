"""An agent's day: every call with what it counts for, the hours, the month's points."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from agent_tui.book import Book
from agent_tui.book.figures.overview import FIRST_HOUR, detail
from agent_tui.i18n import t
from agent_tui.readings import DayRecord, SuspectsView
from agent_tui.ui.board.acting import ActingPage
from agent_tui.ui.board.commands import first_to_go, spare
from agent_tui.ui.board.doing.worth import shows_amounts, shows_points, worth
from agent_tui.ui.board.doing.writing import Who
from agent_tui.ui.board.marks import reason_text
from agent_tui.ui.board.wording import counts_for, filed_text, interest_text
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.kit.bars import upright
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.names import person, short_company
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import fit, line, spread, width
from agent_tui.ui.kit.when import weekday
from agent_tui.views import CallView, DayView, LedgerView
from agent_tui.words import team_words
from agent_tui.words.titles import outcome_title, rule_title

_PANEL_ROWS = 5
_MOST_CALLS = 2000


VERIFY = "verify"
FILTERS: dict[str, Callable[[CallView], bool]] = {
    "all": lambda _: True,
    "valid": lambda call: call.valid,
    "leads": lambda call: call.lead,
    "uncounted": lambda call: not call.valid,
    VERIFY: lambda call: call.valid or call.lead,
}
"""Which calls are shown, by name."""


@dataclass(frozen=True, slots=True)
class _Day:
    """What a reading brings: the day, its calls by id, the latest first, the month's ledger, what was written of it."""

    day: DayView
    calls: dict[str, CallView]
    ledger: LedgerView
    filed: list[DayRecord]
    suspects: SuspectsView


class AgentDayScreen(ActingPage, FetchedPage[_Day]):
    """One agent's day in full; ← and → turn to other days."""

    scope = "board.day"
    CSS = """
    AgentDayScreen #figures { height: 1; padding: 0 1; }
    AgentDayScreen #panels { height: 7; }
    AgentDayScreen #panels > Vertical { width: 1fr; }
    AgentDayScreen Table { margin: 0 1; }
    AgentDayScreen #rest { height: 1; padding: 0 1; color: $text-muted; }
    AgentDayScreen StatusLine { height: auto; max-height: 3; text-wrap: wrap; text-overflow: fold; }
    AgentDayScreen #none { padding: 1 2; height: 1fr; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board.day")

    def __init__(self, book: Book, agent: str, day: date, show: str = "all") -> None:
        super().__init__(book)
        self._show = show
        self._agent = agent
        self._day = day

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
        yield Plain(id="rest")
        yield StatusLine()
        yield HintLine(self.scope, first_to_go=first_to_go(self.scope), spare=spare(self.scope))

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def fetch(self) -> _Day:
        day = self._day
        self.book.load_month(day)
        view = self.book.day(self._agent, day)
        calls = self.book.calls(self._agent, day)[:_MOST_CALLS]
        ledger = self.book.ledger(self._agent, f"{day:%Y-%m}")
        read = self.book.read
        filed, suspects = read.day_records(self._agent, day), read.suspects(self._agent, day)
        return _Day(view, {call.id: call for call in calls}, ledger, filed, suspects)

    def _take(self, view: _Day) -> None:
        if view.day.day == self._day:  # not turned on meanwhile
            super()._take(view)

    def draw(self, view: _Day) -> None:
        day = view.day
        title = t("board.day_title", agent=day.agent, name=day.name, day=f"{day.day} {weekday(day.day)}")
        named = [*team_words.states(day, day.data_age_s), *team_words.specials(day)]
        states = team_words.state_words(named)
        self.query_one("#header", Plain).show(spread(self.size.width - 2, title, "", states))
        self.query_one("#figures", Plain).show(_figures(day))
        self._draw_hours(view)
        self._draw_ledger(view)
        table = self.query_one(Table)
        shown = self._shown(view)
        table.show([self._row(call, view.suspects) for call in shown])
        table.display = bool(shown)
        self._draw_rest()
        none = self.query_one("#none", Plain)
        none.display = not shown
        key = command("board.day.filter").label
        none.show(t("board.day_none_shown", key=key) if view.calls else t("board.day_no_calls"))
        self.query_one(StatusLine).rest(
            self._told(view, len(shown)), ("  " + t("board.show_how", key=key), "$text-muted")
        )

    def _shown(self, view: _Day) -> list[CallView]:
        """The calls to show; of those to verify the likeliest first."""
        if self._show != VERIFY:
            return [call for call in view.calls.values() if FILTERS[self._show](call)]
        ids = dict.fromkeys([*(one.call.id for one in view.suspects.suspects), *view.suspects.to_verify])
        return [view.calls[id] for id in ids if id in view.calls]

    def _draw_rest(self) -> None:
        """Show what the row under the cursor has no room for in a line below the table. The line is there whenever the
        note has no column, so that the rows do not move with the cursor.
        """
        table, rest = self.query_one(Table), self.query_one("#rest", Plain)
        rest.display = bool(table.rows) and not table.cells("note")
        if self.view is None or (call := self.call()) is None or not rest.display:
            return
        counts = _counts(call, self.view.suspects)
        parts = [counts if width(counts) > table.cells("counts") else "", call.customer.note if call.customer else ""]
        rest.show(fit("  ".join(part for part in parts if part), self.size.width - 2))

    def _told(self, view: _Day, shown: int) -> str:
        number = view.suspects.number
        if self._show == VERIFY and number:
            done, share = view.suspects.done, round(float(number.share) * 100)
            return t("board.verify_number", n=number.calls, valid=number.valid, done=done, share=share)
        return t(f"board.show_{self._show}", n=shown, of=len(view.calls))

    def _draw_hours(self, view: _Day) -> None:
        panel = self.query_one("#hours")
        titled(panel, t("board.day_hours"))
        hours = detail(view.calls.values()).hours
        labels = [str(FIRST_HOUR + index) for index in range(len(hours))]
        drawn = upright(labels, hours, self.size.width // 2 - 4, _PANEL_ROWS, ascii=self.ascii)
        self.query_one("#chart", Plain).show_lines(*drawn)

    def _draw_ledger(self, view: _Day) -> None:
        """What was written about the day, then the month's entries of other days."""
        ledger = view.ledger
        points = shows_points(self.book)
        head = t(
            "board.day_written_points" if points else "board.day_written", month=ledger.month, balance=ledger.balance
        )
        titled(self.query_one("#ledger"), head)
        policy = self.book.policy(self._day)
        lines = [
            line(
                (
                    filed_text(one, policy, points=points, amounts=shows_amounts(self.book)),
                    "$text-muted" if one.withdrawn or one.replaced else "",
                )
            )
            for one in view.filed
        ]
        newest = sorted(ledger.entries, key=lambda entry: entry.at, reverse=True)
        for entry in newest if points else ():
            if entry.on != self._day:
                title = rule_title(policy, entry.rule)
                withdrawn = entry.state == "withdrawn"
                state = f"({t('points.state_withdrawn')}) " if withdrawn else ""
                what = f"{title} {worth(self.book, entry.points, entry.fen)}".strip()
                text = f"{entry.on:%m-%d} {what} {state}{entry.note}"
                lines.append(line((text, "$text-muted" if withdrawn else "")))
        shown = lines[:_PANEL_ROWS] or [line((t("board.day_no_entries"), "$text-muted"))]
        self.query_one("#entries", Plain).show_lines(*shown)

    def _row(self, call: CallView, suspects: SuspectsView) -> Row:
        customer = call.customer
        tone = "alert" if _why_odd(call, suspects) else "good" if call.valid else "muted"
        return Row(
            call.id,
            {
                "time": f"{call.started_at:%H:%M:%S}",
                "length": "" if call.duration_s is None else f"{call.duration_s // 60}:{call.duration_s % 60:02}",
                "outcome": outcome_title(self.book.policy(call.day), call.outcome),
                "interest": interest_text(call),
                "company": short_company(customer) if customer else t("erase.customer") if call.erased else "",
                "contact": person(customer),
                "note": customer.note if customer else "",
                "counts": (_counts(call, suspects), tone),
            },
        )

    # ---- keys ----

    def who(self) -> Who | None:
        return Who(self.view.day.agent, self.view.day.name, self.view.day.day) if self.view else None

    def call(self) -> CallView | None:
        key = self.query_one(Table).cursor_key
        return self.view.calls.get(key) if self.view and key is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "later":
            return self._day < self.book.today()
        if action in ("open", "verify"):
            return self.is_mounted and self.call() is not None
        return super().check_action(action, parameters)

    def action_earlier(self) -> None:
        self._turn(-1)

    def action_later(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        self._day += timedelta(days=by)
        self.read()

    def action_filter(self) -> None:
        names = list(FILTERS)
        self._show = names[(names.index(self._show) + 1) % len(names)]
        self.redraw()

    @work
    async def action_withdraw(self) -> None:
        from agent_tui.ui.board.doing.withdrawing import withdraw  # noqa: PLC0415 - an act loads when first done

        if (who := self.who()) is not None:
            await withdraw(self, self.book, who)

    def action_open(self) -> None:
        if (call := self.call()) is not None:
            self.show_record(call)

    def on_table_highlighted(self) -> None:
        self._draw_rest()

    def on_table_resized(self) -> None:
        self._draw_rest()

    def on_table_selected(self) -> None:
        self.action_open()


def _columns() -> tuple[Column, ...]:
    named = ("intent", "intent_A", "intent_B", "developable")
    interest = max(width(t(name)) for name in ("board.call_interest", *(f"board.interest_{one}" for one in named)))
    return (
        Column("time", t("board.call_time"), 8),
        Column("length", t("board.call_seconds"), 6, "right", drop=4),
        Column("outcome", t("board.call_outcome"), 10, grows=True, whole=True),
        Column("interest", t("board.call_interest"), interest),
        Column("company", t("board.call_company"), 14, grows=True),
        Column("contact", t("board.call_contact"), 7, drop=3, grows=True, whole=True),
        Column("note", t("board.call_note"), 24, drop=5, grows=True),
        Column("counts", t("board.call_counts"), 16, grows=True, whole=True),
    )


def _counts(call: CallView, suspects: SuspectsView) -> str:
    """What a call counts for, and why it looks odd."""
    return f"{counts_for(call)} {_why_odd(call, suspects)}".rstrip()


def _why_odd(call: CallView, suspects: SuspectsView) -> str:
    """Why a call looks odd; empty when it does not."""
    reasons = next((one.reasons for one in suspects.suspects if one.call.id == call.id), ())
    return " / ".join(map(reason_text, reasons))


def _figures(view: DayView) -> str:
    figures = view.figures
    gap = f" {view.pace.gap_calls:+d}" if view.pace else ""
    return t(
        "board.day_figures",
        valid=team_words.calls_of(view) + gap,
        leads=team_words.leads_of(view),
        dials=figures.dials,
        connected=figures.connected,
        complete=figures.complete,
        companies=figures.companies,
    )
