"""A panel that makes its lines for the room it has, and the four counters of the desk."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget

from agent_tui.ui.desk import panel_lines
from agent_tui.ui.desk.panel_lines import Lines, Moment
from agent_tui.ui.kit.page import titled
from agent_tui.ui.kit.text import line, lines
from agent_tui.views import DayView, LedgerEntry

Maker = Callable[[int, int], Lines]
"""The lines for a width and a height in cells."""


class Panel(Widget):
    """Shows what `show` was given, made anew at each size; nothing while there is nothing to show."""

    DEFAULT_CSS = "Panel { height: 100%; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self._make: Maker | None = None
        self._drawn: Lines = []

    def show(self, title: str, make: Maker | None) -> None:
        """Show lines under a title; without lines the panel goes and leaves its room to the others."""
        self._make = make
        if self.display != (make is not None):
            self.display = make is not None
        titled(self, title)
        if self._made() != self._drawn:
            self.refresh()

    def render(self) -> Content:
        self._drawn = self._made()
        return lines(*(line(*row) for row in self._drawn))

    def _made(self) -> Lines:
        width, height = self.content_size
        return self._make(width, height)[:height] if self._make and width and height else []


def counters(day: DayView, entries: Sequence[LedgerEntry], moment: Moment, *, ascii: bool) -> dict[str, Maker | None]:
    """What each counter shows; None for one whose part the policy lacks."""
    balance, money = day.points, day.estimate
    return {
        "calls": lambda cells, _: panel_lines.progress(day, "calls", moment, cells, ascii=ascii),
        "leads": lambda cells, _: panel_lines.progress(day, "leads", moment, cells, ascii=ascii),
        "points": (lambda cells, rows: panel_lines.points(balance, entries, moment, cells, rows)) if balance else None,
        "estimate": (lambda cells, _: panel_lines.estimate(money, cells)) if money else None,
    }
