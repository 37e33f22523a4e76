"""What a file of rows holds, whatever its form: headings, and rows below them."""

from collections.abc import Iterable
from dataclasses import dataclass


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
