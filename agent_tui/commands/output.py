"""Standard output is data, standard error is narration. Text from outside never reaches the terminal raw."""

import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from agent_tui.i18n import t

# Controls (C0, C1), marks that turn or hide text, and halves of surrogate pairs.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")

_STREAMS = {"stdin": 0, "stdout": 1, "stderr": 2}


def prepare() -> None:
    """Write UTF-8 whatever the console's code page is; what cannot be written becomes a question mark."""
    _hold_places()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _hold_places() -> None:
    """Let the standard streams that were closed before the start lead nowhere. A file that is opened later would stand
    in the place of one, and take what is written to it.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STREAMS["stderr"]:
        pass
    os.close(number)
    for name, number in _STREAMS.items():
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


class OutputLost(Exception):
    """Standard output cannot be written; `error` is what the system said."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error


def _write(text: str, *, now: bool = False) -> None:
    try:
        print(text, flush=now)
    except OSError as error:
        raise OutputLost(error) from None


def flush() -> None:
    """Have what was printed written, before something is done that rests on it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise OutputLost(error) from None


def printable(text: str) -> str:
    """`text` on one line, without characters that steer a terminal or hide or turn other characters."""
    return _CONTROL.sub("\ufffd", text)


def line(text: str = "") -> None:
    """One line of a command's result."""
    _write(printable(text))


def say(text: str) -> None:
    """One line of narration, on standard error."""
    with suppress(OSError):
        print(printable(text), file=sys.stderr)


def document(value: Any) -> None:
    """The one JSON document of a command."""
    text = _json(value, indent=2)
    # Newlines and blanks outside strings are the layout; json has escaped C0 inside them already.
    _write(re.sub(r"[^\n]+", lambda part: _CONTROL.sub(_escaped, part.group()), text))


def compact(value: Any) -> None:
    """One JSON document on one line, at once: for a command that goes on."""
    _write(_CONTROL.sub(_escaped, _json(value)), now=True)


def _json(value: Any, indent: int | None = None) -> str:
    import json  # noqa: PLC0415 - only where it is asked for

    return json.dumps(value, ensure_ascii=False, indent=indent)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def width(text: str) -> int:
    """How many terminal cells `text` takes."""
    cells = 0
    for character in text:
        if not unicodedata.combining(character):
            cells += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return cells


def table(rows: list[list[str]], right: frozenset[int] = frozenset(), headings: Sequence[str] = ()) -> None:
    """Rows in columns two blanks apart; the columns in `right` stand to the right. `headings` are names of texts."""
    if headings:
        rows = [[t(heading) if heading else "" for heading in headings], *rows]
    cleaned = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in cleaned) for column in range(len(cleaned[0]))]
    for row in cleaned:
        cells = []
        for column, cell in enumerate(row):
            blank = " " * (widths[column] - width(cell))
            cells.append(blank + cell if column in right else cell + blank)
        _write("  ".join(cells).rstrip())
