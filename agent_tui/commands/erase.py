"""`erase`: a customer's data removed wherever the team's machines sync."""

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import meet_folder, opened, say_away
from agent_tui.i18n import t


def erase(context: Context) -> int:
    """Erase, in the folder too; say how much spoke of the customer, who has yet to follow, and what stays."""
    with opened(context, tells_sync=True) as book:
        meet_folder(book)
        found = book.erasures.erase(context.args.phone, context.args.reason)
        away = meet_folder(book)
        shared = book.identity.share is not None
    document = {"records": found.records, "waiting": list(found.waiting)}

    def human() -> None:
        output.line(t("erase.done", n=found.records))
        if not found.records:
            output.line(t("erase.none"))
        if shared:
            output.line(t("erase.others"))
        for device in found.waiting:
            output.line("  " + t("erase.waiting", who=device))
        output.line(t("erase.stays"))

    context.show(document, human)
    say_away(away)
    return 0
