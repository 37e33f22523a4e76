"""What folding costs grows with what comes, never with what there is: counted, not timed."""

from collections.abc import Callable
from functools import partial

import pytest

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.folding.packing import pack_of
from shared_rules.policies.policy import builtin
from tests.effort import effort
from tests.shared_rules.making import AGENT, DAY, ZONE, call, call_body, confirm, correction, fold_of

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
