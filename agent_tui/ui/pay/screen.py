"""A month's statement: each line with its quantity and rate, what may be withheld, and the word estimate over all."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.readings import DoubtView, StatementLineView, StatementView
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.monthly import MonthPage
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import fit, line, spread, width, wrap
from agent_tui.words.statements import line_title, marks, quantity_text, rate_text
from shared_rules.figures import Limits
from shared_rules.money import grouped


class Shown(msgspec.Struct, frozen=True):
    """What the page shows. `statement` is None where there is none, and `none` says why."""

    statement: StatementView | None
    mode: str
    none: str = ""


class PayScreen(MonthPage[Shown]):
    """The statement of the agent here, or (for a supervisor) of `agent`; ← and → turn the month."""

    scope = "pay"
    CSS = """
    PayScreen #statement { height: 1fr; }
    PayScreen #none { padding: 1; color: $text-muted; }
    PayScreen #sums { height: 7; }
    PayScreen #detail { height: 1; padding: 0 2; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("pay")

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="statement", classes="panel"):
            yield Plain(id="none")
            yield Table(_columns())
        yield Plain(id="detail")
        with Vertical(id="sums", classes="panel"):
            yield Plain(id="limits")
        yield StatusLine()
        yield HintLine(self.scope)

    def fetch(self) -> Shown:
        mode = self.book.policy().money.mode
        try:
            return Shown(self.book.read.statement(self.agent, self.month), mode, t("pay.no_pay"))
        except Problem as problem:
            return Shown(None, mode, str(problem))

    def draw(self, view: Shown) -> None:
        found, name = view.statement, ""
        shown = found is not None and view.mode == "estimate"
        if found is not None:
            name = found.name
        head = f"{t('pay.title')}  {self.agent} {name}"
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", self.month))
        for part in ("#sums", "#detail"):
            self.query_one(part).display = shown
        table, none = self.query_one(Table), self.query_one("#none", Plain)
        table.display, none.display = shown, not shown
        if not shown or found is None:
            titled(self.query_one("#statement"), t("pay.of_month", month=self.month))
            said = view.none if found is None else t(f"pay.mode_{view.mode}")
            none.show_lines(*(line(row) for row in wrap(said, max(20, self.size.width - 6))))
            return
        until = t("pay.until", count=len(found.lines), day=found.until)
        titled(self.query_one("#statement"), t("pay.estimate", total=grouped(found.total)), until)
        table.show([_row(one, found.doubts) for one in found.lines])
        titled(self.query_one("#sums"), t("pay.limits"), t("pay.no_payroll"))
        cells = max(30, self.size.width - 6)
        self.query_one("#limits", Plain).show_lines(*limit_lines(found.limits, cells))
        self._draw_detail()

    def _draw_detail(self) -> None:
        key = self.query_one(Table).cursor_key
        found = self.view.statement if self.view else None
        lines = found.lines if found else ()
        chosen = next((one for one in lines if one.id == key), None)
        if found is not None and chosen is not None:
            rule = found.policy.rules.get(chosen.line.cause or chosen.line.rule)
            clause = t("pay.clause", text=rule.clause) if rule and rule.clause else t("pay.no_clause")
            self.query_one("#detail", Plain).show(fit(clause, max(0, self.size.width - 4)))

    def on_table_highlighted(self, _: Table.Highlighted) -> None:
        self._draw_detail()


def _columns() -> list[Column]:
    return [
        Column("title", t("pay.line"), 22, grows=True),
        Column("quantity", t("pay.quantity"), 10, align="right"),
        Column("rate", t("pay.rate"), 9, align="right"),
        Column("amount", t("pay.amount"), 11, align="right"),
        Column("mark", t("pay.mark"), 13),
    ]


def _row(view: StatementLineView, doubts: Sequence[DoubtView]) -> Row:
    one = view.line
    return Row(
        view.id,
        {
            "title": line_title(view),
            "quantity": quantity_text(one),
            "rate": rate_text(one),
            "amount": (grouped(one.fen), "alert" if one.fen < 0 else "plain"),
            "mark": (" ".join(marks(one, doubts)), "warn"),
        },
    )


def limit_lines(limits: Limits, cells: int) -> list[Content]:
    """What of the deductions may be withheld, in words: nothing of it is hidden."""
    wage = grouped(limits.minimum_wage) if limits.minimum_wage is not None else t("pay.no_wage")
    rows = [
        (t("pay.gross"), grouped(limits.gross), ""),
        (t("pay.deductions"), grouped(limits.deductions), ""),
        (t("pay.twenty"), grouped(limits.twenty_percent), t("pay.wage", wage=wage)),
        (t("pay.deductible"), grouped(limits.deductible), _beyond(limits)),
        (t("pay.payable"), grouped(limits.payable), ""),
    ]
    most = max(12, *(width(amount) for _, amount, _ in rows))
    return [
        line(
            fit(label, 24), fit(amount, most, "right"), "  ", (fit(beside, max(0, cells - 26 - most)), "$text-warning")
        )
        for label, amount, beside in rows
    ]


def _beyond(limits: Limits) -> str:
    return t("pay.beyond", amount=grouped(limits.not_deductible)) if limits.not_deductible else ""
