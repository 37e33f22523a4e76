"""The points of this month, entry by entry."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ui.commands import bindings
from agent_tui.ui.desk.panels import yuan
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged, follow
from agent_tui.ui.kit.page import Page, Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import line, spread
from agent_tui.views import LedgerEntry
from shared_rules.policy import Policy


class PointsScreen(Page):
    """The agent's own ledger: every entry with its rule, who made it and why."""

    scope = "desk.points"
    CSS = "PointsScreen #ledger { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = bindings("desk.points")

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="ledger", classes="panel"):
            yield Plain(id="none")
            yield Table(_columns())
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self._unsubscribe = follow(self._book, self)
        self.query_one(Table).focus()
        self._draw()

    def on_unmount(self) -> None:
        self._unsubscribe()

    def on_book_changed(self, _: BookChanged) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def action_back(self) -> None:
        self.app.pop_screen()

    def _draw(self) -> None:
        me, today = self._book.identity, self._book.today()
        try:
            ledger = self._book.ledger(me.agent, f"{today:%Y-%m}")
            balance = self._book.day(me.agent, today).points
        except Problem as problem:
            self.say(str(problem), "error")
            return
        policy = self._book.policy()
        self.query_one("#header", Plain).update(line(spread(max(0, self.size.width - 2), f"{me.agent} {me.name}")))
        titled(
            self.query_one("#ledger"),
            t("desk.points_title", month=ledger.month, balance=ledger.balance),
            f"{t('desk.to_bonus', count=balance.to_bonus)}  {t('desk.to_penalty', count=balance.to_penalty)}"
            if balance
            else "",
        )
        none = self.query_one("#none", Plain)
        none.display = not ledger.entries
        if policy.points:
            none.show(t("desk.points_none", base=policy.points.base.points))
        entries = sorted(ledger.entries, key=lambda one: (one.on, one.at), reverse=True)
        self.query_one(Table).show([_row(entry, policy) for entry in entries])


def _columns() -> list[Column]:
    return [
        Column("on", t("desk.points_on"), 10),
        Column("rule", t("desk.points_rule"), 20),
        Column("points", t("desk.points_points"), 6, align="right"),
        Column("fine", t("desk.points_fine"), 8, align="right"),
        Column("by", t("desk.points_by"), 8, drop=1),
        Column("state", t("desk.points_state"), 9),
        Column("note", t("desk.points_note"), 8, grows=True),
    ]


def _row(entry: LedgerEntry, policy: Policy) -> Row:
    rule = policy.rules.get(entry.rule)
    style = "muted" if entry.state == "withdrawn" else "alert" if entry.points < 0 else "good"
    return Row(
        entry.id,
        {
            "on": f"{entry.on:%Y-%m-%d}",
            "rule": rule.title.of(language()) if rule else entry.rule,
            "points": (f"{entry.points:+d}", style),
            "fine": yuan(-entry.fen) if entry.fen else "",
            "by": entry.by,
            "state": t(f"desk.state_{entry.state}"),
            "note": entry.note,
        },
    )
