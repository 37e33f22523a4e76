"""Keys that a text names: a click on one is the key, so that a hand on the mouse needs no other."""

import re

from textual.content import Content
from textual.style import Style

_WHAT_IT_DOES = r"(?:(?!  |[,;)\uff0c\uff1b\uff09]).)*"
_KEY = re.compile(r"(?<![A-Za-z])(?P<key>Enter|Esc|\^[A-Z]|F[1-9]\d?)(?![A-Za-z\d])" + _WHAT_IT_DOES)
_DIGIT = re.compile(r"(?<!\S)(?P<key>\d)(?!\d)" + _WHAT_IT_DOES)


def pressable(text: Content, *, digits: bool = False) -> Content:
    """The text, where each key and what is said of it can be clicked; `digits` where a lone digit is a key too."""
    for pattern in (_DIGIT, _KEY) if digits else (_KEY,):
        for found in pattern.finditer(text.plain):
            key = found["key"].replace("Esc", "escape").replace("^", "ctrl+").lower()
            text = text.stylize(Style.from_meta({"@click": f"app.press({key!r})"}), *found.span())
    return text
