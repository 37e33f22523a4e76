"""What is wrong on the share or here, each line by name: what was seen, where, and what still stands."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from agent_tui.i18n import t
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged, LivePage
from agent_tui.ui.kit.page import Plain
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import line, spread, wrap
from agent_tui.ui.kit.when import moment

_MOST = 200


class WrongScreen(LivePage):
    """The lines that `Upkeep.notes` gives; nothing can be done to them here."""

    scope = "board.wrong"
    CSS = """
    WrongScreen VerticalScroll { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board.wrong")

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with VerticalScroll(id="page"):
            yield Plain(id="text")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.listen()
        self.query_one("#page").focus()
        self.query_one(StatusLine).rest((t("board.wrong_rest"), "$text-muted"))
        self._show()

    def on_book_changed(self, _: BookChanged) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        notes = self.book.upkeep.notes()
        room = max(20, self.size.width - 8)
        rows = []
        for note in notes[:_MOST]:
            mark = "- "
            for part in wrap(note, room):
                rows.append(line(mark + part))
                mark = "  "
        if len(notes) > _MOST:
            rows.append(line(t("board.wrong_more", n=len(notes) - _MOST)))
        self.query_one("#text", Plain).show_lines(*(rows or [line((t("board.wrong_none"), "$text-muted"))]))
        title = t("board.wrong_title", n=len(notes))
        self.query_one("#header", Plain).show(spread(self.size.width - 2, title, moment(self.book.now()), ""))
