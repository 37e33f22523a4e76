"""`refill`: a wiped share filled again with what this machine's checked copies have of absent writers."""

from dataclasses import asdict

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import t


def refill(context: Context) -> int:
    """Put back what is missing, then what this machine itself publishes; say what."""
    with opened(context) as book:
        done = book.upkeep.refill(context.args.folder)
    context.show(
        asdict(done),
        lambda: output.line(t("check.refilled", segments=done.segments, documents=done.documents, bytes=done.bytes)),
    )
    if done.kept:
        output.say(t("check.refill_kept", n=done.kept))
    return 0
