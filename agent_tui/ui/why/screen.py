"""A derivation: the arithmetic, the rule with its clause and policy version, the records, who entered and confirmed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import WhyView
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.page import Plain
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import line, spread, wrap
from agent_tui.words import explain


class WhyScreen(FetchedPage[WhyView]):
    """Explains what `id` names: a record, an entry, a figure, a statement line."""

    scope = "why"
    CSS = """
    WhyScreen VerticalScroll { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("why")

    def __init__(self, book: Book, id: str) -> None:
        super().__init__(book)
        self._explained = id

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with VerticalScroll(id="page"):
            yield Plain(id="text")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.query_one("#page").focus()

    def fetch(self) -> WhyView:
        return self.book.read.why(self._explained)

    def draw(self, view: WhyView) -> None:
        cells = max(20, self.size.width - 6)
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), t("why.title"), "", view.why.agent))
        first, *rest = explain.lines(view, self.book.members.named)
        rows = [line((part, "bold $primary")) for part in wrap(first, cells)]
        rows += [line(part) for row in rest for part in wrap(row, cells)]
        self.query_one("#text", Plain).show_lines(*rows)
