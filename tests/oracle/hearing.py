"""Who knows what: machines hear of each other by the folder alone, and decide by what they have heard."""

from datetime import date

from tests.oracle.events import (
    Appealed,
    Asked,
    Called,
    Confirmed,
    Corrected,
    Event,
    HandedIn,
    Imported,
    Left,
    Planned,
    Punched,
    Requested,
    Story,
    Synced,
    TakenBack,
    Voided,
    kept,
)

AGENTS_OWN = (Appealed, Called, Corrected, HandedIn, Imported, Planned, Punched, Requested, Voided)


def author(event: Event) -> str:
    """Who did it."""
    return event.agent if isinstance(event, AGENTS_OWN) else event.by


def _syncs(event: Event, who: str) -> bool:
    """Whether somebody's machine was at the folder; whoever lets an agent in is there with that agent."""
    if isinstance(event, Asked):
        return who in (event.agent, event.by)
    return isinstance(event, Synced) and event.who == who


@kept
def heard(story: Story, who: str, of: str, place: int) -> int:
    """Up to where in the story somebody, at `place` in it, has heard of what another did."""
    if who == of:
        return place
    took = max((n for n in range(place) if _syncs(story[n], who)), default=0)
    return max((n for n in range(took) if _syncs(story[n], of)), default=0)


def knows(story: Story, who: str, place: int, what: int) -> bool:
    """Whether somebody, at `place` in the story, knows of `what` happened."""
    return what < heard(story, who, author(story[what]), place)


@kept
def known(story: Story, place: int) -> Story:
    """What they knew of the story who did what is at `place` in it."""
    who = author(story[place])
    return Story(
        event
        for n, event in enumerate(story[:place])
        if isinstance(event, Asked | Synced) or knows(story, who, place, n)
    )


# What is taken back, confirmed, and over


@kept
def taken_back(story: Story) -> frozenset[str]:
    return frozenset(event.key for event in story if isinstance(event, TakenBack))


@kept
def last_confirmation(story: Story, agent: str, day: date) -> int | None:
    """Where in the story the day was confirmed last; of two who did not hear of each other the later holds."""
    back, found = taken_back(story), None
    for place, event in enumerate(story):
        if isinstance(event, Confirmed) and (event.agent, event.day) == (agent, day) and event.key not in back:
            found = place
    return found


def last_day(story: Story, agent: str) -> date:
    end = end_of(story, agent)
    return end[1] if end else date.max


def end_of(story: Story, agent: str) -> tuple[int, date] | None:
    """Where in the story an agent left, and the last day; an end that was moved is the last one."""
    ends = [(n, event.last) for n, event in enumerate(story) if isinstance(event, Left) and event.agent == agent]
    return ends[-1] if ends else None


@kept
def is_cut(story: Story, agent: str, place: int) -> bool:
    """Whether what an agent who left did counts no more: done after the last day, or not heard of before the end."""
    end = end_of(story, agent)
    if end is None:
        return False
    return not knows(story, story[end[0]].by, end[0], place) or story[place].at.date() > end[1]
