"""Bars made of characters: of blocks, or of ASCII for consoles whose blocks are two cells wide."""

from collections.abc import Sequence

from textual.content import Content

from agent_tui.ui.kit.text import line

_RISING = " ▁▂▃▄▅▆▇█"
_RISING_ASCII = " .:-=+*%#"


def bar(done: float, whole: float, cells: int, *, ascii: bool) -> str:
    """A bar of `cells`, filled by the part that `done` is of `whole`; full when there is nothing to do."""
    share = min(1.0, max(0.0, done / whole)) if whole > 0 else 1.0
    full = int(share * cells)
    return ("#" if ascii else "█") * full + ("." if ascii else "░") * (cells - full)


def columns(values: Sequence[float], *, ascii: bool) -> str:
    """One character a value, as high as its part of the greatest; a value above nought never looks like nought."""
    top = max(values, default=0)
    steps = _RISING_ASCII if ascii else _RISING
    return "".join(steps[max(1, round(value / top * 8))] if value > 0 else steps[0] for value in values)


def upright(labels: Sequence[str], values: Sequence[int], cells: int, lines: int, *, ascii: bool) -> list[Content]:
    """Bars of equal width over their labels, in `lines` lines of `cells`; beside them the greatest value and its half.
    Nothing where there is too little room.
    """
    top, high = max(values, default=0), lines - 1
    beside = len(str(top))
    slot = (cells - beside - 1) // max(1, len(values))
    if not top or high < 2 or slot < 2:
        return []
    steps, wide = _RISING_ASCII if ascii else _RISING, max(1, slot - 1)
    full = len(steps) - 1
    heights = [max(1, round(value * high * full / top)) if value > 0 else 0 for value in values]
    rows: list[Content] = []
    for row in range(high):
        below = (high - 1 - row) * full
        mark = str(top) if row == 0 else str(top // 2) if row == high // 2 else ""
        parts = [steps[min(full, max(0, height - below))] * wide for height in heights]
        rows.append(
            line((mark.rjust(beside) + " ", "$text-muted"), ("".join(part.ljust(slot) for part in parts), "$primary"))
        )
    every = 1 if slot > max(map(len, labels)) else 2
    shown = ["" if place % every else label for place, label in enumerate(labels)]
    under = " " * (beside + 1) + "".join(label.rjust(wide).ljust(slot) for label in shown)
    return [*rows, line((under, "$text-muted"))]
