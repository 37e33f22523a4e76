"""Text from people, files or the share, made safe to show: never markup, never a control or bidi character.

Widths are terminal cells, never `len`. Whatever a screen shows that was not written in this program goes through
`safe` (a str) or `line` (a Content); Textual never sees a bare str of theirs, which it would read as markup.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len
from textual.content import Content

Align = Literal["left", "right"]
Part = str | tuple[str, str] | Content

MARK = "?"
"""Stands where a character was that must not reach a terminal; one cell wide on every console."""

_MARKS_KEPT = 2
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


_plainly = False


def draw_plainly(on: bool) -> None:
    """Whether to show characters that some consoles draw two cells wide by narrow ones that are close to them."""
    global _plainly  # noqa: PLW0603 - one program draws on one terminal
    _plainly = on


def safe(text: str) -> str:
    """`text` on one line with every control, format, bidi, private or lone surrogate character replaced by MARK.

    Tabs and line ends become blanks. Piles of combining marks are cut at two, variation selectors go: both would make
    a line wider or narrower than `width` says. Drawn plainly, characters of ambiguous width become narrow ones.
    """
    text = _safe(text)
    return _narrow(text) if _plainly and not text.isascii() else text


_NARROW = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "…": ".", "·": ".", "—": "-", "–": "-", "―": "-", "‐": "-",
        "→": ">", "←": "<", "↑": "^", "↓": "v", "×": "x", "÷": "/", "●": "*", "○": "o", "■": "#", "□": "o",
        "★": "*", "☆": "*", "°": "o", "±": "+", "§": "S", "′": "'", "″": '"', "※": "*",
    }
)  # fmt: skip


@lru_cache(maxsize=8192)
def _narrow(text: str) -> str:
    """One character for one, so that no column moves."""
    out = []
    for char in text.translate(_NARROW):
        if unicodedata.east_asian_width(char) == "A" and not unicodedata.combining(char):
            base = unicodedata.normalize("NFD", char)[0]
            out.append(base if base.isascii() else MARK)
        else:
            out.append(char)
    return "".join(out)


@lru_cache(maxsize=8192)
def _safe(text: str) -> str:
    if text.isprintable() and not _VARIATION.search(text) and not _COMBINING.search(text):
        return text
    out: list[str] = []
    marks = 0
    for char in _VARIATION.sub("", text.replace("\r\n", "\n")):
        if unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks <= _MARKS_KEPT:
                out.append(char)
            continue
        marks = 0
        if char in "\t\n\r":
            out.append(" ")
        else:
            out.append(MARK if unicodedata.category(char) in _HIDDEN else char)
    return "".join(out)


def safe_lines(text: str) -> list[str]:
    """The lines of a longer text, each made safe."""
    return [safe(part) for part in re.split("\r\n|\r|\n", text)]


def line(*parts: Part) -> Content:
    """One line of content out of texts, (text, style) pairs and contents. The texts are made safe, never markup."""
    checked = [
        part if isinstance(part, Content) else safe(part) if isinstance(part, str) else (safe(part[0]), part[1])
        for part in parts
    ]
    return Content.assemble(*checked)


def lines(*rows: Content) -> Content:
    """Several lines as one content."""
    return Content("\n").join(rows)


def width(text: str) -> int:
    """The terminal cells that `text` takes."""
    return cell_len(text)


def crop(text: str, cells: int) -> str:
    """As much of the start of `text` as fits in `cells`; never half a wide character."""
    if cell_len(text) <= cells:
        return text
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > cells:
            return text[:index]
    return text


def keep_end(text: str, cells: int) -> str:
    """`text`, made safe, or two dots and as much of its end as fits in `cells`."""
    text = safe(text)
    if cell_len(text) <= cells:
        return text
    while text and cell_len(text) > cells - 2:
        text = text[1:]
    return crop(".." + text, cells)


def fit(text: str, cells: int, align: Align = "left") -> str:
    """`text`, made safe, cropped or padded to exactly `cells`."""
    text = crop(safe(text), cells)
    pad = " " * (cells - cell_len(text))
    return pad + text if align == "right" else text + pad


def spread(cells: int, left: str, middle: str = "", right: str = "") -> str:
    """A line of `cells`: one text at the left, one in the middle, one at the right; what does not fit gives way in the
    order left down to a third of the line, middle, left.
    """
    left, middle, right = safe(left), safe(middle), crop(safe(right), cells)
    room = cells - cell_len(right)
    if middle:
        left = crop(left, max(cells // 3, room - cell_len(middle) - 4))
    left = crop(left, max(0, room - 1))
    start = max(cell_len(left) + 2, min((cells - cell_len(middle)) // 2, room - cell_len(middle) - 2))
    if middle and start + cell_len(middle) + 2 <= room:
        left = left + " " * (start - cell_len(left)) + middle
    return left + " " * (room - cell_len(left)) + right


def wrap(text: str, cells: int) -> list[str]:
    """`text`, made safe, in lines of at most `cells`, broken at blanks where there are any; a row that goes on keeps
    its indent.
    """
    out: list[str] = []
    for row in safe_lines(text):
        rest = row.lstrip(" ")
        indent = " " * min(len(row) - len(rest), cells // 2)
        room = max(cells - len(indent), 2)
        while cell_len(rest) > room:
            head = crop(rest, room)
            blank = head.rfind(" ")
            cut = blank if blank > 0 and rest[len(head)] != " " and rest[len(head)].isascii() else len(head)
            out.append(indent + rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        out.append(indent + rest)
    return out
