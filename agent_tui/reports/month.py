"""The papers of a month: the statement of each agent, the ledger, and the weekly reviews."""

from collections.abc import Sequence

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import StatementView, WeekView
from agent_tui.reports.forms import headed
from agent_tui.reports.scope import Scope
from agent_tui.reports.sheets import Cell, Kind, Share, Sheet, in_yuan
from agent_tui.views import LedgerEntry
from agent_tui.words.statements import line_title, marks
from agent_tui.words.titles import rule_title
from shared_rules.dates import week_of
from shared_rules.figures import StatementLine

# Of payments the quantity is an amount, and the rate a share.
_PAYMENTS = "pay.payments"
_STATEMENT: tuple[tuple[str, Kind, int], ...] = (
    ("agent", "text", 8),
    ("name", "text", 12),
    ("month", "text", 9),
    ("line", "text", 30),
    ("on", "day", 11),
    ("quantity", "number", 10),
    ("rate", "rate", 10),
    ("amount", "yuan", 12),
    ("rule", "text", 16),
    ("remark", "text", 24),
)
_LEDGER: tuple[tuple[str, Kind, int], ...] = (
    ("day", "day", 11),
    ("agent", "text", 8),
    ("name", "text", 12),
    ("event", "text", 18),
    ("rule", "text", 16),
    ("entry_points", "number", 8),
    ("fine", "yuan", 10),
    ("by", "text", 8),
    ("entry_note", "text", 24),
    ("evidence", "text", 14),
    ("entry_state", "text", 10),
    ("appeal", "text", 24),
    ("ruling", "text", 24),
)
_WEEKS: tuple[tuple[str, Kind, int], ...] = (
    ("week", "text", 10),
    ("agent", "text", 8),
    ("name", "text", 12),
    ("planned_companies", "number", 9),
    ("companies", "number", 9),
    ("planned_grades", "number", 9),
    ("grades_a", "number", 7),
    ("grades_b", "number", 7),
    ("valid", "number", 9),
    ("leads", "number", 9),
    ("quota_days", "number", 9),
    ("workdays", "number", 8),
    ("rating", "number", 7),
    ("review", "text", 30),
    ("summary", "text", 30),
)


def statements(scope: Scope, agents: Sequence[str], book: Book, team: str) -> Sheet | None:
    """Every line of every agent's statement, each agent closed by its total, what may be deducted of it and what is
    left to pay; None where no amounts are shown.
    """
    if scope.month is None or book.policy().money.mode != "estimate":
        return None
    sheet = _sheet("statement", scope, team, _STATEMENT)
    for agent in agents:
        found = book.read.statement(agent, scope.month) if book.read.owed(agent, scope.month) else None
        if found is None:
            continue
        sheet.rows += [_line(found, place) for place in range(len(found.lines))]
        sheet.rows.append(_sum(found, "total", found.total))
        limits = found.limits
        sheet.rows += [_sum(found, name, getattr(limits, name)) for name in ("deductible", "not_deductible", "payable")]
    return sheet if sheet.rows else None


def _line(view: StatementView, place: int) -> list[Cell]:
    shown = view.lines[place]
    line = shown.line
    remark = t("ui.between").join(marks(line, view.doubts))
    return [
        view.agent,
        view.name,
        view.month,
        line_title(shown),
        line.on,
        in_yuan(line.quantity) if line.rule == _PAYMENTS else line.quantity,
        _rate(line),
        in_yuan(line.fen),
        line.cause or line.rule,
        remark,
    ]


def _rate(line: StatementLine) -> Cell:
    """What each is worth in yuan; of payments, the share."""
    return Share(line.rate) if line.rule == _PAYMENTS else line.rate / 100


def _sum(view: StatementView, name: str, fen: int) -> list[Cell]:
    title = t(f"reports.sum_{name}")
    return [view.agent, view.name, view.month, title, None, None, None, in_yuan(fen), "", t("reports.estimate")]


def ledger(scope: Scope, agents: Sequence[str], book: Book, team: str, names: dict[str, str]) -> Sheet | None:
    """Every entry of the month, withdrawn ones too, with the amounts where they are shown; None without any."""
    mode = book.policy().money.mode
    if scope.month is None or mode == "off":
        return None
    columns = [column for column in _LEDGER if mode == "estimate" or column[0] != "fine"]
    sheet = _sheet("ledger", scope, team, columns)
    for agent in agents:
        for entry in book.ledger(agent, scope.month).entries:
            sheet.rows.append(_entry(book, agent, names.get(agent, ""), entry, fines=mode == "estimate"))
    sheet.rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    return sheet if sheet.rows else None


def _entry(book: Book, agent: str, name: str, entry: LedgerEntry, *, fines: bool) -> list[Cell]:
    return [
        entry.on,
        agent,
        name,
        rule_title(book.policy(entry.on), entry.rule),
        entry.rule,
        entry.points,
        *([in_yuan(-entry.fen)] if fines else []),
        book.members.named(entry.by),
        entry.note,
        entry.evidence,
        _state(entry),
        entry.appeal.text if entry.appeal else "",
        entry.ruling.text if entry.ruling else "",
    ]


def _state(entry: LedgerEntry) -> str:
    words = [t(f"reports.entry_{entry.state}"), *([t("reports.entry_repeats")] if entry.repeats else [])]
    return t("ui.between").join(words)


def weeks(scope: Scope, agents: Sequence[str], book: Book, team: str) -> Sheet | None:
    """The weeks of the month, of each agent who is there in it: the plan, what happened, the review, the summary."""
    if scope.month is None:
        return None
    sheet = _sheet("weeks", scope, team, _WEEKS)
    for week in dict.fromkeys(map(week_of, scope.days)):
        sheet.rows += [_week(view) for view in book.read.weeks(week) if view.agent in agents]
    return sheet if sheet.rows else None


def _week(view: WeekView) -> list[Cell]:
    plan, figures, review = view.plan, view.figures, view.review
    return [
        view.week,
        view.agent,
        view.name,
        plan.companies if plan else None,
        figures.companies,
        plan.grades if plan else None,
        figures.grades_a,
        figures.grades_b,
        figures.valid,
        figures.leads,
        figures.quota_days,
        figures.workdays,
        review.rating if review else None,
        review.text if review else "",
        view.summary.text if view.summary else "",
    ]


def _sheet(name: str, scope: Scope, team: str, columns: Sequence[tuple[str, Kind, int]]) -> Sheet:
    form = t(f"reports.{name}")
    return Sheet(form, t("reports.title", form=form, team=team, what=scope.name), headed(columns))
