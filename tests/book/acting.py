"""What the tests of acts share: a call, and the proof that a refusal records nothing."""

from collections.abc import Callable

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.errors import Problem

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
