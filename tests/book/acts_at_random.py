"""Acts of agents and supervisors in a week, to be drawn at random, and all that the books then tell."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from agent_tui.book import Book
from agent_tui.book.acts import Written
from shared_rules.why.days import day_figures
from tests.book.month import a_day

START = date(2026, 11, 16)
DAYS = [START + timedelta(days=number) for number in range(5)]
AGENTS = ("A1", "A2")


def agent_acts(desk: Book, agent: str, day: date, random: Random) -> list[Callable[[], Any]]:
    """What an agent may do on a day; some of it is refused."""
    calls = [call.id for each in DAYS for call in desk.calls(agent, each)]
    entries = [entry.id for entry in desk.ledger(agent, "2026-11").entries]
    acts = desk.agent
    found: list[Callable[[], Any]] = [
        lambda: desk.own.log_many(a_day(day, random.randint(1, 4), random.randint(0, 2), first=random.randint(0, 5))),
        lambda: acts.hand_in(day),
        lambda: acts.ask(random.choice(("leave", "visit")), day, random.choice((60, 420)), "事"),
        lambda: acts.plan("2026-W48", companies=random.randint(1, 9)),
        lambda: acts.summary("2026-W47", "…"),
        lambda: acts.punch(random.choice(("in", "out"))),
    ]
    if calls:
        found += [lambda: desk.own.void(random.choice(calls)), lambda: acts.flag(random.choice(calls))]
    if entries:
        found.append(lambda: acts.appeal(random.choice(entries), "不服"))
    return found


def chief_acts(boss: Book, day: date, random: Random) -> list[Callable[[], Written]]:
    """What a supervisor may do on a day."""
    agent = random.choice(AGENTS)
    acts = boss.supervisor
    calls = [call.id for call in boss.calls(agent, day)]
    entries = [entry.id for entry in boss.ledger(agent, "2026-11").entries]
    requests = [one.id for one in boss.read.requests(agent)]
    proposals = [one.id for one in boss.read.proposals(agent)]
    phone = f"138{random.randint(0, 3):08}"
    found: list[Callable[[], Written]] = [
        lambda: acts.confirm(agent, day),
        lambda: acts.excuse(agent, day, "停电"),
        lambda: acts.time_away(agent, "visit", day, 60),
        lambda: acts.points(agent, random.choice(("att.late", "conduct.harm", "meet.missed")), day),
        lambda: acts.payment(phone, "100.55", day, agent=agent),
        lambda: acts.grade_step(phone, random.choice(("visited", "file", "signed")), "B", by="王", on=day, agent=agent),
        lambda: acts.attendance(agent, "daily", day, random.choice(("missed", "present"))),
        lambda: acts.review(agent, "2026-W47", random.randint(1, 5)),
        lambda: acts.plan(agent, "2026-W48", grades=random.randint(1, 3)),
        lambda: acts.release(agent, day),
    ]
    if calls:
        found += [lambda: acts.verify(random.choice(calls), random.random() < 0.7, "核")] * 2
        found.append(lambda: acts.coaching(random.choice(calls), "先问预算"))
    if entries:
        found += [
            lambda: acts.rule_on(random.choice(entries), upheld=random.random() < 0.5, text="裁"),
            lambda: acts.withdraw(random.choice(entries)),
        ]
    if requests:
        found += [lambda: acts.approve(random.choice(requests)), lambda: acts.refuse(random.choice(requests), "不")]
    if proposals:
        found += [
            lambda: acts.accept(random.choice(proposals)),
            lambda: acts.dismiss(random.choice(proposals), "已说明"),
        ]
    return found


def books(book: Book, agent: str) -> list[Any]:
    """All that a machine tells of an agent; not how long ago it heard of it."""
    days = [book.day(agent, day) for day in DAYS]
    return [
        [(one.figures, one.quota, one.points, one.estimate, one.state, one.shortfall, one.beside) for one in days],
        [[(one.id, one.valid, one.lead, one.why_not, one.pending) for one in book.calls(agent, day)] for day in DAYS],
        book.ledger(agent, "2026-11"),
        book.read.statement(agent, "2026-11"),
        book.read.requests(agent),
        book.read.proposals(agent, open_only=False),
        [book.read.week(agent, week) for week in ("2026-W47", "2026-W48")],
        [book.read.day_records(agent, day) for day in DAYS],
        [one for day in DAYS for one in book.read.meeting(day) if one.agent == agent],
        [
            book.read.why(f"day:{agent}:{day}:{name}").why
            for day in DAYS
            for name in day_figures()
            if name[:4] != "pace"
        ],
    ]
