"""A CSV file as people have it: UTF-8 with or without BOM, or GB18030; and the file of its refused rows.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and read without it.
"""

import csv
import io
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from agent_tui.errors import Problem
from agent_tui.i18n import t, texts

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
MAX_FILE = 256 * 1024 * 1024
_MAX_CELL = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank. `line` is where it ends in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `encoding` is one that writes the file as it was."""

    encoding: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read a CSV file. Raises Problem when it cannot be read, is no CSV, or has no row of headings."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        raise Problem("imports.unreadable", file=path, reason=_why(error)) from None
    if len(data) > MAX_FILE:
        raise Problem("imports.too_large", file=path, limit=MAX_FILE // 1024**2)
    encoding, text = _decoded(path, data)
    rows: list[Row] = []
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(reader.line_num, tuple(_unguarded(cell) for cell in cells)))
    except csv.Error:
        raise Problem("imports.not_csv", file=path, line=reader.line_num) from None
    if not rows:
        raise Problem("imports.empty", file=path)
    if rows[0].cells[0].strip() in texts("imports")["reason"]:
        # A file of refused rows, mended by hand: why they were refused is no longer of interest.
        rows = [Row(row.line, row.cells[1:]) for row in rows if any(cell.strip() for cell in row.cells[1:])]
    if not rows:
        raise Problem("imports.empty", file=path)
    return Table(encoding, rows[0].cells, tuple(rows[1:]))


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    if data.startswith(_ZIP):
        raise Problem("imports.spreadsheet", file=path)
    if not data.startswith(_UTF16_BOMS):
        for encoding in ("utf-8-sig" if data.startswith(_UTF8_BOM) else "utf-8", "gb18030"):
            try:
                return encoding, data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Problem("imports.encoding", file=path)


def write_refused(original: Path, table: Table, refused: Iterable[tuple[Row, str]]) -> Path:
    """Write the refused rows, with the reason as their first column, into a new file beside `original`.

    Nothing that is there is overwritten: a file of the same content serves again, else the new one gets a number.
    Raises Problem when the directory cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([t("imports.reason"), *map(_guarded, table.headings)])
    for row, reason in refused:
        writer.writerow([reason, *map(_guarded, row.cells)])
    try:
        return _write_new(original, text.getvalue().encode(table.encoding))
    except OSError as error:
        raise Problem("imports.refused_unwritten", folder=original.parent, reason=_why(error)) from None


def _write_new(original: Path, data: bytes) -> Path:
    for number in count(1):
        target = original.with_name(f"{original.stem}.refused{f'-{number}' if number > 1 else ''}.csv")
        if not target.exists():
            break
        if target.read_bytes() == data:
            return target
    with NamedTemporaryFile(dir=target.parent, prefix=".refused-", delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(target)
    return target


def _guarded(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
