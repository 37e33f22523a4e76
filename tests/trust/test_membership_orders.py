"""Rosters, requests and records of members in any order and any repetition: the same members."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.trust.documents import Join, Roster
from agent_tui.trust.membership import Membership
from tests.trust.world import (
    CHEN,
    EVE,
    LI,
    MONDAY,
    NOON,
    TEAM,
    WANG,
    ZHANG,
    join,
    member,
    roster,
    sits,
)

NEXT_DAY = "2026-11-24T09:00:00.000+08:00"


KEYS = [LI, CHEN, ZHANG, WANG, EVE]

PERSONS = ["A017", "A018", "S001"]

ROSTERS = [
    roster(1, sits(LI)),
    roster(2, sits(LI, end=4), sits(CHEN, "S002", "陈主管")),
    roster(2, sits(LI), sits(EVE, "S003", "夏娃")),
    roster(3, sits(CHEN, "S001"), sits(LI, end=2)),
]

JOINS = [join(ZHANG), join(ZHANG, "A018"), join(ZHANG, name="章敏"), join(WANG, "A018", "王芳", NOON - timedelta(1))]

RECORDS = st.builds(
    member,
    st.sampled_from(KEYS),
    st.sampled_from(KEYS),
    seq=st.integers(1, 5),
    id=st.sampled_from(["m1", "m2", "m3", "m4"]),
    at=st.sampled_from(["2026-11-23T12:00:00+08:00", "2026-11-23T04:00:00Z", NEXT_DAY, "never"]),
    person=st.sampled_from(PERSONS),
    name=st.sampled_from(["张敏", "章敏"]),
    hired=st.sampled_from([date(2026, 9, 1), date(2026, 11, 20)]),
    end=st.sampled_from([None, 2, 4]),
    left=st.sampled_from([None, MONDAY]),
    replaces=st.sampled_from([(), ("m1",), ("m2", "m3"), ("m4",)]),
)

Event = Roster | Join | tuple[Any, Any] | tuple[str, int]

EVENTS: st.SearchStrategy[Event] = st.one_of(
    RECORDS,
    RECORDS,
    st.sampled_from(ROSTERS),
    st.sampled_from(JOINS),
    st.tuples(st.sampled_from([key.writer for key in KEYS]), st.integers(0, 5)),
)


def feed(membership: Membership, event: Event) -> None:
    if isinstance(event, Roster):
        membership.add_roster(event)
    elif isinstance(event, Join):
        membership.add_request(event)
    elif isinstance(event[0], str):
        membership.named_roster(event[0], event[1])
    else:
        membership.add_member(event[0], event[1])


def seen(membership: Membership) -> dict[str, Any]:
    """All that can be asked."""
    return {
        "roster": membership.roster,
        "bindings": membership.bindings(),
        "people": membership.people(),
        "waiting": membership.waiting(),
        "counts": [membership.counts(key.writer, seq) for key in KEYS for seq in range(1, 6)],
        "readers": [membership.readers(person) for person in PERSONS],
        "hand_on": [membership.may_hand_on(one.writer, other.writer) for one in KEYS for other in KEYS],
        "reports": membership.reports(),
    }


def look(membership: Membership) -> None:
    """Ask in between, so that what is remembered must be forgotten at the right time."""
    seen(membership)


@settings(max_examples=300)
@given(st.lists(EVENTS, max_size=14), st.data())
def test_any_order_and_repetition_give_the_same_members(events: list[Event], data: st.DataObject) -> None:
    straight, mixed = Membership(TEAM), Membership(TEAM)
    for event in events:
        feed(straight, event)
    repeats = data.draw(st.lists(st.sampled_from(events), max_size=5)) if events else []
    steps: list[Callable[[Membership], None]] = [partial(_feed, event) for event in [*events, *repeats]]
    for step in data.draw(st.permutations([*steps, look, look])):
        step(mixed)
    assert seen(mixed) == seen(straight)


def _feed(event: Event, membership: Membership) -> None:
    feed(membership, event)


@settings(max_examples=200)
@given(st.lists(RECORDS, max_size=12), st.sampled_from(ROSTERS))
def test_members_are_those_of_a_plain_reading_of_the_rules(records: list[Any], held: Roster) -> None:
    membership = Membership(TEAM)
    membership.add_roster(held)
    for record in records:
        membership.add_member(*record)
    supervisors = {one.writer: one for one in held.supervisors}
    right = [
        (line, body)
        for line, body in records
        if line.writer in supervisors
        and line.at != "never"
        and line.seq <= (end.seq if (end := supervisors[line.writer].end) else 99)
    ]
    # Two lines of one writer with one seq are a fork; which of them stands is no rule, only that all agree.
    if len({(line.writer, line.seq) for line, _ in right}) < len(right):
        return
    standing = [
        (line, body)
        for line, body in right
        if not any(
            other.id == line.id
            and supervisors[other.writer].id == supervisors[line.writer].id
            and (other.writer, other.seq) < (line.writer, line.seq)
            for other, _ in right
        )
    ]
    for key in KEYS:
        about = [(line, body) for line, body in standing if body.writer == key.writer]
        left = [
            (line, body)
            for line, body in about
            if not any(line.id in other_body.replaces for other, other_body in about if other.id != line.id)
        ] or about
        binding = membership.binding(key.writer)
        if key.writer in supervisors:
            assert binding
            assert (binding.role, binding.person) == ("supervisor", supervisors[key.writer].id)
        elif left:
            last = max(left, key=lambda pair: (datetime.fromisoformat(pair[0].at), pair[0].writer, pair[0].seq))
            assert binding
            assert (binding.role, binding.person, binding.name) == ("agent", last[1].person, last[1].name)
        else:
            assert binding is None
