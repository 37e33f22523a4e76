"""The line that says things: it rests on one text and shows a message for a while.

In place of Textual's toasts, which lose wide characters where they cross borders beneath.
"""

from typing import Literal

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from agent_tui.ui.kit.named_keys import pressable
from agent_tui.ui.kit.text import Part, line

Kind = Literal["info", "good", "warning", "error"]

_STYLES: dict[Kind, str] = {
    "info": "$text",
    "good": "$text-success",
    "warning": "$text-warning",
    "error": "$text-error bold",
}
_SECONDS: dict[Kind, float] = {"info": 6.0, "good": 6.0, "warning": 12.0, "error": 30.0}


class StatusLine(Widget):
    """One line, or a few where a screen's style lets it grow.

    `rest` sets what it shows while nothing is said, `say` shows a message and returns to it. A click on a key that it
    names is the key.
    """

    # A run of Hanzi is no word that is moved to the next line, which is not seen.
    DEFAULT_CSS = "StatusLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self) -> None:
        super().__init__(id="status")
        self._rest: Content = Content("")
        self._said: Content | None = None
        self._timer: Timer | None = None
        self.kind: Kind | None = None
        """What kind of message is shown; None while the line rests."""

    def rest(self, *parts: Part) -> None:
        """What the line shows while nothing is said."""
        rest = pressable(line(*parts))
        if not rest.is_same(self._rest):
            self._rest = rest
            self.refresh()

    def say(self, text: str, kind: Kind = "info") -> None:
        """Show `text`; an error longest. The next message takes its place at once."""
        self._said = pressable(line((text, _STYLES[kind])))
        self.kind = kind
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(_SECONDS[kind], self.hush)
        self._draw()

    def hush(self) -> None:
        """Return to the resting text."""
        self._said = self.kind = None
        self._draw()

    def _draw(self) -> None:
        # Where it has one row whatever it says, the screen needs no layout for it.
        self.refresh(layout=self.styles.auto_dimensions)

    @property
    def text(self) -> str:
        """What the line shows now."""
        return (self._rest if self._said is None else self._said).plain

    def render(self) -> Content:
        if self._said is not None:
            return self._said
        # One row, also where a message has more: what has no blank would be moved to the next, which is not seen.
        width = self.content_size.width
        return self._rest.truncate(width) if width else self._rest
