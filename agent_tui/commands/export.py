"""`export report`: the handbook's two forms and the month's papers as a spreadsheet."""

import sys
from pathlib import Path
from time import monotonic

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import t
from agent_tui.reports.export import Report, export
from agent_tui.reports.scope import of_day, of_month, readable

_TELL_EVERY_S = 1.0


class _Progress:
    """Says how far it is, once a second at most, where somebody looks on."""

    def __init__(self) -> None:
        self._said = monotonic()

    def __call__(self, text: str) -> None:
        if monotonic() - self._said >= _TELL_EVERY_S and sys.stderr.isatty():
            self._said = monotonic()
            output.say(text)


def report(context: Context) -> int:
    """Write a report; say which files."""
    args = context.args
    with opened(context) as book:
        agent = readable(book, args.agent)
        scope = of_month(args.month, agent, book.today()) if args.month else of_day(args.day, agent)
        written = export(book, scope, Path(args.to), _Progress())
    document = {"files": [str(path) for path in written.files], "rows": written.rows}
    context.show(document, lambda: _print(written))
    return 0


def _print(written: Report) -> None:
    for path in written.files:
        output.line(t("reports.written", path=path))
    for code, rows in written.rows.items():
        output.line(t("reports.written_rows", name=t(f"reports.{code}"), rows=rows))
