"""The entry form on the screen: one widget that draws the form and hands it every key, in their order."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from agent_tui.i18n import language
from agent_tui.ui.commands import commands
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.layout import ROWS, Picture, Verdict, field_at, picture
from agent_tui.ui.kit.page import hinted
from agent_tui.ui.kit.quiet import QUIET_S
from agent_tui.ui.kit.text import safe, width

_STYLES = (
    "label", "label--focus", "value", "value--known", "value--focus", "value--selected", "placeholder",
    "hint", "hint--digit", "hint--deaf", "good", "warn", "muted",
)  # fmt: skip
_FORM_ACTION = "form('"


class FormView(Widget, can_focus=True):
    """Draws an EntryForm. One widget takes all keys, so that none overtakes another while the focus moves on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"form--{name}" for name in _STYLES}
    DEFAULT_CSS = f"""
    FormView {{ height: {ROWS + 2}; }}
    FormView > .form--label {{ color: $text-muted; }}
    FormView > .form--label--focus {{ color: $primary; text-style: bold; }}
    FormView > .form--value {{ color: $foreground; text-style: bold; }}
    FormView > .form--value--known {{ color: $foreground; }}
    FormView > .form--value--focus {{ background: $panel; color: $foreground; }}
    FormView > .form--value--selected {{ background: $secondary; color: $text; text-style: bold; }}
    FormView > .form--placeholder {{ color: $text-disabled; }}
    FormView > .form--hint {{ color: $foreground; }}
    FormView > .form--hint--digit {{ color: $accent; text-style: bold; }}
    FormView > .form--hint--deaf {{ color: $text-disabled; }}
    FormView > .form--good {{ color: $text-success; }}
    FormView > .form--warn {{ color: $text-warning; }}
    FormView > .form--muted {{ color: $text-muted; }}
    """

    def __init__(
        self,
        form: EntryForm,
        now: Callable[[], datetime],
        verdict: Callable[[], Verdict | None],
        changed: Callable[[], None],
    ) -> None:
        super().__init__(id="form", classes="panel")
        self.form = form
        self._now = now
        self._verdict = verdict
        self._changed = changed
        self._picture = Picture((), None)
        self._listens: Timer | None = None
        self._titling = False

    # ---- keys ----

    def on_key(self, event: events.Key) -> None:
        if action := _action(event.key):
            self.do(action)
        elif self.form.press(event.key, event.character):
            self._changed()
        else:
            return
        event.stop()
        event.prevent_default()

    def do(self, action: str) -> None:
        """Run one of the form's commands by name."""
        getattr(self.form, action)()
        self._changed()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.form.paste(event.text)
        self._changed()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        target = field_at(self._picture, offset.x, offset.y) if offset else ""
        if target.startswith("digit:"):
            self.form.click(target.removeprefix("digit:"))
        elif target.startswith("match:"):
            self.form.take_match(int(target.removeprefix("match:")))
        elif target:
            self.form.focus(target)
        self._changed()

    # ---- drawing ----

    def draw(self) -> None:
        """Take in how the form stands now."""
        cells = self.content_size.width
        if cells < 1:
            return
        before, self._picture = self._picture, picture(self.form, cells, language(), self._verdict(), self._now())
        if self._picture.cursor and self.has_focus:
            # Where the candidate window of an input method opens.
            self.app.cursor_position = self.content_region.offset + Offset(*self._picture.cursor)
        self._refresh_rows(before)
        if self.form.deaf:
            # What it does not hear yet is dim until then.
            if self._listens:
                self._listens.stop()
            self._listens = self.set_timer(QUIET_S, self.draw)

    def show_titles(self, title: str, keys: str) -> None:
        """What the border says. While a call goes on that changes each second."""
        self._titling = True
        hinted(self, title, keys)
        self._titling = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if self._titling and not regions:
            # Textual has the whole widget drawn for a title; that is the border's two lines.
            offset, size = self.content_offset, self.outer_size
            regions = tuple(Region(-offset.x, y - offset.y, size.width, 1) for y in (0, size.height - 1))
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _refresh_rows(self, before: Picture) -> None:
        """Have those rows drawn that are others than before: a key changes one or two."""
        if len(before.rows) != len(self._picture.rows):
            self.refresh()
            return
        moved = before.cursor != self._picture.cursor
        cursors = {one.cursor[1] for one in (before, self._picture) if moved and one.cursor}
        pairs = enumerate(zip(before.rows, self._picture.rows, strict=True))
        changed = [Region(0, y, self.content_size.width, 1) for y, (old, new) in pairs if old != new or y in cursors]
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        self.draw()

    def on_focus(self) -> None:
        self.draw()

    def render_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        cells = self.content_size.width
        if y >= len(self._picture.rows):
            return Strip.blank(cells, base)
        segments: list[Segment] = []
        at = 0
        for span in self._picture.rows[y]:
            if span.at > at:
                segments.append(Segment(" " * (span.at - at), base))
            segments.append(Segment(span.text, base + self._style(span.style)))
            at = max(at, span.at) + width(span.text)
        strip = Strip(segments).adjust_cell_length(cells, base)
        cursor = self._picture.cursor
        if cursor and cursor[1] == y and self.has_focus and not self.form.line.selected:
            return self._with_cursor(strip, cursor[0], cells)
        return strip

    def _with_cursor(self, strip: Strip, x: int, cells: int) -> Strip:
        line = self.form.line
        under = safe(line.text[line.cursor : line.cursor + 1]) or strip.crop(x, cells).text[:1] or " "
        after = x + width(under)
        style = self._style("value--focus") + Style(reverse=True)
        return Strip([*strip.crop(0, x), Segment(under, style), *strip.crop(after, cells)]).adjust_cell_length(cells)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"form--{name}")


def _action(key: str) -> str:
    """The form's own command under a key; empty where there is none."""
    for command in commands("desk"):
        if key in command.pressed and command.action.startswith(_FORM_ACTION):
            return command.action.removeprefix(_FORM_ACTION).rstrip("')")
    return ""
