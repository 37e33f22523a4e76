"""Rows of past calls: which column is which, and one row into one entry. Pure: a row in, an entry or a reason out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.book import CallEntry
from agent_tui.errors import Problem
from agent_tui.imports.columns import CALLED, Layout, find_columns, there, told
from agent_tui.imports.times import read_follow_up, read_instant, read_seconds
from agent_tui.words.outcomes import outcome_named
from shared_rules.records.parts import Grade, Interest
from shared_rules.text import plain

# Headings as they stand in our own exports, in the sample data, and in the tables people keep. The first is ours.
COLUMNS: dict[str, tuple[str, ...]] = {
    "agent": ("agent", "工号", "坐席", "坐席工号", "业务员工号"),
    "started_at": (
        "started_at",
        "start",
        "started",
        "开始时间",
        "通话时间",
        "拨打时间",
        "呼叫时间",
        "通话开始时间",
        "呼叫开始时间",
    ),
    "date": ("date", "day", "日期"),
    "time": ("time", "时间"),
    "duration": ("duration_s", "duration", "seconds", "时长", "通话时长", "通话秒数"),
    "phone": CALLED,
    "company": ("company", "单位", "单位名称", "公司", "公司名称", "客户名称"),
    "contact": ("contact", "联系人", "姓名", "客户姓名"),
    "title": ("title", "职务", "职位"),
    "department": ("department", "部门"),
    "headcount": ("headcount", "人数", "员工人数", "规模"),
    "it_status": ("it_status", "it", "信息化", "信息化现状"),
    "outcome": ("outcome", "result", "结果", "通话结果"),
    "interest": ("interest", "意向", "意向程度"),
    "grade": ("grade", "proposed grade", "拟级别", "级别"),
    "note": ("note", "notes", "内容", "跟进内容", "备注", "沟通内容"),
    "follow_up": ("next_follow_up", "follow_up", "call again", "下次", "下次跟进", "下次联系", "回访时间"),
}
_NEEDED = ("phone", "outcome")
# The day before a time: what a spreadsheet writes where a cell holds nothing but a time.
_DAY_BEFORE = re.compile(r"\d+[-/.]\d+[-/.]\d+[ T]+", re.ASCII)

_INTERESTS: dict[str, tuple[Interest | None, Grade | None]] = {
    **dict.fromkeys(("", "none", "no", "无", "无意向"), (None, None)),
    **dict.fromkeys(("intent", "lead", "意向", "有意向", "意向客户"), ("intent", None)),
    **dict.fromkeys(("developable", "可发展", "可发展客户"), ("developable", None)),
    **dict.fromkeys(("a", "拟a"), ("intent", "A")),
    **dict.fromkeys(("b", "拟b"), ("intent", "B")),
}
_GRADES: dict[str, Grade | None] = {"": None, "a": "A", "拟a": "A", "b": "B", "拟b": "B"}


def layout(file: Path, headings: Sequence[str]) -> Layout:
    """Find the columns by their headings. Raises Problem when a needed one is missing or one is there twice."""
    found = find_columns(file, headings, COLUMNS)
    for column in _NEEDED:
        if column not in found.places:
            raise _missing(file, headings, column)
    if found.places.keys().isdisjoint(("started_at", "date", "time")):
        raise _missing(file, headings, "started_at")
    return found


def _missing(file: Path, headings: Sequence[str], column: str) -> Problem:
    return Problem("imports.no_column", file=file, names=told(COLUMNS, column), headings=there(headings))


@dataclass(frozen=True, slots=True)
class CallRows:
    """Reads rows of one file. `outcomes` maps each id and title of a day, in plain lower case, to its id."""

    layout: Layout
    outcomes: Callable[[date], Mapping[str, str]]
    zone: ZoneInfo
    now: datetime

    def agent(self, cells: Sequence[str]) -> str:
        """Whose row it is; empty where the file does not say."""
        return plain(self.layout.cell(cells, "agent"))

    def entry(self, cells: Sequence[str]) -> CallEntry:
        """The call in a row. Raises Problem with the reason why the row cannot be taken."""
        self.layout.bound(cells)
        texts = {name: self.layout.text(cells, name, COLUMNS) for name in _TEXTS}
        interest, grade = self._interest(cells)
        start = self._start(cells)
        return CallEntry(
            **texts,
            outcome=self._outcome(cells, start),
            interest=interest,
            grade=grade,
            follow_up=self._follow_up(cells, start),
            started_at=start,
            duration_s=self._duration(cells),
            imported=True,
        )

    def _outcome(self, cells: Sequence[str], start: datetime) -> str:
        return outcome_named(self.outcomes(start.astimezone(self.zone).date()), self.layout.cell(cells, "outcome"))

    def _interest(self, cells: Sequence[str]) -> tuple[Interest | None, Grade | None]:
        text, graded = self.layout.cell(cells, "interest"), self.layout.cell(cells, "grade")
        try:
            interest, grade = _INTERESTS[plain(text).casefold()]
        except KeyError:
            raise Problem("imports.interest", text=text) from None
        try:
            grade = _GRADES[plain(graded).casefold()] or grade
        except KeyError:
            raise Problem("imports.grade", text=graded) from None
        if grade and interest != "intent":
            if text:
                raise Problem("imports.grade_alone", grade=graded, interest=text)
            return "intent", grade
        return interest, grade

    def _start(self, cells: Sequence[str]) -> datetime:
        text = self.layout.cell(cells, "started_at") or self._day_and_time(cells)
        start = read_instant(text, self.zone)
        if start is None:
            raise Problem("imports.start", text=text)
        if start > self.now:
            raise Problem("imports.to_come", text=text)
        return start

    def _day_and_time(self, cells: Sequence[str]) -> str:
        """Two cells as one text. A spreadsheet may hold a day as its midnight, and a time with the day of nought."""
        day, time = self.layout.cell(cells, "date"), self.layout.cell(cells, "time")
        if not day or not time:
            return day or time
        return f"{day.partition(' ')[0]} {_DAY_BEFORE.sub('', plain(time), count=1)}"

    def _follow_up(self, cells: Sequence[str], start: datetime) -> datetime | None:
        text = self.layout.cell(cells, "follow_up")
        if not text:
            return None
        when = read_follow_up(text, start, self.zone)
        if when is None:
            raise Problem("imports.follow_up", text=text)
        return when

    def _duration(self, cells: Sequence[str]) -> int | None:
        text = self.layout.cell(cells, "duration")
        if not text:
            return None
        seconds = read_seconds(text)
        if seconds is None:
            raise Problem("imports.duration", text=text)
        return seconds


_TEXTS = ("phone", "company", "contact", "title", "department", "headcount", "it_status", "note")
