"""Bars made of characters: of blocks, or of ASCII for consoles whose blocks are two cells wide."""

from collections.abc import Sequence

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
