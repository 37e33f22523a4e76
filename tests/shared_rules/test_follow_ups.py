"""When a follow-up chosen by digit is due."""

from datetime import datetime

import pytest

from shared_rules.follow_ups import follow_up_at
from shared_rules.policies.policy import builtin
from tests.shared_rules.making import ZONE, clock

_BY_DIGIT = {str(choice.digit): choice for choice in builtin().form.follow_ups}


@pytest.mark.parametrize(
    ("digit", "due"),
    [
        ("1", datetime(2026, 11, 23, 15, 32, tzinfo=ZONE)),
        ("2", datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)),
        ("3", datetime(2026, 11, 24, 14, 0, tzinfo=ZONE)),
        ("4", datetime(2026, 11, 26, 14, 32, tzinfo=ZONE)),
        ("5", datetime(2026, 11, 30, 14, 32, tzinfo=ZONE)),
        ("6", datetime(2026, 12, 23, 14, 32, tzinfo=ZONE)),
        ("0", None),
    ],
)
def test_each_digit_means_the_time_that_its_label_says(digit: str, due: datetime | None) -> None:
    assert follow_up_at(_BY_DIGIT[digit], clock(14, 32)) == due


def test_a_month_that_lacks_the_day_ends_earlier() -> None:
    assert follow_up_at(_BY_DIGIT["6"], datetime(2026, 1, 31, 10, tzinfo=ZONE)) == datetime(
        2026, 2, 28, 10, tzinfo=ZONE
    )
    assert follow_up_at(_BY_DIGIT["6"], datetime(2026, 12, 31, 10, tzinfo=ZONE)) == datetime(
        2027, 1, 31, 10, tzinfo=ZONE
    )


def test_an_hour_later_is_an_instant() -> None:
    assert follow_up_at(_BY_DIGIT["1"], clock(23, 30)) == datetime(2026, 11, 24, 0, 30, tzinfo=ZONE)
