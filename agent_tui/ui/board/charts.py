"""The team in pictures: valid calls by hour, the way from dial to grade, the month, and who is how far."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid, Vertical
from textual.content import Content

from agent_tui.book import Book
from agent_tui.book.figures.overview import FIRST_HOUR, Funnel, TeamDay
from agent_tui.i18n import t
from agent_tui.ui.board.acting import ActingPage
from agent_tui.ui.board.doing.writing import Who
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.bars import bar, upright
from agent_tui.ui.kit.charts import trend
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import fit, line, spread, width
from agent_tui.ui.kit.when import moment
from agent_tui.views import DayView, TeamView

LEADERBOARD = "board.leaderboard"
"""The setting that shows or hides the leaderboard; shown where it is not set."""

_TICK_S = 20.0
_PANELS = ("hours", "funnel", "trend", "leaders")
_STEPS = ("dials", "connected", "complete", "valid", "leads", "proposed_b", "proposed_a")


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reading brings."""

    team: TeamView
    hours: tuple[int, ...]
    funnel: Funnel
    month: list[TeamDay]


class ChartsScreen(ActingPage, FetchedPage[_Read]):
    """Four panels; the cursor is in the leaderboard, and Enter opens that agent's day."""

    scope = "board.charts"
    CSS = """
    ChartsScreen #grid { grid-size: 2 2; height: 1fr; }
    ChartsScreen #leaders Table { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board.charts")

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self._whole_month = False
        # The days before the one named, looked at once a day: a month's calls are many.
        self._before: tuple[date, Funnel] | None = None

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Grid(id="grid"):
            for name in _PANELS:
                with Vertical(id=name, classes="panel"):
                    if name == "leaders":
                        yield Table(_columns(), id="ranks", heading=False)
                    yield Plain(id=f"{name}-chart")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        for name in _PANELS:
            marked = "_ascii" if name == "trend" and self.ascii else ""
            titled(self.query_one(f"#{name}"), t(f"charts.chart_{name}{marked}"))
        self._title_funnel()
        self.query_one(Table).focus()
        self.query_one(StatusLine).rest((t("charts.chart_rest"), "$text-muted"))
        self.query_one("#hours-chart", Plain).show(t("board.reading"))
        # What is due grows by itself.
        self.set_interval(_TICK_S, self.read)

    def fetch(self) -> _Read:
        today = self.book.today()
        overview = self.book.overview
        month = overview.month(today)
        team = self.book.team(today, money=False)
        details = [overview.detail(one.agent, today) for one in team.agents]
        hours = tuple(map(sum, zip(*(one.hours for one in details), strict=True)))
        return _Read(team, hours, self._funnel_now(today), month)

    def _funnel_now(self, today: date) -> Funnel:
        """Of today, or of the month up to now."""
        overview = self.book.overview
        if not self._whole_month:
            return overview.funnel([today])
        if self._before is None or self._before[0] != today:
            self._before = today, overview.funnel([today.replace(day=number) for number in range(1, today.day)])
        return self._before[1] + overview.funnel([today])

    # ---- drawing ----

    def draw(self, view: _Read) -> None:
        title = f"{view.team.team_name}  {t('charts.chart_title')}"
        self.query_one("#header", Plain).show(spread(self.size.width - 2, title, moment(self.book.now())))
        self._show("hours", self._hours(view))
        self._show("funnel", self._funnel(view.funnel))
        self._show("trend", self._trend(view.month))
        shown = bool(self.book.machine.setting(LEADERBOARD, True))
        self.query_one(Table).display = shown
        self.query_one("#leaders-chart").display = not shown
        self.query_one("#leaders-chart", Plain).show(t("charts.chart_leaders_off"))
        self.query_one(Table).show([self._rank(place, one) for place, one in enumerate(ranked(view.team), 1)])

    def _show(self, name: str, lines: list[Content]) -> None:
        none = [line((t("charts.chart_nothing"), "$text-muted"))]
        self.query_one(f"#{name}-chart", Plain).show_lines(*(lines or none))

    def _room(self, name: str) -> tuple[int, int]:
        size = self.query_one(f"#{name}").content_size
        return size.width, size.height

    def _hours(self, read: _Read) -> list[Content]:
        labels = [str(FIRST_HOUR + place) for place in range(len(read.hours))]
        return upright(labels, read.hours, *self._room("hours"), ascii=self.ascii)

    def _funnel(self, funnel: Funnel) -> list[Content]:
        """A bar a step, with its count and its share of the step before."""
        if not funnel.dials:
            return []
        cells, _ = self._room("funnel")
        titles = [t(f"charts.funnel_{step}") for step in _STEPS]
        room = max(width(title) for title in titles)
        long = max(4, cells - room - 14)
        out, before = [], funnel.dials
        for step, title in zip(_STEPS, titles, strict=True):
            count = getattr(funnel, step)
            drawn = bar(count, funnel.dials, long, ascii=self.ascii).rstrip(".░")
            share = f"{100 * count // before:>3}%" if before and step != "dials" else ""
            out.append(
                line(f"{fit(title, room)} ", (fit(drawn, long), "$primary"), f" {count:>6,} ", (share, "$text-muted"))
            )
            before = count
        return out

    def _trend(self, month: list[TeamDay]) -> list[Content]:
        labels = [f"{one.day.day}" for one in month]
        drawn = trend(
            labels,
            [one.valid for one in month],
            [one.quota_calls for one in month],
            *self._room("trend"),
            ascii=self.ascii,
        )
        return [line(row) for row in drawn]

    def _rank(self, place: int, agent: DayView) -> Row:
        share = pace_share(agent)
        cells = max(4, self._room("leaders")[0] - 30)
        drawn = bar(share, 1.5, cells, ascii=self.ascii)
        return Row(
            agent.agent,
            {
                "place": str(place),
                "agent": agent.agent,
                "name": agent.name,
                "bar": (drawn, "bar"),
                "share": (f"{share * 100:.0f}%", "good" if share >= 1 else "alert"),
            },
        )

    # ---- keys ----

    def who(self) -> Who | None:
        key = self.query_one(Table).cursor_key if self.query_one(Table).display else None
        found = [one for one in self.view.team.agents if one.agent == key] if self.view else []
        return Who(found[0].agent, found[0].name, found[0].day) if found else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open":
            return self.is_mounted and self.who() is not None
        return super().check_action(action, parameters)

    def on_table_selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if (who := self.who()) is not None:
            self.open_day(who)

    def _title_funnel(self) -> None:
        title = t("charts.chart_funnel_month" if self._whole_month else "charts.chart_funnel")
        titled(self.query_one("#funnel"), title)

    def action_period(self) -> None:
        self._whole_month = not self._whole_month
        self._title_funnel()
        self.read()

    def action_leaderboard(self) -> None:
        self.book.machine.set_setting(LEADERBOARD, not self.book.machine.setting(LEADERBOARD, True))
        self.redraw()


def pace_share(agent: DayView) -> float:
    """The valid calls as a share of what is due by now of one's own quota; 1 is on pace."""
    if agent.pace is None or not agent.pace.due_calls:
        return 0.0
    return agent.figures.valid / agent.pace.due_calls


def ranked(team: TeamView) -> list[DayView]:
    """Those of whom something is due, the furthest ahead of their own pace first."""
    due = [one for one in team.agents if one.pace and one.pace.due_calls]
    return sorted(due, key=lambda one: (-pace_share(one), one.agent))


def _columns() -> tuple[Column, ...]:
    return (
        Column("place", "", 3, "right"),
        Column("agent", "", 5),
        Column("name", "", 10),
        Column("bar", "", 4, grows=True),
        Column("share", "", 5, "right"),
    )
