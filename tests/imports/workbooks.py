"""Workbooks made for tests."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter


def book(path: Path, *rows: list[Any], before: str = "") -> Path:
    """A workbook with these rows on its sheet; `before` is the title of an empty sheet before it."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as made:
        if before:
            made.add_worksheet(before)
        sheet = made.add_worksheet()
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        moment = made.add_format({"num_format": "yyyy-mm-dd h:mm:ss"})
        clock = made.add_format({"num_format": "h:mm:ss"})
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                kinds = ((datetime, moment), (date, day), ((time, timedelta), clock))
                format = next((format for kind, format in kinds if isinstance(value, kind)), None)
                sheet.write(place, column, value, format)
    return path
