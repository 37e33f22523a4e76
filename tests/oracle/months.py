"""Points and pay of a month, by the handbook's sections 2, 3 and 6; all amounts in fen."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.oracle.days import (
    amount_of,
    counts,
    day_figures,
    findings,
    forms,
    heard_by,
    hire_date,
    is_closed,
    last_day,
    shortfall,
    upheld,
)
from tests.oracle.events import (
    AGENTS,
    Called,
    Corrected,
    Entered,
    Event,
    Given,
    Judged,
    Paid,
    Published,
    Stepped,
    TakenBack,
)

LEDGER = {
    "att.late": (-2, -1000),
    "att.early": (-2, -1000),
    "att.half_day": (-5, 0),
    "att.absent": (-10, 0),
    "att.no_punch": (-2, -1000),
    "meet.missed": (-2, 0),
    "week.summary": (-5, 0),
    "duty.cleaning": (-5, -500),
    "duty.desk": (-2, 0),
    "conduct.seat": (-2, 0),
    "conduct.abuse": (-5, 0),
    "conduct.private_call": (-10, -10000),
    "conduct.harm": (-10, 0),
}


def days_of(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    return [day for day in (first + timedelta(days=n) for n in range(31)) if f"{day:%Y-%m}" == month]


def half_away(amount: Fraction) -> int:
    """An amount to the nearest whole number, a half away from zero."""
    size = int(abs(amount) + Fraction(1, 2))
    return size if amount >= 0 else -size


# Points


def entries(story: Sequence[Event], agent: str, month: str) -> list[tuple[str, str, int, int, bool]]:
    """The ledger: day, rule, points, fen, and whether it counts."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    found = []
    for event in story:
        if isinstance(event, Entered) and event.agent == agent and f"{event.day:%Y-%m}" == month:
            points, fen = LEDGER.get(event.rule, (event.points, 0))
            stands = event.key not in back and upheld(story, event.key)
            found.append((str(event.day), event.rule, points, fen, stands))
    for key in {event.key for event in story if isinstance(event, Judged) and event.agent == agent}:
        places = [n for n, event in enumerate(story) if isinstance(event, Judged) and event.key == key and event.false]
        for place, stands in zip(places, findings(story, key), strict=True):
            day = day_of(story[:place], agent, key)
            if f"{day:%Y-%m}" == month:
                found.append((str(day), "report.false", 0, -5000, stands))
    return sorted(found)


def day_of(story: Sequence[Event], agent: str, key: str) -> date:
    """The day of a call as the supervisor knew it."""
    known = story[: heard_by(story, agent, len(story))]
    told = [e.form.start.date() for e in known if isinstance(e, Called | Corrected) and e.key == key]
    return next((day for day in told if key in dict(forms(known, agent, day))), told[-1])


def balance(story: Sequence[Event], agent: str, month: str) -> int:
    return 100 + sum(points for _, _, points, _, stands in entries(story, agent, month) if stands)


def to_bonus(points: int) -> int:
    return max(0, 121 - points)


def to_penalty(points: int) -> int:
    return max(0, points - 79)


# Whose customer


def owner(story: Sequence[Event], number: str, day: date) -> str | None:
    """Whose customer it is on a day: of the first lead call that stands, until the customer is given to another."""
    leads = []
    for agent in AGENTS:
        days = {event.form.start.date() for event in story if isinstance(event, Called | Corrected)}
        for each in days:
            if each > day:
                continue
            for key, form in forms(story, agent, each):
                if form.number == number and form.interest and counts(story, agent, key, form):
                    leads.append((form.start, agent))
    found = min(leads)[1] if leads else None
    for event in story:
        if isinstance(event, Given) and event.number == number and event.day <= day:
            found = event.agent
    return found


# Pay


def has_step(story: Sequence[Event], number: str, step: str) -> bool:
    back = {event.key for event in story if isinstance(event, TakenBack)}
    return any(
        isinstance(event, Stepped) and (event.number, event.step) == (number, step) and event.key not in back
        for event in story
    )


def grades(story: Sequence[Event], agent: str, month: str) -> tuple[int, int]:
    """What A and B customers bring in a month, in fen: each by its signature, whose customer it was then."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    bring_a = bring_b = Fraction(0)
    signed: dict[str, str] = {}
    for place, event in enumerate(story):
        if not isinstance(event, Stepped) or event.step != "signed" or event.key in back:
            continue
        if not all(has_step(story, event.number, step) for step in ("visited", "file")):
            continue
        before = signed.get(event.number)
        if before in ("A", event.grade):
            continue
        signed[event.number] = event.grade
        if f"{event.day:%Y-%m}" != month or owner(story[:place], event.number, event.day) != agent:
            continue
        a, b = (amount_of(story, agent, event.day, name) for name in ("grade_a", "grade_b"))
        if event.grade == "B":
            bring_b += b
        else:
            bring_a += a - b if before else a
    return int(bring_a), int(bring_b)


def received(story: Sequence[Event], agent: str, month: str) -> dict[Fraction, int]:
    """What customers paid less what they got back, in fen, by the percentage that is the agent's."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    found: dict[Fraction, int] = {}
    for place, event in enumerate(story):
        if isinstance(event, Paid) and event.key not in back and f"{event.day:%Y-%m}" == month:
            whose = event.agent or owner(story[:place], event.number, event.day)
            percent = amount_of(story, agent, event.day, "percent")
            found[percent] = found.get(percent, 0) + (event.fen if whose == agent else 0)
    return found


def valid_calls(story: Sequence[Event], agent: str, month: str, now: datetime) -> dict[Fraction, int]:
    """The month's valid calls by what each brings, in fen."""
    found: dict[Fraction, int] = {}
    for day in days_of(month):
        if hire_date(story, agent, day) <= day <= min(last_day(story, agent), now.date()):
            rate = amount_of(story, agent, day, "call_rate")
            found[rate] = found.get(rate, 0) + day_figures(story, agent, day)["valid"]
    return found


def statement(story: Sequence[Event], agent: str, month: str, now: datetime) -> dict[str, int]:
    """The month's lines in fen, the total and the limits."""
    points = balance(story, agent, month)
    fines = Fraction(sum(fen for _, _, _, fen, stands in entries(story, agent, month) if stands))
    for day in days_of(month):
        if is_closed(story, agent, day, now):
            fines -= shortfall(story, agent, day)
    a, b = grades(story, agent, month)
    shares = received(story, agent, month)
    lines = {
        "pay.base": 100_000,
        "pay.valid_calls": sum(half_away(rate * n) for rate, n in valid_calls(story, agent, month, now).items()),
        "pay.grade_a": a,
        "pay.grade_b": b,
        "pay.payments": sum(half_away(fen * percent / 100) for percent, fen in shares.items()),
        "pay.points": 20_000 if points > 120 else -20_000 if points < 80 else 0,
        "pay.fines": half_away(fines),
    }
    gross = sum(lines[name] for name in ("pay.base", "pay.valid_calls", "pay.grade_a", "pay.grade_b", "pay.payments"))
    gross += max(0, lines["pay.points"])
    deductions = -lines["pay.fines"] + max(0, -lines["pay.points"])
    least = [deductions, gross * 20 // 100]
    if wage := minimum_wage(story):
        least.append(gross - wage)
    deductible = max(0, min(least))
    return lines | {
        "total": sum(lines.values()),
        "gross": gross,
        "deductions": deductions,
        "deductible": deductible,
        "not_deductible": deductions - deductible,
    }


def minimum_wage(story: Sequence[Event]) -> int | None:
    """The minimum wage that was set first, in fen; the stories here set it once."""
    for event in story:
        if isinstance(event, Published) and "minimum_wage" in event.numbers:
            return int(Fraction(str(event.numbers["minimum_wage"])) * 100)
    return None
