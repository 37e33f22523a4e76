"""The day, by the handbook's section 1: the quota, what is missing, the pace."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from tests.oracle import ledgers
from tests.oracle.calls import counts, day_figures, forms
from tests.oracle.events import Asked, Away, Excused, Hired, Refused, Released, Story, kept
from tests.oracle.hearing import known, last_confirmation, last_day, taken_back
from tests.oracle.policies import amount_of, is_workday, number_of, policy_of

# The quota


def away_of(story: Story, agent: str, day: date) -> list[Away]:
    """Approved leave and visits of a day that count, each absence once.

    The latest answer to a request holds. Two approvals of the same minutes, of which one answers no request, are of the
    same absence: approved before it was asked for in writing, or by two who had not heard of each other. The first of
    them counts, or the one that answers; who answers so leaves the leads as they were lowered.
    """
    found: list[Away] = []
    for event in _approved(story, agent, day):
        if event.request:
            same = [one for one in found if not one.request and (one.type, one.minutes) == (event.type, event.minutes)]
            found = [one for one in found if one not in same]
            found.append(event)
        elif not any((one.type, one.minutes) == (event.type, event.minutes) for one in found):
            found.append(event)
    return found


def _approved(story: Story, agent: str, day: date) -> list[Away]:
    """What stands of a day, without the answers that a later answer took the place of."""
    back, found = taken_back(story), []
    last = {event.request: event for event in story if isinstance(event, Away | Refused) and event.key not in back}
    for event in story:
        if not isinstance(event, Away) or (event.agent, event.day) != (agent, day) or event.key in back:
            continue
        if not event.request or last[event.request] is event:
            found.append(event)
    return found


def leads_of(story: Story, event: Away) -> int | None:
    """To what an approval lowers the leads: as it says or, in answer to a request, as who answers knew it before."""
    if event.leads is not None or not event.request:
        return event.leads
    knew = known(story, story.index(event))
    before = [one for one in _approved(knew, event.agent, event.day) if not one.request]
    return next((one.leads for one in before if (one.type, one.minutes) == (event.type, event.minutes)), None)


@kept
def hire_date(story: Story, agent: str, day: date) -> date:
    """The hire date by which a day is judged: of a confirmed day, what was known of it to who confirmed it."""
    last = last_confirmation(story, agent, day)
    knew = story if last is None else known(story, last)
    return [event.hired for event in knew if isinstance(event, Asked | Hired) and event.agent == agent][-1]


def new_hire_day(story: Story, agent: str, day: date) -> int | None:
    number = (day - hire_date(story, agent, day)).days + 1
    return number if 1 <= number <= number_of(story, agent, day, "new_days") else None


@kept
def quota(story: Story, agent: str, day: date) -> tuple[int, int]:
    """Calls and leads that are due of the day."""
    new = "new_" if new_hire_day(story, agent, day) is not None else ""
    calls, leads = (number_of(story, agent, day, new + name) for name in ("calls", "leads"))
    away = away_of(story, agent, day)
    minutes = min(420, sum(event.minutes for event in away))
    if minutes == 420:
        return 0, 0
    lowered = [to for event in away if (to := leads_of(story, event)) is not None]
    return half_up(calls * (420 - minutes), 420), min([leads, *lowered])


def half_up(over: int, under: int) -> int:
    """A fraction that is not negative, to the nearest whole number."""
    return (2 * over + under) // (2 * under)


# What is missing


def is_judged(story: Story, agent: str, day: date) -> bool:
    """Whether a day can have a shortfall at all."""
    asked = next(event.at.date() for event in story if isinstance(event, Asked) and event.agent == agent)
    first = max(asked, hire_date(story, agent, day))
    return is_workday(story, agent, day) and first <= day <= last_day(story, agent)


def is_closed(story: Story, agent: str, day: date, now: datetime) -> bool:
    return now.date() > day or last_confirmation(story, agent, day) is not None


def is_absent(story: Story, agent: str, day: date) -> bool:
    """Whether an entry stands that takes the place of the day's other sanctions: by the handbook, its absence."""
    clearing = policy_of(story, agent, day).cleared_by
    return any(
        (one.event.agent, one.event.day) == (agent, day) and one.event.rule in clearing and one.stands
        for one in ledgers.entered(story)
    )


def missing(story: Story, agent: str, day: date) -> tuple[int, int]:
    """The calls and leads that a day lacks, and that cost."""
    back = taken_back(story)
    excused = any(
        isinstance(event, Excused) and (event.agent, event.day) == (agent, day) and event.key not in back
        for event in story
    )
    if excused or is_absent(story, agent, day) or not is_judged(story, agent, day):
        return 0, 0
    calls, leads = quota(story, agent, day)
    figures = day_figures(story, agent, day)
    return max(0, calls - figures["valid"]), max(0, leads - figures["leads"])


def shortfall(story: Story, agent: str, day: date) -> Fraction:
    """What the missing calls and leads of a day cost, in fen."""
    calls, leads = missing(story, agent, day)
    if policy_of(story, agent, day).numbers.get("leads_status") == "disabled":
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


def made(story: Story, agent: str, day: date, of_day: int) -> datetime | None:
    """When the call began that made the quota."""
    first: dict[str, datetime] = {}
    for key, form in forms(story, agent, day):
        if counts(story, agent, key, form):
            first[form.number] = min(form.start, first.get(form.number, form.start))
    return sorted(first.values())[of_day - 1] if 0 < of_day <= len(first) else None


def forecast(story: Story, agent: str, now: datetime) -> datetime | None:
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


def must_stay(story: Story, agent: str, now: datetime) -> bool:
    """Whether an agent is on the stay-late list."""
    day = now.date()
    done = last_confirmation(story, agent, day) is not None or any(
        isinstance(event, Released) and (event.agent, event.day) == (agent, day) for event in story
    )
    short = day_figures(story, agent, day)["valid"] < quota(story, agent, day)[0]
    return (
        now.time() >= time(18) and is_judged(story, agent, day) and short and not (done or is_absent(story, agent, day))
    )
