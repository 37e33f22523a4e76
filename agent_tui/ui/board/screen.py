"""The board: one row an agent, the team's totals, the age of every figure; it updates by itself."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import ClassVar, TypeVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer

from agent_tui.book import Book, Change
from agent_tui.book.figures.overview import Detail
from agent_tui.i18n import t
from agent_tui.ui.board import rows
from agent_tui.ui.board.acting import ActingPage
from agent_tui.ui.board.commands import first_to_go, spare
from agent_tui.ui.board.doing.writing import Who
from agent_tui.ui.board.marks import Marks, marks_of
from agent_tui.ui.board.totals import totals_line
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.kit.background import Reading
from agent_tui.ui.kit.bars import columns as hour_columns
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged
from agent_tui.ui.kit.named_keys import pressable
from agent_tui.ui.kit.page import Plain, hinted
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Row, Table
from agent_tui.ui.kit.text import line, spread, width
from agent_tui.ui.kit.when import moment
from agent_tui.ui.kit.window import too_small
from agent_tui.views import DayView, TeamView
from agent_tui.words import team_words
from shared_rules.weeks import Phase

HOLD_S = 2.0
"""For so long after a key no row moves."""

Name = TypeVar("Name", bound=str)

_TICK_S = 2.0
_READ_EVERY_S = 20.0
_AT_MOST_EVERY_S = 0.25
_WIDE = 120
_BESIDE_ORDER = ("board.charts", "ui.help")
"""The commands shown beside the order of the rows when the hint line has no room for them."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reading brings: the team as it was at a time."""

    view: TeamView
    at: datetime
    phases: dict[str, Phase | None]
    here: str | None
    """Whose desk this machine is, in a team of one."""


class BoardScreen(ActingPage):
    """The team's day. Digits act on the row of the cursor, which stays on its agent whatever moves."""

    scope = "board"
    CSS = """
    BoardScreen Table { margin: 0 1; }
    BoardScreen StatusLine { height: auto; max-height: 3; text-wrap: wrap; text-overflow: fold; }
    BoardScreen #totals { padding: 0 1; height: 1; }
    BoardScreen #none { padding: 1 2; height: 1fr; color: $text-muted; }
    BoardScreen #why { height: 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board")

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self._view: TeamView | None = None
        self._phases: dict[str, Phase | None] = {}
        self._here: str | None = None
        self._marks = Marks()
        self._read_at = 0.0
        self._seen_at = book.now()
        self._held_until = 0.0
        self._shown: list[str] = []
        self._news: deque[Change] = deque()
        self._details: dict[str, Detail] = {}
        self._later: Timer | None = None
        self._reading = Reading(self, self._team, self._take, self.refused)
        # Read after the figures, which should be seen at once: it looks at every call.
        self._marking = Reading(self, self._mark, self._take_marks, self.refused)
        self._looking = Reading(self, self._look, self._take_details, self.refused)
        self._order: rows.Order = _one_of(book.machine.setting("board.order"), rows.ORDERS)
        self._filter: rows.Filter = _one_of(book.machine.setting("board.filter"), rows.FILTERS)

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        yield Plain(id="totals")
        yield Table(rows.columns(), id="agents")
        yield Plain(id="none")
        with Vertical(id="why", classes="panel"):
            yield Plain(id="reasons")
        yield StatusLine()
        yield HintLine(self.scope, first_to_go=first_to_go(self.scope), spare=spare(self.scope))

    def on_mount(self) -> None:
        self._unsubscribe = self.book.subscribe(self._tell)
        self.query_one(Table).focus()
        self.set_interval(_TICK_S, self._tick)
        self.query_one(Table).display = self.query_one("#why").display = False
        self.query_one("#none", Plain).show(t("board.reading"))
        self._read()

    def on_unmount(self) -> None:
        self._unsubscribe()

    # ---- from the book ----

    def _tell(self, change: Change) -> None:
        """Called from any thread."""
        self._news.append(change)
        self.post_message(BookChanged())

    def on_book_changed(self) -> None:
        wait = self._read_at + _AT_MOST_EVERY_S - monotonic()
        if wait <= 0:
            self._read()
        elif self._later is None:
            self._later = self.set_timer(wait, self._read)

    def _read(self) -> None:
        self._later = None
        self._read_at = monotonic()
        self._reading.ask()

    def _team(self) -> _Read:
        """Off the event loop: the first look at a month folds it."""
        day = self.book.today()
        self.book.load_month(day)
        view = self.book.team(day, money=False)
        phases = {one.agent: self.book.read.phase(one.agent, day) for one in view.agents}
        me = self.book.identity
        return _Read(view, self.book.now(), phases, me.agent if me.solo else None)

    def _mark(self) -> Marks:
        return marks_of(self.book, self.book.today())

    def _take_marks(self, marks: Marks) -> None:
        self._marks = marks
        self._draw()

    def _take(self, read: _Read) -> None:
        while self._news:
            for agent, _ in self._news.popleft().days:
                self._details.pop(agent, None)
        if self._view is not None and self._view.day != read.view.day:
            self._details.clear()
        filled = bool(self._shown)
        self._view, self._seen_at, self._phases = read.view, read.at, read.phases
        self._here = read.here
        self.has_read()
        self._draw()
        if filled != bool(self._shown):
            self.query_one(HintLine).refresh()
        self._marking.ask()
        self._look_closer()

    @property
    def unread(self) -> bool:
        """Whether the team is not known yet."""
        return self._view is None

    @property
    def settled(self) -> bool:
        """Whether it shows all that it knows of."""
        return self._view is not None and not (
            self._reading.busy or self._marking.busy or self._looking.busy or self._later
        )

    def _tick(self) -> None:
        """Ages grow by themselves; dues grow by the minute."""
        if self.is_current and self._view is not None:
            if monotonic() - self._read_at > _READ_EVERY_S:
                self._read()
            else:
                self._draw()

    def _look_closer(self) -> None:
        """If there is room for it, read the details of those agents whose details are not known."""
        if self._view is not None and self.size.width >= _WIDE and self._unknown():
            self._looking.ask()

    def _unknown(self) -> list[str]:
        return [agent.agent for agent in self._view.agents if agent.agent not in self._details] if self._view else []

    def _look(self) -> dict[str, Detail]:
        day = self.book.today()
        return {agent: self.book.overview.detail(agent, day) for agent in self._unknown()}

    def _take_details(self, found: dict[str, Detail]) -> None:
        self._details.update(found)
        self._draw()

    # ---- drawing ----

    def _ages(self) -> dict[str, int | None]:
        assert self._view is not None
        passed = max(0, int((self.book.now() - self._seen_at).total_seconds()))
        ages = {
            agent.agent: None if agent.data_age_s is None else agent.data_age_s + passed for agent in self._view.agents
        }
        if self._here is not None:
            ages[self._here] = 0
        return ages

    def _draw(self) -> None:
        view = self._view
        if view is None:
            return
        ages = self._ages()
        agents = rows.arranged(view.agents, ages, self._order, self._filter, self._marks.words)
        if monotonic() < self._held_until or not self.is_current:
            agents = rows.kept(self._shown, agents)
        self._shown = [agent.agent for agent in agents]
        table = self.query_one(Table)
        table.set_gap(1 if self.size.width < _WIDE else 2)
        room, special = table.most_cells("state"), table.most_cells("special")
        table.show([self._row(agent, ages[agent.agent], room, special) for agent in agents])
        table.display = bool(agents)
        none = self.query_one("#none", Plain)
        none.display = not agents
        empty = ("board.empty_filter", "board.filter") if view.agents else ("board.empty", "board.queues")
        none.show(t(empty[0], key=command(empty[1]).label, share=self.book.identity.share or ""))
        self._draw_header(view, ages)
        self._draw_totals(view)
        self._draw_reasons(ages)
        keys = {name: command(f"board.{name}").label for name in ("sort", "filter")}
        shown = {"by": t(f"board.order_{self._order}"), "which": t(f"board.filter_{self._filter}")}
        order = "    ".join([t("board.order", **keys, **shown), *self.query_one(HintLine).left_out(_BESIDE_ORDER)])
        wrong = self.book.upkeep.notes()
        told = t("board.wrong_told", n=len(wrong), key=command("board.wrong").label, first=wrong[0]) if wrong else ""
        self.query_one(StatusLine).rest((told, "$text-warning") if told else order)

    def _row(self, agent: DayView, age_s: int | None, room: int, special_room: int) -> Row:
        found = self._details.get(agent.agent)
        return rows.row(
            agent,
            age_s,
            narrow=not special_room,
            grades=f"{found.a}/{found.b}" if found else "",
            hours=hour_columns(found.hours, ascii=self.ascii) if found else "",
            phase=self._phases.get(agent.agent),
            marks=self._marks.words.get(agent.agent, ()),
            room=room,
            special_room=special_room,
        )

    def _draw_header(self, view: TeamView, ages: dict[str, int | None]) -> None:
        small, now = too_small(*self.size), moment(self.book.now())
        left = small or t("board.people", team=view.team_name, count=len(view.agents))
        text = spread(self.size.width - 2, left, "" if small else now, self._data_text(view, ages))
        self.query_one("#header", Plain).show(text)

    def _data_text(self, view: TeamView, ages: dict[str, int | None]) -> str:
        if offline := rows.offline(self.book.sync_view().offline_since, self.book.now()):
            return offline
        judged = [agent.agent for agent in view.agents if agent.judged]
        if not judged:
            return ""
        oldest = max(judged, key=lambda agent: float("inf") if ages[agent] is None else ages[agent] or 0)
        if ages[oldest] is None:
            return t("board.never_heard", agent=oldest)
        return t("board.oldest", agent=oldest, age=team_words.age(ages[oldest], long=True))

    def _draw_totals(self, view: TeamView) -> None:
        totals = self.query_one("#totals", Plain)
        parts = totals_line(view, self._marks.counts, totals.content_size.width or self.size.width)
        totals.update(pressable(line(*parts)))

    def _draw_reasons(self, ages: dict[str, int | None]) -> None:
        agent = self._current()
        panel = self.query_one("#why")
        panel.display = agent is not None
        if agent is None:
            return
        hinted(panel, f"{agent.agent} {agent.name}", t("board.panel_all"))
        figures = agent.figures
        counts = t(
            "board.panel_counts",
            dials=figures.dials,
            connected=figures.connected,
            complete=figures.complete,
            incomplete=figures.incomplete,
            companies=figures.companies,
        )
        why = rows.reasons(agent, ages[agent.agent], self._marks.told.get(agent.agent, ()))
        room = self.size.width - 4
        while len(why) > 1 and width(" / ".join(why)) > room:
            why.pop()
        self.query_one("#reasons", Plain).show_lines(line(counts), line(" / ".join(why)))

    def _current(self) -> DayView | None:
        key = self.query_one(Table).cursor_key
        if self._view is None or key is None:
            return None
        return next((agent for agent in self._view.agents if agent.agent == key), None)

    # ---- keys ----

    def on_key(self, _: events.Key) -> None:
        self._held_until = monotonic() + HOLD_S

    def on_table_highlighted(self) -> None:
        if self._view is not None:
            self._draw_reasons(self._ages())

    def on_table_selected(self) -> None:
        self.action_open()

    def on_resize(self, _: events.Resize) -> None:
        self._draw()
        self._look_closer()

    def on_table_resized(self) -> None:
        """Cut the words of the rows to the table's room, which is known only once it is laid out."""
        self._draw()

    def on_screen_resume(self, _: events.ScreenResume) -> None:
        self._held_until = monotonic() + HOLD_S
        if self._view is not None:
            self._read()

    def who(self) -> Who | None:
        agent = self._current()
        return Who(agent.agent, agent.name, agent.day) if agent else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open":
            return self.is_mounted and self._current() is not None
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        if (who := self.who()) is not None:
            self.open_day(who)

    def action_charts(self) -> None:
        from agent_tui.ui.board.charts import ChartsScreen  # noqa: PLC0415 - loads when first shown

        self.app.push_screen(ChartsScreen(self.book))

    def action_lists(self) -> None:
        self.open_queue("lists")

    def action_devices(self) -> None:
        self.open_queue("devices")

    def action_export(self) -> None:
        self.open_queue("export")

    @work
    async def action_card(self) -> None:
        from agent_tui.ui.board.doing.guiding import card  # noqa: PLC0415 - an act loads when first done

        await card(self, self.book)

    @work
    async def action_notice(self) -> None:
        from agent_tui.ui.board.doing.guiding import notice  # noqa: PLC0415 - likewise

        await notice(self, self.book)

    def action_wrong(self) -> None:
        from agent_tui.ui.board.wrong import WrongScreen  # noqa: PLC0415 - loads when first shown

        self.app.push_screen(WrongScreen(self.book))

    def action_sort(self) -> None:
        self._order = _after(self._order, rows.ORDERS)
        self.book.machine.set_setting("board.order", self._order)
        self._rearrange()

    def action_filter(self) -> None:
        self._filter = _after(self._filter, rows.FILTERS)
        self.book.machine.set_setting("board.filter", self._filter)
        self._rearrange()

    def _rearrange(self) -> None:
        self._held_until = 0.0
        self._draw()


def _after(name: Name, names: tuple[Name, ...]) -> Name:
    return names[(names.index(name) + 1) % len(names)]


def _one_of(value: object, names: tuple[Name, ...]) -> Name:
    """The name that `value` is; the first one for anything else."""
    return next((name for name in names if name == value), names[0])
