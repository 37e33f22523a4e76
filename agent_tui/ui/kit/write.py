"""A longer text, written on a page of its own over a screen: ^S hands it over, Esc leaves it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from agent_tui.i18n import t
from agent_tui.ui.kit.modal import Modal
from agent_tui.ui.kit.page import Plain, hinted
from agent_tui.ui.kit.text import line, lines


class Write(Modal[str | None]):
    """The text, trimmed; None for Esc. `check` tells a fault in a line, or nothing. The rows `above` stand over it."""

    CSS = """
    Write { align: center middle; background: $background 50%; }
    Write > .box { width: 74; max-width: 98%; height: auto; max-height: 96%; }
    Write TextArea { height: 8; border: none; background: $surface; padding: 0; }
    Write TextArea:focus { border: none; background: $panel; }
    Write #above { color: $text-muted; }
    Write #fault { color: $text-error; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "hand_over", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, title: str, check: Callable[[str], str], *, text: str = "", above: Sequence[str] = ()) -> None:
        super().__init__()
        self._title = title
        self._check = check
        self._text = text
        self._above = above
        self._leaves = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            hinted(box, self._title, t("ui.write_hint"))
            yield Plain(lines(*map(line, self._above)), id="above")
            yield TextArea(self._text, soft_wrap=True, show_line_numbers=False, id="text")
            yield Plain(id="fault")

    def on_text_area_changed(self) -> None:
        self._leaves = False
        hinted(self.query_one(".box"), self._title, t("ui.write_hint"))

    def on_mount(self) -> None:
        self.query_one("#above").display = bool(self._above)
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_hand_over(self) -> None:
        text = self.query_one(TextArea).text.strip()
        if fault := self._check(text):
            self.query_one("#fault", Plain).show(fault)
        else:
            self.dismiss(text)

    def action_leave(self) -> None:
        """Leave; what was written is thrown away by the second Esc: the first may have been for an input method."""
        if self._leaves or self.query_one(TextArea).text.strip() in ("", self._text.strip()):
            self.dismiss(None)
        else:
            self._leaves = True
            hinted(self.query_one(".box"), self._title, t("ui.write_leave"))
