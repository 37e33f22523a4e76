"""A table as people have it, CSV or XLSX, opened.

Rows are read as they are asked for, so that a long file takes no more memory than a short one.
"""

import errno
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import texts
from agent_tui.imports.columns import heads_phones
from agent_tui.imports.csv_rows import CsvRows, delimiter_of, encoding_of, refuse_page
from agent_tui.imports.rows import Row, Table

_ZIP = b"PK\x03\x04"
# What old workbooks, and new ones with a password, begin with.
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_WORKBOOKS = (".xlsx", ".xlsm")
MAX_FILE = 256 * 1024 * 1024
# People put a title, the date and who made it above their tables.
_ROWS_LOOKED_AT = 10


def read_table(path: Path) -> Table:
    """Open a table. Its headings are the first of its first ten rows that heads a column of phone numbers, else the
    first row.

    Raises Problem when it cannot be read or is none. What is wrong further down is raised when the rows are gone
    through.
    """
    try:
        status = path.stat()
        size = status.st_size
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise OSError(errno.ESPIPE, "no file")  # it is gone through more than once
        with path.open("rb") as file:
            head = file.read(8)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise Problem("imports.unreadable", file=path, reason=reason) from None
    if size > MAX_FILE:
        raise Problem("imports.too_large", file=path, limit=MAX_FILE // 1024**2)
    if head.startswith(_OLD_WORKBOOK):
        raise Problem("imports.old_workbook", file=path)
    if head.startswith(_ZIP) or path.suffix.lower() in _WORKBOOKS:
        from agent_tui.imports.workbook import Workbook  # noqa: PLC0415 - most files are CSV

        return _table(path, "utf-8-sig", Workbook(path))
    encoding = encoding_of(path)
    refuse_page(path, encoding)
    # A CSV file in any other than these two a spreadsheet does not open as what it is.
    spelt = "gb18030" if encoding == "gb18030" else "utf-8-sig"
    return _table(path, spelt, CsvRows(path, encoding, delimiter_of(path, encoding)))


def _table(path: Path, encoding: str, rows: Iterable[Row]) -> Table:
    first = next(iter(rows), None)
    # A file of refused rows, mended by hand: why they were refused is no longer of interest.
    if first is not None and first.cells[0].strip() in texts("imports")["reason"]:
        rows = _Mended(rows)
        first = next(iter(rows), None)
    if first is None:
        raise Problem("imports.empty", file=path)
    for above, row in enumerate(islice(rows, _ROWS_LOOKED_AT)):
        if heads_phones(row.cells):
            return Table(encoding, row.cells, _Below(rows, above + 1))
    return Table(encoding, first.cells, _Below(rows, 1))


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
    """The rows below the headings, which are the last of so many rows."""

    rows: Iterable[Row]
    headings: int

    def __iter__(self) -> Iterator[Row]:
        return islice(iter(self.rows), self.headings, None)
