"""Opens the book for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_tui.book import Book
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.i18n import t


@contextmanager
def opened(context: Context, *, tells_sync: bool = False) -> Iterator[Book]:
    """The book of the home, closed afterwards. Raises Problem where there is no team yet.

    Why nothing that is written here counts in the team any more is said each time: what this machine alone counts is in
    its figures. `tells_sync`: the command says how the sync stands, and so that too.
    """
    book = Book.open(context.home, context.clock)
    book.sharing.way = context.share
    try:
        yield book
        if not tells_sync and (stopped := book.sharing.stopped()):
            output.say("agent-tui: " + stopped)
        for note in book.upkeep.notes():
            output.say(note)
    finally:
        book.close()


def in_zone(time: datetime, zone: str) -> datetime:
    """`time` with an offset: one without it is meant in the team's zone."""
    return time if time.tzinfo else time.replace(tzinfo=ZoneInfo(zone))


def meet_folder(book: Book) -> str | None:
    """Sync a supervisor's machine; why it could not, or why nothing written here counts. Who asks to join stands beside
    the desk and looks there for an answer. Where the folder is away, what this machine knows stands.
    """
    if not book.session.place.supervisor or book.session.place.membership.alone:
        return book.sharing.stopped()
    if error := book.sharing.looked().error:
        return error
    book.sync_once()
    return book.sync_view().error


def say_away(error: str | None) -> None:
    """Say what `meet_folder` gave."""
    if error:
        output.say(t("cli.sync_error", error=error))
