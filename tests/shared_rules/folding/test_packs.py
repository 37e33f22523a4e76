"""Calls put away in packs give the same books as the calls themselves, whatever comes before, after and between."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.contents import Listing
from shared_rules.folding.facts import Fact
from shared_rules.folding.packing import pack_of
from shared_rules.folding.packs import Pack
from shared_rules.ledger import entries
from shared_rules.policies.policy import Counting, builtin
from shared_rules.records.entries import ConfirmSecret
from tests.shared_rules.making import (
    AGENT,
    CHIEF,
    COMPLETE,
    DAY,
    ZONE,
    call,
    call_body,
    clock,
    confirm,
    correction,
    fact,
    make,
    naming,
    points,
    read_to,
    ruling,
    verdict,
    void,
    withdrawal,
)

POLICIES = (builtin(), builtin("pay"))
DAYS = [DAY + timedelta(days=number) for number in range(3)]
WRITERS = ("a" * 16, "b" * 16)
CHIEF_WRITER = "s" * 16
LISTED = (CHIEF_WRITER, 1)

_bodies = st.builds(
    call_body,
    st.sampled_from(["1", "2", "3", "4", None]),
    start=st.builds(
        lambda day, minute: clock(8, day=day) + timedelta(minutes=minute), st.sampled_from(DAYS), st.integers(0, 700)
    ),
    outcome=st.sampled_from(["talked", "talked", "refused", "busy", "new_kind"]),
    filled=st.sampled_from([COMPLETE, COMPLETE, ("phone",), ()]),
    interest=st.sampled_from([None, "intent", "developable"]),
    company=st.sampled_from(["1", "2", None]),
)
_ids = st.sampled_from([f"c{number}" for number in range(8)])
_changes = st.sampled_from(["x1", "x2", "x3", "x4"])
_at = st.builds(lambda hour: clock(0) + timedelta(hours=hour), st.integers(-30, 72))
_replaces = st.lists(_changes, max_size=2).map(tuple)
_calls = st.builds(lambda id, body, at: fact("call", body, id, at=at), _ids, _bodies, _at)
_own = st.one_of(
    _calls,
    _calls,
    _calls,
    st.builds(lambda id, of, body, at, old: correction(id, of, body, at=at, replaces=old),
              _changes, _ids, _bodies, _at, _replaces),
    st.builds(lambda id, of, at, old: void(id, of, at=at, replaces=old), _changes, _ids, _at, _replaces),
)  # fmt: skip
_reads = st.lists(st.builds(read_to, st.sampled_from(WRITERS), st.integers(1, 9)), max_size=2).map(tuple)
_chiefs = st.one_of(
    st.builds(lambda id, of, at, false: verdict(id, of, at=at, false=false),
              st.sampled_from(["v1", "v2", "v3"]), _ids, _at, st.booleans()),
    st.builds(lambda id, of, at, upheld: ruling(id, of, at=at, upheld=upheld), st.sampled_from(["r1", "r2"]),
              st.sampled_from(["v1", "v2", "v3"]), _at, st.booleans()),
    st.builds(lambda id, day, read, at:
              fact("confirm", make(ConfirmSecret, day=day, segments=read), id, author=CHIEF, at=at),
              st.sampled_from(["k1", "k2"]), st.sampled_from(DAYS), _reads, _at),
    st.builds(lambda of, at: withdrawal("w1", of, "confirm", at=at), st.sampled_from(["k1", "k2"]), _at),
    st.builds(lambda id, day: points(id, "att.late", -2, 1000, day), st.sampled_from(["p1", "c1"]),
              st.sampled_from(DAYS)),
)  # fmt: skip
_listings = st.builds(
    lambda tag, hour: {tag.zfill(16): (Listing(clock(0) + timedelta(hours=hour), 7, LISTED, supervisor=False),)},
    st.sampled_from(["1", "2", "9"]), st.integers(0, 60),
)  # fmt: skip


class Story:
    """What was written, by source, and besides; `listed` are the do-not-call listings."""

    def __init__(self, sources: Sequence[Sequence[Fact]], others: Sequence[Fact], listed: Any) -> None:
        self.sources = {f"s{number}": list(source) for number, source in enumerate(sources)}
        self.others = list(others)
        self.listed = listed

    def plain(self) -> AgentFold:
        """A fold of all of it, one by one."""
        fold = AgentFold(AGENT, ZONE)
        for one in (*(one for source in self.sources.values() for one in source), *self.others):
            fold.add(one)
        fold.set_listed(self.listed)
        return fold

    def unpack(self, pack: Pack) -> list[Fact]:
        """The facts of a pack."""
        return self.sources[pack.source]


@st.composite
def _stories(draw: st.DrawFn) -> Story:
    sources = []
    for writer in WRITERS:
        seq = 0
        for own in draw(st.lists(st.lists(_own, min_size=1, max_size=4), max_size=3)):
            source = []
            for one in own:
                seq += 1
                source.append(replace(one, writer=writer, seq=seq))
            sources.append(source)
    others = [replace(one, writer=CHIEF_WRITER, seq=seq) for seq, one in enumerate(draw(st.lists(_chiefs, max_size=5)))]
    told = naming([*(one for source in sources for one in source), *others])
    return Story(sources, told[len(told) - len(others) :], draw(st.one_of(st.just({}), _listings)))


def _countings(day: date) -> tuple[Counting, ...]:
    return (POLICIES[0].counting(),) if day != DAYS[1] else ()


def _figures(fold: AgentFold) -> list[Any]:
    """What packs tell by themselves."""
    return [
        [fold.figures(day, policy, new_hire=new) for day in DAYS for policy in POLICIES for new in (False, True)],
        [fold.proposed(day, policy) for day in DAYS for policy in POLICIES],
        [fold.made_at(day, POLICIES[0], number) for day in DAYS for number in (1, 2, 3)],
        [fold.lead_made_at(day, POLICIES[0], 1) for day in DAYS],
        fold.companies([(day, POLICIES[0]) for day in DAYS]),
        [fold.beside(day) for day in DAYS],
        fold.call_days(),
    ]


def _books(fold: AgentFold) -> list[Any]:
    """All that is told of an agent."""
    calls = [fold.calls(day, policy) for day in DAYS for policy in POLICIES]
    return [
        *_figures(fold),
        calls,
        [fold.call(AGENT, f"c{number}", POLICIES[0]) for number in range(8)],
        [fold.sources(day) for day in DAYS],
        [fold.last_call_ended(day) for day in DAYS],
        fold.facts("call", "correction", "void"),
        entries(fold.dossier, f"{DAY:%Y-%m}", lambda _: POLICIES[0]),
    ]


_Step = tuple[str, Any]


def _steps(story: Story, data: st.DataObject) -> list[_Step]:
    """All of the story in some order, what can be put away as packs, some of it twice, with looks between."""
    steps: list[_Step] = [("list", story.listed)]
    for source, facts in story.sources.items():
        pack = pack_of(source, AGENT, facts, ZONE, _countings)
        if pack is not None and data.draw(st.integers(0, 3)):
            steps.append(("pack", pack))
            again = data.draw(st.lists(st.sampled_from(facts), max_size=1))
        else:
            again = facts
        steps += [("add", one) for one in again]
    steps += [("add", one) for one in story.others]
    steps += [("look", number) for number in data.draw(st.lists(st.integers(0, 2), max_size=3))]
    return data.draw(st.permutations(steps))


def _take(fold: AgentFold, story: Story, step: _Step) -> frozenset[date]:
    """Take a step; the days that it says may have changed."""
    what, it = step
    match what:
        case "list":
            return fold.set_listed(it)
        case "pack":
            fold.add_pack(it, story.unpack)
        case "add":
            return fold.add(it)
        case "look":
            (lambda: _figures(fold), lambda: fold.calls(DAYS[0], POLICIES[0]), lambda: fold.fact(AGENT, "c1"))[it]()
    return frozenset()


@given(_stories(), st.data())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_packs_give_the_same_books(story: Story, data: st.DataObject) -> None:
    fold, plain = AgentFold(AGENT, ZONE), story.plain()
    for step in _steps(story, data):
        _take(fold, story, step)
    assert _figures(fold) == _figures(plain)
    assert _books(fold) == _books(plain)


@given(_stories(), st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_the_days_told_are_all_that_change(story: Story, data: st.DataObject) -> None:
    fold, plain = AgentFold(AGENT, ZONE), AgentFold(AGENT, ZONE)

    def seen() -> dict[date, Any]:
        return {day: (plain.figures(day, POLICIES[0]), plain.calls(day, POLICIES[0])) for day in DAYS}

    before = seen()
    for what, it in _steps(story, data):
        told = _take(fold, story, (what, it))
        if what == "pack":
            for one in story.unpack(it):
                plain.add(one)
        elif what != "look":
            _take(plain, story, (what, it))
        after = seen()
        assert what == "pack" or {day for day in DAYS if before[day] != after[day]} <= told
        before = after


def test_a_pack_stands_until_something_has_a_say_about_it() -> None:
    facts = [
        replace(call_fact, writer=WRITERS[0], seq=seq)
        for seq, call_fact in enumerate(
            (
                call("c1", "1"),
                call("c2", "2", start=clock(11)),
                correction("x1", "c2", call_body("2", start=clock(11))),
            ),
            1,
        )
    ]
    pack = pack_of("s0", AGENT, facts, ZONE, lambda _: (POLICIES[0].counting(),))
    assert pack is not None
    opened: list[str] = []

    def unpack(pack: Pack) -> list[Fact]:
        opened.append(pack.source)
        return facts

    def fold_with(*others: Fact) -> AgentFold:
        fold = AgentFold(AGENT, ZONE)
        opened.clear()
        for one in others[::2]:
            fold.add(one)
        fold.add_pack(pack, unpack)
        for one in others[1::2]:
            fold.add(one)
        return fold

    kept = (
        replace(call("c9", "1", start=clock(9, day=DAYS[1])), writer=WRITERS[0], seq=9),
        verdict("v1", "c1", false=False),
        confirm("k1", read=facts, at=clock(19)),
        verdict("v2", "c9", false=True),
    )
    fold = fold_with(*kept)
    assert (fold.figures(DAY, POLICIES[0]).valid, fold.beside(DAY), opened) == (2, 0, [])
    for touching in (
        replace(call("c3", "3"), writer=WRITERS[0], seq=4),
        replace(call("c1", "3", start=clock(9, day=DAYS[1])), writer=WRITERS[1]),
        verdict("v1", "c1", false=True),
        replace(void("x2", "c1"), writer=WRITERS[0], seq=4),
        confirm("k1", read=facts[:2], at=clock(19)),
    ):
        for others in ((touching,), (kept[0], touching)):
            fold_with(*others).figures(DAY, POLICIES[0])
            assert opened == ["s0"], touching
    fold = fold_with()
    fold.set_listed({"1".zfill(16): (Listing(clock(10, 1), 7, LISTED, supervisor=True),)})
    assert (fold.figures(DAY, POLICIES[0]).valid, opened) == (2, [])
    fold.set_listed({"1".zfill(16): (Listing(clock(9), 7, LISTED, supervisor=True),)})
    assert (fold.figures(DAY, POLICIES[0]).valid, opened) == (1, ["s0"])


def test_what_cannot_be_unpacked_now_is_tried_again() -> None:
    facts = [call("c1")]
    pack = pack_of("s0", AGENT, facts, ZONE, _countings)
    fold, broken = AgentFold(AGENT, ZONE), [True]
    assert pack is not None

    def unpack(_: Pack) -> list[Fact]:
        if broken:
            raise OSError("away")
        return facts

    fold.add_pack(pack, unpack)
    fold.add(replace(void("x1", "c1"), seq=2))
    for _ in range(2):
        with pytest.raises(OSError, match="away"):
            fold.figures(DAY, POLICIES[0])
    broken.clear()
    assert fold.figures(DAY, POLICIES[0]).dials == 0
    assert [one.why_not for one in fold.calls(DAY, POLICIES[0])] == ["void"]
