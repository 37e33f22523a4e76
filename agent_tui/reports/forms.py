"""The handbook's two forms: 电话销售日报表, one row an agent and day, and 客户记录日报表, one row a record."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.reports.scope import Scope
from agent_tui.reports.sheets import Cell, Column, Kind, Sheet
from agent_tui.views import CallView, DayView
from agent_tui.words.team_words import away
from agent_tui.words.titles import outcome_title
from shared_rules.phones import typed_phone
from shared_rules.policies.policy import Policy

_DAILY: tuple[tuple[str, Kind, int], ...] = (
    ("day", "day", 11),
    ("agent", "text", 8),
    ("name", "text", 12),
    ("dials", "number", 7),
    ("connected", "number", 7),
    ("complete", "number", 7),
    ("valid", "number", 9),
    ("leads", "number", 9),
    ("companies", "number", 7),
    ("quota_calls", "number", 9),
    ("quota_leads", "number", 9),
    ("missing_calls", "number", 8),
    ("missing_leads", "number", 8),
    ("points", "number", 9),
    ("state", "text", 16),
)
_RECORDS: tuple[tuple[str, Kind, int], ...] = (
    ("day", "day", 11),
    ("time", "time", 9),
    ("agent", "text", 8),
    ("name", "text", 12),
    ("company", "text", 28),
    ("contact", "text", 10),
    ("title", "text", 12),
    ("department", "text", 10),
    ("phone", "text", 16),
    ("headcount", "text", 9),
    ("it_status", "text", 11),
    ("outcome", "text", 10),
    ("interest", "text", 9),
    ("grade", "text", 8),
    ("note", "text", 36),
    ("follow_up", "moment", 16),
    ("counts_valid", "text", 9),
    ("counts_lead", "text", 9),
    ("lacks", "text", 16),
)


def headed(columns: Iterable[tuple[str, Kind, int]]) -> tuple[Column, ...]:
    """Columns with their headings in the language in use."""
    return tuple(Column(t(f"reports.head_{key}"), kind, width) for key, kind, width in columns)


def daily(scope: Scope, views: Sequence[DayView], book: Book, team: str) -> Sheet:
    """The daily form of these days, with totals; in that of 家数 an agent's company of several days counts once."""
    points = _points(book, views) if book.policy().money.mode != "off" else None
    sheet = Sheet(t("reports.daily"), t("reports.title", form=t("reports.daily"), team=team, what=scope.name), ())
    sheet.columns = headed(_DAILY)
    sheet.rows = [
        _day_row(view, points.get((view.agent, view.day), 0) if points is not None else None) for view in views
    ]
    first = _DAILY.index(("dials", "number", 7))
    last = _DAILY.index(("points", "number", 9))
    sums: list[Cell] = [
        sum(cell for row in sheet.rows if isinstance(cell := row[place], int)) for place in range(first, last + 1)
    ]
    days: dict[str, list[date]] = {}
    for view in views:
        days.setdefault(view.agent, []).append(view.day)
    place = _DAILY.index(("companies", "number", 7)) - first
    sums[place] = sum(book.read.companies(agent, of_agent) for agent, of_agent in days.items())
    # The quota of a day off is shown, and nothing of it is due.
    due = [view.quota for view in views if view.quota and view.judged and view.workday]
    place = _DAILY.index(("quota_calls", "number", 9)) - first
    sums[place : place + 2] = [sum(quota.calls for quota in due), sum(quota.leads for quota in due)]
    if points is None:
        sums[-1] = None
    sheet.totals = [None, None, t("reports.total"), *sums, None]
    return sheet


def _day_row(view: DayView, points: int | None) -> list[Cell]:
    figures, quota = view.figures, view.quota
    due = quota if view.judged and view.workday else None
    return [
        view.day,
        view.agent,
        view.name,
        figures.dials,
        figures.connected,
        figures.complete,
        figures.valid,
        figures.leads,
        figures.companies,
        quota.calls if quota else None,
        quota.leads if quota else None,
        max(0, due.calls - figures.valid) if due else 0,
        max(0, due.leads - figures.leads) if due else 0,
        points,
        _state(view),
    ]


def _state(view: DayView) -> str:
    if not view.judged:
        return t("reports.state_unjudged")
    words = [t(f"reports.state_{view.state}")]
    if view.beside:
        words.append(t("reports.state_beside", n=view.beside))
    if view.excused:
        words.append(t("reports.state_excused"))
    if not view.workday:
        words.append(t("reports.state_day_off"))
    if view.new_hire_day:
        words.append(t("reports.state_new", day=view.new_hire_day))
    words += [t(f"reports.state_{name}", minutes=minutes) for name, minutes in away(view)]
    return t("ui.between").join(words)


def _points(book: Book, views: Iterable[DayView]) -> dict[tuple[str, date], int]:
    """What the standing entries of each agent and day add up to."""
    found: dict[tuple[str, date], int] = {}
    for agent, month in sorted({(view.agent, f"{view.day:%Y-%m}") for view in views}):
        for entry in book.ledger(agent, month).entries:
            if entry.state != "withdrawn":
                found[agent, entry.on] = found.get((agent, entry.on), 0) + entry.points
    return found


def records(scope: Scope, views: Sequence[DayView], book: Book, team: str, tell: Callable[[int, int], None]) -> Sheet:
    """The customer form of these days: every record that was not withdrawn, by day, agent and time."""
    sheet = Sheet(t("reports.records"), t("reports.title", form=t("reports.records"), team=team, what=scope.name), ())
    sheet.columns = headed(_RECORDS)
    for number, view in enumerate(views):
        tell(number, len(views))
        policy = book.policy(view.day)
        for call in reversed(book.calls(view.agent, view.day)):
            if call.why_not != "void":
                sheet.rows.append(_record_row(call, view.name, policy))
    tell(len(views), len(views))
    return sheet


def _clock(at: datetime) -> Cell:
    """The time of day. Of an hour that comes twice, as in autumn, the second has its offset: else the file, imported
    again, would tell another call.
    """
    return at.isoformat(timespec="seconds")[11:] if at.fold else at.time()


def _record_row(call: CallView, name: str, policy: Policy) -> list[Cell]:
    customer = call.customer
    texts: list[Cell] = [t("erase.customer") if call.erased else "", *[""] * 6]
    note = ""
    if customer is not None:
        texts = [
            customer.company,
            customer.contact,
            customer.title,
            customer.department,
            typed_phone(customer.phone, customer.extension),
            customer.headcount,
            customer.it_status,
        ]
        note = customer.note
    return [
        call.day,
        _clock(call.started_at),
        call.agent,
        name,
        *texts,
        outcome_title(policy, call.outcome),
        t(f"reports.interest_{call.interest}") if call.interest else "",
        t(f"reports.grade_{call.grade}") if call.grade else "",
        note,
        call.follow_up,
        t("reports.yes") if call.valid else t("reports.no"),
        t("reports.yes") if call.lead else t("reports.no"),
        t("ui.between").join(t(f"reports.head_{field}") for field in call.missing),
    ]
