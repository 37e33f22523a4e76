"""The day, by the handbook's section 1: which calls count, the quota, what is missing, the pace."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from tests.oracle.events import (
    Asked,
    Away,
    Called,
    Confirmed,
    Corrected,
    Entered,
    Event,
    Excused,
    Form,
    Hired,
    Judged,
    Left,
    Lifted,
    Published,
    Released,
    Ruled,
    TakenBack,
    Told,
    Voided,
)

SPOKE = {"talked", "refused", "callback", "not_decider", "existing_customer"}
STANDARD: dict[str, int | str] = {
    "calls": 120,
    "leads": 25,
    "new_calls": 80,
    "new_leads": 15,
    "new_days": 15,
    "call_fine": "5",
    "lead_fine": "5",
    "leads_status": "disputed",
    "call_rate": "0.5",
    "grade_a": "100",
    "grade_b": "50",
    "percent": "1",
}


def half_up(over: int, under: int) -> int:
    """A fraction that is not negative, to the nearest whole number."""
    return (2 * over + under) // (2 * under)


# Which policy


def policy_of(story: Sequence[Event], agent: str, day: date) -> Published:
    """What is in force on a day; of a confirmed day, what was known of it as it was confirmed."""
    last = last_confirmation(story, agent, day)
    found = None
    for event in story if last is None else story[:last]:
        if isinstance(event, Published) and event.start <= day and (found is None or found.start <= event.start):
            found = event
    return found or Published(story[0].at, date.min)


def numbers_of(story: Sequence[Event], agent: str, day: date) -> dict[str, int]:
    """The numbers in force on a day that are whole."""
    numbers = STANDARD | policy_of(story, agent, day).numbers
    return {name: value for name, value in numbers.items() if isinstance(value, int)}


def amount_of(story: Sequence[Event], agent: str, day: date, name: str) -> Fraction:
    """An amount in force on a day, in fen; of `percent`, the percentage."""
    numbers = STANDARD | policy_of(story, agent, day).numbers
    return Fraction(str(numbers[name])) * (1 if name == "percent" else 100)


def is_workday(story: Sequence[Event], agent: str, day: date) -> bool:
    policy = policy_of(story, agent, day)
    return day in policy.extra_workdays or (day.weekday() < 5 and day not in policy.days_off)


# Which calls


def last_confirmation(story: Sequence[Event], agent: str, day: date) -> int | None:
    """Where in the story the day was confirmed last."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    found = None
    for place, event in enumerate(story):
        if isinstance(event, Confirmed) and (event.agent, event.day) == (agent, day) and event.key not in back:
            found = place
    return found


def heard_by(story: Sequence[Event], agent: str, place: int) -> int:
    """Up to where in the story the supervisor, at `place`, had heard of what the agent did."""
    here = (n for n, event in enumerate(story[:place]) if isinstance(event, Told) and event.agent == agent)
    return max(here, default=0)


def is_settled(story: Sequence[Event], agent: str, place: int, day: date) -> bool:
    """Whether what an agent did counts for a day: the day is open, or it was read as the day was confirmed last."""
    last = last_confirmation(story, agent, day)
    return last is None or place < heard_by(story, agent, last)


def findings(story: Sequence[Event], key: str) -> list[bool]:
    """Each time that a call was found false, and whether it stands: no other verdict or ruling took it back."""
    found: list[bool] = []
    for event in story:
        if isinstance(event, Judged) and event.key == key:
            found = [False] * len(found) + [True] * event.false
        if isinstance(event, Ruled) and event.key == key:
            found[-1] = event.upheld
    return found


def is_false(story: Sequence[Event], key: str) -> bool:
    return any(findings(story, key))


def end_of(story: Sequence[Event], agent: str) -> tuple[int, date] | None:
    """Where in the story an agent left, and the last day; an end that was moved is the last one."""
    ends = [(n, event.last) for n, event in enumerate(story) if isinstance(event, Left) and event.agent == agent]
    return ends[-1] if ends else None


def last_day(story: Sequence[Event], agent: str) -> date:
    end = end_of(story, agent)
    return end[1] if end else date.max


def is_cut(story: Sequence[Event], agent: str, place: int) -> bool:
    """Whether what an agent who left did counts no more: done after the last day, or not heard of before the end."""
    end = end_of(story, agent)
    return end is not None and (place >= heard_by(story, agent, end[0]) or story[place].at.date() > end[1])


def forms(story: Sequence[Event], agent: str, day: date) -> list[tuple[str, Form]]:
    """The calls of an agent's day as they stand, with their keys.

    What changes a call of a confirmed day stands beside it, and so does what comes to a confirmed day.
    """
    standing: dict[str, tuple[int, Form]] = {}
    for place, event in enumerate(story):
        if not isinstance(event, Called | Corrected | Voided) or event.agent != agent or is_cut(story, agent, place):
            continue
        if event.key in standing:
            before, form = standing[event.key]
            counts = is_settled(story, agent, before, form.start.date())
            if counts and not is_settled(story, agent, place, form.start.date()):
                continue
        if isinstance(event, Voided):
            standing.pop(event.key, None)
        else:
            standing[event.key] = place, event.form
    return [
        (key, form)
        for key, (place, form) in standing.items()
        if form.start.date() == day and is_settled(story, agent, place, day)
    ]


def told(text: str, *, none_is_one: bool = False) -> bool:
    """Whether something is answered."""
    plain = text.strip().lower()
    if plain in ("", "不明", "未知", "unknown"):
        return False
    return none_is_one or plain not in ("无", "none")


def is_complete(form: Form) -> bool:
    return (
        form.number != ""
        and told(form.contact)
        and told(form.company)
        and told(form.note)
        and told(form.title, none_is_one=True)
    )


def is_barred(story: Sequence[Event], agent: str, form: Form) -> bool:
    """Whether the number was on the do-not-call list as the call began, and was not taken off since.

    A correction lists the number that it puts in another's place, or whose call it tells otherwise. What was heard of
    after the day of the call was confirmed changes nothing there.
    """
    listed: datetime | None = None
    known: dict[str, tuple[str, str]] = {}
    this = form.number, "do_not_call"
    for place, event in enumerate(story):
        if isinstance(event, Called | Corrected) and not is_cut(story, event.agent, place):
            now = event.form.number, event.form.outcome
            confirmed = last_confirmation(story, agent, form.start.date())
            heard = confirmed is None or place < heard_by(story, event.agent, confirmed)
            if heard and now == this and known.get(event.key) != this:
                listed = listed or event.at
            known[event.key] = now
        if isinstance(event, Lifted) and event.number == form.number:
            listed = None
    return listed is not None and listed < form.start


def counts(story: Sequence[Event], agent: str, key: str, form: Form) -> bool:
    """Whether a call may count as valid, as a lead, or both."""
    spoken = form.outcome in SPOKE and is_complete(form)
    return spoken and not is_false(story, key) and not is_barred(story, agent, form)


def day_figures(story: Sequence[Event], agent: str, day: date) -> dict[str, int]:
    """What the day counts."""
    calls = forms(story, agent, day)
    spoken = [(key, form) for key, form in calls if form.outcome in SPOKE]
    complete = [(key, form) for key, form in spoken if is_complete(form)]
    good = [(key, form) for key, form in complete if counts(story, agent, key, form)]
    interested = [form for _, form in good if form.interest in ("intent", "developable")]
    return {
        "dials": len(calls),
        "connected": len(spoken),
        "complete": len(complete),
        "incomplete": len(spoken) - len(complete),
        "valid": len({form.number for _, form in good}),
        "leads": len({form.number for form in interested}),
        "companies": len({form.company.strip() for _, form in complete}),
    }


# The quota


def away_of(story: Sequence[Event], agent: str, day: date) -> list[Away]:
    """Approved leave and visits of a day that stand."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    return [
        event
        for event in story
        if isinstance(event, Away) and event.agent == agent and event.day == day and event.key not in back
    ]


def hire_date(story: Sequence[Event], agent: str, day: date) -> date:
    """The hire date by which a day is judged: of a confirmed day, what was known of it as it was confirmed."""
    last = last_confirmation(story, agent, day)
    known = story if last is None else story[:last]
    return [event.hired for event in known if isinstance(event, Asked | Hired) and event.agent == agent][-1]


def new_hire_day(story: Sequence[Event], agent: str, day: date) -> int | None:
    number = (day - hire_date(story, agent, day)).days + 1
    return number if 1 <= number <= numbers_of(story, agent, day)["new_days"] else None


def quota(story: Sequence[Event], agent: str, day: date) -> tuple[int, int]:
    """Calls and leads that are due of the day."""
    numbers = numbers_of(story, agent, day)
    new = new_hire_day(story, agent, day) is not None
    calls = numbers["new_calls"] if new else numbers["calls"]
    leads = numbers["new_leads"] if new else numbers["leads"]
    away = away_of(story, agent, day)
    minutes = min(420, sum(event.minutes for event in away))
    if minutes == 420:
        return 0, 0
    lowered = [event.leads for event in away if event.leads is not None]
    return half_up(calls * (420 - minutes), 420), min([leads, *lowered])


# What is missing


def is_judged(story: Sequence[Event], agent: str, day: date) -> bool:
    """Whether a day can have a shortfall at all."""
    asked = next(event.at.date() for event in story if isinstance(event, Asked) and event.agent == agent)
    first = max(asked, hire_date(story, agent, day))
    return is_workday(story, agent, day) and first <= day <= last_day(story, agent)


def is_closed(story: Sequence[Event], agent: str, day: date, now: datetime) -> bool:
    return now.date() > day or last_confirmation(story, agent, day) is not None


def upheld(story: Sequence[Event], key: str) -> bool:
    """Whether an entry stands: the last ruling on it says so, or there is none."""
    return next((event.upheld for event in reversed(story) if isinstance(event, Ruled) and event.key == key), True)


def is_absent(story: Sequence[Event], agent: str, day: date) -> bool:
    """Whether a day's absence was entered, and stands."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    return any(
        isinstance(event, Entered)
        and (event.agent, event.day, event.rule) == (agent, day, "att.absent")
        and event.key not in back
        and upheld(story, event.key)
        for event in story
    )


def missing(story: Sequence[Event], agent: str, day: date) -> tuple[int, int]:
    """The calls and leads that a day lacks, and that cost."""
    back = {event.key for event in story if isinstance(event, TakenBack)}
    excused = any(
        isinstance(event, Excused) and (event.agent, event.day) == (agent, day) and event.key not in back
        for event in story
    )
    if excused or is_absent(story, agent, day) or not is_judged(story, agent, day):
        return 0, 0
    calls, leads = quota(story, agent, day)
    figures = day_figures(story, agent, day)
    return max(0, calls - figures["valid"]), max(0, leads - figures["leads"])


def shortfall(story: Sequence[Event], agent: str, day: date) -> Fraction:
    """What the missing calls and leads of a day cost, in fen."""
    calls, leads = missing(story, agent, day)
    if (STANDARD | policy_of(story, agent, day).numbers)["leads_status"] == "disabled":
        leads = 0
    fine = amount_of(story, agent, day, "call_fine"), amount_of(story, agent, day, "lead_fine")
    return calls * fine[0] + leads * fine[1]


# The pace

WORKING = ((time(9), time(12)), (time(13), time(17)))


def elapsed(now: datetime) -> int:
    """The working minutes of the day up to now."""
    count = 0
    for minute in range(now.hour * 60 + now.minute):
        moment = time(minute // 60, minute % 60)
        count += any(start <= moment < end for start, end in WORKING)
    return count


def due(of_day: int, now: datetime) -> int:
    """What of a day's quota is due by now."""
    return half_up(of_day * elapsed(now), 420)


def made(story: Sequence[Event], agent: str, day: date, of_day: int) -> datetime | None:
    """When the call began that made the quota."""
    first: dict[str, datetime] = {}
    for key, form in forms(story, agent, day):
        if counts(story, agent, key, form):
            first[form.number] = min(form.start, first.get(form.number, form.start))
    return sorted(first.values())[of_day - 1] if 0 < of_day <= len(first) else None


def forecast(story: Sequence[Event], agent: str, now: datetime) -> datetime | None:
    """When the quota of calls is made, if the day goes on at its own rate."""
    day = now.date()
    of_day, _ = quota(story, agent, day)
    valid = day_figures(story, agent, day)["valid"]
    if valid >= of_day:
        return made(story, agent, day, of_day)
    if not valid or not elapsed(now):
        return None
    left = Fraction((of_day - valid) * elapsed(now) * 60, valid)
    midnight = datetime.combine(day + timedelta(days=1), time(), now.tzinfo)
    windows = [tuple(datetime.combine(day, each, now.tzinfo) for each in one) for one in WORKING]
    for start, end in (*windows, (datetime.combine(day, time(18), now.tzinfo), midnight)):
        begin = max(start, now)
        seconds = max(0, int((end - begin).total_seconds()))
        if left <= seconds:
            return begin + timedelta(seconds=float(left)) if begin + timedelta(seconds=float(left)) < midnight else None
        left -= seconds
    return None


def must_stay(story: Sequence[Event], agent: str, now: datetime) -> bool:
    """Whether an agent is on the stay-late list."""
    day = now.date()
    done = last_confirmation(story, agent, day) is not None or any(
        isinstance(event, Released) and (event.agent, event.day) == (agent, day) for event in story
    )
    short = day_figures(story, agent, day)["valid"] < quota(story, agent, day)[0]
    return now.time() >= time(18) and is_judged(story, agent, day) and short and not done
