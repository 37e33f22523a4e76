"""A chart as lines of text, drawn by plotext: a line over time beside what it is measured by."""

from collections.abc import Sequence

import plotext

from agent_tui.ui.kit.text import fit

_FRAME = str.maketrans("─│┌┐└┘├┤┬┴┼╴╵╶╷", "-|+++++++++----")
_LEAST_CELLS, _LEAST_LINES = 12, 4


def trend(
    labels: Sequence[str], values: Sequence[int], measure: Sequence[int], cells: int, lines: int, *, ascii: bool
) -> list[str]:
    """Values over time as a line, `measure` as a second one, in `lines` lines of `cells`."""
    if cells < _LEAST_CELLS or lines < _LEAST_LINES or not values:
        return []
    _begin(cells, lines)
    places = list(range(len(values)))
    plotext.plot(places, measure, marker="-" if ascii else "dot")
    plotext.plot(places, values, marker="*" if ascii else "braille")
    _scale(max(1, *values, *measure))
    # A label needs room; the last one is of today.
    every = max(1, len(labels) * (max(map(len, labels)) + 1) // max(1, cells - 8) + 1)
    shown = places[::-every][::-1]
    plotext.xticks(shown, [labels[place] for place in shown])
    return _built(cells, ascii=ascii)


def _begin(cells: int, lines: int) -> None:
    # The library draws on one figure of its own; it is used on the event loop alone.
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(cells, lines)


def _scale(top: int) -> None:
    """From 0 to `top`, with whole numbers beside."""
    plotext.ylim(0, top)
    ticks = sorted({0, top // 2, top})
    plotext.yticks(ticks, [str(tick) for tick in ticks])


def _built(cells: int, *, ascii: bool) -> list[str]:
    text = plotext.uncolorize(plotext.build()).rstrip("\n")
    # Before the rows are made safe: without line characters those of the frame would become marks.
    return [fit(row, cells) for row in (text.translate(_FRAME) if ascii else text).split("\n")]
