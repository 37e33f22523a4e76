"""Which segments were begun after one of a later day, in whatever order they are seen."""

from datetime import date
from itertools import permutations

from agent_tui.book.segments.set_back import SetBack

DAYS = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 8, 1), date(2026, 11, 3)]
NAMES = [f"{'a' * 16}-{number:06}.jsonl" for number in range(1, 5)]


def test_a_segment_reaches_to_the_last_day_before_it_in_any_order() -> None:
    for order in permutations(zip(NAMES, DAYS, strict=True)):
        seen = SetBack()
        for name, day in order:
            seen.note(name, day)
        assert [seen.to(date(2026, 11, day)) for day in (1, 2, 3)] == [{NAMES[2]}, {NAMES[2]}, set()]
        seen.forget(NAMES[2])
        assert seen.to(date(2026, 11, 2)) == set()
