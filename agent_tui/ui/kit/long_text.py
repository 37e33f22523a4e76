"""A panel for a text that may be longer than its place: it then takes the focus by Tab, and up and down turn it."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from agent_tui.ui.kit.page import Plain
from agent_tui.ui.kit.text import Part, line, wrap

TextRow = str | tuple[str, str]

_FRAME = 2


class LongText(VerticalScroll):
    """`most`: it grows with its text up to that many rows, and is not under `least`; without, its style says how high
    it is.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="panel", can_focus=False)
        self._text = Plain()
        self._rows: list[TextRow] = []
        self._least = self._most = 0

    def compose(self) -> ComposeResult:
        yield self._text

    def show(self, rows: Iterable[TextRow], *, least: int = 0, most: int = 0) -> None:
        """Show all of it: texts, or (text, style)."""
        self._rows, self._least, self._most = list(rows), least, most
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        # The last cell is the scroll bar's. Hidden until now, it has no width yet.
        cells = max(10, (self.content_size.width or self.screen.size.width - _FRAME) - 1)
        found: list[Part] = []
        for row in self._rows:
            text, style = (row, "") if isinstance(row, str) else row
            found += [(part, style) for part in wrap(text, cells)]
        high = self.content_size.height
        if self._most:
            high = max(self._least, min(len(found), self._most))
            self.styles.height = high + _FRAME
        self._text.show_lines(*map(line, found))
        self.can_focus = len(found) > max(1, high)
