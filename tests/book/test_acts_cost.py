"""What a supervisor records costs the same with much recorded before."""

from datetime import date
from functools import partial
from pathlib import Path

from tests.book.month import Month
from tests.effort import effort


def test_a_day_is_confirmed_at_the_same_cost_with_many_confirmed_before_it(tmp_path: Path) -> None:
    month = Month(tmp_path, date(2026, 3, 2), {"A001": date(2026, 1, 5)})
    month.clock.set(date(2026, 3, 30), 18)
    costs = []
    for first, last in ((3, 6), (7, 28)):
        for number in range(first, last):
            month.boss.supervisor.confirm("A001", date(2026, 3, number))
        costs.append(effort(partial(month.boss.supervisor.confirm, "A001", date(2026, 3, last))))
    assert costs[1] - costs[0] <= 20
    month.close()
