"""The talk cards in use: event, objection, reframe, next question, and what came of each beside the calls without."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.long_text import LongText, TextRow
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import spread
from agent_tui.ui.why.screen import WhyScreen
from agent_tui.views import CardView, Uses


class CardsScreen(FetchedPage[list[CardView]]):
    """`mark` takes the card used in the call now going on; None where no call is. `used` is the one marked already."""

    scope = "cards"
    CSS = """
    CardsScreen #cards { height: 1fr; min-height: 5; }
    CardsScreen #card { height: 13; }
    CardsScreen #none { padding: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("cards")

    def __init__(self, book: Book, mark: Callable[[CardView], None] | None = None, used: str = "") -> None:
        super().__init__(book)
        self._mark = mark
        self._used = used

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="cards", classes="panel"):
            yield Plain(t("cards.none"), id="none")
            yield Table(_columns())
        yield LongText(id="card")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def fetch(self) -> list[CardView]:
        return self.book.cards()

    def draw(self, view: list[CardView]) -> None:
        calling = t("cards.on_call") if self._mark else t("cards.no_call")
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), t("cards.title"), "", calling))
        titled(self.query_one("#cards"), t("cards.in_use", count=len(view)))
        self.query_one("#none").display = not view
        self.query_one("#card").display = bool(view)
        self.query_one(Table).show([_row(card, used=self._used in card.versions) for card in view])
        self._draw_card()

    def _draw_card(self) -> None:
        card = self._current()
        if card is None:
            return
        panel, by = self.query_one("#card", LongText), self.book.members.named(card.by)
        titled(panel, card.event, t("cards.since", by=by, day=card.since))
        panel.show(
            [
                *card_rows(card),
                _came_of("cards.with", card.uses),
                (_came_of("cards.without", card.without), "$text-muted"),
            ]
        )
        self.query_one(StatusLine).rest((t("ui.turn_how") if panel.can_focus else "", "$text-muted"))

    def _current(self) -> CardView | None:
        key = self.query_one(Table).cursor_key
        return next((card for card in self.view or () if card.id == key), None)

    def on_table_highlighted(self, _: Table.Highlighted) -> None:
        self._draw_card()

    def on_table_selected(self, _: Table.Selected) -> None:
        self.action_use()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "use":
            return self._mark is not None and bool(self.view)
        if action == "why":
            return bool(self.view)
        return super().check_action(action, parameters)

    def action_why(self) -> None:
        card = self._current()
        if card is not None:
            self.app.push_screen(WhyScreen(self.book, card.id))

    def action_use(self) -> None:
        card = self._current()
        if card is not None and self._mark is not None:
            self.app.pop_screen()
            self._mark(card)


def _columns() -> list[Column]:
    return [
        Column("on", t("cards.on"), 10),
        Column("event", t("cards.event"), 20, grows=True),
        Column("used", t("cards.used"), 6, align="right"),
        Column("share", t("cards.leads"), 7, align="right"),
        Column("without", t("cards.leads_without"), 9, align="right"),
        Column("marked", "", 8),
    ]


def _row(card: CardView, *, used: bool) -> Row:
    return Row(
        card.id,
        {
            "on": f"{card.on}",
            "event": card.event,
            "used": str(card.uses.calls),
            "share": _share(card.uses),
            "without": _share(card.without),
            "marked": (t("cards.marked"), "good") if used else "",
        },
    )


def card_rows(card: CardView) -> list[TextRow]:
    """All that a card says."""
    said = (("objection", card.objection), ("reframe", card.reframe), ("question", card.question))
    return [row for name, text in said for row in ((t(f"cards.{name}"), "bold $primary"), text)]


def _share(uses: Uses) -> str:
    return f"{uses.share:.0%}" if uses.calls else "-"


def _came_of(key: str, uses: Uses) -> str:
    return t(key, calls=uses.calls, leads=uses.leads, share=_share(uses))
