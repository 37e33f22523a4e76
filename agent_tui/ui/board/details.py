"""What the wide board shows of an agent's calls beside the day's figures: likely grades, valid calls by hour."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent_tui.views import CallView

FIRST_HOUR, LAST_HOUR = 9, 18


@dataclass(frozen=True, slots=True)
class Detail:
    """Counts of an agent's day: calls with a likely grade, and valid calls in each hour from FIRST_HOUR to LAST_HOUR.

    What lies before or after is counted with the first or the last hour.
    """

    a: int
    b: int
    hours: tuple[int, ...]


def detail(calls: Iterable[CallView]) -> Detail:
    """The detail of a day's calls."""
    a = b = 0
    hours = [0] * (LAST_HOUR - FIRST_HOUR + 1)
    for call in calls:
        if call.lead:
            a += call.grade == "A"
            b += call.grade == "B"
        if call.valid:
            hours[min(max(call.started_at.hour, FIRST_HOUR), LAST_HOUR) - FIRST_HOUR] += 1
    return Detail(a, b, tuple(hours))
