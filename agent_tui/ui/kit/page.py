"""What a full screen is: a header line, a body, a line that says things, the hints."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual._styles_cache import StylesCache
from textual.content import Content
from textual.screen import Screen
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Static

from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ui.commands import commands, with_twins
from agent_tui.ui.kit.in_turn import KeysInTurn
from agent_tui.ui.kit.named_keys import pressable
from agent_tui.ui.kit.status import Kind, StatusLine
from agent_tui.ui.kit.text import Part, line, lines

if TYPE_CHECKING:
    from agent_tui.ui.app import Shell
    from agent_tui.ui.kit.dialogs import Choice


_BURST_S = 0.05
"""While keys that came in a burst are handled, frames are drawn no more often than this."""


class Plain(Static):
    """A text that is shown as it is."""

    def __init__(self, *parts: Part, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(line(*parts), id=id, classes=classes, markup=False)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show a content. If it is shown already, nothing is done, and the screen is not laid out again."""
        shown = self.content
        if not (isinstance(content, Content) and isinstance(shown, Content) and content.is_same(shown)):
            super().update(content, layout=layout)

    def show(self, *parts: Part) -> None:
        """Show one line."""
        self.update(line(*parts))

    def show_lines(self, *rows: Content) -> None:
        """Show several lines."""
        self.update(lines(*rows))


class Page(Screen[None]):
    """A screen of the registry's `scope`; it holds one StatusLine and one HintLine."""

    scope: ClassVar[str]
    _drawn = 0.0
    _told_unread = False

    @property
    def shell(self) -> "Shell":
        """The program that shows it."""
        return cast("Shell", self.app)

    def _on_timer_update(self) -> None:
        # Otherwise keys typed during the start, or over a slow line, would each wait for a frame.
        if isinstance(self.app, KeysInTurn) and self.app.typed_ahead and monotonic() - self._drawn < _BURST_S:
            return
        self._drawn = monotonic()
        super()._on_timer_update()

    @property
    def is_current(self) -> bool:
        """Whether any of it is seen. Textual says so of the screen below the uppermost, also where that covers it, and
        then paints the uppermost anew with each change below.
        """
        if not super().is_current:
            return False
        stack = self.app.screen_stack
        return all(above.styles.background.a < 1 for above in stack[stack.index(self) + 1 :])

    def on_unmount(self) -> None:
        # It holds the last thousand of what widgets drew, a quarter of a megabyte a page, long after they are gone.
        StylesCache.get_inner_outer.cache_clear()

    def say(self, text: str, kind: Kind = "info") -> None:
        """Say something on the status line."""
        self.query_one(StatusLine).say(text, kind)

    def refused(self, problem: Problem) -> None:
        """Say why something was refused."""
        self.say(str(problem), "error")

    def hush(self) -> None:
        """Stop saying what was said last."""
        self.query_one(StatusLine).hush()

    @property
    def unread(self) -> bool:
        """Whether what it is to show is still being read for the first time."""
        return False

    def on_key(self, event: events.Key) -> None:
        """Say of a key that acts on what is not there yet that it did nothing: nobody knows what it would be for."""
        if not self.unread:
            return
        for one in commands(self.scope):
            if event.key in with_twins(one.pressed) and not self.check_action(one.action.removeprefix("screen."), ()):
                self.say(t("ui.unread", key=one.label))
                self._told_unread = True

    def has_read(self) -> None:
        """What it shows is there: what was said of its not being there is over."""
        if self._told_unread:
            self._told_unread = False
            self.hush()

    @property
    def ascii(self) -> bool:
        """Whether to draw with ASCII alone."""
        return bool(getattr(self.app, "ascii", False))

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Redraw the hints when the page comes to the front, as the keys may have changed meanwhile."""
        if not self.stack_updates and not self.CSS:
            # Each widget was styled when it was mounted. Only a screen's own CSS is read after that.
            event.refresh_styles = False
        self.draw_hints()

    def draw_hints(self) -> None:
        """Draw the hint line anew: which keys do something may have changed."""
        for hints in self.query("HintLine"):
            hints.refresh()

    def places(self) -> "list[Choice]":
        """Where on this screen one may jump to, each under a digit."""
        return []

    def go_to(self, place: str | None) -> None:
        """Go to one of `places` by its id; None if the question was left."""

    def leave(self) -> None:
        """Save what is unfinished: the next screen is shown before this one is unmounted."""

    def action_back(self) -> None:
        self.app.pop_screen()


def titled(widget: Widget, title: str, subtitle: str | Content = "") -> None:
    """Set the titles on a panel's border; both are plain text."""
    above, below = line(title) if title else None, line(subtitle) if subtitle else None
    # Textual draws the whole widget anew with each title that is set, also with the one it has.
    if widget.border_title != (above.markup if above else None):
        widget.border_title = above
    if widget.border_subtitle != (below.markup if below else None):
        widget.border_subtitle = below


def hinted(widget: Widget, title: str, hint: str) -> None:
    """Set the titles on the border of what keys act on; below stand those keys, which a click presses."""
    titled(widget, title, pressable(line(hint), digits=True))
