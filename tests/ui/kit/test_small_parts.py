"""Bars, dates, key labels."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.i18n import set_language
from agent_tui.ui.commands import key_label, with_twins
from agent_tui.ui.kit.bars import bar, columns, upright
from agent_tui.ui.kit.numbers import half_width, whole
from agent_tui.ui.kit.spans import minutes_of
from agent_tui.ui.kit.when import moment, parse_coming_day, parse_day, parse_near_day
from shared_rules.policies.policy import builtin


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90), ("９０分钟", 90), ("45 min", 45), ("0", 0), ("9999", 9999),
        ("半天", 210), ("half a day", 210), ("0.5天", 210), ("全天", 420), ("一天", 420), ("a whole day", 420),
        ("1 day", 420), ("2小时", 120), ("两小时", 120), ("一个半小时", 90), ("1.5h", 90), ("2 hours", 120),
        ("半小时", 30), ("half an hour", 30), ("1小时20分", 80), ("2h15", 135),
        ("", None), ("-5", None), ("上午", None), ("2 days", None), ("半", None), ("12345", None), ("1.5", None),
    ],
)  # fmt: skip
def test_how_long_somebody_is_away_is_read_as_people_say_it(text: str, minutes: int | None) -> None:
    assert minutes_of(text, builtin("handbook")) == minutes


def test_a_bar_is_filled_by_its_part() -> None:
    assert bar(55, 80, 14, ascii=True) == "#########....."
    assert bar(55, 80, 14, ascii=False) == "█████████░░░░░"
    assert bar(90, 80, 4, ascii=True) == "####"
    assert bar(0, 80, 4, ascii=True) == "...."
    assert bar(0, 0, 4, ascii=True) == "####"


@given(st.floats(-10, 500), st.floats(0, 500), st.integers(0, 60), st.booleans())
def test_a_bar_has_its_length(done: float, whole: float, cells: int, ascii: bool) -> None:
    assert len(bar(done, whole, cells, ascii=ascii)) == cells


def drawn(values: list[int], cells: int, lines: int, *, ascii: bool = False) -> list[str]:
    labels = [str(9 + place) for place in range(len(values))]
    return [row.plain.rstrip() for row in upright(labels, values, cells, lines, ascii=ascii)]


def test_upright_bars_are_of_equal_width_with_a_gap_between_and_over_their_labels() -> None:
    assert drawn([8, 16, 0, 1], 16, 5) == [
        "16    ██",
        "      ██",
        " 8 ██ ██",
        "   ██ ██    ▂▂",
        "    9 10 11 12",
    ]
    assert drawn([8, 16, 0, 1], 16, 5, ascii=True)[2:4] == [" 8 ## ##", "   ## ##    ::"]


def test_upright_bars_too_narrow_for_every_label_have_every_second_one() -> None:
    assert drawn([1, 2, 2, 1], 11, 3)[-1].split() == ["9", "11"]


def test_upright_bars_without_a_value_or_without_room_are_none() -> None:
    assert drawn([0, 0], 40, 5) == drawn([1, 2], 5, 5) == drawn([1, 2], 40, 2) == []


def test_a_value_above_nought_never_looks_like_nought() -> None:
    assert columns([0, 1, 1000], ascii=False) == " ▁█"
    assert columns([0, 1, 1000], ascii=True) == " .#"
    assert columns([0, 0], ascii=True) == "  "


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-09", date(2026, 11, 9)),
        ("11-09", date(2026, 11, 9)),
        ("11/9", date(2026, 11, 9)),
        ("12-31", date(2025, 12, 31)),
        ("9", date(2026, 11, 9)),
        ("２０２６－１１－０９", date(2026, 11, 9)),
        ("11月9日", date(2026, 11, 9)),
        ("31", None),
        ("2026-02-30", None),
        ("昨天", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
        ("大前天", date(2026, 11, 20)),
        ("今天", date(2026, 11, 23)),
        ("明天", date(2026, 11, 24)),
        ("Yesterday", date(2026, 11, 22)),
        ("day before yesterday", date(2026, 11, 21)),
        ("today", date(2026, 11, 23)),
        ("周五", date(2026, 11, 20)),
        ("周一", date(2026, 11, 23)),
        ("上周五", date(2026, 11, 20)),
        ("上上周五", date(2026, 11, 13)),
        ("last Friday", date(2026, 11, 20)),
        ("fri", date(2026, 11, 20)),
        ("昨天下午", None),
        ("soon", None),
        ("", None),
        ("1-2-3-4", None),
    ],
)
def test_a_day_as_people_write_it(text: str, day: date | None) -> None:
    assert parse_day(text, date(2026, 11, 23)) == day


@pytest.mark.parametrize("text", ["9" * 12, "2026-11-" + "9" * 12, "9" * 12 + "-11", "9" * 5000])
def test_a_number_of_any_length_is_no_day(text: str) -> None:
    assert parse_day(text, date(2026, 11, 23)) is None
    assert parse_coming_day(text, date(2026, 11, 23)) is None
    assert whole(text, 1, 31) is None


@pytest.mark.parametrize(("text", "number"), [("80", 80), (" ８０ ", 80), ("0", 0), ("101", None), ("-1", None)])
def test_a_whole_number_is_read_as_people_type_it_and_held_to_its_range(text: str, number: int | None) -> None:
    assert whole(text, 0, 100) == number


def test_a_moment_in_both_languages() -> None:
    at = datetime(2026, 11, 23, 14, 32)
    set_language("zh")
    assert moment(at) == "周一 11-23 14:32"
    set_language("en")
    assert moment(at) == "Mon 11-23 14:32"


def test_keys_are_written_as_people_write_them() -> None:
    assert [key_label(key) for key in ("f1", "ctrl+p", "enter", "2", "full")] == ["F1", "^P", "Enter", "2", "full"]


def test_full_width_twins() -> None:
    assert with_twins(["2", "p", "f1"]) == ["2", "２", "p", "ｐ", "f1"]
    assert half_width("７") == "7"
    assert half_width("7") == "7"
    assert half_width(None) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("11-30", date(2026, 11, 30)),
        ("11月20日", date(2026, 11, 20)),
        ("昨天", date(2026, 11, 22)),
        ("明天", date(2026, 11, 24)),
        ("周五", date(2026, 11, 27)),
        ("30", date(2026, 11, 30)),
        ("13-40", None),
        ("soon", None),
    ],
)
def test_a_day_without_a_year_is_of_this_year(text: str, day: date | None) -> None:
    """What stands in the line that tells how a day is written is taken, for a notice's last day too."""
    assert parse_near_day(text, date(2026, 11, 23)) == day
