"""A book that stays open puts the calls of a day away when the day is over."""

from datetime import timedelta
from gc import collect
from pathlib import Path
from weakref import ref

from tests.company import NOW, Company, talk


def test_a_board_that_stays_open_keeps_no_call_of_days_that_are_over(tmp_path: Path) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    company.boss.load_month(NOW.date())
    for number in range(3):
        talk(desk, number, lead=True)
    company.sync()
    before = company.boss.day("A017", NOW.date()).figures
    fold = company.boss.session.folds.fold("A017")
    assert [
        fold.is_put_away(held.name)
        for held in company.boss.session.segments.held()
        if held.writer == desk.identity.writer
    ] == [False]
    company.clock._start += timedelta(days=1)
    company.boss.sync_once()
    fold = company.boss.session.folds.fold("A017")
    assert [
        fold.is_put_away(held.name)
        for held in company.boss.session.segments.held()
        if held.writer == desk.identity.writer
    ] == [True]
    assert company.boss.day("A017", NOW.date()).figures == before
    company.close()


def test_a_board_whose_clock_was_ahead_puts_the_next_day_away_too(tmp_path: Path) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    company.boss.load_month(NOW.date())
    for days in (60, -60):
        company.clock._start += timedelta(days=days)
        company.boss.sync_once()
    talk(desk, 1)
    company.sync()
    company.clock._start += timedelta(days=1)
    company.boss.sync_once()
    fold = company.boss.session.folds.fold("A017")
    held = company.boss.session.segments.held()
    assert [fold.is_put_away(one.name) for one in held if one.writer == desk.identity.writer] == [True]
    company.close()


def test_what_was_folded_before_is_not_held(tmp_path: Path) -> None:
    company = Company(tmp_path)
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    company.boss.read.suspects("A017", NOW.date())
    company.boss.cards(), company.boss.team(NOW.date()), company.boss.ledger("A017", f"{NOW:%Y-%m}")
    before = ref(company.boss.session.folds)
    company.clock._start += timedelta(days=1)
    company.boss.sync_once()
    company.boss.read.suspects("A017", company.boss.today())
    collect()
    assert before() is None
    company.close()
