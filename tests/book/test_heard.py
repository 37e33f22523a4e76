"""How old an agent's data is, is known on the first day of a month too, when nothing of theirs is in it yet."""

from datetime import timedelta

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.company import NOW, Company, talk


def test_who_was_silent_since_the_month_before_was_heard(company: Company) -> None:
    for id, name in (("A017", "张敏"), ("A018", "李强")):
        talk(company.join(id, name), 1)
    company.sync()
    company.boss.close()
    later = NOW + timedelta(days=40)
    company.boss = Book.open(company.boss_home, SetClock(later, ticking=False))
    days = {one.agent: one.data_age_s for one in company.boss.team(later.date(), money=False).agents}
    since_midnight = 39 * 24 * 3600 + (later - later.replace(hour=0, minute=0)).seconds
    assert days == dict.fromkeys(("A017", "A018"), since_midnight), "the end of the day on which they last wrote"


def test_what_a_clock_that_was_ahead_wrote_makes_no_old_data_new(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    company.desks.pop("A017").close()
    ahead = Book.open(company.folder / "A017", SetClock(NOW + timedelta(days=90), ticking=False))
    talk(ahead, 2)
    ahead.sync_once()
    ahead.close()
    company.boss.sync_once()
    company.clock._start += timedelta(hours=3)
    assert [one.data_age_s for one in company.boss.team(NOW.date(), money=False).agents] == [3 * 3600]
