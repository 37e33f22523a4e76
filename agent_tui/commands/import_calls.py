"""`import calls FILE`: past calls, each once; what cannot be taken goes beside the file with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.book import Book, CallEntry
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.importing import Report, refused_beside, say_refused
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.imports.calls import CallRows, layout
from agent_tui.imports.rows import Row, Table
from agent_tui.imports.table import read_table
from agent_tui.words.outcomes import outcome_names


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a file, sorted by what becomes of them."""

    entries: list[CallEntry]
    refused: list[tuple[Row, str]]
    others: int

    @property
    def read(self) -> int:
        return len(self.entries) + len(self.refused) + self.others


def import_calls(context: Context) -> int:
    """Import the file; exit 0 also when rows were refused."""
    path = Path(context.args.file)
    with opened(context) as book:
        table = read_table(path)
        rows = _sorted(book, path, table)
        hired = book.identity.hired
        early = 0 if book.identity.role == "supervisor" else _how_many_before(hired, rows.entries, book.identity.zone)
        new = book.own.how_many_new(rows.entries) if context.args.dry_run else _written(book, rows.entries)
        waiting = [] if context.args.dry_run else _confirmed_before(book, rows.entries)
    report = Report(
        read=rows.read,
        imported=new,
        already=len(rows.entries) - new,
        refused=len(rows.refused),
        other_agent=rows.others,
        refused_file=None if context.args.dry_run else refused_beside(path, table, rows.refused),
    )
    text = "imports.dry_line" if context.args.dry_run else "imports.outcome_line"
    context.show(report.as_dict(), lambda: report.say(text))
    say_refused(rows.refused)
    if early:
        output.say(t("imports.early", n=early, hired=hired))
    if waiting:
        output.say(t("imports.beside", days=t("ui.between").join(map(str, waiting))))
    return 0


def _written(book: Book, entries: list[CallEntry]) -> int:
    """Write the calls; how many were new. Whatever stops it, Ctrl+C or a full disk: how many are in is said."""
    done = 0

    def note(count: int) -> None:
        nonlocal done
        done = count

    try:
        return book.own.log_many(entries, note)
    except (KeyboardInterrupt, Problem):
        if done:
            output.say(t("imports.stopped", n=done))
        raise


def _sorted(book: Book, path: Path, table: Table) -> Sorted:
    identity = book.identity
    outcomes = cache(lambda day: outcome_names(book.policy(day)))
    reader = CallRows(layout(path, table.headings), outcomes, ZoneInfo(identity.zone), book.now())
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


def _confirmed_before(book: Book, entries: Sequence[CallEntry]) -> list[date]:
    """The days of these calls that were confirmed without some of them."""
    zone = ZoneInfo(book.identity.zone)
    days = {entry.started_at.astimezone(zone).date() for entry in entries if entry.started_at}
    return [day for day in sorted(days) if book.day(book.identity.agent, day, money=False).beside]


def _how_many_before(hired: date, entries: Sequence[CallEntry], zone: str) -> int:
    """How many calls are from before a day: they are kept, and do not count."""
    days = [entry.started_at.astimezone(ZoneInfo(zone)).date() for entry in entries if entry.started_at]
    return sum(day < hired for day in days)
