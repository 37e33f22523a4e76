"""Pay of a month, by the handbook's sections 3 and 6; all amounts in fen."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.oracle.calls import counts, day_figures, standing
from tests.oracle.days import hire_date, is_closed, shortfall
from tests.oracle.events import AGENTS, Given, Paid, Stepped, Story, kept
from tests.oracle.hearing import known, last_day, taken_back
from tests.oracle.ledgers import balance, entries
from tests.oracle.policies import amount_of, number_of, percent_of


def days_of(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    return [day for day in (first + timedelta(days=n) for n in range(31)) if f"{day:%Y-%m}" == month]


def half_away(amount: Fraction) -> int:
    """An amount to the nearest whole number, a half away from zero."""
    size = int(abs(amount) + Fraction(1, 2))
    return size if amount >= 0 else -size


# Points


def points_worth(story: Story, agent: str, day: date, points: int) -> int:
    """The bonus or the penalty of so many points, by what is in force on a day."""
    if points > number_of(story, agent, day, "bonus_over"):
        return int(amount_of(story, agent, day, "bonus"))
    if points < number_of(story, agent, day, "malus_under"):
        return -int(amount_of(story, agent, day, "malus"))
    return 0


def to_bonus(story: Story, agent: str, day: date, points: int) -> int:
    return max(0, number_of(story, agent, day, "bonus_over") + 1 - points)


def to_penalty(story: Story, agent: str, day: date, points: int) -> int:
    return max(0, points - number_of(story, agent, day, "malus_under") + 1)


# Whose customer


def owner(story: Story, number: str, day: date) -> str | None:
    """Whose customer it is on a day: of the first lead call that stands, until the customer is given to another."""
    leads = [
        (form.start, agent)
        for agent in AGENTS
        for key, (form, its) in standing(story, agent).items()
        if form.number == number and form.interest and its and its <= day and counts(story, agent, key, form)
    ]
    found = min(leads)[1] if leads else None
    given = [
        (event.day, n, event.agent)
        for n, event in enumerate(story)
        if isinstance(event, Given) and event.number == number and event.day <= day
    ]
    return max(given)[2] if given else found


@kept
def whose(story: Story, place: int) -> str | None:
    """Whose a payment or a step is, by what the supervisor knew who entered it."""
    event = story[place]
    assert isinstance(event, Paid | Stepped)
    named = event.agent if isinstance(event, Paid) else None
    return named or owner(known(story, place), event.number, event.day)


# Pay


def has_step(story: Story, signature: int, step: str) -> bool:
    """Whether a customer had a step that the signature at a place in the story needs.

    The page says "recorded"; the design, that an agent's machine reads no colleague's records, and that all come to the
    same. So it is one recorded for the agent whose signature it is, or one that the signer knew of and signed by.
    """
    signed = story[signature]
    assert isinstance(signed, Stepped)
    knew = known(story, signature)
    for place, event in enumerate(story):
        if isinstance(event, Stepped) and (event.number, event.step) == (signed.number, step):
            if whose(story, place) == whose(story, signature):
                stands = event.key not in taken_back(story)
            else:
                stands = any(one is event for one in knew) and event.key not in taken_back(knew)
            if stands:
                return True
    return False


def grades(story: Story, agent: str, month: str) -> tuple[int, int]:
    """What A and B customers bring in a month, in fen: each by its signature, whose customer it was then."""
    back = taken_back(story)
    bring_a = bring_b = Fraction(0)
    signed: dict[str, str] = {}
    signatures = [(event.day, n) for n, event in enumerate(story) if isinstance(event, Stepped)]
    for day, place in sorted(signatures):
        event = story[place]
        assert isinstance(event, Stepped)
        if event.step != "signed" or event.key in back:
            continue
        if not all(has_step(story, place, step) for step in ("visited", "file")):
            continue
        before = signed.get(event.number)
        if before in ("A", event.grade):
            continue
        signed[event.number] = event.grade
        if f"{day:%Y-%m}" != month or whose(story, place) != agent:
            continue
        a, b = (amount_of(story, agent, day, name) for name in ("grade_a", "grade_b"))
        if event.grade == "B":
            bring_b += b
        else:
            bring_a += a - b if before else a
    return int(bring_a), int(bring_b)


def received(story: Story, agent: str, month: str) -> dict[Fraction, int]:
    """What customers paid less what they got back, in fen, by the percentage that is the agent's."""
    back = taken_back(story)
    found: dict[Fraction, int] = {}
    for place, event in enumerate(story):
        if isinstance(event, Paid) and event.key not in back and f"{event.day:%Y-%m}" == month:
            percent = percent_of(story, agent, event.day, "percent")
            found[percent] = found.get(percent, 0) + (event.fen if whose(story, place) == agent else 0)
    return found


def valid_calls(story: Story, agent: str, month: str, now: datetime) -> dict[Fraction, int]:
    """The month's valid calls by what each brings, in fen."""
    found: dict[Fraction, int] = {}
    for day in days_of(month):
        if hire_date(story, agent, day) <= day <= min(last_day(story, agent), now.date()):
            rate = amount_of(story, agent, day, "call_rate")
            found[rate] = found.get(rate, 0) + day_figures(story, agent, day)["valid"]
    return found


def statement(story: Story, agent: str, month: str, now: datetime) -> dict[str, int]:
    """The month's lines in fen, the total and the limits.

    What a month has as a whole goes by what is in force on its last day or, while it runs, today.
    """
    end = min(days_of(month)[-1], now.date())
    fines = Fraction(sum(fen for _, _, _, fen, stands in entries(story, agent, month) if stands))
    for day in days_of(month):
        if is_closed(story, agent, day, now):
            fines -= shortfall(story, agent, day)
    a, b = grades(story, agent, month)
    shares = received(story, agent, month)
    lines = {
        "pay.base": int(amount_of(story, agent, end, "base")),
        "pay.valid_calls": sum(half_away(rate * n) for rate, n in valid_calls(story, agent, month, now).items()),
        "pay.grade_a": a,
        "pay.grade_b": b,
        "pay.payments": sum(half_away(fen * percent / 100) for percent, fen in shares.items()),
        "pay.points": points_worth(story, agent, end, balance(story, agent, month, end)),
        "pay.fines": half_away(fines),
    }
    gross = sum(lines[name] for name in ("pay.base", "pay.valid_calls", "pay.grade_a", "pay.grade_b", "pay.payments"))
    gross += max(0, lines["pay.points"])
    deductions = -lines["pay.fines"] + max(0, -lines["pay.points"])
    least = [deductions, int(gross * percent_of(story, agent, end, "share") // 100)]
    if wage := amount_of(story, agent, end, "minimum_wage"):
        least.append(gross - int(wage))
    deductible = max(0, min(least))
    return lines | {
        "total": sum(lines.values()),
        "gross": gross,
        "deductions": deductions,
        "deductible": deductible,
        "not_deductible": deductions - deductible,
    }
