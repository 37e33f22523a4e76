"""A table of lines drawn as they are needed: any number of rows, exact cells, a cursor that stays on its row's key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from agent_tui.ui.kit.text import Align, fit, keep_end, width


class Column(msgspec.Struct, frozen=True):
    """A column of `cells` width; the one with `grows` takes what is left. `drop` tells the order in which columns go
    when there is no room: the greatest first, 0 never. A growing column that is `whole` takes what its widest cell
    lacks, and no more, before the others share the rest; of several one that `yields` more comes later. What is aligned
    to the right is a figure: a cut one would be a wrong one, so such a column has at least the cells of its widest.
    """

    key: str
    title: str
    cells: int
    align: Align = "left"
    drop: int = 0
    grows: bool = False
    whole: bool = False
    yields: int = 0


class Row(msgspec.Struct, frozen=True):
    """A row known by `key`. A cell is a text, or a text and the name of a component style (`good`, `alert`, …).
    Of the cells in `ends` the end is kept where there is no room, as of a phone number.
    """

    key: str
    cells: dict[str, str | tuple[str, str]] = msgspec.field(default_factory=dict)
    ends: frozenset[str] = frozenset()


class Table(ScrollView, can_focus=True):
    """Shows rows, under a fixed heading if there is one. Replace all rows with `show`; the cursor stays on its key."""

    DEFAULT_CSS = """
    Table { height: 1fr; overflow-x: hidden; }
    Table > .table--heading { color: $text-muted; text-style: bold; }
    Table > .table--cursor { background: $panel; text-style: bold; }
    Table:focus > .table--cursor { background: $primary-muted; text-style: bold; }
    Table > .table--plain { color: $foreground; }
    Table > .table--muted { color: $text-muted; }
    Table > .table--good { color: $text-success; }
    Table > .table--warn { color: $text-warning; }
    Table > .table--alert { color: $text-error; text-style: bold; }
    Table > .table--bar { color: $primary; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--heading", "table--cursor", "table--plain", "table--muted", "table--good", "table--warn", "table--alert",
        "table--bar",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "select", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row."""

        table: "Table"
        key: str

    @dataclass
    class Selected(Message):
        """Enter or a click on a row."""

        table: "Table"
        key: str

    @dataclass
    class Resized(Message):
        """It has another room: `most_cells` is another."""

        table: "Table"

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        id: str | None = None,
        heading: bool = True,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._widest: dict[str, int] = {}
        # For the width at its front; each row that is drawn asks.
        self._layout: tuple[int, list[tuple[Column, int]]] = (-1, [])
        self._cursor = 0
        self._gap = 1
        self._head = 1 if heading else 0

    # ---- what it shows ----

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows in this order. The cursor stays on its row's key, else on its place."""
        if list(rows) == self._rows:
            return
        before, drawn = self.cursor_key, self._drawn()
        earlier, self._rows = self._rows, list(rows)
        self._places = {row.key: place for place, row in enumerate(self._rows)}
        if before in self._places:
            self._cursor = self._places[before]
        else:
            self._cursor = max(0, min(self._cursor, len(self._rows) - 1))
        self._measure()
        self.virtual_size = Size(self._room.width, len(self._rows) + self._head)
        self._follow()
        if self._drawn() == drawn:
            both = enumerate(zip(earlier, self._rows, strict=True))
            self._refresh_rows([place for place, (old, new) in both if old != new])
        else:
            self.refresh()
        if self.cursor_key and self.cursor_key != before:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns instead."""
        self._columns = tuple(columns)
        self._measure()
        self.refresh()

    def set_gap(self, gap: int) -> None:
        """Leave so many cells between columns."""
        if gap == self._gap:
            return
        self._gap = gap
        self._layout = (-1, [])
        self.refresh()

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown, in order."""
        return self._rows

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor; None without rows."""
        return self._rows[self._cursor].key if self._rows else None

    def move_to(self, key: str) -> None:
        """Put the cursor on the row with `key`, if it is there."""
        if key in self._places:
            self._go(self._places[key])

    def to_top(self) -> None:
        """Put the cursor on the first row and show it, wherever the view was scrolled to."""
        self._go(0)
        self.scroll_to(y=0, animate=False, force=True)

    def visible_columns(self) -> list[Column]:
        """The columns that fit into the present width."""
        shown = list(self._columns)
        room = self._room.width
        while self._needed(shown) > room:
            spare = max(shown, key=lambda column: column.drop)
            if not spare.drop:
                break
            shown.remove(spare)
        return shown

    def most_cells(self, key: str) -> int:
        """The cells that a growing column has where all others take the least they need; 0 for one not shown."""
        shown = self.visible_columns()
        spare = max(0, self._room.width - self._needed(shown))
        return next((self._least(column) + spare for column in shown if column.key == key), 0)

    def cells(self, key: str) -> int:
        """The cells that a column has as it is drawn now; 0 for one not shown."""
        return next((cells for column, cells in self._laid_out() if column.key == key), 0)

    # ---- keys ----

    def action_move(self, by: int) -> None:
        self._go(self._cursor + by)

    def action_page(self, by: int) -> None:
        self._go(self._cursor + by * max(1, self._room.height - 2))

    def action_edge(self, by: int) -> None:
        self._go(0 if by < 0 else len(self._rows) - 1)

    def action_select(self) -> None:
        if self.cursor_key is not None:
            self.post_message(self.Selected(self, self.cursor_key))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._head:
            return
        place = offset.y - self._head + self.scroll_offset.y
        if place < len(self._rows):
            self._go(place)
            self.action_select()

    def on_resize(self) -> None:
        self.virtual_size = Size(self._room.width, len(self._rows) + self._head)
        self._follow()
        self.post_message(self.Resized(self))

    # ---- drawing ----

    @property
    def _room(self) -> Size:
        """What is left beside the scroll bar."""
        return self.scrollable_content_region.size

    def render_line(self, y: int) -> Strip:
        size = self._room.width
        columns = self._laid_out()
        if y < self._head:
            style = self.get_component_rich_style("table--heading")
            text = (" " * self._gap).join(fit(column.title, cells, column.align) for column, cells in columns)
            return Strip([Segment(fit(text, size), style)], size)
        place = y - self._head + self.scroll_offset.y
        base = self.visual_style.rich_style
        if place >= len(self._rows):
            return Strip.blank(size, base)
        at_cursor = self.get_component_rich_style("table--cursor", partial=True) if place == self._cursor else Style()
        segments: list[Segment] = []
        used = 0
        row = self._rows[place]
        for column, cells in self._spilled(row, columns):
            if used:
                segments.append(Segment(" " * self._gap, base + at_cursor))
                used += self._gap
            cell = row.cells.get(column.key, "")
            text, name = cell if isinstance(cell, tuple) else (cell, "plain")
            if column.key in row.ends:
                text = keep_end(text, cells)
            if name == "muted" and place == self._cursor:
                name = "plain"  # on the cursor's ground a terminal of 256 colours shows muted text too pale to be read
            # Not partial: $text-muted is a share of the background's contrast and has no colour by itself.
            style = self.get_component_rich_style(f"table--{name}")
            segments.append(Segment(fit(text, cells, column.align), base + style + at_cursor))
            used += cells
        segments.append(Segment(" " * max(0, size - used), base + at_cursor))
        return Strip(segments).adjust_cell_length(size, base)

    def _laid_out(self) -> list[tuple[Column, int]]:
        """The columns that are shown, each with its cells."""
        if self._layout[0] != self._room.width:
            self._layout = self._room.width, self._lay_out()
        return self._layout[1]

    def _lay_out(self) -> list[tuple[Column, int]]:
        shown = self.visible_columns()
        spare = max(0, self._room.width - self._needed(shown))
        lacks: dict[str, int] = {}
        for column in sorted(shown, key=lambda column: column.yields):
            if column.grows and column.whole:
                lacks[column.key] = min(spare, max(0, self._widest.get(column.key, 0) - column.cells))
                spare -= lacks[column.key]
        growing = [column for column in shown if column.grows and not column.whole]
        out = []
        for column in shown:
            extra = spare // len(growing) if column in growing else lacks.get(column.key, 0)
            if growing and column is growing[0]:
                extra += spare % len(growing)
            out.append((column, self._least(column) + extra))
        return out

    def _measure(self) -> None:
        """Know the widest cell of each column that is to be whole."""
        whole = [column.key for column in self._columns if column.whole or column.align == "right"]
        self._widest = {key: max((width(_text(row, key)) for row in self._rows), default=0) for key in whole}
        self._layout = (-1, [])

    def _spilled(self, row: Row, columns: Sequence[tuple[Column, int]]) -> list[tuple[Column, int]]:
        """The columns as one row has them: a text too long for its column runs on over empty cells beside it."""
        out: list[tuple[Column, int]] = []
        for column, cells in columns:
            if out and not _text(row, column.key):
                last, room = out[-1]
                if width(_text(row, last.key)) > room:
                    out[-1] = last, room + self._gap + cells
                    continue
            out.append((column, cells))
        return out

    def _least(self, column: Column) -> int:
        return max(column.cells, self._widest.get(column.key, 0)) if column.align == "right" else column.cells

    def _needed(self, columns: Sequence[Column]) -> int:
        return sum(map(self._least, columns)) + self._gap * (len(columns) - 1)

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self._rows) - 1))
        if place == self._cursor or not self._rows:
            return
        before, top = self._cursor, self.scroll_offset.y
        self._cursor = place
        self._follow()
        if self.scroll_offset.y == top:
            self._refresh_rows([before, place])
        else:
            self.refresh()
        self.post_message(self.Highlighted(self, self._rows[place].key))

    def _drawn(self) -> object:
        """What every line that is drawn depends on besides its row."""
        return len(self._rows), self._cursor, self.scroll_offset.y, self._laid_out()

    def _refresh_rows(self, places: Sequence[int]) -> None:
        """Draw the lines of these rows anew, and no other."""
        lines = [place - self.scroll_offset.y + self._head for place in places]
        seen = [Region(0, y, self._room.width, 1) for y in lines if self._head <= y < self._room.height]
        if seen:
            self.refresh(*seen)

    def _follow(self) -> None:
        """Scroll so that the cursor's row is seen under the heading."""
        height = self._room.height - self._head
        if height < 1:
            return
        top = self.scroll_offset.y
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, force=True)
        elif self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False, force=True)


def _text(row: Row, key: str) -> str:
    cell = row.cells.get(key, "")
    return cell[0] if isinstance(cell, tuple) else cell
