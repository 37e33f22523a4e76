"""Random histories of a team: the program and a second reading of the handbook come to the same figures."""

import pytest

from tests.oracle.histories import compared

# More by `python -m tests.oracle --tries N`. These have answers and confirmations by two supervisors unaware of each
# other, a file of who was erased, and checked punches.
SEEDS = (7001, 7002, 7004)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_and_the_oracle_agree(seed: int) -> None:
    _, found = compared(seed)
    assert found == [], f"python -m tests.oracle --first {seed} cuts it down"
