"""What the commands that import have in common: the report, and the file of refused rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agent_tui.commands import output
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.imports.refused import write_refused
from agent_tui.imports.rows import Row, Table

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What `--json` prints; `read` is the sum of the four counts after it."""

    read: int
    imported: int
    already: int
    refused: int
    other_agent: int
    refused_file: str | None

    def as_dict(self) -> dict[str, Any]:
        """As it is printed."""
        return asdict(self)

    def say(self, text: str) -> None:
        """Print the text of that name, and where the refused rows are."""
        output.line(
            t(
                text,
                read=self.read,
                imported=self.imported,
                already=self.already,
                refused=self.refused,
                other=self.other_agent,
            )
        )
        if self.refused_file:
            output.line(t("imports.refused_file", file=self.refused_file))


def refused_beside(path: Path, table: Table, refused: Sequence[tuple[Row, str]]) -> str | None:
    """Write the refused rows beside the file; where. None without any, or where they cannot be written (said)."""
    if not refused:
        return None
    try:
        return str(write_refused(path, table, refused))
    except Problem as problem:
        output.say(str(problem))
        return None


def say_refused(refused: Sequence[tuple[Row, str]]) -> None:
    """Name the first rows that were refused, and count the rest."""
    for row, reason in refused[:_SHOWN]:
        output.say(t("imports.refused_row", line=row.line, reason=reason))
    if len(refused) > _SHOWN:
        output.say(t("imports.refused_more", n=len(refused) - _SHOWN))
