"""An agent's points of a month, entry by entry: rule and clause, evidence, appeal and ruling."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import msgspec
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.i18n import t
from agent_tui.readings import EntryView
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.long_text import LongText, TextRow
from agent_tui.ui.kit.monthly import MonthPage
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import spread
from agent_tui.ui.kit.when import moment
from agent_tui.ui.kit.write import Write
from agent_tui.ui.points.evidence import evidence_text
from agent_tui.views import LedgerEntry, LedgerView
from agent_tui.words.team_words import gap_text
from agent_tui.words.titles import rule_title
from shared_rules.figures import PointsBalance
from shared_rules.money import grouped
from shared_rules.policies.policy import Policy


class Shown(msgspec.Struct, frozen=True):
    """What the page shows of a month. `balance` is that of the present month alone."""

    ledger: LedgerView
    balance: PointsBalance | None
    name: str
    policies: dict[str, Policy]
    """By entry: the policy that judges its day."""
    evidence: dict[str, str]
    """By entry: what it rests on, in words."""
    there: bool
    """Whether the agent was in the team in that month."""


class PointsScreen(MonthPage[Shown]):
    """The ledger of the agent here, or (for a supervisor) of `agent`; ← and → turn the month."""

    scope = "points"
    CSS = """
    PointsScreen #ledger { height: 1fr; }
    PointsScreen #detail { height: 9; }
    PointsScreen #none { padding: 0 0 1 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("points")

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="ledger", classes="panel"):
            yield Plain(id="none")
            yield Table(_columns(fines=True))
        yield LongText(id="detail")
        yield StatusLine()
        yield HintLine(self.scope, spare=("points.rule_on", "points.undo"))

    def fetch(self) -> Shown:
        book, today = self.book, self.book.today()
        ledger = book.ledger(self.agent, self.month)
        view = book.day(self.agent, today)
        return Shown(
            ledger,
            view.points if self.month == self.present else None,
            view.name,
            {entry.id: book.policy(entry.on) for entry in ledger.entries},
            {entry.id: evidence_text(book, entry.evidence) for entry in ledger.entries if entry.evidence},
            bool(ledger.entries) or book.read.owed(self.agent, self.month),
        )

    def draw(self, view: Shown) -> None:
        ledger = view.ledger
        head = f"{t('points.title')}  {ledger.agent} {view.name}"
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", ledger.month))
        ahead = ""
        if view.balance:
            bonus = t("points.to_bonus", count=view.balance.to_bonus)
            ahead = f"{bonus}  {t('points.to_penalty', count=view.balance.to_penalty)}"
        title = t("points.balance", month=ledger.month, balance=ledger.balance) if view.there else ledger.month
        titled(self.query_one("#ledger"), title, ahead)
        none = self.query_one("#none", Plain)
        none.display = not ledger.entries
        part = self.book.policy().points
        opened = t("points.none", base=part.base.points if part else 0)
        none.show(opened if view.there else t("points.not_there", agent=ledger.agent, month=ledger.month))
        entries = sorted(ledger.entries, key=lambda one: (one.on, one.at), reverse=True)
        table = self.query_one(Table)
        table.set_columns(_columns(fines=self.book.policy().money.mode == "estimate"))
        table.show([_row(entry, view.policies[entry.id], self.book.members.name(entry.by)) for entry in entries])
        self._draw_detail()

    def _draw_detail(self) -> None:
        entry = self._current()
        panel = self.query_one("#detail", LongText)
        panel.display = entry is not None
        if entry is not None and self.view is not None:
            policy = self.view.policies[entry.id]
            titled(panel, rule_title(policy, entry.rule))
            panel.show(_about(entry, policy, self.view.evidence.get(entry.id, ""), self.book.members.named))
        turned = panel.display and panel.can_focus
        self.query_one(StatusLine).rest((t("ui.turn_how") if turned else "", "$text-muted"))

    def _current(self) -> LedgerEntry | None:
        key = self.query_one(Table).cursor_key
        entries = self.view.ledger.entries if self.view else ()
        return next((entry for entry in entries if entry.id == key), None)

    def on_table_highlighted(self, _: Table.Highlighted) -> None:
        self._draw_detail()
        self.query_one(HintLine).refresh()

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        entry = self._current() if self.is_mounted else None
        if action == "rule_on":
            return entry is not None and self.book.identity.supervises
        if action == "undo":
            return self.book.identity.supervises
        if action == "appeal":
            return (
                entry is not None
                and self.agent == self.book.identity.agent
                and entry.appeal is None
                and entry.state != "withdrawn"
            )
        return super().check_action(action, parameters)

    @work
    async def action_appeal(self) -> None:
        from agent_tui.ui.board.doing.judging import entry_text  # noqa: PLC0415 - only who appeals

        entry = self._current()
        if entry is None or self.view is None:
            return
        about = entry_text(self.book, EntryView(self.agent, self.view.name, entry))
        above = t("points.appeal_once", day=entry.on, entry=about)
        text = await self.app.push_screen_wait(
            Write(t("points.appeal_title"), lambda text: "" if text else t("points.appeal_empty"), above=[above])
        )
        if text is not None:
            self.act(lambda: self.book.agent.appeal(entry.id, text), t("points.appealed"))

    @work
    async def action_rule_on(self) -> None:
        from agent_tui.ui.board.doing.judging import rule_on  # noqa: PLC0415 - only a supervisor's act

        if (entry := self._current()) is not None and self.view is not None:
            await rule_on(self, self.book, EntryView(self.agent, self.view.name, entry))

    @work
    async def action_undo(self) -> None:
        from agent_tui.ui.board.doing.writing import take_back  # noqa: PLC0415 - likewise

        await take_back(self, self.book)


def _columns(*, fines: bool) -> list[Column]:
    """`fines`: whether the policy shows amounts."""
    return [
        Column("on", t("points.on"), 10),
        Column("rule", t("points.rule"), 20),
        Column("points", t("points.points"), 6, align="right"),
        *([Column("fine", t("points.fine"), 8, align="right")] if fines else []),
        Column("by", t("points.by"), 8, drop=1),
        Column("state", t("points.state"), 9),
        Column("note", t("points.note"), 8, grows=True),
    ]


def _row(entry: LedgerEntry, policy: Policy, by: str) -> Row:
    style = "muted" if entry.state == "withdrawn" else "alert" if entry.points < 0 or entry.fen else "good"
    return Row(
        entry.id,
        {
            "on": f"{entry.on:%Y-%m-%d}",
            "rule": rule_title(policy, entry.rule),
            "points": (gap_text(entry.points), style),
            "fine": grouped(-entry.fen) if entry.fen else "",
            "by": by or entry.by,
            "state": (t(f"points.state_{entry.shown_state}"), "warn" if entry.repeats else "plain"),
            "note": entry.note,
        },
    )


def _about(entry: LedgerEntry, policy: Policy, evidence: str, named: Callable[[str], str]) -> Iterator[TextRow]:
    """All that is known of an entry; the clause of its rule last, which stays the same."""
    yield t("points.entered", by=named(entry.by), at=moment(entry.at), id=entry.id), "$text-muted"
    if entry.repeats:
        yield t("points.repeats", id=entry.repeats), "$text-warning"
    if evidence:
        yield t("points.said", label=t("points.evidence"), text=evidence)
    if entry.note:
        yield t("points.said", label=t("points.note"), text=entry.note)
    for key, said in (("points.appeal_by", entry.appeal), ("points.ruling_by", entry.ruling)):
        if said:
            yield t("points.said", label=t(key, by=named(said.by), at=moment(said.at)), text=said.text)
    if entry.after_lock:
        yield t("points.after_lock"), "$text-warning"
    rule = policy.rules.get(entry.rule)
    if rule and rule.clause:
        yield t("points.said", label=t("points.clause"), text=rule.clause)
