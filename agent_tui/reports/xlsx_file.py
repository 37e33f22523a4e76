"""Sheets as one XLSX workbook: typed cells, set widths, frozen headings, pages ready to print; never a formula."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from agent_tui.errors import Problem
from agent_tui.reports.sheets import Cell, Kind, Share, Sheet, plain

MOST_ROWS = 1_048_575
"""A worksheet's rows under its heading."""

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "number": {"num_format": "0"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "time": {"num_format": "hh:mm:ss", "align": "left"},
    "yuan": {"num_format": "#,##0.00"},
    "rate": {"num_format": "General"},
    # A digit that may be missing leaves its point behind: whole shares have a format of their own.
    "share": {"num_format": "0%"},
    "share_part": {"num_format": "0.####%"},
}
_A4 = 9
# Tab names hold at most 31 characters and none of these.
_NOT_IN_TABS = str.maketrans("[]:*?/\\", "       ")


def xlsx_bytes(sheets: Sequence[Sheet], created: datetime, page: str, tell: Callable[[int], None]) -> bytes:
    """The workbook. It is made in memory: nothing of a customer lies in a temporary file.

    `page` is the footer, `&P` and `&N` in it the page and the count; `tell` is told how many rows are done. Raises
    Problem for more rows than a worksheet has.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": sheets[0].title, "created": created.replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format(values) for kind, values in _FORMATS.items()}
    closing = {kind: book.add_format({**values, "bold": True, "top": 1}) for kind, values in _FORMATS.items()}
    done = 0
    for sheet in sheets:
        if len(sheet.rows) >= MOST_ROWS:
            raise Problem("reports.too_many_rows", name=sheet.name, rows=len(sheet.rows))
        page_of = book.add_worksheet(sheet.name.translate(_NOT_IN_TABS)[:31])
        _set_up(page_of, sheet, page)
        for place, column in enumerate(sheet.columns):
            page_of.set_column(place, place, column.width)
            page_of.write_string(0, place, plain(column.heading), heading)
        for number, row in enumerate(sheet.lines(), 1):
            styles = closing if number > len(sheet.rows) else formats
            for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                _write(page_of, number, place, cell, column.kind, styles)
            done += 1
            tell(done)
    book.close()
    return out.getvalue()


def _set_up(page: Any, sheet: Sheet, footer: str) -> None:
    last = len(sheet.columns) - 1
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), last)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    # "&" steers a header; doubled it is a letter.
    page.set_header(f"&L&B{sheet.title.replace('&', '&&')}")
    page.set_footer(f"&R{footer}")


def _write(page: Any, row: int, place: int, cell: Cell, kind: Kind, styles: dict[str, Any]) -> None:
    match cell:
        case None | "":
            page.write_blank(row, place, None, styles[kind])
        case str():
            page.write_string(row, place, plain(cell), styles["text"])
        case datetime():
            page.write_datetime(row, place, cell.replace(tzinfo=None, microsecond=0), styles["moment"])
        case time():
            page.write_datetime(row, place, cell.replace(tzinfo=None, microsecond=0), styles["time"])
        case date():
            page.write_datetime(row, place, cell, styles["day"])
        case Share(percent):
            whole = percent == percent.to_integral_value()
            page.write_number(row, place, float(percent / 100), styles["share" if whole else "share_part"])
        case Decimal():
            page.write_number(row, place, float(cell), styles[kind])
        case _:
            page.write_number(row, place, cell, styles["number"])
