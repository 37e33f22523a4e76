"""What the tests of acts share: a call, acts about an agent, and the proof that a refusal records nothing."""

from collections.abc import Callable

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.errors import Problem
from tests.book.world import DAY

TALKED = CallEntry(
    phone="138 0013 8000",
    outcome="talked",
    interest="intent",
    company="宁波宏达科技有限公司",
    contact="王",
    title="采购经理",
    note="要报价",
)

NUMBER = "+8613800138000"

ActAbout = Callable[[Book, str], object]

ABOUT_AN_AGENT: list[ActAbout] = [
    lambda book, who: book.supervisor.points(who, "att.late", DAY),
    lambda book, who: book.supervisor.excuse(who, DAY, "停电"),
    lambda book, who: book.supervisor.time_away(who, "leave", DAY, 60),
    lambda book, who: book.supervisor.release(who, DAY),
    lambda book, who: book.supervisor.confirm(who, DAY),
    lambda book, who: book.supervisor.punch_check(who, DAY, "in"),
    lambda book, who: book.supervisor.attendance(who, "daily", DAY, "missed"),
    lambda book, who: book.supervisor.plan(who, "2026-W49", companies=5),
    lambda book, who: book.supervisor.review(who, "2026-W48", 4),
    lambda book, who: book.supervisor.assign("13800138000", who),
]
"""What a supervisor does about the days, the points and the weeks of somebody, who is an agent."""


def kinds(book: Book) -> list[str]:
    """The kinds of this machine's own records."""
    place = book.session.place
    return [
        stored.line.kind
        for segment in place.journal.segments()
        for stored in place.journal.read(segment.name)
        if stored.line.kind != "signature"
    ]


def refuse(book: Book, act: Callable[[], object], match: str) -> None:
    """The act is refused with one line that says `match`, and nothing is recorded."""
    before = kinds(book)
    with pytest.raises(Problem, match=match) as refused:
        act()
    assert "\n" not in str(refused.value)
    assert kinds(book) == before
