"""The first save: what it needs is made ready before it, and nothing is drafted that no reader would take."""

import msgspec
import pytest

from agent_tui.book import Book
from agent_tui.book.place.pen import Draft
from shared_rules.records.kinds import Call, Notice
from shared_rules.records.parts import Reason


def test_a_month_loaded_leaves_nothing_to_look_through(desk: Book) -> None:
    assert not list(desk.session.reach)
    desk.load_month(desk.today())
    assert [since for _, since in desk.session.reach] == [desk.today().replace(day=1)]
    assert desk.session.unlooked(desk.today()) == desk.session.unloaded(desk.today()) == []


def test_nothing_is_drafted_that_no_reader_would_take(desk: Book) -> None:
    Draft("1", "A017", Call(outcome="talked", started_at=desk.now()))
    for body, secret in (
        (Call(outcome="", started_at=desk.now()), None),
        (Call(outcome="talked", started_at=desk.now().replace(tzinfo=None)), None),
        (Notice(text="x" * 4001), None),
        (Notice(text="x"), Reason(text="x" * 4001)),
    ):
        with pytest.raises(msgspec.ValidationError):
            Draft("1", "A017", body, secret)
