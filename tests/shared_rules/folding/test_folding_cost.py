"""What folding costs grows with what comes, never with what there is: counted, not timed."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.folding.packing import pack_of
from shared_rules.policies.policy import builtin
from tests.effort import effort
from tests.shared_rules.making import AGENT, DAY, ZONE, call, call_body, clock, confirm, correction, fold_of

POLICY = builtin()


def folded(facts: list[Fact]) -> AgentFold:
    fold = fold_of(*facts)
    assert fold.figures(DAY, POLICY).dials == 1
    return fold


def corrections(count: int) -> list[Fact]:
    """A call and that many corrections of it: more than a person makes, as many as a program can."""
    return [call("1"), *(correction(f"c{seq}", "1", call_body(outcome="busy"), seq=seq) for seq in range(2, count + 2))]


def lines(count: int) -> list[Fact]:
    """A call in that many lines."""
    return [call("1", seq=seq) for seq in range(count, 0, -1)]


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize("many", [corrections, lines])
def test_many_changes_of_one_call_cost_what_as_many_calls_would(
    many: Callable[[int], list[Fact]], confirmed: bool
) -> None:
    first = [confirm("k", read=[call("1")])] if confirmed else []
    efforts = [effort(partial(folded, first + many(count))) for count in (200, 400)]
    assert efforts[1] < 2.5 * efforts[0]


def test_putting_many_changes_of_one_call_away_costs_what_as_many_calls_would() -> None:
    def put_away(count: int) -> None:
        assert pack_of("s", AGENT, corrections(count), ZONE, lambda _: [POLICY.counting()])

    efforts = [effort(partial(put_away, count)) for count in (200, 400)]
    assert efforts[1] < 2.5 * efforts[0]


@pytest.mark.parametrize("step", [1, -1], ids=["the earliest first", "the latest first"])
def test_a_day_is_put_away_at_the_same_cost_however_many_others_are(step: int) -> None:
    fold, costs = fold_of(), []
    for seq in range(1, 101)[::step]:
        facts = [call(f"c{seq:03}", str(seq), seq=seq, start=clock(10, day=DAY + timedelta(days=seq)))]
        pack = pack_of(f"s{seq}", AGENT, facts, ZONE, lambda _: [POLICY.counting()])
        assert pack
        costs.append(effort(partial(fold.add_pack, pack, lambda _: [])))
    assert costs[-1] == costs[5]


def test_a_save_costs_the_same_however_many_days_are_put_away() -> None:
    def cost(days: int) -> int:
        fold = fold_of()
        for seq in range(1, days + 1):
            put_away = [call(f"c{seq:03}", str(seq), seq=seq, start=clock(10, day=DAY - timedelta(days=seq)))]
            pack = pack_of(f"s{seq}", AGENT, put_away, ZONE, lambda _: [POLICY.counting()])
            assert pack
            fold.add_pack(pack, lambda _: [])
        fold.figures(DAY, POLICY)
        return effort(lambda: fold.add(call("d001", seq=999)))

    assert cost(200) == cost(2)


def test_the_calls_of_a_day_cost_the_same_however_many_imported_days_are_put_away() -> None:
    """The ids of imported calls are in no order of time: those of today lie between them."""

    def cost(days: int) -> int:
        fold = fold_of(call("m001", seq=999))
        for seq in range(1, days + 1):
            start = clock(10, day=DAY - timedelta(days=seq))
            imported = [call(f"{end}{seq:03}", seq=2 * seq + place, start=start) for place, end in enumerate("az")]
            pack = pack_of(f"s{seq}", AGENT, imported, ZONE, lambda _: [POLICY.counting()])
            assert pack
            fold.add_pack(pack, lambda _: [])
        assert len(fold.call_days()) == days + 1
        return effort(lambda: fold.calls(DAY, POLICY))

    assert cost(20) == cost(2)
