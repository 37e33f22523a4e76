"""The customers' index where lines come before the call or the lead that they are about, or come once more."""

from datetime import timedelta
from itertools import permutations
from random import Random
from threading import RLock
from typing import Any

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.customers.giving import everybodys
from agent_tui.book.customers.index import CustomerIndex
from agent_tui.book.customers.reading import CustomerReader
from agent_tui.book.customers.table import CustomerTable, Known
from shared_rules.records.parts import Customer
from tests.book.indexed import NUMBERS, call, entry, stir
from tests.company import Company

_SHOWN = [name for name in Known.__struct_fields__ if name != "segments"]


def rows(table: CustomerTable) -> list[dict[str, Any]]:
    """What is known of each customer, but for the segments that say it."""
    return [{name: getattr(row, name) for name in _SHOWN} for row in sorted(table.all(), key=lambda row: row.key)]


def given_back_and_forth(company: Company, chance: Random) -> None:
    """Calls, corrected and withdrawn, also to a number that is none; leads that are handed on and taken back."""
    desks = [company.join("A017", "张敏"), company.join("A018", "李强")]
    stir(desks[0], chance, 40)
    for phone in ("13800138101", "13800138102"):
        one = desks[1].own.log(entry(chance, phone))
        desks[1].own.correct(one.id, entry(chance, chance.choice(["13800138103", "不详"])))
        desks[1].own.void(desks[1].own.log(entry(chance, phone)).id)
    listed = [Customer(phone=f"+8613800138{n:03}", company=f"单位{n}") for n in range(200, 208)]
    company.boss.lists.taking("名单", ["A017", "A018"]).take([(n, "", one) for n, one in enumerate(listed)])
    company.sync()
    for customer in listed[:4]:
        desks[0].lists.hand_over(customer.phone, "A018")
    company.sync()
    for number, offered in enumerate(company.boss.lists.offered()):
        (company.boss.lists.refuse if number % 2 else company.boss.lists.accept)(offered.id)
    for customer in listed[4:]:
        company.boss.supervisor.assign(customer.phone, chance.choice(["A017", "A018"]))
    company.sync()


@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_order_lines_come_and_come_again_the_same_is_known(company: Company, seed: int) -> None:
    chance = Random(seed)
    given_back_and_forth(company, chance)
    boss = company.boss
    whole = CustomerIndex(boss.session, boss.lock, lambda: None)
    whole.build()
    expected = rows(whole.table)
    assert any(row["lead_at"] and not row["gone"] for row in expected)
    lines = [stored for held in boss.session.segments.held() for stored in boss.session.segments.read(held)]
    for _ in range(5):
        order = chance.sample(lines, len(lines)) + chance.sample(lines, len(lines) // 2)
        reader = CustomerReader(boss.session, RLock(), CustomerTable(), None)
        for stored in order:
            reader.take(stored)
            if chance.random() < 0.2 and reader.unsure:
                reader.settle()
        reader.settle()
        assert rows(reader.table) == expected


def test_a_lead_taken_back_stays_so_when_its_line_comes_again_after_a_start(company: Company) -> None:
    desk, _ = company.join("A017", "张敏"), company.join("A018", "李强")
    boss = company.boss
    call(desk, "13800138009")
    boss.lists.taking("名单", ["A017"]).take([(1, "", Customer(phone="+8613800138001", company="宏达"))])
    boss.supervisor.assign("13800138001", "A018")
    boss.customers.build()
    assert [row.agent for row in boss.customers.known("13800138001")] == ["A018"]
    boss.customers.stop()
    index = CustomerIndex(boss.session, boss.lock, lambda: None)
    index.build()
    held = [stored for one in boss.session.segments.held() for stored in boss.session.segments.read(one)]
    (lead,) = [stored for stored in held if stored.line.kind == "lead" and stored.line.agent == "A017"]
    index._reader.take(lead)
    index._after()
    assert [row.agent for row in index.known("13800138001")] == ["A018"]


def test_a_call_whose_number_was_no_number_after_all_is_no_customers(desk: Book) -> None:
    index = desk.customers
    index.build()
    one = call(desk, "13800138001", "宏达", "王")
    index.hear()
    assert [row.company for row in index.known("13800138001")] == ["宏达"]
    desk.own.correct(one, CallEntry(phone="不详", outcome="talked", company="宏达", contact="王", title="经理"))
    index.hear()
    assert index.known("13800138001") == []
    assert desk.own.customer("13800138001") is None


def with_number(phone: str) -> CallEntry:
    return CallEntry(phone=phone, outcome="talked", company="宏达", contact="王", title="经理")


def moved_twice(company: Company) -> tuple[Book, str]:
    """A desk whose call has a third number by now, each change written on another day."""
    desk = company.join("A017", "张敏")
    one = call(desk, NUMBERS[1], "宏达", "王")
    for phone in NUMBERS[2:4]:
        company.clock._start += timedelta(days=1)
        desk.own.correct(one, with_number(phone))
    company.sync()
    return desk, one


def test_a_call_whose_number_is_corrected_twice_is_with_the_last_number_alone(desk: Book) -> None:
    index = desk.customers
    index.build()
    one = call(desk, NUMBERS[1], "宏达", "王")
    index.hear()
    for phone in NUMBERS[2:4]:
        desk.own.correct(one, with_number(phone))
        index.hear()
    assert [len(index.known(phone)) for phone in NUMBERS[1:4]] == [0, 0, 1]
    desk.own.void(one)
    index.hear()
    assert [len(index.known(phone)) for phone in NUMBERS[1:4]] == [0, 0, 0]


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_what_changed_a_call_last_stands_in_whatever_order_the_days_come(
    company: Company, order: tuple[int, ...]
) -> None:
    desk, one = moved_twice(company)
    company.clock._start += timedelta(days=1)
    desk.own.void(one)
    lines = [stored for held in desk.session.segments.held() for stored in desk.session.segments.read(held)]
    told = [stored for stored in lines if stored.line.kind in ("call", "correction", "void")]
    reader = CustomerReader(desk.session, RLock(), CustomerTable(), None)
    for number in order:
        reader.take(told[number])
        reader.settle()
    assert [*reader.table.all()] == []


def test_of_a_number_that_a_call_was_once_with_no_record_on_another_day_tells_a_customer(company: Company) -> None:
    moved_twice(company)
    found = [everybodys(company.boss.session, f"+86{phone}") for phone in NUMBERS[1:4]]
    assert [[row.company for row in rows] for rows in found] == [[], [], ["宏达"]]
