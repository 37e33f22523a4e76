"""A working day of one agent, planned ahead: which call begins when, and how it ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from agent_tui.book import CallEntry
from agent_tui.demo.people import Company, Person, company, note
from shared_rules.records.parts import Grade, Interest

_SPANS = ((time(9), time(12)), (time(13), time(17)))
# How calls end, out of a hundred.
_OUTCOMES = {
    "talked": 60,
    "refused": 9,
    "no_answer": 12,
    "busy": 5,
    "dead_number": 3,
    "callback": 6,
    "not_decider": 4,
    "existing_customer": 1,
}
_SHORT = ("no_answer", "busy", "dead_number")


@dataclass(frozen=True, slots=True)
class Planned:
    """One call; it is logged at `at`, when it has ended."""

    at: datetime
    agent: str
    entry: CallEntry


def planned(person: Person, day: date, zone: ZoneInfo, seed: int) -> Iterator[Planned]:
    """The calls of `person` on `day` in their order, the same for the same seed."""
    random = Random(f"day {seed} {person.id} {day}")
    for begin, end in _SPANS:
        start = datetime.combine(day, begin, zone) + timedelta(seconds=random.randint(10, 400))
        last = datetime.combine(day, end, zone)
        while start < last:
            outcome = random.choices(tuple(_OUTCOMES), tuple(_OUTCOMES.values()))[0]
            seconds = random.randint(8, 35) if outcome in _SHORT else random.randint(25, 240)
            entry = _entry(random, person, outcome, start, seconds)
            yield Planned(start + timedelta(seconds=seconds), person.id, entry)
            pause = random.expovariate(1) * max(3600 / person.calls_an_hour - 105, 20)
            start += timedelta(seconds=int(seconds + 4 + pause))


def _entry(random: Random, person: Person, outcome: str, start: datetime, seconds: int) -> CallEntry:
    customer = company(random)
    if outcome in _SHORT:
        return CallEntry(
            phone=customer.phone, company=customer.name, outcome=outcome, started_at=start, duration_s=seconds
        )
    interest, grade = _interest(random, outcome)
    known = _careless(random, customer) if random.random() > person.care else customer
    return CallEntry(
        phone=known.phone,
        outcome=outcome,
        interest=interest,
        grade=grade,
        company=known.name,
        contact=known.contact,
        title=known.title,
        department=known.department,
        headcount=known.headcount,
        it_status=known.it_status,
        note=note(random, outcome),
        follow_up=_follow_up(random, start) if interest or outcome == "callback" else None,
        started_at=start,
        duration_s=seconds,
    )


def _interest(random: Random, outcome: str) -> tuple[Interest | None, Grade | None]:
    if outcome not in ("talked", "callback"):
        return None, None
    chance = random.random()
    if chance < 0.14:
        return "intent", random.choice(("A", "B", "B", None))
    return ("developable", None) if chance < 0.3 else (None, None)


def _careless(random: Random, customer: Company) -> Company:
    """The same with one thing not asked for."""
    blank = random.choice(("contact", "title", "name"))
    values = {name: "" if name == blank else getattr(customer, name) for name in Company.__slots__}
    return Company(**values)


def _follow_up(random: Random, start: datetime) -> datetime:
    if random.random() < 0.2:
        return (start + timedelta(hours=random.randint(1, 3))).replace(minute=0, second=0)
    return (start + timedelta(days=random.randint(1, 6))).replace(
        hour=random.choice((9, 10, 14, 15)), minute=0, second=0
    )
