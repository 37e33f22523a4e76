"""Whom to call next."""

from datetime import date, datetime, timedelta
from pathlib import Path

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.store.segments import Stored
from shared_rules.records.parts import Customer
from tests.company import NOW


def test_the_list_is_called_in_its_order(desk: Book) -> None:
    index = desk.customers
    rows = desk.lists.taking("名单", ["A017"])
    rows.take([(n, "", Customer(phone=f"+8613800138{n:03}")) for n in (5, 1, 3)])
    index.build()

    def following(*avoid: str) -> str | None:
        index.hear()
        known = desk.lists.next(frozenset(avoid))
        return known.phone[-3:] if known else None

    assert (desk.lists.left(), following()) == (3, "001")
    assert following("+8613800138001") == "003"
    desk.own.log(CallEntry(phone="13800138001", outcome="no_answer"))
    assert following() == "003"
    desk.lists.postpone("13800138003", NOW + timedelta(hours=1))
    assert following() == "005"
    desk.own.log(CallEntry(phone="13800138005", outcome="do_not_call"))
    assert following() is None
    assert desk.lists.left() == 1


def test_an_erased_number_is_never_next_even_before_the_index_heard_of_it(desk: Book) -> None:
    """The desk reads its day, and takes the next number, while the index may still be reading."""
    rows = desk.lists.taking("名单", ["A017"])
    rows.take([(n, "", Customer(phone=f"+8613800138{n:03}", company="宏达")) for n in (1, 2)])
    desk.customers.build()
    desk.erasures.erase("13800138001")
    following = desk.lists.next()
    assert following is not None
    assert following.phone[-3:] == "002"


def test_nobody_is_next_before_all_records_are_read(desk: Book) -> None:
    """Half read, the list has numbers without their customers, and such as were called in what is yet to be read."""
    desk.lists.taking("名单", ["A017"]).take(
        [(n, "", Customer(phone=f"+8613800138{n:03}", company="宏达")) for n in (1, 2)]
    )
    desk.own.log(CallEntry(phone="13800138001", outcome="no_answer"))
    index, meanwhile = desk.customers, []
    take = index._reader.take

    def taken(stored: Stored) -> None:
        take(stored)
        meanwhile.append(desk.lists.next())

    index._reader.take = taken  # type: ignore[method-assign]
    index.build()
    assert len(meanwhile) >= 3
    assert set(meanwhile) == {None}
    found = desk.lists.next()
    assert found
    assert found.phone[-3:] == "002"


def test_a_postponed_number_comes_back_first(tmp_path: Path) -> None:
    class Hands:
        time: datetime = NOW

        def now(self, zone: object) -> datetime:  # noqa: ARG002
            return self.time

    clock = Hands()
    teams.create_solo(tmp_path / "home", "A017", "张敏", date(2026, 1, 5), "Asia/Shanghai", SetClock(NOW))
    desk = Book.open(tmp_path / "home", clock)
    try:
        desk.lists.taking("名单", ["A017"]).take([(n, "", Customer(phone=f"+8613800138{n:03}")) for n in (1, 2, 3)])
        desk.customers.build()
        desk.lists.postpone("13800138003", NOW + timedelta(hours=1))
        first = desk.lists.next()
        clock.time = NOW + timedelta(hours=2)
        second = desk.lists.next()
        assert first is not None
        assert second is not None
        assert (first.phone[-1], second.phone[-1]) == ("1", "3")
    finally:
        desk.close()
