"""The size of the window that the screens are made for."""

from agent_tui.i18n import t

_LEAST_COLUMNS, _LEAST_ROWS = 80, 20


def too_small(columns: int, rows: int) -> str:
    """What is told of a window that cuts fields and keys, or has no room for a row of a list; empty for others."""
    if columns >= _LEAST_COLUMNS and rows >= _LEAST_ROWS:
        return ""
    return t("ui.small", least="80x24")
