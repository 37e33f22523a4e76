"""Words at the desk can be read in every theme that has colours, also those that stand out or are pale."""

from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from agent_tui.ui import theme
from tests.ui.desk.bench import Hands, at_desk, make_home

_READABLE = 4.5
"""The least contrast of a text, by WCAG 2.1."""


def _light(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pale(
    hands: Hands, system: ColorSystem = ColorSystem.TRUECOLOR, least: float = _READABLE
) -> list[tuple[str, float]]:
    """What is written on the screen with too little contrast, as a terminal with these colours shows it."""
    found = []
    for strip in hands.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if not any(map(str.isalnum, text)) or not style or not style.color or not style.bgcolor:
                continue
            dark, bright = sorted(_light(colour.downgrade(system)) for colour in (style.color, style.bgcolor))
            if (bright + 0.05) / (dark + 0.05) < least:
                found.append((text.strip(), round((bright + 0.05) / (dark + 0.05), 2)))
    return found


@pytest.mark.parametrize("name", [known.name for known in theme.THEMES if known.name != theme.NO_COLOUR])
async def test_every_word_at_the_desk_can_be_read(tmp_path: Path, name: str) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        hands.app.theme = name
        await hands.press(*"13700137000", "enter")
        assert _pale(hands) == [], "also while the result is deaf"
        await hands.press("1", "escape")
        assert _pale(hands) == [], "also what is selected"
        await hands.press("ctrl+l")
        assert _pale(hands) == [], "also the row under the cursor"


@pytest.mark.parametrize("name", [known.name for known in theme.THEMES if known.name != theme.NO_COLOUR])
async def test_every_word_can_be_told_in_a_terminal_of_256_colours(tmp_path: Path, name: str) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        hands.app.theme = name
        await hands.press("ctrl+l")
        assert _pale(hands, ColorSystem.EIGHT_BIT, 3.0) == [], "also the row under the cursor"
