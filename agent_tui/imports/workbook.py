"""The rows of an XLSX workbook: its first sheet in sight with anything in it, each cell as a person reads it."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from agent_tui.errors import Problem, system_reason
from agent_tui.imports.rows import Row

# The texts of all cells are held at once, the sheet itself is not.
_MAX_TEXTS = 128 * 1024 * 1024
_MAX_UNPACKED = 2 * 1024 * 1024 * 1024
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The rows that are not blank, the headings among them. Raises Problem while they are gone through."""

    path: Path

    def __iter__(self) -> Iterator[Row]:
        try:
            self._bounded()
            with catch_warnings():
                # What openpyxl leaves out (a style, a picture, a rule) is of no importance here.
                simplefilter("ignore")
                yield from self._rows()
        except Problem:
            raise
        except OSError as error:
            raise Problem("imports.unreadable", file=self.path, reason=system_reason(error)) from None
        except Exception as error:  # a damaged or made-up file: openpyxl lets everything through
            raise Problem("imports.not_xlsx", file=self.path) from error

    def _bounded(self) -> None:
        """A few kilobytes may unpack to more than any memory."""
        with zipfile.ZipFile(self.path) as package:
            sizes = {part.filename: part.file_size for part in package.infolist()}
            texts = sizes.get(_TYPES, 0)
            if texts <= _MAX_TEXTS:
                texts = sum(sizes.get(name, 0) for name in _held(package))
        if texts > _MAX_TEXTS or sum(sizes.values()) > _MAX_UNPACKED:
            raise Problem("imports.too_large", file=self.path, limit=_MAX_TEXTS // 1024**2)

    def _rows(self) -> Iterator[Row]:
        import openpyxl  # noqa: PLC0415 - slow to import

        with closing(openpyxl.load_workbook(self.path, read_only=True, data_only=True, keep_links=False)) as book:
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                # What a sheet says of its own size is often wrong.
                sheet.reset_dimensions()
                there = False
                for number, cells in enumerate(sheet.iter_rows(), 1):
                    row = tuple(_text(cell) for cell in cells)
                    if any(cell.strip() for cell in row):
                        there = True
                        yield Row(number, row)
                if there:
                    return


def _held(package: zipfile.ZipFile) -> list[str]:
    """The parts that hold the texts of all cells, whatever they are called."""
    from openpyxl.packaging.manifest import Manifest  # noqa: PLC0415 - slow to import
    from openpyxl.xml.constants import SHARED_STRINGS  # noqa: PLC0415 - likewise
    from openpyxl.xml.functions import fromstring  # noqa: PLC0415 - likewise

    types = Manifest.from_tree(fromstring(package.read(_TYPES)))
    return [part.PartName[1:] for part in types.findall(SHARED_STRINGS)]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        day = value.time() == time() and "h" not in str(cell.number_format).lower()
        return f"{value:%Y-%m-%d}" if day else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, timedelta):
        return str(int(value.total_seconds()))
    return str(value)
