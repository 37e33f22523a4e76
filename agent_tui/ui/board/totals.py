"""The board's line of totals: how the team stands, and what waits for the supervisor."""

from collections.abc import Mapping

from agent_tui.i18n import t
from agent_tui.ui.board import rows
from agent_tui.ui.commands import command
from agent_tui.ui.kit.text import width
from agent_tui.views import TeamView


def totals_line(view: TeamView, waiting: Mapping[str, int], cells: int) -> list[str | tuple[str, str]]:
    """The parts of the line. `waiting` counts what waits, by the name of its text.

    Where all of it is wider than `cells`, the paces go, the leads' first, then the leads: they stand in each row too.
    What waits is shown nowhere else; of that the proposals go, which wait longest without harm.
    """
    totals = view.totals
    parts: list[str | tuple[str, str]] = [t("board.total_valid"), (f"{totals.valid:,}/{totals.quota_calls:,}", "bold")]
    parts += [t("board.total_pace"), _styled(rows.signed(totals.gap_calls))]
    parts += [t("board.total_leads"), (f"{totals.leads:,}/{totals.quota_leads:,}", "bold")]
    parts += [t("board.total_pace"), _styled(rows.signed(totals.gap_leads))]
    if totals.must_stay:
        parts.append((t("board.total_stay", count=totals.must_stay), "$text-warning"))
    # What no row is marked with names the key that leads to it.
    key = command("board.queues").label
    waits = {
        name: (t(f"board.total_{name}", key=key, count=count), "$text-warning")
        for name, count in waiting.items()
        if count
    }
    parts += waits.values()
    if view.waiting:
        parts.append((t("board.total_waiting", key=key, count=view.waiting), "$text-warning bold"))
    for spared in (_LEADS_PACE, _CALLS_PACE, _LEADS_WITHOUT_PACES):
        if _cells(parts) > cells:
            del parts[spared]
    if _cells(parts) > cells and "proposals" in waits:
        parts.remove(waits["proposals"])
    return parts


def _cells(parts: list[str | tuple[str, str]]) -> int:
    return sum(width(part if isinstance(part, str) else part[0]) for part in parts)


_CALLS_PACE, _LEADS_PACE, _LEADS_WITHOUT_PACES = slice(2, 4), slice(6, 8), slice(2, 4)


def _styled(cell: str | tuple[str, str]) -> tuple[str, str]:
    text, name = cell if isinstance(cell, tuple) else (cell, "plain")
    return (text, {"alert": "bold $text-error", "good": "bold $text-success"}.get(name, "bold"))
