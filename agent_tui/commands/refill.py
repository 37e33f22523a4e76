"""`refill`: a wiped share filled again with what this machine's checked copies have of absent writers."""

from agent_tui.book.upkeep.telling import finding_text
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import t


def refill(context: Context) -> int:
    """Put back what is missing, then what this machine itself publishes; say what, and what could not be read or put
    back. Exit 1 where anything was that: the share may lack it still.
    """
    with opened(context) as book:
        done = book.upkeep.refill(context.args.folder)
        found = [*done.lacking, *done.unread]
        unread = [finding_text(book.session.place, one) for one in found]
    counts = {"segments": done.segments, "documents": done.documents, "bytes": done.bytes}
    document = {**counts, "kept": done.kept, "unread": [one.where for one in found]}
    context.show(document, lambda: _print([t("check.refilled", **counts), *unread]))
    if done.kept:
        output.say(t("check.refill_kept", n=done.kept))
    if done.not_synced:
        raise done.not_synced
    return 1 if found else 0


def _print(lines: list[str]) -> None:
    for line in lines:
        output.line(line)
