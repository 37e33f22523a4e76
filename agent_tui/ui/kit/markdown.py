"""A page of the manual as lines of a given width: headings, lists, tables, `code` and **strong** words.

Textual's own Markdown moves a run of Hanzi to the next line as if it were one word; this one breaks between them.
"""

import re
from collections.abc import Iterable
from unicodedata import category

from textual.content import Content

from agent_tui.ui.kit.text import Part, line, safe, width

_INLINE = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")
_ITEM = re.compile(r"(\s*)([-*]|\d+\.)\s+(.*)")
_NO_START = frozenset(",。;:、?!)》”’…,.;:?!)")
_OPENING, _CLOSING = "(“", ",.;:?!)”"
_CODE_INDENT = "    "
_STRONG, _CODE, _HEAD = "bold", "bold $primary", "bold $accent"

Cell = tuple[str, str]
"""A character and its style."""


def page_lines(markdown: str, cells: int) -> list[Content]:
    """The lines of a page; none is wider than `cells`."""
    out: list[Content] = []
    table: list[list[str]] = []
    for row in [*_joined(markdown.splitlines()), ""]:
        if row.startswith("|"):
            table.append([part.strip() for part in row.strip().strip("|").split("|")])
            continue
        if table:
            out += _table(table, cells)
            table = []
        out += _row(row, cells)
    while out and not out[-1].plain:
        out.pop()
    return out


def _joined(rows: Iterable[str]) -> list[str]:
    """Rows with the lines of each paragraph and of each item of a list made one: how the file wraps is not shown."""
    out: list[str] = []
    for row in rows:
        last = out[-1] if out else ""
        stands = row.startswith(("#", "|", _CODE_INDENT)) or _ITEM.fullmatch(row)
        if row.strip() and last.strip() and not stands and not last.startswith(("#", "|", _CODE_INDENT)):
            text = row.strip()
            out[-1] = last + _between(last, text) + text
        else:
            out.append(row.rstrip())
    return out


def _between(end: str, start: str) -> str:
    """What stands between two lines that are made one: a blank, but for Hanzi and the punctuation beside them."""
    word, following = end.rstrip(_CLOSING), start.lstrip(_OPENING)
    hanzi = [width(text) == 2 for text in (word[-1:], following[:1])]
    if all(hanzi) or (hanzi[0] and (word != end or following != start)):
        return ""
    return "" if any(width(char) == 2 and category(char).startswith("P") for char in (end[-1], start[0])) else " "


def _row(row: str, cells: int) -> list[Content]:
    if row.startswith("#"):
        return _wrapped([(char, _HEAD) for char in safe(row.lstrip("# "))], cells)
    if found := _ITEM.fullmatch(row):
        indent, mark, text = found.groups()
        head = f"{indent}{mark} "
        lines = _broken(_inline(text), max(8, cells - width(head)))
        starts = [head, *[" " * width(head)] * len(lines)]
        return [_content([*_plain(start), *part]) for start, part in zip(starts, lines, strict=False)]
    return _wrapped(_inline(row), cells)


def _table(rows: list[list[str]], cells: int) -> list[Content]:
    """A table whose last column takes the room that is left, its heading in bold."""
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    if not rows:
        return []
    count = max(len(row) for row in rows)
    grid = [[_inline(cell) for cell in row + [""] * (count - len(row))] for row in rows]
    grid[0] = [[(char, _STRONG) for char, _ in cell] for cell in grid[0]]
    # The last column says the most.
    most = max(10, cells // (count + 1))
    widths = [min(most, max(_cells(row[place]) for row in grid)) for place in range(count - 1)]
    widths.append(max(10, cells - sum(widths) - 2 * (count - 1)))
    out: list[Content] = []
    for row in grid:
        parts = [_broken(cell, room) for cell, room in zip(row, widths, strict=True)]
        for level in range(max(len(part) for part in parts)):
            chars: list[Cell] = []
            for place, (part, room) in enumerate(zip(parts, widths, strict=True)):
                piece = part[level] if level < len(part) else []
                chars += piece
                if place < count - 1:
                    chars += _plain(" " * (room - _cells(piece) + 2))
            out.append(_content(chars))
    return out


def _inline(text: str) -> list[Cell]:
    out: list[Cell] = []
    at = 0
    for found in _INLINE.finditer(text):
        out += _plain(text[at : found.start()])
        strong, code = found.groups()
        out += [(char, _STRONG) for char in safe(strong)] if strong else [(char, _CODE) for char in safe(code)]
        at = found.end()
    return out + _plain(text[at:])


def _plain(text: str) -> list[Cell]:
    return [(char, "") for char in safe(text)]


def _cells(chars: Iterable[Cell]) -> int:
    return width("".join(char for char, _ in chars))


def _wrapped(chars: list[Cell], cells: int) -> list[Content]:
    return [_content(part) for part in _broken(chars, cells)]


def _broken(chars: list[Cell], cells: int) -> list[list[Cell]]:
    out: list[list[Cell]] = []
    while _cells(chars) > cells:
        cut = _cut(chars, cells)
        out.append(_stripped(chars[:cut]))
        chars = chars[cut:]
        while chars and chars[0][0] == " ":
            chars = chars[1:]
    return [*out, _stripped(chars)]


def _cut(chars: list[Cell], cells: int) -> int:
    """Where to break: after the last blank or between two wide characters, never before closing punctuation."""
    fits, used = 0, 0
    for char, _ in chars:
        used += width(char)
        if used > cells:
            break
        fits += 1
    for cut in range(fits, 0, -1):
        before, after = chars[cut - 1][0], chars[cut][0]
        if after in _NO_START:
            continue
        if before == " " or after == " " or not (before.isascii() and after.isascii()):
            return cut
    return max(1, fits)


def _stripped(chars: list[Cell]) -> list[Cell]:
    while chars and chars[-1][0] == " ":
        chars = chars[:-1]
    return chars


def _content(chars: list[Cell]) -> Content:
    parts: list[Part] = []
    for char, style in chars:
        last = parts[-1] if parts else None
        if isinstance(last, tuple) and last[1] == style:
            parts[-1] = (last[0] + char, style)
        else:
            parts.append((char, style))
    return line(*parts)
