"""Rows of a lead list: which column is which, and one row into one customer or a reason. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agent_tui.errors import Problem
from agent_tui.imports.calls import COLUMNS as CALL_COLUMNS
from agent_tui.imports.columns import PHONE, Layout, find_columns, there, told
from shared_rules.phones import Phone, parse_phone
from shared_rules.records.parts import Customer
from shared_rules.text import plain

_BETWEEN_NUMBERS = re.compile(r"[/／、,，;；\n]")
# What a spreadsheet makes of a long number in a narrow cell, and then writes into a CSV file.
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE | re.ASCII)
_TEXTS = ("company", "contact", "title", "department", "headcount", "it_status", "note")

COLUMNS: dict[str, tuple[str, ...]] = {
    "phone": PHONE,
    "company": (
        *CALL_COLUMNS["company"],
        "企业",
        "企业名称",
        "企业全称",
        "单位全称",
        "公司全称",
        "客户",
        "companyname",
        "organisation",
    ),
    "contact": (
        *CALL_COLUMNS["contact"],
        "联系人姓名",
        "负责人",
        "法定代表人",
        "法人",
        "名字",
        "name",
        "contactname",
        "contactperson",
    ),
    "title": (*CALL_COLUMNS["title"], "职称", "岗位", "position", "jobtitle"),
    "department": (*CALL_COLUMNS["department"], "所属部门", "dept"),
    "headcount": (*CALL_COLUMNS["headcount"], "公司规模", "企业规模", "staff", "employees", "size"),
    "it_status": (*CALL_COLUMNS["it_status"], "信息化情况", "it"),
    "note": (*CALL_COLUMNS["note"], "说明", "remark", "remarks", "comment"),
    "agent": CALL_COLUMNS["agent"],
    "other_phone": ("other_phone", "其他电话", "更多电话", "备用电话", "电话2", "手机2", "phone2"),
}
"""In the order in which a screen offers them; the headings of calls and those that lists have besides."""
SECOND = {"phone": "other_phone"}
"""What the second column of a kind is."""


def layout(file: Path, headings: Sequence[str]) -> Layout:
    """Find the columns by their headings. Raises Problem without a column of numbers, or with two of one kind.

    Lists often have a column of mobile numbers and one of others: the second is for rows where the first has none.
    """
    found = find_columns(file, headings, COLUMNS, SECOND)
    if "phone" not in found.places:
        raise Problem("imports.no_phone_column", file=file, headings=there(headings), names=told(COLUMNS, "phone"))
    return found


@dataclass(frozen=True, slots=True)
class LeadRows:
    """Reads the rows of one file."""

    layout: Layout

    def agent(self, cells: Sequence[str]) -> str:
        """Whose row it is; empty where the file does not say."""
        return plain(self.layout.cell(cells, "agent"))

    def customer(self, cells: Sequence[str]) -> Customer:
        """The customer in a row, full-width signs made plain. Raises Problem with the reason why it is refused."""
        self.layout.bound(cells)
        written = self.layout.cell(cells, "phone")
        other = self.layout.cell(cells, "other_phone")
        phone = _first_number(written) or _first_number(other)
        if phone is None:
            raise number_fault(written or other)
        texts = {name: plain(self.layout.text(cells, name, COLUMNS)) for name in _TEXTS}
        return Customer(phone=phone.e164, extension=phone.extension, **texts)


def _first_number(text: str) -> Phone | None:
    """The first usable one of the numbers in a cell."""
    return next(filter(None, map(parse_phone, _BETWEEN_NUMBERS.split(text))), None)


def number_fault(text: str) -> Problem:
    """What is wrong with a number that is not usable, in a line, with what would be right."""
    folded = plain(text)
    digits = len(re.sub(r"\D", "", folded, flags=re.ASCII))
    if not folded:
        return Problem("imports.phone_none")
    if _ROUNDED.fullmatch(folded):
        return Problem("imports.phone_rounded", text=folded[:40])
    if re.search(r"[^\W\d_]", folded):
        return Problem("imports.phone_letters", text=folded[:40])
    return Problem("imports.phone_digits", text=folded[:40], n=digits)
