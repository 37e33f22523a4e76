"""Lead lists: a file is read, its columns are shown and can be told, and what would come of it, before it is taken."""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from agent_tui.book import Book
from agent_tui.book.customers.lists import ListView
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.imports.columns import Layout, find_columns
from agent_tui.imports.lead_list import LeadList, Outcome
from agent_tui.imports.leads import COLUMNS, SECOND, LeadRows
from agent_tui.imports.refused import write_refused
from agent_tui.imports.rows import Row as FileRow
from agent_tui.imports.rows import Table as FileTable
from agent_tui.imports.table import read_table
from agent_tui.ui.commands import bindings
from agent_tui.ui.customers.rows import known_so_far
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, Choose, numbered
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged, LivePage
from agent_tui.ui.kit.page import Plain, hinted, titled
from agent_tui.ui.kit.safe_input import SafeInput
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import line, spread, wrap

_SAMPLES = 3
_REASONS = 3
_AROUND_LISTS = 8
"""The rows of the screen that are not lists while no file is in hand."""
_LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The file in hand: what it holds, the first rows, which column is which, who gets it."""

    path: Path
    table: FileTable
    first: tuple[FileRow, ...]
    places: dict[str, int]
    agents: tuple[str, ...]


class ListsScreen(LivePage):
    """One file at a time; the lists there are stand below while none is in hand."""

    scope = "customers.list"
    CSS = """
    ListsScreen #file { height: 3; }
    ListsScreen #columns { height: 1fr; }
    ListsScreen #outcome { height: 8; }
    ListsScreen #outcome.alone { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("customers.list")

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self._chosen: Chosen | None = None
        self._outcome: Outcome | None = None
        self._lists: list[ListView] = []
        self._said = ""
        self._busy = False

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="file", classes="panel") as panel:
            hinted(panel, t("customers.file"), t("customers.file_hint"))
            yield SafeInput(id="path", select_on_focus=False)
        with Vertical(id="columns", classes="panel"):
            yield Table(_columns(), id="rows")
        with Vertical(id="outcome", classes="panel"):
            yield Plain(id="told")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.listen()
        self.book.customers.start()
        self.query_one(Input).focus()
        self._draw()
        self._count()

    def on_book_changed(self, _: BookChanged) -> None:
        if not self._busy:
            self._count()

    def on_resize(self, _: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def _count(self) -> None:
        """How far the lists are, off the loop."""

        def done(found: list[ListView]) -> None:
            self._lists = found
            self._draw()

        in_background(self, self.book.lists.progress, done, self._failed)

    @property
    def settled(self) -> bool:
        """Whether nothing is being read or imported."""
        return not self._busy

    # ---- the file ----

    def on_input_submitted(self, event: Input.Submitted) -> None:
        name = event.value.strip().strip("\"'")
        if not name or self._busy:
            return
        path = Path(name).expanduser()
        agents = self._chosen.agents if self._chosen else self.book.lists.targets(())

        def read() -> Chosen:
            table = read_table(path)
            first = tuple(islice(table.rows, _SAMPLES))
            return Chosen(path, table, first, _found(path, table), agents)

        def done(chosen: Chosen) -> None:
            self._busy = False
            self._chosen = chosen
            self.query_one(Table).focus()
            self._judge()

        self._begin(t("customers.wait"))
        in_background(self, read, done, self._failed)

    def _judge(self) -> None:
        """What would come of it, off the loop."""
        chosen = self._chosen
        if chosen is None or "phone" not in chosen.places:
            self._draw()
            return
        self._begin(t("customers.judging"))
        in_background(self, lambda: self._list(chosen).judge(lambda *_: None), self._judged, self._failed)

    def _judged(self, outcome: Outcome) -> None:
        self._busy = False
        self._outcome = outcome
        self._draw()

    def _list(self, chosen: Chosen) -> LeadList:
        rows = LeadRows(Layout(chosen.places, len(chosen.table.headings)))
        return LeadList(self.book, chosen.path, chosen.table, rows, chosen.agents)

    def _begin(self, said: str) -> None:
        self._busy, self._outcome, self._said = True, None, said
        self.query_one(StatusLine).hush()
        self._draw()

    def _failed(self, problem: Problem) -> None:
        self._busy = False
        self._draw()
        self.refused(problem)

    # ---- drawing ----

    def _draw(self) -> None:
        if not self.is_attached:
            return
        chosen = self._chosen
        state = known_so_far(self.book.customers)
        self.query_one("#header", Plain).show(
            spread(max(0, self.size.width - 2), t("customers.lists_title"), "", state)
        )
        table = self.query_one(Table)
        table.show([_row(chosen, place) for place in range(len(chosen.table.headings))] if chosen else [])
        titled(self.query_one("#columns"), t("customers.columns", file=chosen.path.name) if chosen else "")
        self.query_one("#columns").display = chosen is not None
        panel = self.query_one("#outcome")
        panel.set_class(chosen is None, "alone")
        titled(panel, t("customers.what_comes") if chosen else t("customers.left_title"))
        told = self.query_one("#told", Plain)
        room = told.content_size.width or self.size.width - 4
        told.show_lines(*(line(part) for row in self._told() for part in wrap(row, room)))
        self.query_one(HintLine).refresh()

    def _told(self) -> list[str]:
        chosen, outcome = self._chosen, self._outcome
        if self._busy:
            return [self._said]
        if chosen is None:
            return self._lists_now()
        if "phone" not in chosen.places:
            return [t("customers.no_phone_yet")]
        if outcome is None:
            return []
        counts = {"read": outcome.read, "imported": outcome.new, "already": outcome.already}
        text = t("imports.dry_line", **counts, refused=len(outcome.refused), other=outcome.other_agent)
        return [
            t("customers.for_whom", agents=t("ui.between").join(map(self.book.members.named, chosen.agents))),
            text,
            *(t("imports.refused_row", line=row.line, reason=reason) for row, reason in outcome.refused[:_REASONS]),
        ]

    def _lists_now(self) -> list[str]:
        """The lists there are, as many as have room."""
        if not self._lists:
            return [t("customers.left_none" if self.book.customers.ready else "customers.wait")]
        rows = [
            t(
                "customers.left_line",
                agent=self.book.members.named(one.agent),
                list=one.name or t("customers.given"),
                left=one.left,
                count=one.count,
            )
            for one in self._lists
        ]
        room = max(2, self.size.height - _AROUND_LISTS)
        return rows if len(rows) <= room else [*rows[: room - 1], t("customers.left_more", n=len(rows) - room + 1)]

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("map", "who", "take"):
            if self._chosen is None or self._busy or self.query_one(Input).has_focus:
                return False
            if action == "take":
                return self._outcome is not None and self._outcome.new > 0
            if action == "who":
                return self.book.identity.supervises
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        if self.query_one(Input).has_focus and event.key == "down" and self._chosen is not None:
            event.stop()
            self.query_one(Table).focus()
        elif self.query_one(Table).has_focus and event.key == "up" and self.query_one(Table).cursor_key == "0":
            event.stop()
            event.prevent_default()
            self.query_one(Input).focus()

    def on_table_selected(self, _: Table.Selected) -> None:
        self.action_map()

    @work
    async def action_map(self) -> None:
        """What the column under the cursor holds."""
        chosen, key = self._chosen, self.query_one(Table).cursor_key
        if chosen is None or key is None or self._busy:
            return
        choices = numbered((Choice(name, t(f"customers.is_{name}")) for name in COLUMNS), "123456789")
        choices.append(Choice(_LEFT_OUT, t("customers.ignored"), digit="0"))
        heading = chosen.table.headings[int(key)]
        now = next((name for name, place in chosen.places.items() if place == int(key)), _LEFT_OUT)
        name = await self.app.push_screen_wait(Choose(t("customers.map_title", heading=heading), choices, at=now))
        if name is None:
            return
        places = {known: place for known, place in chosen.places.items() if place != int(key) and known != name}
        if name != _LEFT_OUT:
            places[name] = int(key)
        self._chosen = replace(chosen, places=places)
        self._judge()

    @work
    async def action_who(self) -> None:
        """Who gets the list."""
        chosen = self._chosen
        if chosen is None:
            return

        def named(text: str) -> list[str]:
            return [part.strip() for part in text.replace(",", ",").replace("、", ",").split(",") if part.strip()]

        def fault(values: dict[str, str]) -> str:
            try:
                self.book.lists.targets(named(values["agents"]))
            except Problem as problem:
                return str(problem)
            return ""

        agents = [one.id for one in self.book.members.all() if one.state == "approved" and one.role == "agent"]
        own = chosen.agents == self.book.lists.targets(())
        blank = Blank("agents", t("customers.who_label"), ", ".join(agents if own else chosen.agents))
        values = await self.app.push_screen_wait(
            Ask(t("customers.who_title"), [blank], fault, hint=t("customers.who_hint"))
        )
        if values is not None:
            self._chosen = replace(chosen, agents=self.book.lists.targets(named(values["agents"])))
            self._judge()

    def action_take(self) -> None:
        chosen = self._chosen
        if chosen is None or self._busy:
            return

        def tell(done: int, whole: int) -> None:
            self.call_later(self._progress, done * 100 // max(1, whole))

        def take() -> tuple[Outcome, Path | Problem | None]:
            outcome = self._list(chosen).take(tell)
            try:
                return outcome, write_refused(chosen.path, chosen.table, outcome.refused) if outcome.refused else None
            except Problem as problem:
                return outcome, problem  # what could be taken was

        def done(result: tuple[Outcome, Path | Problem | None]) -> None:
            outcome, beside = result
            self._busy = False
            self._chosen = self._outcome = None
            self.query_one(Input).value = ""
            self.query_one(Input).focus()
            said = t("customers.imported", count=outcome.new)
            if isinstance(beside, Problem):
                said = f"{said}  {beside}"
            elif beside is not None:
                said = f"{said}  {t('imports.refused_file', file=beside)}"
            self.say(said, "warning" if isinstance(beside, Problem) else "good")
            self._count()

        self._begin(t("customers.importing", done=0))
        in_background(self, take, done, self._failed)

    def _progress(self, done: int) -> None:
        if self._busy:
            self._said = t("customers.importing", done=done)
            self._draw()


def _found(path: Path, table: FileTable) -> dict[str, int]:
    """Which column is which, as far as the headings tell; a person tells the rest."""
    found: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        for name in find_columns(path, [heading], COLUMNS).places:
            found.setdefault(SECOND.get(name, name) if name in found else name, place)
    return found


def _columns() -> list[Column]:
    return [
        Column("heading", t("customers.heading"), 12, grows=True),
        Column("meaning", t("customers.meaning"), 10),
        Column("sample", t("customers.sample"), 24, grows=True),
    ]


def _row(chosen: Chosen, place: int) -> Row:
    name = next((name for name, at in chosen.places.items() if at == place), None)
    samples = (row.cells[place].strip() for row in chosen.first if place < len(row.cells))
    return Row(
        str(place),
        {
            "heading": chosen.table.headings[place],
            "meaning": (t(f"customers.is_{name}"), "good") if name else (t("customers.ignored"), "muted"),
            "sample": (" / ".join(sample for sample in samples if sample), "muted"),
        },
    )
