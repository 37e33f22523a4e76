"""A sheet as CSV for spreadsheets: UTF-8 with BOM; a text that would run as a formula has an apostrophe before it."""

import csv
import io
from datetime import date, datetime, time
from decimal import Decimal

from agent_tui.reports.sheets import Cell, Share, Sheet, like_formula, plain


def csv_bytes(sheet: Sheet) -> bytes:
    """The file: the headings, the rows, the totals."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in sheet.columns])
    for row in sheet.lines():
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            text = plain(cell)
            return f"'{text}" if like_formula(text) else text
        case Decimal() | Share():
            return str(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case time():
            return f"{cell:%H:%M:%S}"
        case date():
            return cell.isoformat()
    return str(cell)
