"""Who wrote nothing in the days that are folded: when they last wrote, the name of their newest segment tells."""

from collections.abc import Container, Iterable
from datetime import date

from agent_tui.book.segments.segments import Segments
from agent_tui.trust.people import Binding


def last_days(
    segments: Segments, bindings: Iterable[Binding], heard: Container[str], agent: str | None
) -> dict[str, date]:
    """The day of the newest segment of each person, or of that `agent` alone, who is not among those `heard`."""
    silent = {one.writer: one.person for one in bindings if agent in (None, one.person) and one.person not in heard}
    found: dict[str, date] = {}
    for held in segments.held() if silent else ():
        if person := silent.get(held.writer):
            found[person] = max(held.day, found.get(person, held.day))
    return found
