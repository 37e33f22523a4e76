"""The rows of a CSV file, in UTF-8 with or without BOM, in GB18030 or in UTF-16, as they are asked for.

The cells stand between commas, tabs (as a spreadsheet's cells are pasted) or semicolons. A cell that a spreadsheet
would take for a formula is written with an apostrophe before it, and read without it.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from agent_tui.errors import Problem, system_reason
from agent_tui.imports.rows import Row
from agent_tui.text_file import encoding_shown

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BETWEEN = ",\t;"
_MAX_CELL = 1024 * 1024
_PART = 1024 * 1024
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class CsvRows:
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
                        yield Row(reader.line_num, tuple(unguarded(cell) for cell in cells))
            except csv.Error:
                raise Problem("imports.not_csv", file=self.path, line=reader.line_num) from None
            except OSError as error:
                raise Problem("imports.unreadable", file=self.path, reason=system_reason(error)) from None


def delimiter_of(path: Path, encoding: str) -> str:
    """What stands between the cells: of comma, tab and semicolon the one that most stand of in the first row that has
    any, for a title above a table has none.
    """
    with path.open(encoding=encoding, newline="") as file:
        while line := file.readline(_MAX_CELL):
            if line.strip(", \t;\r\n") and any(map(line.count, _BETWEEN)):
                return max(_BETWEEN, key=line.count)
    return ","


def refuse_page(path: Path, encoding: str) -> None:
    """Raise Problem for a page of the web: many systems hand out their tables as one, under the name of a workbook."""
    with path.open(encoding=encoding, newline="") as file:
        while line := file.readline(_MAX_CELL):
            if text := line.strip():
                if text.startswith("<"):
                    raise Problem("imports.web_page", file=path)
                return


def encoding_of(path: Path) -> str:
    """The encoding in which all of the file can be read. Raises Problem."""
    try:
        with path.open("rb") as file:
            found = encoding_in(file)
    except OSError as error:
        raise Problem("imports.unreadable", file=path, reason=system_reason(error)) from None
    if found is None:
        raise Problem("imports.encoding", file=path)
    return found


def encoding_in(file: BinaryIO) -> str | None:
    """The encoding in which all of an open file can be read, None if there is none. Raises OSError."""
    shown = encoding_shown(file.read(_HEAD))
    tried = (shown,) if shown else ("utf-8", "gb18030")
    return next((encoding for encoding in tried if _decodes(file, encoding)), None)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while part := file.read(_PART):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def guarded(cell: str) -> str:
    """A cell such that no spreadsheet takes it for a formula: with an apostrophe before it."""
    return "'" + cell if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` made another of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
