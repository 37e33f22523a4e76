"""A panel that makes its lines for the room it has."""

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget

from agent_tui.ui.desk.panels import Lines
from agent_tui.ui.kit.page import titled
from agent_tui.ui.kit.text import line, lines

Maker = Callable[[int, int], Lines]
"""The lines for a width and a height in cells."""


class Panel(Widget):
    """Shows what `show` was given, made anew at each size; nothing while there is nothing to show."""

    DEFAULT_CSS = "Panel { height: 100%; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self._make: Maker | None = None

    def show(self, title: str, make: Maker | None) -> None:
        """Show lines under a title; without lines the panel goes and leaves its room to the others."""
        self._make = make
        if self.display != (make is not None):
            self.display = make is not None
        titled(self, title)
        self.refresh()

    def render(self) -> Content:
        width, height = self.content_size
        made = self._make(width, height) if self._make and width and height else []
        return lines(*(line(*row) for row in made[:height]))
