"""Which column of a file is which, by its heading. The same for every kind of file that people bring."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from agent_tui.errors import Problem
from agent_tui.i18n import t
from shared_rules.phones import parse_phone
from shared_rules.text import plain

Names = Mapping[str, tuple[str, ...]]
"""Our columns, each with the headings that mean it; the first is our own."""

CALLED = ("phone", "number", "电话", "联系电话", "手机", "手机号", "电话号码", "客户电话")
"""The headings of the number that was called: a log of calls often has others beside it."""

PHONE = (
    *CALLED,
    *("手机号码", "联系方式", "联系号码", "联系手机", "座机", "固话", "固定电话", "mobile", "mobilephone", "cell"),
    *("tel", "telephone", "phonenumber", "phoneno", "号码", "客户号码", "客户手机", "有效手机号"),
)
"""The headings of a column of phone numbers, one of which every file has."""

_LIMITS = {"note": 4000}
_LIMIT = 200
_TOLD = 4
_TOLD_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands in a file, and how many headings there are."""

    places: Mapping[str, int]
    width: int

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The cell of a column, without blanks around it; empty where there is none."""
        place = self.places.get(column)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def text(self, cells: Sequence[str], column: str, names: Names) -> str:
        """The same. Raises Problem when it is longer than what a record takes."""
        text = self.cell(cells, column)
        limit = _LIMITS.get(column, _LIMIT)
        if len(text) > limit:
            raise Problem("imports.too_long", column=told(names, column), limit=limit)
        return text

    def bound(self, cells: Sequence[str]) -> None:
        """Raise Problem for a row with more cells than headings: its columns have slipped."""
        if any(cell.strip() for cell in cells[self.width :]):
            raise Problem("imports.too_many_cells")


def heading_name(text: str) -> str:
    """A heading without its unit in brackets, its blanks, its case."""
    return re.sub(r"\(.*?\)|[\s*::]", "", plain(text)).casefold()


def heads_phones(cells: Sequence[str]) -> bool:
    """Whether a row heads a column of phone numbers. One with a number in it does not: there 手机 tells its kind."""
    if not any(heading_name(cell) in _PHONE for cell in cells):
        return False
    return not any(parse_phone(cell) for cell in cells)


def told(names: Names, column: str) -> str:
    """The headings of a column as they are named to a person."""
    return t("ui.between").join(names[column][:_TOLD])


def there(headings: Sequence[str]) -> str:
    """The headings of a file as they are named to a person."""
    return t("ui.between").join(plain(heading) for heading in headings if heading.strip())[:_TOLD_CHARACTERS]


_PHONE = {heading_name(name) for name in PHONE}


def find_columns(
    file: Path, headings: Sequence[str], names: Names, second: Mapping[str, str] = MappingProxyType({})
) -> Layout:
    """Find the columns by their headings. `second` names the column that the second one of a kind is.

    Raises Problem when one is there twice that has no second, or more often.

    In our own 客户记录日报表 the agent is 工号 with 姓名 and the customer 联系人; 姓名 alone is the customer.
    """
    wanted = {heading_name(name): column for column, known in names.items() for name in known}
    found = [heading_name(heading) for heading in headings]
    places: dict[str, int] = {}
    for place, name in enumerate(found):
        column = wanted.get(name)
        if column is None or (name == "姓名" and "联系人" in found):
            continue
        if column in places:
            column = second.get(column, column)
        if column in places:
            raise Problem("imports.column_twice", file=file, first=headings[places[column]], second=headings[place])
        places[column] = place
    return Layout(places, len(headings))
