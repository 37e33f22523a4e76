"""A first pull holds nobody up, and folds only what is looked at; the rest is folded when it is asked for."""

from datetime import timedelta
from pathlib import Path
from threading import RLock
from typing import Any

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from tests.book.world import DAY, valid
from tests.company import NOW, Company


class Turns:
    """The book's lock, counting the lines folded in one turn."""

    def __init__(self) -> None:
        self._lock = RLock()
        self.folded = self.most = 0

    def __enter__(self) -> None:
        self._lock.acquire()
        self.folded = 0

    def __exit__(self, *_: object) -> None:
        self.most = max(self.most, self.folded)
        self._lock.release()


def test_many_lines_are_folded_a_few_at_a_time(tmp_path: Path) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    made = [
        CallEntry(phone=f"138{number:08}", outcome="no_answer", started_at=NOW - timedelta(seconds=number))
        for number in range(900)
    ]
    desk.own.log_many(made)
    desk.sync_once()
    boss = Book.open(company.boss_home, company.clock)
    boss.load_month(DAY)
    turns: Any = Turns()
    boss._lock = turns
    take = boss.session.folds.take

    def counted(stored: Any) -> Any:
        turns.folded += 1
        return take(stored)

    boss.session.folds.take = counted  # type: ignore[method-assign]
    boss.sync_once()
    assert boss.day("A017", DAY).figures.dials == 900
    assert 0 < turns.most <= 200


def test_days_nobody_asked_for_are_folded_when_they_are(tmp_path: Path) -> None:
    company = Company(tmp_path, NOW - timedelta(days=100))
    desk = company.join("A017", "张敏")
    desk.own.log(
        CallEntry(phone="13800138000", outcome="talked", company="宏达", contact="王", title="经理", note="要报价")
    )
    desk.sync_once()
    company.close()
    company.clock = SetClock(NOW, ticking=False)
    boss = Book.open(company.boss_home, company.clock)
    boss.load_month(DAY)
    boss.sync_once()
    assert boss.session.folds.fold("A017").figures((NOW - timedelta(days=100)).date(), boss.policy(DAY)).dials == 0
    assert valid(boss, "A017") == 0
    assert boss.day("A017", (NOW - timedelta(days=100)).date()).figures.valid == 1
