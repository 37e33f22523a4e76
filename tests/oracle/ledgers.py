"""Points and fines that were entered, by the handbook's section 2."""

from dataclasses import dataclass
from datetime import date

from tests.oracle.calls import findings, standing, written
from tests.oracle.events import Entered, Judged, Ruled, Story, TakenBack, kept
from tests.oracle.hearing import known, knows
from tests.oracle.policies import amount_of, number_of


@dataclass(frozen=True)
class Entry:
    """An entry, where in the story it was made, and whether it counts; `left`: it was not taken back."""

    event: Entered
    place: int
    left: bool
    stands: bool


@kept
def entered(story: Story) -> list[Entry]:
    """What supervisors entered. Of one proposal there is one entry, however many accepted it, and what is ruled on one
    of these is ruled on all, as one that is taken back is with all that are known.
    """
    made: dict[str, list[tuple[int, Entered]]] = {}
    for place, event in enumerate(story):
        if isinstance(event, Entered):
            of = f"{event.agent} {event.proposal}" if event.proposal else event.key
            made.setdefault(of, []).append((place, event))
    found = []
    for several in made.values():
        keys = {event.key for _, event in several}
        back = [n for n, event in enumerate(story) if isinstance(event, TakenBack) and event.key in keys]
        left = [(place, event) for place, event in several if not any(_takes(story, n, place) for n in back)]
        place, event = (left or several)[0]
        found.append(Entry(event, place, bool(left), bool(left) and not _withdrawn(story, several, place)))
    return found


def _takes(story: Story, back: int, place: int) -> bool:
    """Whether what is taken back at `back`, of several that are one entry, takes back the one made at `place`."""
    taken, one = story[back], story[place]
    assert isinstance(taken, TakenBack) and isinstance(one, Entered)
    return taken.key == one.key or knows(story, taken.by, back, place)


def _withdrawn(story: Story, several: list[tuple[int, Entered]], first: int) -> bool:
    """Whether the last ruling on an entry withdrew it. Made anew after that, with that one taken back, it counts."""
    keys = {event.key for _, event in several}
    rulings = [(n, event) for n, event in enumerate(story) if isinstance(event, Ruled) and event.key in keys]
    if not rulings or rulings[-1][1].upheld:
        return False
    ruled_at, ruling = rulings[-1]
    entry = story[first]
    assert isinstance(entry, Entered)
    return first < ruled_at or ruling.key == entry.key


@kept
def entries(story: Story, agent: str, month: str) -> list[tuple[str, str, int, int, bool]]:
    """The ledger: day, rule, points, fen, and whether it counts. An entry costs what it cost as it was made."""
    found = []
    for one in entered(story):
        event = one.event
        if event.agent == agent and f"{event.day:%Y-%m}" == month:
            knew = known(story, one.place)
            points = event.points or number_of(knew, agent, event.day, f"{event.rule}.points")
            fine = 0 if event.points else amount_of(knew, agent, event.day, f"{event.rule}.fine")
            found.append((str(event.day), event.rule, points, -int(fine), one.stands))
    for key in {event.key for event in story if isinstance(event, Judged) and event.agent == agent}:
        for place, stands in findings(story, key):
            day = day_of(known(story, place), agent, key)
            if f"{day:%Y-%m}" == month:
                fine = amount_of(story, agent, day, "report.false.fine")
                points = number_of(story, agent, day, "report.false.points")
                found.append((str(day), "report.false", points, -int(fine), stands))
    return sorted(found)


def day_of(knew: Story, agent: str, key: str) -> date:
    """The day of a call as the supervisor knew it."""
    if key in (stands := standing(knew, agent)):
        return stands[key][0].start.date()
    return [form for _, its, form in written(knew, agent) if its == key and form][-1].start.date()


def balance(story: Story, agent: str, month: str, day: date) -> int:
    """The points of a month by what is in force on a day."""
    opening = number_of(story, agent, day, "opening")
    return opening + sum(points for _, _, points, _, stands in entries(story, agent, month) if stands)
