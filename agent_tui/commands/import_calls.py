"""`import calls FILE`: past calls, each once; what cannot be taken goes beside the file with its reason."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.book import Book, CallEntry
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.commands.outcomes import outcome_names
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.imports.calls import CallRows, layout
from agent_tui.imports.table import Row, Table, read_table, write_refused
from shared_rules.phones import parse_phone
from shared_rules.text import plain

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a file, sorted by what becomes of them."""

    entries: list[CallEntry]
    refused: list[tuple[Row, str]]
    others: int


@dataclass(frozen=True, slots=True)
class Report:
    """What `--json` prints; `read` is the sum of the four counts after it."""

    read: int
    imported: int
    already: int
    refused: int
    other_agent: int
    refused_file: str | None


def import_calls(context: Context) -> int:
    """Import the file; exit 0 also when rows were refused."""
    path = Path(context.args.file)
    with opened(context) as book:
        table = read_table(path)
        rows = _sorted(book, table)
        new = _how_many_new(book, rows.entries) if context.args.dry_run else book.log_many(rows.entries)
    beside = None if context.args.dry_run else _refused_beside(path, table, rows.refused)
    report = Report(
        read=len(table.rows),
        imported=new,
        already=len(rows.entries) - new,
        refused=len(rows.refused),
        other_agent=rows.others,
        refused_file=str(beside) if beside else None,
    )
    context.show(asdict(report), lambda: _print(report, context.args.dry_run))
    for row, reason in rows.refused[:_SHOWN]:
        output.say(t("imports.refused_row", line=row.line, reason=reason))
    if len(rows.refused) > _SHOWN:
        output.say(t("imports.refused_more", n=len(rows.refused) - _SHOWN))
    return 0


def _sorted(book: Book, table: Table) -> Sorted:
    identity = book.identity
    reader = CallRows(layout(table.headings), outcome_names(book.policy()), ZoneInfo(identity.zone), book.now())
    entries: list[CallEntry] = []
    refused: list[tuple[Row, str]] = []
    others = 0
    for row in table.rows:
        if reader.agent(row.cells) not in ("", identity.agent):
            others += 1
            continue
        try:
            entries.append(reader.entry(row.cells))
        except Problem as problem:
            refused.append((row, str(problem)))
    return Sorted(entries, refused, others)


def _how_many_new(book: Book, entries: Sequence[CallEntry]) -> int:
    """How many of `entries` are neither stored nor in the file twice: a call is known by its start and number."""
    known: dict[date, set[tuple[datetime, str]]] = {}
    new = 0
    for entry in entries:
        assert entry.started_at is not None
        day = entry.started_at.astimezone(ZoneInfo(book.identity.zone)).date()
        if day not in known:
            stored = book.calls(book.identity.agent, day)
            known[day] = {(call.started_at, call.customer.phone) for call in stored if call.customer}
        call = (entry.started_at, _number(entry.phone))
        new += call not in known[day]
        known[day].add(call)
    return new


def _number(text: str) -> str:
    phone = parse_phone(text)
    return phone.e164 if phone else plain(text)


def _refused_beside(path: Path, table: Table, refused: list[tuple[Row, str]]) -> Path | None:
    """The file of refused rows; None when there are none, or when it cannot be written, which is said."""
    if not refused:
        return None
    try:
        return write_refused(path, table, refused)
    except Problem as problem:
        output.say(str(problem))
        return None


def _print(report: Report, dry_run: bool) -> None:
    output.line(
        t(
            "imports.dry_line" if dry_run else "imports.outcome_line",
            read=report.read,
            imported=report.imported,
            already=report.already,
            refused=report.refused,
            other=report.other_agent,
        )
    )
    if report.refused_file:
        output.line(t("imports.refused_file", file=report.refused_file))
