"""Histories of every kind of record, shuffled and repeated over several devices, give the same books to the fen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.contents import Listing
from shared_rules.folding.facts import Fact
from shared_rules.folding.locks import day_state
from shared_rules.grades import signatures
from shared_rules.leave import away, excused, requests
from shared_rules.ledger import entries as ledger
from shared_rules.months import month_facts
from shared_rules.overtime import overtime
from shared_rules.pay import statement
from shared_rules.policies.policy import Policy, builtin_text, parse_policy
from shared_rules.proposals import Agent, proposals
from shared_rules.records import entries, kinds, parts
from shared_rules.suspects import suspects
from shared_rules.weeks import plan_of, summary_of, week_figures
from tests.shared_rules.making import AGENT, CHIEF, COMPLETE, DAY, ZONE, call_body, clock, fact, make, naming, read_to

DAYS = [DAY + timedelta(days=number) for number in range(3)]
NOW = clock(12, day=DAY + timedelta(days=8))
HIRED = DAY - timedelta(days=14)
# Small quotas, so that a few calls make them; another version from the second day on; punches judged.
_TEXT = builtin_text("handbook").replace("calls = 120\nleads = 25", "calls = 2\nleads = 1")
_PUNCHES = _TEXT.index("[day.punches]"), _TEXT.index("[day.stay_late]")
_TEXT = _TEXT[: _PUNCHES[0]] + _TEXT[slice(*_PUNCHES)].replace("disabled", "plain") + _TEXT[_PUNCHES[1] :]
FIRST = parse_policy(_TEXT, "first")
SECOND = parse_policy(_TEXT.replace('rate = "0.5"', 'rate = "0.33"').replace('fine = "50"', 'fine = "70"'), "second")
LISTED = {"2".zfill(16): (Listing(clock(12), 7, ("b" * 16, 3), supervisor=False),)}
_WRITERS = ("a" * 16, "b" * 16, "c" * 16)
_CHIEFS = (CHIEF, "S002")


@dataclass(frozen=True)
class _Shape:
    """A record without its place: who wrote it about what."""

    kind: str
    author: str
    body: Any
    tag: str | None = None


def policy_on(fold: AgentFold) -> Callable[[date], Policy]:
    """The version of a day, or the one it was confirmed under, as the book finds it."""

    def find(day: date) -> Policy:
        lock = fold.lock(day)
        named = next((one for one in (FIRST, SECOND) if lock and one.digest == lock.policy), None)
        return named or (SECOND if day >= DAYS[1] else FIRST)

    return find


_days = st.sampled_from(DAYS)
_chiefs = st.sampled_from(_CHIEFS)
_tags = st.sampled_from(["1".zfill(16), "2".zfill(16)])
# Ids of a kind are few, so that records are about each other and repeat each other.
_few = st.sampled_from(["1", "2", "3"])


def _about(author: str, prefix: str) -> st.SearchStrategy[Any]:
    return st.builds(lambda n, day: make(parts.About, author=author, id=prefix + n, day=day), _few, _days)


def _by(kind: str, author: Any, model: Any, **members: Any) -> st.SearchStrategy[_Shape]:
    tag = members.pop("tag", st.none())
    names = sorted(members)
    strategies = (
        members[name] if isinstance(members[name], st.SearchStrategy) else st.just(members[name]) for name in names
    )
    who = author if isinstance(author, st.SearchStrategy) else st.just(author)
    return st.builds(
        lambda who, tag, *values: _Shape(kind, who, make(model, **dict(zip(names, values, strict=True))), tag),
        who,
        tag,
        *strategies,
    )


_bodies = st.builds(
    call_body,
    st.sampled_from(["1", "2", "3", None]),
    start=st.builds(lambda day, minute: clock(0, day=day) + timedelta(minutes=minute), _days, st.integers(0, 1439)),
    outcome=st.sampled_from(["talked", "refused", "busy"]),
    filled=st.sampled_from([COMPLETE, ("phone",)]),
    interest=st.sampled_from([None, "intent"]),
    company=st.sampled_from(["1", "2"]),
)
_spans = st.lists(
    st.builds(
        read_to,
        st.sampled_from(_WRITERS),
        st.integers(1, 12),
    ),
    max_size=3,
).map(tuple)
_old = st.lists(st.builds(lambda kind, n: kind + n, st.sampled_from("kvxr"), _few), max_size=2).map(tuple)
_entry = st.one_of(_about(CHIEF, "p"), _about("S002", "p"), _about(CHIEF, "v"), _about("S002", "v"))
_own_kinds = st.sampled_from([("hand_in", "h"), ("request", "q"), ("summary", "s"), ("plan", "n")])
_chief_kinds = st.sampled_from(
    [
        ("points", "p"),
        ("time_away", "t"),
        ("excuse", "e"),
        ("confirm", "k"),
        ("grade_step", "g"),
        ("payment", "y"),
        ("release", "l"),
        ("refusal", "f"),
    ]
)


def _withdrawal(author: str, of: str, kind: tuple[str, str], n: str, day: date) -> _Shape:
    about = make(parts.About, author=of, id=kind[1] + n, day=day)
    return _Shape("withdrawal", author, make(entries.WithdrawalSecret, about=about, kind_of=kind[0]))


_shapes: dict[str, st.SearchStrategy[_Shape]] = {
    "c": _bodies.map(lambda body: _Shape("call", AGENT, body)),
    "x": st.one_of(
        st.builds(
            lambda about, body, old: _Shape(
                "correction", AGENT, make(kinds.Correction, about=about, call=body, replaces=old)
            ),
            _about(AGENT, "c"),
            _bodies,
            _old,
        ),
        st.builds(
            lambda about, old: _Shape("void", AGENT, make(kinds.Void, about=about, replaces=old)),
            _about(AGENT, "c"),
            _old,
        ),
    ),
    "v": _by("verdict", _chiefs, entries.VerdictSecret, about=_about(AGENT, "c"), false=st.booleans(), replaces=_old),
    "p": _by(
        "points",
        _chiefs,
        entries.PointsSecret,
        rule=st.sampled_from(["att.late", "att.absent", "meet.missed"]),
        on=_days,
        points=st.integers(-5, 5),
        fen=st.sampled_from([0, 1000]),
        proposal=st.builds(
            lambda day, kind: kind and f"{kind[0]}:{day}:{kind[1]}",
            _days,
            st.sampled_from([(), ("punch", "in"), ("meeting", "daily")]),
        ).map(lambda key: key or ""),
    ),
    "a": _by("appeal", AGENT, entries.AppealSecret, about=_entry, text="…"),
    "r": _by(
        "ruling",
        _chiefs,
        entries.RulingSecret,
        about=_entry,
        upheld=st.booleans(),
        replaces=_old,
        appeal=st.sampled_from([None, "a1", "a2"]),
    ),
    "e": _by("excuse", _chiefs, entries.ExcuseSecret, day=_days, reason="…"),
    "t": _by(
        "time_away",
        _chiefs,
        entries.TimeAwaySecret,
        type=st.sampled_from(["leave", "visit"]),
        on=_days,
        minutes=st.sampled_from([60, 420]),
        leads=st.sampled_from([None, 0]),
        request=st.one_of(st.none(), _about(AGENT, "q")),
    ),
    "q": _by("request", AGENT, entries.RequestSecret, type="leave", on=_days, minutes=60),
    "f": _by("refusal", _chiefs, entries.RefusalSecret, about=_about(AGENT, "q")),
    "h": _by("hand_in", AGENT, entries.HandInSecret, day=_days),
    "k": _by(
        "confirm",
        _chiefs,
        entries.ConfirmSecret,
        day=_days,
        segments=_spans,
        policy=st.sampled_from(["", FIRST.digest, SECOND.digest]),
        replaces=_old,
    ),
    "l": _by("release", _chiefs, entries.ReleaseSecret, day=_days),
    "g": _by(
        "grade_step",
        _chiefs,
        entries.GradeStepSecret,
        tag=_tags,
        step=st.sampled_from(["visited", "file", "signed"]),
        grade=st.sampled_from(["A", "B"]),
        on=_days,
        by="老王",
    ),
    "y": _by("payment", _chiefs, entries.PaymentSecret, tag=_tags, fen=st.integers(-100_000, 100_000), on=_days),
    "u": _by("punch", AGENT, entries.PunchSecret, side=st.sampled_from(["in", "out"])),
    "m": _by(
        "attendance",
        _chiefs,
        entries.AttendanceSecret,
        meeting="daily",
        on=_days,
        state=st.sampled_from(["present", "late", "missed"]),
    ),
    "d": _by(
        "dismissal", _chiefs, entries.DismissalSecret, proposal=_days.map(lambda day: f"punch:{day}:in"), on=_days
    ),
    "i": _by("punch_check", _chiefs, entries.PunchCheckSecret, day=_days, side=st.sampled_from(["in", "out"])),
    "s": _by("summary", AGENT, entries.SummarySecret, week="2026-W48", text="…"),
    "n": _by(
        "plan",
        st.one_of(st.just(AGENT), _chiefs),
        entries.PlanSecret,
        week="2026-W48",
        companies=st.integers(0, 9),
        approved=st.booleans(),
        replaces=_old,
    ),
    "w": st.one_of(
        st.builds(_withdrawal, st.just(AGENT), st.just(AGENT), _own_kinds, _few, _days),
        st.builds(_withdrawal, _chiefs, _chiefs, _chief_kinds, _few, _days),
        st.builds(_withdrawal, st.just(AGENT), _chiefs, _chief_kinds, _few, _days),
    ),
}
_at = st.builds(lambda hour: clock(0) + timedelta(hours=hour), st.integers(-30, 96))
_one = st.one_of(
    *(
        st.builds(lambda shape, n, at, kind=kind: (kind + n, shape, at), each, _few, _at)
        for kind, each in _shapes.items()
    )
)


def _written(drawn: Sequence[tuple[tuple[str, _Shape, datetime], str]]) -> list[Fact]:
    """Each record on a line of its own, as journals number them."""
    seqs = dict.fromkeys(_WRITERS, 0)
    facts = []
    for (id, shape, at), writer in drawn:
        seqs[writer] += 1
        who, seq = shape.author, seqs[writer]
        facts.append(fact(shape.kind, shape.body, id, author=who, writer=writer, seq=seq, at=at, tag=shape.tag))
    return naming(facts)


_stories = st.lists(st.tuples(_one, st.sampled_from(_WRITERS)), min_size=1, max_size=25).map(_written)
_slow = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _fold(facts: Sequence[Fact], *, ask_between: bool = False) -> AgentFold:
    fold = AgentFold(AGENT, ZONE)
    for number, one in enumerate(facts):
        fold.add(one)
        if ask_between:
            fold.figures(DAYS[number % 3], FIRST)
            fold.beside(DAYS[number % 3])
    fold.set_listed(LISTED)
    return fold


def _of_day(fold: AgentFold, day: date) -> list[Any]:
    on = policy_on(fold)
    policy = on(day)
    new = policy.new_hire_day(HIRED, day) is not None
    calls = fold.calls(day, policy, new_hire=new)
    return [
        fold.figures(day, policy, new_hire=new),
        calls,
        [fold.contradicted(one.author, one.id) for one in calls],
        fold.beside(day),
        away(fold.dossier, day),
        excused(fold.dossier, day),
        day_state(fold.dossier, day),
        bool(fold.dossier.of("release", day)),
        [one for one in ledger(fold.dossier, f"{day:%Y-%m}", on) if one.on == day],
    ]


def _books(fold: AgentFold) -> list[Any]:
    on = policy_on(fold)
    agent = Agent(fold, on, lambda day: day >= DAYS[0])
    facts = month_facts(fold, on, "2026-11", NOW.date(), hired_on=lambda _: HIRED, judged=agent.judged)
    return [
        [_of_day(fold, day) for day in DAYS],
        facts,
        [statement(policy, facts) for policy in (FIRST, SECOND)],
        [(one.fact, one.state, one.answer, one.faults) for one in requests(fold.dossier, ZONE, on)],
        proposals(agent, DAYS[0], NOW),
        [signatures(fold.dossier, tag) for tag in ("1".zfill(16), "2".zfill(16))],
        week_figures(agent, "2026-W48", lambda _: HIRED, NOW.date()),
        plan_of(agent, "2026-W48"),
        summary_of(agent, "2026-W48", NOW.date()),
        [overtime(fold, on, day, NOW, staying=False) for day in DAYS],
        [suspects(on(day), fold.calls(day, on(day)), NOW) for day in DAYS],
    ]


@given(_stories, st.data())
@_slow
def test_any_order_and_any_repetition_give_the_same_books(story: list[Fact], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*story, *data.draw(st.lists(st.sampled_from(story), max_size=8))]))
    assert _books(_fold(again, ask_between=True)) == _books(_fold(story))


@given(_stories)
@_slow
def test_the_days_told_are_all_that_change(story: list[Fact]) -> None:
    fold = AgentFold(AGENT, ZONE)
    for one in story:
        before = {day: _of_day(fold, day) for day in DAYS}
        changed = fold.add(one)
        assert {day for day in DAYS if before[day] != _of_day(fold, day)} <= changed


@given(_stories, _stories, st.sampled_from(["A", "z"]), st.data())
@_slow
def test_what_an_agent_writes_later_changes_no_figure_of_a_confirmed_day(
    story: list[Fact], later: list[Fact], writer: str, data: st.DataObject
) -> None:
    """Only records of supervisors, and lines that the confirmation read, move what is settled: neither under the id of
    another record, nor by a device whose name is lower.
    """
    fold = _fold(story)
    locked = [day for day in DAYS if fold.lock(day)]
    before = {day: fold.figures(day, policy_on(fold)(day)) for day in locked}
    known = {one.line for one in story}
    for number, one in enumerate(later):
        if one.author == AGENT and one.kind in ("call", "correction", "void", "hand_in", "request", "plan"):
            id = data.draw(st.sampled_from(["c1", "c2", "x1", "x2", one.id]))
            line = replace(one, writer=writer * 16, seq=number + 1, id=id, told=one.told ^ number)
            assert line.line not in known
            fold.add(line)
    assert {day: fold.figures(day, policy_on(fold)(day)) for day in locked} == before
