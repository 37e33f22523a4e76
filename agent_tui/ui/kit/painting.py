"""A page is painted whole once when it opens, and the one beneath once when it closes.

Textual paints each of them once more a moment later: some five or eight kilobytes that change nothing, which a slow
line shows.
"""

from typing import Self

from textual import events
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget


class PaintedOnce(Screen[None]):
    """When it comes to the front with another size than it had, as when it is new, it is laid out and so painted."""

    _coming = False
    _painted = False

    def _on_screen_resume(self, _: events.ScreenResume) -> None:
        # Textual's own handler of this event follows by itself, and has it painted again right after that.
        self._coming = self.is_attached and self._size != self.app.size

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        super()._refresh_layout(size, scroll)
        self._painted = self._coming and self.is_current and not self.app._batch_count
        self._coming = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not self._painted or regions or layout or recompose:
            # Laid out anew, as after each widget that is mounted, what moved is painted, and only that.
            return super().refresh(*regions, repaint=repaint and not layout, layout=layout, recompose=recompose)
        self._painted = self._repaint_required = False
        return self


class PaintsOnce(App[None]):
    """Lays nothing out anew when a screen is gone: the one beneath has come to the front, and nothing in it changed."""

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        screens = parent is self and all(isinstance(node, Screen) for node in nodes)
        return super()._prune(*nodes, parent=None if screens else parent)
