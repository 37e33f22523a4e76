"""`doctor`: what in this terminal, system or share will give trouble, and the mend."""

import os
import shutil
import sys

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.doctor import Finding
from agent_tui.doctor.share import by_share
from agent_tui.doctor.system import by_clock, by_home, by_settings
from agent_tui.doctor.terminal import by_drawing, by_environment, by_size
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.store.home import Home


def doctor(context: Context) -> int:
    """Look at everything; exit 0 whatever is found."""
    found = [
        *_terminal(),
        *by_home(context.home),
        *by_settings(Home(context.home).odds),
        *_here_and_there(context),
    ]
    document = [
        {"area": one.area, "what": one.key, "state": one.state, "text": one.text, "mend": one.mend} for one in found
    ]
    context.show(document, lambda: _print(found))
    return 0


def _terminal() -> list[Finding]:
    found = by_environment(os.environ)
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        found.append(by_size(size.columns, size.lines))
    return found + by_drawing()


def _here_and_there(context: Context) -> list[Finding]:
    """What the records, the clock and the share tell."""
    try:
        if not teams.has_team(context.home):
            return [Finding("share", "no_team", "note")]
        book = Book.open(context.home, context.clock)
    except Problem as problem:
        return [Finding("system", "no_book", "trouble", {"reason": problem})]
    book.sharing.way = context.share
    try:
        book.load_month(book.today())
        newest = max(book.session.folds.heard.get(book.identity.agent, {}).values(), default=None)
        return [
            by_clock(book.now(), newest.astimezone(book.now().tzinfo) if newest else None),
            *by_share(book.sync_view(), Home(context.home).teams()),
        ]
    finally:
        book.close()


def _print(found: list[Finding]) -> None:
    for area in ("terminal", "system", "share"):
        output.line(t(f"doctor.area_{area}"))
        for one in found:
            if one.area == area:
                output.line(f"  {t(f'doctor.state_{one.state}')}  {one.text}")
                if one.mend:
                    output.line(f"        {one.mend}")
    count = sum(one.state == "trouble" for one in found)
    output.line(t("doctor.troubles", count=count) if count else t("doctor.well"))
