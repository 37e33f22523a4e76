"""`import leads FILE`: who is to be called, and by whom."""

from pathlib import Path

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.importing import Report, refused_beside, say_refused
from agent_tui.commands.opening import opened
from agent_tui.i18n import t
from agent_tui.imports.lead_list import LeadList
from agent_tui.imports.leads import LeadRows, layout
from agent_tui.imports.table import read_table

# Rows; a shorter list is done before anybody asks.
_SAID_EVERY = 10_000


def import_leads(context: Context) -> int:
    """Import a lead list; exit 0 also when rows were refused."""
    path = Path(context.args.file)
    dry_run: bool = context.args.dry_run
    with opened(context) as book:
        table = read_table(path)
        rows = LeadRows(layout(path, table.headings))
        found = LeadList(book, path, table, rows, book.lists.targets(_named(context.args.assign)))
        outcome = found.judge(_progress) if dry_run else found.take(_progress)
    report = Report(
        read=outcome.read,
        imported=outcome.new,
        already=outcome.already,
        refused=len(outcome.refused),
        other_agent=outcome.other_agent,
        refused_file=None if dry_run else refused_beside(path, table, outcome.refused),
    )

    def human() -> None:
        report.say("imports.dry_line" if dry_run else "imports.outcome_line")
        for agent, count in sorted(outcome.given.items()):
            output.line(t("imports.lead_share", agent=agent, n=count))

    context.show(report.as_dict(), human)
    say_refused(outcome.refused)
    return 0


def _named(text: str | None) -> list[str]:
    parts = (text or "").replace(",", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _progress(done: int, total: int) -> None:
    if not done % _SAID_EVERY:
        output.say(t("imports.done_of", done=done * 100 // total))
