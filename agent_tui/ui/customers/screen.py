"""The customers: search while typing, a row each, and beside or below it what is known of the one under the cursor."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from agent_tui.book import Book
from agent_tui.book.customers.file import CustomerFile
from agent_tui.book.customers.table import Known
from agent_tui.i18n import t
from agent_tui.ui.commands import bindings
from agent_tui.ui.customers.calling import call
from agent_tui.ui.customers.file import CustomerScreen
from agent_tui.ui.customers.rows import columns, customer_rows, file_lines, history_rows, key_of, known_so_far
from agent_tui.ui.desk.panel import Panel
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged, LivePage
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.safe_input import SafeInput
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Row, Table
from agent_tui.ui.kit.text import Part, crop, safe, spread, wrap

SHOWN = 100
_LOOK_S = 0.5
_REST_S = 0.15


class CustomersScreen(LivePage):
    """Type to search; the arrows go through what is found."""

    scope = "customers"
    CSS = """
    CustomersScreen #search { height: 3; }
    CustomersScreen #body { height: 1fr; layout: vertical; }
    CustomersScreen #found { height: 1fr; }
    CustomersScreen #about { height: 7; }
    CustomersScreen.-wide #body { layout: horizontal; }
    CustomersScreen.-wide #found { width: 3fr; height: 1fr; }
    CustomersScreen.-wide #about { width: 2fr; height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("customers")

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self._rows: dict[str, Known] = {}
        self._file: CustomerFile | None = None
        self._asked = ""

    @property
    def _everybody(self) -> bool:
        return self.book.identity.supervises

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="search", classes="panel") as panel:
            titled(panel, t("customers.search"), t("customers.search_hint"))
            yield SafeInput(id="query", select_on_focus=False)
        with Horizontal(id="body"):
            with Vertical(id="found", classes="panel"):
                yield Table(columns(everybody=self._everybody), id="rows")
            yield Panel(id="about")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.listen()
        self.book.customers.start()
        self.query_one(Input).focus()
        self.set_interval(_LOOK_S, self._tick)
        self._search()

    def on_book_changed(self, _: BookChanged) -> None:
        self._search()

    def on_resize(self, _: events.Resize) -> None:
        self.call_after_refresh(self._draw_header)

    def _tick(self) -> None:
        """How far the reading is, while the customers are read for the first time."""
        if self.is_current and not self.book.customers.ready:
            self._search()

    # ---- what is found ----

    @property
    def query_text(self) -> str:
        return self.query_one(Input).value

    def on_input_changed(self, _: Input.Changed) -> None:
        self._search()
        self.query_one(Table).to_top()

    def _search(self) -> None:
        index = self.book.customers
        asked = self.query_text
        found = index.search(asked, SHOWN + 1) if asked.strip() else index.table.latest(SHOWN + 1)
        more, found = len(found) > SHOWN, found[:SHOWN]
        self._rows = {key_of(row): row for row in found}
        self.query_one(Table).show(
            customer_rows(found, index, self.book.policy(), self.book.now(), self.book.lists.listed)
        )
        count = t("customers.first", count=SHOWN) if more else t("customers.found", count=len(found))
        titled(self.query_one("#found"), count)
        self._draw_header()
        self._draw_about()
        self.query_one(HintLine).refresh()

    def _draw_header(self) -> None:
        index = self.book.customers
        head = t("customers.title", count=f"{len(index.table):,}")
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", known_so_far(index)))

    # ---- the one under the cursor ----

    @property
    def current(self) -> Known | None:
        """The customer under the cursor."""
        return self._rows.get(self.query_one(Table).cursor_key or "")

    def on_table_highlighted(self, _: Table.Highlighted) -> None:
        self._draw_about()
        self.query_one(HintLine).refresh()

    def _draw_about(self) -> None:
        row = self.current
        panel = self.query_one("#about", Panel)
        if row is None:
            self._file, self._asked = None, ""
            panel.show("", None)
            return
        if self._file is None or self._file.phone != row.phone:
            self._file = None
            panel.show(t("customers.about"), _waiting)
        else:
            panel.show(t("customers.about"), self._about)
        if self._asked != row.phone:
            self._asked = row.phone
            self.set_timer(_REST_S, lambda: self._ask(row.phone))

    def _ask(self, phone: str) -> None:
        """Read the customer off the loop, once the cursor rests on it."""
        if phone != self._asked or not self.is_attached:
            return

        def done(file: CustomerFile) -> None:
            if self._asked == phone:
                self._file = file
                self.query_one("#about", Panel).show(t("customers.about"), self._about)

        in_background(self, lambda: self.book.lists.file(phone), done, self.refused)

    def _about(self, cells: int, rows: int) -> list[tuple[Part, ...]]:
        assert self._file is not None
        policy = self.book.policy()
        lines = file_lines(self._file, policy, self.book.now(), self.book.members.named)
        history = history_rows(self._file, policy, self.book.members.named)[: max(0, rows - len(lines))]
        spare = rows - len(lines) - len(history)
        for text in map(_history, history):
            whole = wrap(text, cells)
            # Where there are lines left it runs on.
            told = whole if len(whole) - 1 <= spare else [crop(text, cells)]
            spare -= len(told) - 1
            lines += [(row,) for row in told]
        return lines

    # ---- keys ----

    def on_key(self, event: events.Key) -> None:
        """The arrows go through what is found also while one types."""
        if self.query_one(Input).has_focus and event.key in ("down", "pagedown"):
            event.stop()
            self.query_one(Table).focus()
        elif self.query_one(Table).has_focus and event.key == "up" and self._at_top():
            event.stop()
            event.prevent_default()
            self.query_one(Input).focus()

    def _at_top(self) -> bool:
        table = self.query_one(Table)
        return not table.rows or table.cursor_key == table.rows[0].key

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("open", "call") and (not self.is_mounted or self.current is None):
            return False
        if action == "call":
            return self.app.check_action("desk", ()) is True and not self.query_one(Input).has_focus
        return super().check_action(action, parameters)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        self.action_open()

    def on_table_selected(self, _: Table.Selected) -> None:
        self.action_open()

    def action_open(self) -> None:
        if row := self.current:
            self.app.push_screen(CustomerScreen(self.book, row.phone))

    def action_call(self) -> None:
        if row := self.current:
            call(self, row.phone, row.extension)

    def action_lists(self) -> None:
        from agent_tui.ui.customers.lists import ListsScreen  # noqa: PLC0415 - only who opens it

        self.app.push_screen(ListsScreen(self.book))


def _waiting(_: int, __: int) -> list[tuple[Part, ...]]:
    return [((t("customers.wait"), "$text-muted"),)]


def _history(row: Row) -> str:
    cells = (row.cells.get(name, "") for name in ("when", "what", "counts", "text"))
    texts = (cell if isinstance(cell, str) else cell[0] for cell in cells)
    return "  ".join(safe(text) for text in texts if text)
