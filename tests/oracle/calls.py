"""Which calls stand on a day, and what they count, by the handbook's section 1."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from tests.oracle.events import (
    AGENTS,
    Called,
    Confirmed,
    Corrected,
    Event,
    Form,
    Imported,
    Judged,
    Lifted,
    Ruled,
    Story,
    TakenBack,
    Voided,
    kept,
)
from tests.oracle.hearing import is_cut, known, knows, last_confirmation

SPOKE = {"talked", "refused", "callback", "not_decider", "existing_customer"}


# What agents wrote


@kept
def written(story: Story, agent: str) -> list[tuple[int, str, Form | None]]:
    """What an agent wrote of calls: where in the story, which call, and how it is now; None where it was withdrawn.

    A row of a file comes in once: not if a call was ever said to have that start and number.
    """
    found: list[tuple[int, str, Form | None]] = []
    said: set[tuple[datetime, str]] = set()
    for place, event in enumerate(story):
        if isinstance(event, Called | Corrected) and event.agent == agent:
            found.append((place, event.key, event.form))
            said.add(row_of(event.form))
        elif isinstance(event, Voided) and event.agent == agent:
            found.append((place, event.key, None))
        elif isinstance(event, Imported) and event.agent == agent:
            for key, form in event.rows:
                if row_of(form) not in said:
                    found.append((place, key, form))
                    said.add(row_of(form))
    return [one for one in found if not is_cut(story, agent, one[0])]


def row_of(form: Form) -> tuple[datetime, str]:
    """What tells the row of a call from another of the agent's: its start, and the number or what was written."""
    return form.start, form.number or form.phone


# What stands of it


@kept
def as_confirmed(story: Story, place: int) -> dict[str, Form]:
    """The calls of a day as who confirmed it, at `place`, had heard of them: they are settled so, whatever comes."""
    confirmed = story[place]
    assert isinstance(confirmed, Confirmed)
    knew = [n for n in range(place) if knows(story, confirmed.by, place, n)]
    stood = _standing(story, confirmed.agent, knew, open_day=confirmed.day)
    return {key: form for key, (form, day) in stood.items() if day == confirmed.day}


@kept
def standing(story: Story, agent: str) -> dict[str, tuple[Form, date | None]]:
    """Each call of an agent as it counts and its day; None for one that waits beside a confirmed day."""
    return _standing(story, agent, range(len(story)))


def _standing(
    story: Story, agent: str, seen: Collection[int], *, open_day: date | None = None
) -> dict[str, tuple[Form, date | None]]:
    """The same by what was seen. Each confirmation that holds keeps the calls it read; of two days that keep one call
    the one confirmed first does. What comes to a confirmed day otherwise, by whatever way, waits until it is confirmed
    again: nobody has confirmed it there, and no figure of a confirmed day changes unasked.
    """
    within = set(seen)
    confirmed = _confirmed(story, agent, seen)
    confirmed.pop(open_day, None)
    found: dict[str, tuple[Form, date | None]] = {}
    for day, place in sorted(confirmed.items(), key=lambda one: one[1]):
        for key, form in as_confirmed(story, place).items():
            found.setdefault(key, (form, day))
    last = {key: form for place, key, form in written(story, agent) if place in within}
    for key, latest in last.items():
        if latest is not None and key not in found:
            day = latest.start.date()
            found[key] = latest, None if day in confirmed else day
    return found


def _confirmed(story: Story, agent: str, seen: Collection[int]) -> dict[date | None, int]:
    """The confirmed days, and where in the story each was confirmed last."""
    back = {event.key for n in seen if isinstance(event := story[n], TakenBack)}
    found: dict[date | None, int] = {}
    for n in seen:
        event = story[n]
        if isinstance(event, Confirmed) and event.agent == agent and event.key not in back:
            found[event.day] = n
    return found


@kept
def forms(story: Story, agent: str, day: date) -> list[tuple[str, Form]]:
    """The calls of an agent's day, with their keys."""
    return [(key, form) for key, (form, its) in standing(story, agent).items() if its == day]


# What counts of it


@kept
def findings(story: Story, key: str) -> list[tuple[int, bool]]:
    """Each time that a call was found false: where in the story, and whether it stands.

    Found false by several it is found false once, until a ruling withdraws that; whatever the last verdict says holds.
    """
    found: list[tuple[int, bool]] = []
    false = False
    for place, event in enumerate(story):
        if isinstance(event, Judged) and event.key == key:
            found = [(n, False) for n, _ in found]
            false = event.false
            if false:
                found.append((place, True))
        if isinstance(event, Ruled) and event.key == key and found and false:
            found[-1] = found[-1][0], event.upheld
    return found


def is_false(story: Story, key: str) -> bool:
    return any(stands for _, stands in findings(story, key))


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


@kept
def listings(story: Story, number: str) -> list[Event]:
    """By what a number was put on the do-not-call list, or taken off.

    A correction lists the number that it puts in another's place, or whose call it tells otherwise.
    """
    found = [n for n, event in enumerate(story) if isinstance(event, Lifted) and event.number == number]
    before: dict[str, tuple[str, str]] = {}
    this = number, "do_not_call"
    for place, key, form in sorted(_all_written(story), key=lambda one: one[0]):
        if form is not None:
            now = form.number, form.outcome
            if now == this and before.get(key) != this:
                found.append(place)
            before[key] = now
    return [story[place] for place in sorted(set(found))]


def _all_written(story: Story) -> Iterator[tuple[int, str, Form | None]]:
    for agent in AGENTS:
        yield from written(story, agent)


def is_barred(story: Story, agent: str, form: Form) -> bool:
    """Whether the number was on the do-not-call list as the call began, and was not taken off since.

    What did not stand for who confirmed the day of the call changes nothing there.
    """
    confirmed = last_confirmation(story, agent, form.start.date())
    then = None if confirmed is None else {id(by) for by in listings(known(story, confirmed), form.number)}
    since: datetime | None = None
    for by in listings(story, form.number):
        if isinstance(by, Lifted):
            since = None
        elif then is None or id(by) in then:
            since = since or by.at
    return since is not None and since < form.start


def counts(story: Story, agent: str, key: str, form: Form) -> bool:
    """Whether a call may count as valid, as a lead, or both."""
    spoken = form.outcome in SPOKE and is_complete(form)
    return spoken and not is_false(story, key) and not is_barred(story, agent, form)


@kept
def day_figures(story: Story, agent: str, day: date) -> dict[str, int]:
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
