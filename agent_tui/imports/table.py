"""A table as people have it: CSV (UTF-8 with or without BOM, or GB18030) or XLSX; and the file of its refused rows.

The cells of a CSV file stand between commas, tabs (as a spreadsheet's cells are pasted) or semicolons.

Rows are read as they are asked for, so that a long file takes no more memory than a short one. A cell that a
spreadsheet would take for a formula is written with an apostrophe before it, and read without it.
"""

import codecs
import csv
import errno
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import t, texts
from agent_tui.store.home import share_around

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
# What old workbooks, and new ones with a password, begin with.
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_WORKBOOKS = (".xlsx", ".xlsm")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
MAX_FILE = 256 * 1024 * 1024
_MAX_CELL = 1024 * 1024
_PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank. `line` is where it ends in the file, counted from 1; in a workbook its number."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `encoding` is one in which its refused rows are written; `rows` can be gone through again."""

    encoding: str
    headings: tuple[str, ...]
    rows: Iterable[Row]


def read_table(path: Path) -> Table:
    """Open a table. Raises Problem when it cannot be read, is none, or has no row of headings.

    What is wrong further down is raised when the rows are gone through.
    """
    try:
        status = path.stat()
        size = status.st_size
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise OSError(errno.ESPIPE, "no file")  # it is gone through more than once
        with path.open("rb") as file:
            head = file.read(8)
    except (OSError, ValueError) as error:
        raise Problem("imports.unreadable", file=path, reason=_why(error)) from None
    if size > MAX_FILE:
        raise Problem("imports.too_large", file=path, limit=MAX_FILE // 1024**2)
    if head.startswith(_OLD_WORKBOOK):
        raise Problem("imports.old_workbook", file=path)
    if head.startswith(_ZIP) or path.suffix.lower() in _WORKBOOKS:
        from agent_tui.imports.workbook import Workbook  # noqa: PLC0415 - most files are CSV

        return _table(path, "utf-8-sig", Workbook(path))
    encoding = _encoding(path)
    return _table(path, encoding, _Csv(path, encoding, _delimiter(path, encoding)))


def _table(path: Path, encoding: str, rows: Iterable[Row]) -> Table:
    first = next(iter(rows), None)
    # A file of refused rows, mended by hand: why they were refused is no longer of interest.
    if first is not None and first.cells[0].strip() in texts("imports")["reason"]:
        rows = _Mended(rows)
        first = next(iter(rows), None)
    if first is None:
        raise Problem("imports.empty", file=path)
    return Table(encoding, first.cells, _Below(rows))


@dataclass(frozen=True, slots=True)
class _Csv:
    """The rows of a CSV file that are not blank, the headings among them."""

    path: Path
    encoding: str
    delimiter: str

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(_MAX_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield Row(reader.line_num, tuple(_unguarded(cell) for cell in cells))
            except csv.Error:
                raise Problem("imports.not_csv", file=self.path, line=reader.line_num) from None
            except OSError as error:
                raise Problem("imports.unreadable", file=self.path, reason=_why(error)) from None


@dataclass(frozen=True, slots=True)
class _Mended:
    """Rows without their first cell, those aside that are blank then."""

    rows: Iterable[Row]

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            if any(cell.strip() for cell in row.cells[1:]):
                yield Row(row.line, row.cells[1:])


@dataclass(frozen=True, slots=True)
class _Below:
    """The rows below the headings."""

    rows: Iterable[Row]

    def __iter__(self) -> Iterator[Row]:
        rows = iter(self.rows)
        next(rows, None)
        yield from rows


def _delimiter(path: Path, encoding: str) -> str:
    """What stands between the cells: of comma, tab and semicolon the one the row of headings has most of."""
    with path.open(encoding=encoding, newline="") as file:
        while line := file.readline(_MAX_CELL):
            if line.strip(", \t;\r\n"):
                return max(",\t;", key=line.count)
    return ","


def _encoding(path: Path) -> str:
    """The encoding in which all of the file can be read. Raises Problem."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
        if not head.startswith(_UTF16_BOMS):
            for encoding in ("utf-8-sig" if head.startswith(_UTF8_BOM) else "utf-8", "gb18030"):
                if _decodes(path, encoding):
                    return encoding
    except OSError as error:
        raise Problem("imports.unreadable", file=path, reason=_why(error)) from None
    raise Problem("imports.encoding", file=path)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def write_refused(original: Path, table: Table, refused: Iterable[tuple[Row, str]]) -> Path:
    """Write the refused rows, with the reason as their first column, into a new CSV file beside `original`.

    Nothing that is there is overwritten: a file of the same content serves again, else the new one gets a number.
    Raises Problem when the directory cannot be written, or is in a team's share: there no customer may stand in plain
    text.
    """
    if share_around(original.parent):
        raise Problem("imports.refused_in_share", file=original)
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
    return system_reason(error) if isinstance(error, OSError) else str(error)
