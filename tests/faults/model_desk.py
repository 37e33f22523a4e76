"""What agents do in the model's world. `number` chooses among what there is."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from agent_tui.store.journal import Journal
from shared_rules.records.kinds import encode
from shared_rules.records.parts import Customer
from tests.faults.model_world import AGENTS, Machine, World

PHONES = [f"1380000{number:04}" for number in range(12)]
"""All customers there are."""

_OUTCOMES = ("talked", "talked", "talked", "busy", "no_answer", "refused", "do_not_call")

Act = Callable[[World, Machine, int], object]


def entry(world: World, book: Book, number: int, company: str = "宏达") -> CallEntry:
    """A call with one of a few customers, seldom with none that could be called; seldom one of the days before."""
    phone, outcome = PHONES[number % 12] if number % 13 else "不详", _OUTCOMES[number // 12 % 7]
    lead = number % 5 == 0 and outcome == "talked"
    started = book.now() - timedelta(hours=number % 50) if number % 7 == 0 else None
    if started:
        world.days.add(started.date())
    return CallEntry(
        phone=phone, outcome=outcome, interest="intent" if lead else None, company=f"{company}{phone}", contact="王",
        title="经理", note="要报价" if number % 3 else "", started_at=started,
        follow_up=book.now() + timedelta(hours=number % 30) if number % 4 == 0 else None,
    )  # fmt: skip


def log(world: World, machine: Machine, number: int) -> None:
    machine.book.own.log(entry(world, machine.book, number))


def correct(world: World, machine: Machine, number: int) -> None:
    book = machine.book
    book.own.correct(world.some(number, "call", of=machine.person), entry(world, book, number // 5, "改"))


def void(world: World, machine: Machine, number: int) -> None:
    machine.book.own.void(world.some(number, "call", of=machine.person), "按错")


def command(world: World, machine: Machine, number: int) -> None:
    """Another process of this home logs, and may sync."""
    book = Book.open(machine.home, machine.clock)
    try:
        book.own.log(entry(world, book, number))
        if number % 3 == 0:
            book.sync_once()
    finally:
        book.close()
        # It may be in a team, or have a key, which the desk beside it does not know of yet.
        world.note(machine, "*")


def newer(world: World, machine: Machine, number: int) -> None:
    """A newer program at this home writes what this one does not know: a kind, a format, members of a call."""
    book = Book.open(machine.home, machine.clock)
    try:
        session, now = book.session, book.now()
        place = session.place
        draft = own.drafts(session, entry(world, book, number), now)[0]
        make = session.pen._maker(draft, now)

        def made(seq: int) -> dict[str, object]:
            members = dict(make(seq)) | {"later": [1, {"more": None}]}
            body = msgspec.json.decode(encode(draft.body))
            if number % 3 == 0:
                return members | {"kind": "of_the_future", "body": {"said": [seq]}}
            if number % 3 == 1:
                return members | {"v": 2}
            return members | {"body": body | {"mood": "glad", "also": {"how": [seq]}}}

        other = Journal(place.where.journal, place.writer, place.zone)
        other.append([made], now)
        other.close()
    finally:
        book.close()
        world.note(machine, "*")


def hand_in(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.hand_in(machine.book.today() - timedelta(days=number % 2))


def ask(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.ask("leave" if number % 2 else "visit", machine.book.today(), 60 + number % 60, "事")


def appeal(world: World, machine: Machine, number: int) -> None:
    machine.book.agent.appeal(world.some(number, "points", "verdict"), "不服")


def punch(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.punch("in" if number % 2 else "out")


def plan(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.plan(machine.book.read.this_week(), companies=number % 5, grades=number % 3, text="计划")


def summary(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.summary(machine.book.read.this_week(), f"小结{number % 7}")


def propose(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.propose(PHONES[number % 12], "A" if number // 12 % 2 else "B")


def flag(world: World, machine: Machine, number: int) -> None:
    machine.book.agent.flag(world.some(number, "call", of=machine.person))


def hand_over(_: World, machine: Machine, number: int) -> None:
    machine.book.lists.hand_over(PHONES[number % 12], AGENTS[machine.person == AGENTS[0]])


def merge(_: World, machine: Machine, number: int) -> None:
    """Two spellings of a company are made one."""
    phone = PHONES[number % 12]
    machine.book.lists.merge(f"宏达{phone}", f"改{PHONES[number // 12 % 12]}", phone)


def leads(_: World, machine: Machine, number: int) -> None:
    """A list of a few customers, dealt to whom this person deals."""
    lists = machine.book.lists
    taker = lists.taking(f"名单{number % 3}", lists.targets(()))
    phones = [PHONES[(number // 12 + each) % 12] for each in range(1 + number // 3 % 4)]
    customers = [Customer(phone=f"+86{phone}", company=f"宏达{phone}", contact="李") for phone in phones]
    taker.take([(row, "", one) for row, one in enumerate(customers, 2) if taker.is_new(one)])


DESK: tuple[Act, ...] = (
    *(log,) * 8, *(correct,) * 4, *(void,) * 2, command, newer, hand_in, ask, appeal, punch, plan, summary, propose,
    flag, hand_over, merge, leads,
)  # fmt: skip
