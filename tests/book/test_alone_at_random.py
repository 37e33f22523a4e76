"""What a program tells that was asked one thing alone is what one tells that has folded everything."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.company import NOW, Company

START = NOW - timedelta(days=150)
LATEST = NOW - timedelta(days=20)
AGENTS = ("A1", "A2")


def call(chance: Random, start: datetime) -> CallEntry:
    return CallEntry(
        phone=number(chance), outcome=chance.choice(["talked", "talked", "refused", "no_answer"]),
        interest=chance.choice([None, "intent"]), company="宏达", contact="王", title="经理",
        note=chance.choice(["", "要报价"]), started_at=start,
    )  # fmt: skip


def number(chance: Random) -> str:
    return f"138{chance.randrange(4):08}"


def agents_act(desk: Book, agent: str, now: datetime, days: list[datetime], chance: Random) -> None:
    """A call of now, or of some day told late; one put right, into another day perhaps; one withdrawn; an appeal."""
    day = chance.choice(days)
    calls = [one.id for one in desk.calls(agent, day.date())]
    entries = [one.id for one in desk.ledger(agent, f"{day:%Y-%m}").entries]
    match chance.randrange(9):
        case 0 | 1 | 2:
            desk.own.log(call(chance, now - timedelta(minutes=1)))
        case 3 | 4:
            desk.own.log(call(chance, day - timedelta(minutes=chance.randrange(99))))
        case 5 if calls:
            desk.own.void(chance.choice(calls), "按错")
        case 6 | 7 if calls:
            desk.own.correct(chance.choice(calls), call(chance, chance.choice(days) - timedelta(minutes=5)))
        case 8 if entries:
            desk.agent.appeal(chance.choice(entries), "不服")


def supervisors_act(boss: Book, days: list[datetime], chance: Random) -> None:
    agent, day = chance.choice(AGENTS), chance.choice(days).date()
    calls = [one.id for one in boss.calls(agent, day)]
    entries = [one.id for one in boss.ledger(agent, f"{day:%Y-%m}").entries]
    match chance.randrange(9):
        case 0 | 1 | 2:
            boss.supervisor.confirm(agent, day)
        case 3 | 4 if calls:
            boss.supervisor.verify(chance.choice(calls), chance.random() < 0.7, "核")
        case 5:
            boss.supervisor.points(agent, "att.late", day)
        case 6 if entries:
            boss.supervisor.rule_on(chance.choice(entries), upheld=chance.random() < 0.5, text="裁")
        case 7:
            boss.supervisor.payment(number(chance), f"{chance.randrange(1, 9000)}", day)
        case 8:
            boss.supervisor.excuse(agent, day, "停电")


def history(folder: Path, chance: Random) -> dict[str, Path]:
    """The homes of a team that worked on some days of four months, all synced."""
    company = Company(folder, START)
    for agent in AGENTS:
        company.join(agent, agent)
    company.close()
    homes = {"boss": company.boss_home, **{agent: folder / agent for agent in AGENTS}}
    now, days = START, [START]
    while now < LATEST:
        now += timedelta(days=chance.choice([1, 2, 9, 25]))
        days.append(now)
        for who in ("A1", "A2", "boss", "boss", "A1"):
            now += timedelta(minutes=10)
            book = Book.open(homes[who], SetClock(now))
            book.sync_once()
            for _ in range(chance.randint(1, 3)):
                try:
                    if who == "boss":
                        supervisors_act(book, days, chance)
                    else:
                        agents_act(book, who, now, days, chance)
                except Problem:
                    pass  # what is refused changes nothing
            book.sync_once()
            book.close()
    for who in (*AGENTS, "boss", *AGENTS):
        book = Book.open(homes[who], SetClock(NOW, ticking=False))
        book.sync_once()
        book.close()
    return homes


def record(id: str, book: Book) -> object:
    return book.record(id)


def why(id: str, book: Book) -> object:
    return book.read.why(id)


def own_call(id: str, book: Book) -> object:
    return book.own.call(id)


def owner(phone: str, book: Book) -> object:
    return book.read.owner(phone, NOW.date())


def questions(who: str, ids: list[str]) -> list[partial[object]]:
    """Each asked of a program by itself."""
    found = [partial(ask, id) for id in ids for ask in (record, why)]
    if who == "boss":
        return found + [partial(owner, f"138{each:08}") for each in range(4)]
    return found + [partial(own_call, id) for id in ids]


def told(ask: Callable[[Book], object], book: Book) -> object:
    try:
        return ask(book)
    except Problem as problem:
        return str(problem)


@pytest.mark.parametrize("seed", range(2))
def test_one_thing_asked_alone_is_told_as_by_a_book_that_folded_all(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    homes = history(tmp_path, chance)
    for who, home in homes.items():
        whole = Book.open(home, SetClock(NOW, ticking=False))
        journal = whole.session.place.journal
        ids = [one.line.id for segment in journal.segments() for one in journal.read(segment.name) if one.line.id]
        whole.load(START.date() - timedelta(days=9), team=True)
        for ask in chance.sample(asked := questions(who, ids), min(20, len(asked))):
            alone = Book.open(home, SetClock(NOW, ticking=False))
            assert told(ask, alone) == told(ask, whole)
            alone.close()
        whole.close()
