"""Which days are listed when."""

from datetime import date, datetime, timedelta

from agent_tui.sync.rota import Rota
from tests.sync.world import ZONE, Time

TODAY = date(2026, 11, 23)


YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE)


def test_each_poll_lists_today_and_what_brought_something_in_the_last_hour() -> None:
    time = Time()
    rota = Rota(time.monotonic)
    rota.at_each_poll(at(10))
    rota.brought(TODAY)
    rota.brought(date(2026, 10, 1))
    time.wait(2)
    assert rota.at_each_poll(at(10)) == [TODAY, date(2026, 10, 1)]
    time.wait(3601)
    rota.at_each_poll(at(11))
    time.wait(2)
    assert rota.at_each_poll(at(11)) == [TODAY]


def test_a_year_read_for_the_first_time_makes_no_poll_dear() -> None:
    time = Time()
    rota = Rota(time.monotonic)
    rota.at_each_poll(at(10))
    year = [TODAY - timedelta(number) for number in range(365)]
    for day in year:
        rota.brought(day)
    time.wait(2)
    assert len(rota.at_each_poll(at(10))) <= 10
    rota.brought(year[100])
    time.wait(2)
    assert year[100] in rota.at_each_poll(at(10))


def test_neighbours_are_listed_every_ten_seconds_and_at_each_poll_near_midnight() -> None:
    time = Time()
    rota = Rota(time.monotonic)
    listed = []
    for _ in range(10):
        listed.append(rota.at_each_poll(at(10)))
        time.wait(2)
    assert listed == [[TODAY, TOMORROW, YESTERDAY], *[[TODAY]] * 4] * 2
    assert rota.at_each_poll(at(10)) == [TODAY, TOMORROW, YESTERDAY]
    assert rota.at_each_poll(at(0, 30)) == [TODAY, YESTERDAY]
    assert rota.at_each_poll(at(23, 30)) == [TODAY, TOMORROW]


def test_the_slow_look_is_due_once_a_minute_and_the_full_one_at_start_and_once_a_day() -> None:
    time = Time()
    rota = Rota(time.monotonic)
    due = []
    for _ in range(48 * 60):
        due.append((rota.slow_due(), rota.full_due()))
        time.wait(30)
    assert sum(slow for slow, _ in due) == 24 * 60
    assert [place for place, (_, full) in enumerate(due) if full] == [0]
    assert rota.full_due()


def test_what_is_put_off_is_listed_once_the_latest_first() -> None:
    rota = Rota(Time().monotonic)
    days = [TODAY - timedelta(number) for number in range(60)]
    rota.put_off(days, TODAY, recent=True)
    rota.put_off(days, TODAY, recent=False)
    waiting = rota.waiting()
    assert next(waiting) == TODAY
    assert rota.left == 59
    assert list(waiting) == days[1:]
    assert rota.left == 0
