"""What the tests of the customers' index share: calls at random, and the index held against the records."""

import random
from datetime import timedelta

from agent_tui.book import Book, CallEntry
from agent_tui.book.customers.index import CustomerIndex
from shared_rules.phones import parse_phone
from shared_rules.records.parts import Customer
from tests.company import NOW

NUMBERS = [f"138001380{n:02}" for n in range(12)]

OUTCOMES = ["talked", "refused", "no_answer", "callback", "dead_number"]

FIELDS = ("extension", "company", "contact", "title", "department", "headcount", "it_status")


def entry(chance: random.Random, phone: str | None = None) -> CallEntry:
    """A call at some time of the last months, each of its fields there or not."""
    outcome = chance.choice(OUTCOMES)
    spoken = outcome in ("talked", "refused", "callback")

    def maybe(*texts: str) -> str:
        return chance.choice(["", *texts]) if spoken else ""

    interest = chance.choice([None, "intent"]) if spoken else None
    return CallEntry(
        phone=phone or chance.choice(NUMBERS),
        outcome=outcome,
        interest="intent" if interest else None,
        grade=chance.choice([None, "A", "B"]) if interest else None,
        company=maybe("宁波宏达科技有限公司", "鑫源化工", "58同城"),
        contact=maybe("王", "李四"),
        title=maybe("经理", "厂长"),
        department=maybe("采购部"),
        headcount=maybe("51-200", "1-20"),
        it_status=maybe("有系统"),
        note=maybe("要报价"),
        follow_up=NOW + timedelta(days=2) if chance.random() < 0.3 else None,
        started_at=NOW - timedelta(minutes=chance.randrange(1, 60 * 24 * 80)),
        duration_s=30,
    )


def stir(desk: Book, chance: random.Random, steps: int) -> None:
    """Calls, corrections (of the number too), withdrawals, and numbers of lists."""
    ids: list[str] = []
    for _ in range(steps):
        what = chance.choice(["log", "log", "log", "correct", "void", "lead"])
        if what == "log" or not ids:
            ids.append(desk.own.log(entry(chance)).id)
        elif what == "correct":
            desk.own.correct(chance.choice(ids), entry(chance))
        elif what == "void":
            gone = chance.choice(ids)
            desk.own.void(gone)
            ids.remove(gone)
        else:
            number = parse_phone(chance.choice(NUMBERS))
            assert number is not None
            taker = desk.lists.taking("名单", ["A017"])
            customer = Customer(phone=number.e164, company="名单公司", title="总经理")
            if taker.is_new(customer):
                taker.take([(1, "", customer)])


def told(desk: Book, index: CustomerIndex) -> None:
    """The index says of every number what the records say."""
    spoke = {outcome.id for outcome in desk.policy().outcomes if outcome.spoke}
    index.hear()
    for phone in NUMBERS:
        found = index.known(phone)
        view = desk.own.customer(phone)
        assert bool(found) == (view is not None) or (found and found[0].lead_at)
        if view is None:
            continue
        row, calls = found[0], view.calls
        for name in FIELDS:
            said = getattr(view.latest, name)
            if said or not row.lead_at:
                assert getattr(row, name) == said, (phone, name)
        assert row.last == int(calls[0].started_at.timestamp())
        assert row.spoken == any(call.outcome in spoke for call in calls)
        due = calls[0].follow_up
        assert row.follow_up == (int(due.timestamp()) if due else 0)
        assert row.grade == next((call.grade for call in calls if call.grade), "")


def words(index: CustomerIndex, query: str) -> list[str]:
    return [row.phone[-4:] for row in index.search(query, 50)]


def call(desk: Book, phone: str, company: str = "", contact: str = "", minutes_ago: int = 0) -> str:
    return desk.own.log(
        CallEntry(
            phone=phone,
            outcome="talked",
            company=company,
            contact=contact,
            title="经理",
            started_at=desk.now() - timedelta(minutes=minutes_ago),
        )
    ).id
