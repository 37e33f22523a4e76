"""The file of refused rows, beside the one they came in."""

import csv
import io
import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import t
from agent_tui.imports.csv_rows import encoding_in, guarded
from agent_tui.imports.rows import Row, Table
from agent_tui.sync.places import share_around


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
    writer.writerow([t("imports.reason"), *map(guarded, table.headings)])
    for row, reason in refused:
        writer.writerow([reason, *map(guarded, row.cells)])
    data = text.getvalue().encode(table.encoding)
    if encoding_in(io.BytesIO(data)) != table.encoding:
        # The few rows show another encoding than the whole did, as cells of zero bytes do: a mark tells it.
        data = text.getvalue().encode("utf-8-sig")
    try:
        return _write_new(original, data)
    except OSError as error:
        raise Problem("imports.refused_unwritten", folder=original.parent, reason=system_reason(error)) from None


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
