"""The index of older days: where a number's calls are, and which of them promised another."""

from datetime import datetime, timedelta
from typing import Any

from agent_tui.book.own.history import History
from tests.shared_rules.making import call_body, clock, correction, void

FIRST, SECOND = "a" * 16 + "-000001.jsonl", "a" * 16 + "-000002.jsonl"
ONE, TWO = "1".zfill(16), "2".zfill(16)


def promising(number: str, start: datetime, due: datetime | None) -> Any:
    body = call_body(number, start=start)
    return type(body)(**{name: getattr(body, name) for name in body.__struct_fields__ if name != "follow_up"},
                      follow_up=due)  # fmt: skip


def test_the_segments_of_a_number_are_known_and_the_ids_of_the_calls_that_are_folded() -> None:
    history = History()
    for _ in range(2):
        history.note("call", "c1", FIRST, call_body("1"), folded=False)
        history.note("call", "c2", SECOND, call_body("1"), folded=True)
        history.note("call", "c3", SECOND, call_body(None), folded=True)
    assert history.segments(ONE) == {FIRST, SECOND}
    assert history.calls(ONE) == {"c2"}
    assert (history.segments(TWO), history.calls(TWO)) == (set(), set())
    history.note("correction", "x1", SECOND, correction("x1", "c3", call_body("2")).body, folded=True)
    assert (history.segments(TWO), history.calls(TWO)) == ({SECOND}, {"c3"})


def test_the_last_call_with_a_number_tells_whether_another_was_promised_in_any_order() -> None:
    due = clock(17)
    early, late = promising("1", clock(9), due), promising("1", clock(10), None)
    for bodies in ((early, late), (late, early)):
        history = History()
        for place, body in enumerate(bodies):
            history.note("call", f"c{place}", FIRST, body, folded=False)
        assert history.promised() == []
        history.note("call", "c9", FIRST, promising("1", clock(10) + timedelta(seconds=1), due), folded=False)
        assert history.promised() == [ONE]


def test_what_was_changed_may_have_promised_another() -> None:
    history = History()
    history.note("void", "x1", FIRST, void("x1", "c1").body, folded=False)
    history.note("call", "c1", FIRST, call_body("1"), folded=False)
    assert history.promised() == []
    history.note("correction", "x2", FIRST, correction("x2", "c1", call_body("1")).body, folded=False)
    assert history.promised() == [ONE]
