"""A week at a desk: what was planned and what came of it, the summary with its figures, the supervisor's review."""

from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import Owed, WeekView
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, Choose, Wrong, numbered
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.long_text import LongText
from agent_tui.ui.kit.numbers import whole
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import spread
from agent_tui.ui.kit.when import day_text, moment
from agent_tui.ui.kit.write import Write
from agent_tui.ui.why.screen import WhyScreen
from shared_rules.dates import days_of_week, week_of
from shared_rules.text import plain

_AHEAD_WEEKS = 4
_PANELS = ("plan", "figures", "summary", "review")


class WeekScreen(FetchedPage[WeekView]):
    """A week, the running one first, of the agent here or (for a supervisor) of `agent`; ← and → turn to others."""

    scope = "week"
    CSS = """
    WeekScreen #upper { height: 9; }
    WeekScreen #plan { width: 3fr; }
    WeekScreen #figures { width: 2fr; }
    WeekScreen #summary { height: 2fr; }
    WeekScreen #review { height: 1fr; min-height: 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("week")

    def __init__(self, book: Book, agent: str | None = None, week: str | None = None) -> None:
        super().__init__(book)
        self._agent = agent or book.identity.agent
        self._week = week or week_of(book.today())
        self._owed: Owed | None = None
        """Next week's plan, where it is due and the running week is shown: then that is the plan to write."""

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Horizontal(id="upper"):
            for name in ("plan", "figures"):
                yield LongText(id=name)
        for name in ("summary", "review"):
            yield LongText(id=name)
        yield StatusLine()
        yield HintLine(self.scope)

    def fetch(self) -> WeekView:
        view = self.book.read.week(self._agent, self._week)
        running = self._own and view.week == self.book.read.this_week()
        owed = self.book.read.to_send(self._agent) if running else []
        self._owed = next((one for one in owed if one.what == "plan"), None)
        return view

    def draw(self, view: WeekView) -> None:
        days = f"{view.first:%m-%d} .. {view.last:%m-%d}"
        head = f"{t('week.title')}  {view.agent} {view.name}"
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", f"{view.week}  {days}"))
        titled(self.query_one("#plan"), t("week.plan"), self._plan_state(view))
        titled(self.query_one("#figures"), t("week.figures"))
        state = t(f"week.summary_{view.summary_state}", day=day_text(view.last))
        titled(self.query_one("#summary"), t("week.summary"), state)
        titled(self.query_one("#review"), t("week.review"), self._reviewed(view))
        for name, rows in zip(_PANELS, self._texts(view), strict=True):
            panel = self.query_one(f"#{name}", LongText)
            panel.show(rows)
            if panel.can_focus and self.focused is None and self.is_current:
                panel.focus()
        status = self.query_one(StatusLine)
        if self._owed:
            key = command("week.plan").label
            status.rest((t("week.next_owed", due=moment(self._owed.due), key=key), "$text-warning"))
        else:
            turned = any(panel.can_focus for panel in self.query(LongText))
            status.rest((t("week.turn_how") if turned else "", "$text-muted"))

    def _texts(self, view: WeekView) -> tuple[list[str], list[str], list[str], list[str]]:
        return (
            _plan_rows(view),
            _figure_rows(view),
            [view.summary.text] if view.summary else [t("week.no_summary")],
            [view.review.text or t("week.no_words")] if view.review else [t("week.no_review")],
        )

    def _plan_state(self, view: WeekView) -> str:
        plan = view.plan
        if plan is None:
            if view.plan_due is None:
                return ""
            over = self.book.now() > view.plan_due
            return t("week.plan_was_due" if over else "week.plan_due", at=moment(view.plan_due))
        if plan.approved:
            by = self.book.members.named(plan.by)
            return t("week.plan_changed" if plan.changed_from else "week.plan_approved", by=by)
        return t("week.plan_late" if plan.late else "week.plan_sent", at=moment(plan.sent_at or plan.at))

    def _reviewed(self, view: WeekView) -> str:
        review = view.review
        return t("week.rated", rating=review.rating, by=self.book.members.named(review.by)) if review else ""

    # ---- keys ----

    @property
    def _own(self) -> bool:
        return self._agent == self.book.identity.agent

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "plan":
            approved = view is not None and view.plan is not None and view.plan.approved
            open_ = not approved or self._owed is not None
            return self._own and view is not None and open_ and view.last >= self.book.today()
        if action == "why":
            return bool(self._explained())
        if action == "summary":
            return self._own and view is not None and view.first <= self.book.today()
        if action == "later":
            return self._first + timedelta(weeks=1) <= self.book.today() + timedelta(weeks=_AHEAD_WEEKS)
        return super().check_action(action, parameters)

    @property
    def _first(self) -> date:
        return date.fromisocalendar(int(self._week[:4]), int(self._week[6:]), 1)

    def action_earlier(self) -> None:
        self._turn(-1)

    def action_later(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        self._show(week_of(self._first + timedelta(weeks=by)))

    def _show(self, week: str) -> None:
        self._week = week
        self.view = self._owed = None
        self.set_focus(None)
        for panel in self.query(LongText):
            panel.scroll_home(animate=False)
        self.read()

    @work
    async def action_plan(self) -> None:
        view = self.view
        if view is None:
            return
        week, known = (self._owed.week, None) if self._owed else (view.week, view.plan)
        days = [f"{day:%m-%d}" for day in days_of_week(week)]
        asked = await self.app.push_screen_wait(
            Ask(
                t("week.plan_title", week=week, first=days[0], last=days[-1]),
                [
                    Blank("companies", t("week.companies"), str(known.companies) if known else ""),
                    Blank("grades", t("week.grades"), str(known.grades) if known else ""),
                    Blank("trades", t("week.trades"), known.trades if known else ""),
                    Blank("text", t("week.text"), known.text if known else ""),
                ],
                _plan_fault,
                hint=t("week.plan_hint"),
            )
        )
        if asked is not None:
            if week != self._week:
                self._show(week)
            self.act(
                lambda: self.book.agent.plan(
                    week,
                    companies=_number(asked["companies"]) or 0,
                    grades=_number(asked["grades"]) or 0,
                    trades=asked["trades"],
                    text=asked["text"],
                ),
                t("week.plan_done", week=week),
            )

    def _explained(self) -> dict[str, str]:
        """The records of the week, which have a derivation, by the panel that shows them."""
        view = self.view
        found = {"plan": view.plan, "summary": view.summary, "review": view.review} if view else {}
        return {name: one.id for name, one in found.items() if one is not None}

    @work
    async def action_why(self) -> None:
        found = self._explained()
        choices = numbered(Choice(name, t(f"week.{name}")) for name in found)
        chosen = await self.app.push_screen_wait(Choose(t("week.why_title"), choices)) if len(found) > 1 else None
        if name := chosen or (next(iter(found)) if len(found) == 1 else None):
            self.app.push_screen(WhyScreen(self.book, found[name]))

    @work
    async def action_summary(self) -> None:
        view = self.view
        if view is None:
            return
        figures = _figure_rows(view)
        above = [t("week.summary_above", figures="  ".join(figures[:3])), "  ".join(figures[3:])]
        if view.summary:
            above.append(t("week.summary_replaces", at=f"{view.summary.at:%m-%d %H:%M}"))
        text = await self.app.push_screen_wait(
            Write(
                t("week.summary_title", week=view.week),
                lambda text: "" if text else t("week.summary_empty"),
                text=view.summary.text if view.summary else "",
                above=above,
            )
        )
        if text is not None:
            self.act(lambda: self.book.agent.summary(view.week, text), t("week.summary_done", week=view.week))


def _plan_rows(view: WeekView) -> list[str]:
    plan, figures = view.plan, view.figures
    if plan is None:
        return [t("week.no_plan")]
    made = figures.grades_a + figures.grades_b
    was = plan.changed_from or plan
    companies = t("week.of_companies", made=figures.companies, planned=plan.companies)
    grades = t("week.of_grades", made=made, planned=plan.grades)
    trades = t("week.of_trades", trades=plan.trades or "-")
    rows = [
        _changed(companies, plan.companies, was.companies),
        _changed(grades, plan.grades, was.grades),
        *([_changed(trades, plan.trades, was.trades)] if plan.trades or was.trades else []),
        plan.text,
        t("week.text_was", text=was.text or "-") if was.text != plan.text else "",
    ]
    return [row for row in rows if row]


def _changed(row: str, holds: int | str, was: int | str) -> str:
    """A row of the plan that holds, with what the agent had sent where that was something else."""
    return row if holds == was else t("week.was", row=row, was=was or "-" if isinstance(was, str) else was)


def _figure_rows(view: WeekView) -> list[str]:
    """The week's figures, filled in by the program."""
    figures = view.figures
    return [
        t("week.calls", dials=figures.dials, valid=figures.valid),
        t("week.leads", leads=figures.leads),
        t("week.called", companies=figures.companies),
        t("week.quota_days", made=figures.quota_days, days=figures.workdays),
        t("week.graded", a=figures.grades_a, b=figures.grades_b),
    ]


def _number(text: str) -> int | None:
    """A whole number as typed; None for another text. Nothing typed is 0."""
    text = plain(text)
    if not text:
        return 0
    return whole(text, 0, 9_999_999)


def _plan_fault(values: dict[str, str]) -> str:
    for name in ("companies", "grades"):
        if _number(values[name]) is None:
            return Wrong(t("ui.not_a_number", text=values[name]), name)
    if not any(plain(text) for text in values.values()):
        return t("week.plan_empty")
    return ""
