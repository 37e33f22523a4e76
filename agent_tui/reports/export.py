"""A report as a file: which papers belong to a scope, and where they go."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.reports.forms import daily, records
from agent_tui.reports.month import ledger, statements, weeks
from agent_tui.reports.scope import Scope, day_views
from agent_tui.reports.sheets import Sheet
from agent_tui.reports.target import check_target, write_files

Tell = Callable[[str], None]
"""Told in a line how far it is; called often."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was written: the files, and how many rows each sheet has, by its code (`daily`, `records` …)."""

    files: tuple[Path, ...]
    rows: dict[str, int]


def export(book: Book, scope: Scope, to: Path, tell: Tell) -> Report:
    """Write the report to `to`, an .xlsx of all its sheets or a .csv and its neighbours, a table each.

    Slow for a month; reads through the book a day at a time, so that others are served meanwhile. Raises Problem: a
    target that cannot be written, nothing to report; then no file is left or changed.
    """
    check_target(to, book.identity.share)
    sheets = papers(book, scope, tell)
    files = _workbook(book, sheets, to, tell) if to.suffix.lower() == ".xlsx" else _tables(sheets, to)
    write_files(files)
    return Report(tuple(path for path, _ in files), {code: len(sheet.rows) for code, sheet in sheets})


def papers(book: Book, scope: Scope, tell: Tell) -> list[tuple[str, Sheet]]:
    """The sheets of a report, each with its code: the text `reports.<code>` names it. Raises Problem where there is
    nothing.
    """
    team = book.identity.team_name
    views = day_views(book, scope, lambda done, of: tell(t("reports.counting", done=done, of=of)))
    if not views:
        raise Problem("reports.empty", what=scope.name)
    names = {view.agent: view.name for view in views}
    agents = sorted(names)
    found: list[tuple[str, Sheet | None]] = [
        ("daily", daily(scope, views, book, team)),
        ("records", records(scope, views, book, team, lambda done, of: tell(t("reports.reading", done=done, of=of)))),
        ("statement", statements(scope, agents, book, team)),
        ("ledger", ledger(scope, agents, book, team, names)),
        ("weeks", weeks(scope, agents, book, team)),
    ]
    return [(code, sheet) for code, sheet in found if sheet is not None]


def _workbook(book: Book, sheets: list[tuple[str, Sheet]], to: Path, tell: Tell) -> list[tuple[Path, bytes]]:
    from agent_tui.reports.xlsx_file import xlsx_bytes  # noqa: PLC0415 - the library loads where a workbook is made

    rows = sum(len(sheet.lines()) for _, sheet in sheets)
    data = xlsx_bytes(
        [sheet for _, sheet in sheets],
        book.now(),
        t("reports.page"),
        lambda done: tell(t("reports.writing", done=done, of=rows)),
    )
    return [(to, data)]


def _tables(sheets: list[tuple[str, Sheet]], to: Path) -> list[tuple[Path, bytes]]:
    from agent_tui.reports.csv_file import csv_bytes  # noqa: PLC0415 - likewise

    places = {code: to.with_name(f"{to.stem}-{code}{to.suffix}") for code, _ in sheets} | {"daily": to}
    return [(places[code], csv_bytes(sheet)) for code, sheet in sheets]
