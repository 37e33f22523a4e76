"""A sheet before it is a file: typed columns, rows, and what a cell may hold."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent."""

    percent: Decimal

    def __str__(self) -> str:
        return f"{self.percent.normalize():f}%"


Cell = str | int | date | datetime | time | Decimal | Share | None
"""A text, a number, a day, a moment in the team's zone, a time of day, an amount, a share; None is an empty cell."""

Kind = Literal["text", "number", "day", "moment", "time", "yuan", "rate"]

# What a spreadsheet takes for a formula at the start of a cell, full-width twins included.
_STARTS = frozenset("=+-@＝＋－＠")
_LONGEST = 32_000
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells are, and its width in characters."""

    heading: str
    kind: Kind = "text"
    width: int = 10


@dataclass(slots=True)
class Sheet:
    """One table. `name` is its file's or its tab's; `title` stands in the page header; `totals` close it, if there."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    totals: Sequence[Cell] | None = None

    def lines(self) -> list[Sequence[Cell]]:
        """The rows, and the totals."""
        return [*self.rows, *([self.totals] if self.totals is not None else [])]


def plain(text: str) -> str:
    """`text` on one line: line ends become blanks; controls and marks that hide or turn text become a question mark."""
    if text.isprintable():
        return text[:_LONGEST]
    flat = " ".join(text.split("\r\n"))
    return "".join(
        " " if char in "\t\n\r" else "?" if unicodedata.category(char) in _HIDDEN else char for char in flat
    )[:_LONGEST]


def like_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV would take `text` for a formula."""
    return text.lstrip()[:1] in _STARTS and bool(text.strip())


def in_yuan(fen: int) -> Decimal:
    """An amount in fen as yuan, with two decimals."""
    return Decimal(fen).scaleb(-2)
