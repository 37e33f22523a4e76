"""A history by its seed, played in the program, compared with the oracle, and cut down to what differs."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.oracle import comparing as told
from tests.oracle import guiding, weeks
from tests.oracle.events import Asked, Away, Event, Hired, Left, Story
from tests.oracle.stories import Teller
from tests.oracle.team import Team, at


@dataclass(frozen=True)
class History:
    """What happened, the days it is about, and when one looks at it."""

    events: Sequence[Event]
    days: Sequence[date]
    now: datetime


def compared(seed: int) -> tuple[History, list[str]]:
    """A history of 3, 8 or 15 days, on either side of the end of a month, and each figure the oracle tells otherwise.

    What the program refuses is not in it.
    """
    random = Random(seed)
    first = date(2026, 10, 20) + timedelta(days=random.randint(0, 25))
    days = [first + timedelta(days=number) for number in range(random.choice((3, 8, 15)))]
    noon = at(days[-1], random.randint(8, 20), random.randint(0, 59))
    now = random.choice((at(days[-1] + timedelta(days=1), 22, 10), at(days[-1], 22, 10), noon, noon))
    earlier = [first - timedelta(days=back) for back in range(6, 0, -1)]
    with TemporaryDirectory() as folder:
        team = Team(Path(folder), at(first, 7), until=now)
        Teller(team, random, days).play()
        history = History(team.did, [*earlier, *days], now)
        found = _looked_at(team, history)
        team.close()
    return history, found


def differences(history: History) -> list[str]:
    """Play a history again, or what is left of it, and tell every figure that the oracle tells otherwise."""
    with TemporaryDirectory() as folder:
        team = Team(Path(folder), at(history.days[0], 7), until=history.now)
        for event in history.events:
            # Of a history that was cut down an event may speak of what is no more.
            with suppress(KeyError):
                team.do(event)
        found = _looked_at(team, history)
        team.close()
    return found


def _looked_at(team: Team, history: History) -> list[str]:
    team.clock.at = history.now
    # Twice: each needs what those after it wrote.
    for _ in range(2):
        team.sync(*team.desks, *team.chiefs)
    story = Story(team.did)
    cards = told.unlike(told.told_cards(team.boss, team.ids), guiding.cards(story, history.now))
    found = [line for agent in team.desks for line in _of_agent(team, story, agent, history)]
    return found + [f"card {one}" for one in cards]


def _of_agent(team: Team, story: Story, agent: str, history: History) -> list[str]:
    now, boss = history.now, team.boss
    asked = next(event.at.date() for event in story if isinstance(event, Asked) and event.agent == agent)
    hired = max(event.hired for event in story if isinstance(event, Asked | Hired) and event.agent == agent)
    last = next((event.last for event in reversed(story) if isinstance(event, Left) and event.agent == agent), None)
    found = []
    for day in history.days:
        if day >= hired:
            mine = told.oracle_day(story, agent, day, now)
            found += [f"{agent} {day} {one}" for one in told.unlike(told.told_day(boss, agent, day), mine)]
    for week in sorted({weeks.week_of(day) for day in history.days if day >= asked}):
        happened = told.oracle_week(story, agent, week, now)
        found += [f"{agent} {week} {one}" for one in told.unlike(told.told_week(boss, agent, week), happened)]
    for month in sorted({f"{day:%Y-%m}" for day in history.days if max(asked, hired) <= day <= (last or day)}):
        mine = told.oracle_month(story, agent, month, now)
        # Whoever left hears of nothing more.
        books = team.chiefs | ({agent: team.desks[agent]} if last is None else {})
        for whose, book in books.items():
            theirs = told.told_month(book, agent, month)
            found += [f"{agent} {month} at {whose}'s {one}" for one in told.unlike(theirs, mine)]
    if last is None:
        mine = told.oracle_now(story, agent, now)
        found += [f"{agent} now {one}" for one in told.unlike(told.told_now(boss, agent, now), mine)]
    return found + _proposed(team, story, agent, history)


def _proposed(team: Team, story: Story, agent: str, history: History) -> list[str]:
    """The proposals of the days that are over; the page does not say how leave and late punches go together."""
    away = {str(event.day) for event in team.did if isinstance(event, Away)}
    over = [day for day in history.days if day < history.now.date()]
    mine, theirs = (
        Counter(one for one in each if one[0] in map(str, over) and not (one[0] in away and one[1].startswith("att.")))
        for each in (told.oracle_proposals(story, agent, over), told.told_proposals(team.boss, agent))
    )
    return [f"{agent} proposed: {theirs - mine} more, {mine - theirs} fewer"] if mine != theirs else []


def cut_down(history: History, found: list[str]) -> tuple[History, list[str]]:
    """The history without what its first difference does not rest on, and what differs then."""
    sign = found[0].split(":")[0]
    size = len(history.events) // 2
    while size:
        place = 0
        while place < len(history.events):
            events = [*history.events[:place], *history.events[place + size :]]
            less = History(events, history.days, history.now)
            rest = differences(less)
            if any(line.startswith(sign) for line in rest):
                history, found = less, rest
            else:
                place += size
        size //= 2
    return history, found
