"""Opens the book for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_tui.book import Book
from agent_tui.commands import output
from agent_tui.commands.context import Context


@contextmanager
def opened(context: Context, *, tells_sync: bool = False) -> Iterator[Book]:
    """The book of the home, closed afterwards. Raises Problem where there is no team yet.

    Why nothing that is written here counts in the team any more is said each time: what this machine alone counts is in
    its figures. `tells_sync`: the command says how the sync stands, and so that too.
    """
    book = Book.open(context.home, context.clock)
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
