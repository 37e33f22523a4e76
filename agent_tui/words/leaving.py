"""What ending somebody's devices came to, in a line, for the board and the commands alike."""

from datetime import date

from agent_tui.i18n import t
from agent_tui.views import EndView, MemberView


def ended_text(member: MemberView, on: date, end: EndView, *, device: bool) -> str:
    """`on` is the last day that counts; `device`: one machine was ended, and its person stays."""
    who = {"id": member.id, "name": member.name, "on": on}
    if not end.again:
        text = t("cli.ended" if device else "cli.left", writer=member.writer, **who)
        text += t("cli.left_out", records=-end.records) if end.records else ""
    elif not end.changed:
        text = t("cli.left_same", **who)
    elif end.before:
        text = t("cli.left_moved", before=end.before, records=f"{end.records:+}", **who)
    else:
        text = t("cli.end_moved", records=f"{end.records:+}", **who)
    if end.confirmed:
        text += t("cli.left_confirmed", days=t("ui.between").join(map(str, end.confirmed)))
    return text
