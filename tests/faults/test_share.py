"""The short form of the share's faults; the long one is `python -m tests.faults share`."""

from tests.faults.share import AT_REST, IN_CALLS, run


def test_nothing_is_missing_after_any_fault_of_the_share() -> None:
    met, _, missing = run(600)
    assert missing == 0
    assert set(met) == {*AT_REST, *IN_CALLS}


def test_the_control_that_does_not_look_before_it_writes_loses_records() -> None:
    _, _, missing = run(100, blind=True)
    assert missing > 0
