"""Any order and any repetition of records give the same books, and they are those of a straightforward count."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared_rules.figures import DayFigures
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.contents import Listing
from shared_rules.folding.facts import Fact
from shared_rules.leave import away as away_of
from shared_rules.leave import excused
from shared_rules.ledger import entries
from shared_rules.policies.policy import builtin
from tests.shared_rules.making import (
    AGENT,
    COMPLETE,
    DAY,
    ZONE,
    away,
    call_body,
    clock,
    correction,
    excuse,
    fact,
    points,
    verdict,
    void,
)

POLICIES = (builtin(), builtin("pay"))
DAYS = [DAY + timedelta(days=number) for number in range(3)]
_ALL = (*COMPLETE, "department", "headcount", "it_status")
_LISTED = {"2".zfill(16): (Listing(clock(12), 7, ("s" * 16, 1), supervisor=True),)}

_bodies = st.builds(
    call_body,
    st.sampled_from(["1", "2", "3", None]),
    start=st.builds(
        lambda day, minute: clock(0, day=day) + timedelta(minutes=minute), st.sampled_from(DAYS), st.integers(0, 1439)
    ),
    outcome=st.sampled_from(["talked", "refused", "busy", "new_kind"]),
    filled=st.sampled_from([COMPLETE, _ALL, ("phone",), ()]),
    interest=st.sampled_from([None, "intent", "developable"]),
    company=st.sampled_from(["1", "2", None]),
)
_ids = st.sampled_from(["c1", "c2", "c3"])
_at = st.builds(lambda hour: clock(0) + timedelta(hours=hour), st.integers(-30, 72))
_replaces = st.lists(st.sampled_from(["x1", "x2", "x3"]), max_size=2).map(tuple)
_change_ids = st.sampled_from(["x1", "x2", "x3"])
_writers = st.sampled_from(["a" * 16, "b" * 16])

_facts = st.one_of(
    st.builds(lambda id, body, at: fact("call", body, id, at=at), _ids, _bodies, _at),
    st.builds(
        lambda id, of, body, at, old: correction(id, of, body, at=at, replaces=old),
        _change_ids,
        _ids,
        _bodies,
        _at,
        _replaces,
    ),
    st.builds(lambda id, of, at, old: void(id, of, at=at, replaces=old), _change_ids, _ids, _at, _replaces),
    st.builds(
        lambda id, of, at, old, false: verdict(id, of, at=at, replaces=old, false=false),
        _change_ids,
        _ids,
        _at,
        _replaces,
        st.booleans(),
    ),
    st.builds(lambda id, day: points(id, "att.late", -2, 1000, day), _change_ids, st.sampled_from(DAYS)),
    st.builds(
        lambda id, day, minutes: away(id, minutes, on=day), _change_ids, st.sampled_from(DAYS), st.integers(1, 500)
    ),
    st.builds(excuse, _change_ids, st.sampled_from(DAYS)),
)


def _numbered(facts: Sequence[Fact], writers: Sequence[str]) -> list[Fact]:
    """Each fact on a line of its own, as journals number them; ids may still be used twice."""
    seqs = dict.fromkeys(writers, 0)
    lines = []
    for one, writer in zip(facts, writers, strict=True):
        seqs[writer] += 1
        lines.append(replace(one, writer=writer, seq=seqs[writer]))
    return lines


_stories = st.lists(st.tuples(_facts, _writers), min_size=1, max_size=14).map(
    lambda pairs: _numbered([one for one, _ in pairs], [writer for _, writer in pairs])
)


def _fold(facts: Sequence[Fact], ask_between: bool = False) -> AgentFold:
    fold = AgentFold(AGENT, ZONE)
    for number, one in enumerate(facts):
        fold.add(one)
        if ask_between:
            fold.figures(DAYS[number % 3], POLICIES[number % 2])
            fold.call(one.author, one.id, POLICIES[number % 2])
    fold.set_listed(_LISTED)
    return fold


def _books(fold: AgentFold) -> dict[str, Any]:
    return {
        "figures": [fold.figures(day, policy) for day in DAYS for policy in POLICIES],
        "calls": [fold.calls(day, policy) for day in fold.call_days() for policy in POLICIES],
        "each": [fold.call(one.author, one.id, POLICIES[0]) for day in DAYS for one in fold.calls(day, POLICIES[0])],
        "ledger": entries(fold.dossier, f"{DAY:%Y-%m}", lambda _: POLICIES[0]),
        "away": [away_of(fold.dossier, day) for day in DAYS],
        "excused": [excused(fold.dossier, day) for day in DAYS],
        "made": [fold.made_at(day, POLICIES[0], number) for day in DAYS for number in (1, 2)],
    }


@given(_stories, st.data())
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_and_any_repetition_give_the_same_books(story: list[Fact], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*story, *data.draw(st.lists(st.sampled_from(story), max_size=5))]))
    assert _books(_fold(again, ask_between=True)) == _books(_fold(story))


@given(_stories, st.data())
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_many_calls_at_once_give_the_same_books(story: list[Fact], data: st.DataObject) -> None:
    before = data.draw(st.integers(0, len(story)))
    fold = _fold(story[:before])
    fold.add_calls(one for one in story[before:] if one.kind == "call")
    for one in story[before:]:
        if one.kind != "call":
            fold.add(one)
    fold.set_listed(_LISTED)
    assert _books(fold) == _books(_fold(story))


@given(_stories)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_the_days_told_are_all_that_change(story: list[Fact]) -> None:
    fold = AgentFold(AGENT, ZONE)
    for one in story:
        before = {
            day: (fold.figures(day, POLICIES[0]), fold.calls(day, POLICIES[0]), away_of(fold.dossier, day))
            for day in DAYS
        }
        changed = fold.add(one)
        after = {
            day: (fold.figures(day, POLICIES[0]), fold.calls(day, POLICIES[0]), away_of(fold.dossier, day))
            for day in DAYS
        }
        assert {day for day in DAYS if before[day] != after[day]} <= changed


@given(_stories)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_the_figures_are_those_of_a_straightforward_count(story: list[Fact]) -> None:
    fold = _fold(story)
    for policy in POLICIES:
        for day in DAYS:
            figures, states = fold.figures(day, policy), fold.calls(day, policy)
            assert figures == _count(story, policy.validity.required, day)
            # The calls one by one tell the same as the counters.
            assert (sum(one.valid for one in states), sum(one.lead for one in states)) == (figures.valid, figures.leads)
            assert all((one.why_not is None) == one.valid for one in states)
            assert [fold.call(one.author, one.id, policy) for one in states] == states


def _count(story: Sequence[Fact], required: Sequence[str], day: Any) -> DayFigures:
    """The handbook again, in the plainest words, from the whole list of facts at once."""
    lines: dict[tuple[str, ...], Fact] = {}
    for one in sorted(story, key=lambda one: (one.writer, one.seq), reverse=True):
        change = one.kind in ("correction", "void")
        what = (one.kind, one.body.about.id) if change else ("call" if one.kind == "call" else "",)
        lines[one.author, one.id, *what] = one
    kept = list(lines.values())

    def latest(kinds: set[str], id: str) -> Fact | None:
        about = [one for one in kept if one.kind in kinds and one.body.about.id == id]
        replaced = {old for one in about for old in one.body.replaces if old != one.id}
        free = [one for one in about if one.id not in replaced] or about
        return max(free, key=lambda one: (one.at, one.writer, one.seq), default=None)

    dials = connected = complete = 0
    companies, valid, leads = set(), set(), set()
    for one in kept:
        if one.kind != "call":
            continue
        changed, judged = latest({"correction", "void"}, one.id), latest({"verdict"}, one.id)
        source = changed or one
        if source.kind == "void":
            continue
        body = source.body.call if source.kind == "correction" else source.body
        start: datetime = body.started_at
        if start.astimezone(ZONE).date() != day or start > source.at + timedelta(hours=24):
            continue
        dials += 1
        if body.outcome not in ("talked", "refused"):
            continue
        connected += 1
        if not set(required) <= set(body.filled) or body.phone_tag is None:
            continue
        complete += 1
        companies |= {body.company_tag} - {None}
        listings = _LISTED.get(body.phone_tag)
        if (judged and judged.body.false) or (listings and start > listings[0].at):
            continue
        valid.add(body.phone_tag)
        if body.interest:
            leads.add(body.phone_tag)
    return DayFigures(dials, connected, complete, connected - complete, len(valid), len(leads), len(companies))
