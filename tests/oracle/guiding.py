"""Plans, reviews and talk cards, by the handbook's sections 4 and 5."""

from datetime import date, datetime, time, timedelta

from tests.oracle.calls import SPOKE, counts, is_complete, is_false, standing
from tests.oracle.events import AGENTS, Approved, Carded, Planned, Reviewed, Story, kept
from tests.oracle.hearing import is_cut, known, taken_back
from tests.oracle.weeks import monday


def plan(story: Story, agent: str, week: str) -> tuple[int, int, bool, bool] | None:
    """The plan of a week that holds: companies, grades, whether a supervisor approved it, whether it came late.

    What was approved last holds, else what the agent sent last; it is late if what came first is.
    """
    plans = _plans(story, agent, week)
    own = [place for place in plans if isinstance(story[place], Planned)]
    approved = [place for place in plans if place not in own]
    if not plans:
        return None
    due = datetime.combine(monday(week) - timedelta(days=2), time(18), story[0].at.tzinfo)
    late = bool(own) and story[own[0]].at > due
    return *_planned(story, (approved or own)[-1]), bool(approved), late


def _plans(story: Story, agent: str, week: str) -> list[int]:
    back = taken_back(story)
    return [
        place
        for place, event in enumerate(story)
        if isinstance(event, Planned | Approved)
        and (event.agent, event.week) == (agent, week)
        and event.key not in back
        and not (isinstance(event, Planned) and is_cut(story, agent, place))
    ]


@kept
def _planned(story: Story, place: int) -> tuple[int, int]:
    """What a plan says; where a supervisor's leaves something out, what the one he knew of says."""
    event = story[place]
    if isinstance(event, Planned):
        return event.companies, event.grades
    assert isinstance(event, Approved)
    knew = known(story, place)
    before = _plans(knew, event.agent, event.week)
    companies, grades = _planned(knew, before[-1]) if before else (0, 0)
    return companies if event.companies is None else event.companies, grades


def rating(story: Story, agent: str, week: str) -> int | None:
    """The supervisor's rating of a week: the latest that stands."""
    back = taken_back(story)
    reviews = [event for event in story if isinstance(event, Reviewed) and event.key not in back]
    return next((one.rating for one in reversed(reviews) if (one.agent, one.week) == (agent, week)), None)


def cards(story: Story, now: datetime) -> dict[str, tuple[int, int, int, int]]:
    """By the first version of each talk card in use: the conversations with it and how many of those are leads, and the
    same of those without it, since the version that is in use came out.
    """
    first = {event.key: _first(story, event) for event in story if isinstance(event, Carded)}
    last = {first[event.key]: event for event in story if isinstance(event, Carded)}
    used = [
        (day, first.get(card, ""), lead)
        for agent in AGENTS
        for day, card, lead in _conversations(story, agent)
        if day <= now.date()
    ]
    found = {}
    for card, event in last.items():
        if not event.gone:
            since = max(event.at.date(), (now.date().replace(day=1) - timedelta(days=1)).replace(day=1))
            with_it = [lead for day, its, lead in used if its == card and day >= since]
            without = [lead for day, its, lead in used if its != card and day >= since]
            found[card] = len(with_it), sum(with_it), len(without), sum(without)
    return found


def _first(story: Story, event: Carded) -> str:
    """The first version of a card."""
    while event.instead:
        event = next(one for one in story if isinstance(one, Carded) and one.key == event.instead)
    return event.key


@kept
def _conversations(story: Story, agent: str) -> list[tuple[date, str, bool]]:
    """The conversations of an agent that stand: the day, the card, and whether it is the one that counts as a lead."""
    leads: dict[tuple[date, str], tuple[datetime, str]] = {}
    spoken = []
    for key, (form, day) in standing(story, agent).items():
        # One that is incomplete counts as nothing but a conversation, whatever was found of it.
        if day and form.outcome in SPOKE and not (is_complete(form) and is_false(story, key)):
            spoken.append((day, form.card, key, form.number))
            if form.interest and counts(story, agent, key, form):
                number = day, form.number
                leads[number] = min(leads.get(number, (form.start, key)), (form.start, key))
    return [(day, card, leads.get((day, number), (0, ""))[1] == key) for day, card, key, number in spoken]
