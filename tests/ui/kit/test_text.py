"""Text from outside is safe and exactly as wide as it says."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from agent_tui.ui.kit.text import crop, fit, line, safe, safe_lines, spread, width, wrap

ANY = st.text(st.characters() | st.sampled_from("\x1b\x9b\x00\u202e\u2066\u200b\u0301\ufe0f张[/]\\"), max_size=60)
BAD = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[VIP]李四", "[VIP]李四"),
        ("[/]", "[/]"),
        ("a\x1b[31mred", "a?[31mred"),
        ("\x9b2J", "?2J"),
        ("abc\u202edcba", "abc?dcba"),
        ("王\u200b五", "王?五"),
        ("one\ntwo\tthree\r\nfour", "one two three four"),
        ("\ud800", "?"),
        ("\ue000", "?"),
        ("e\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301x"),
        ("☎\ufe0f", "☎"),
        ("欧阳建国", "欧阳建国"),
    ],
)
def test_what_must_not_reach_a_terminal_is_replaced_where_it_stood(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(ANY)
def test_nothing_hidden_is_left(text: str) -> None:
    shown = safe(text)
    assert not [char for char in shown if unicodedata.category(char) in BAD]
    assert safe(shown) == shown
    shown.encode("utf-8")


@given(ANY)
def test_a_line_is_never_read_as_markup(text: str) -> None:
    content = line(text, (text, "bold"))
    assert isinstance(content, Content)
    assert content.plain == safe(text) * 2


@given(ANY, st.integers(0, 40))
def test_a_cell_has_the_width_asked_for(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells
    assert width(fit(text, cells, "right")) == cells
    assert width(crop(safe(text), cells)) <= cells


@given(ANY, ANY, ANY, st.integers(10, 80))
def test_a_spread_line_has_the_width_asked_for(left: str, middle: str, right: str, cells: int) -> None:
    assert width(spread(cells, left, middle, right)) == cells


def test_a_spread_line_gives_up_the_middle_first() -> None:
    assert spread(20, "left", "mid", "right") == "left    mid    right"
    assert spread(12, "left", "middle", "right") == "left   right"
    assert spread(8, "left", "", "right") == "le right"


def test_a_long_left_gives_way_to_the_middle_of_a_spread_line() -> None:
    assert spread(30, "a team with a long name", "Mon 14:32", "right") == "a team with   Mon 14:32  right"
    assert spread(30, "team", "Mon 14:32", "a long right") == "team   Mon 14:32  a long right"


@given(ANY, st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, cells: int) -> None:
    rows = wrap(text, cells)
    assert all(width(row) <= cells for row in rows)
    letters = "".join("".join(safe_lines(text)).split())
    assert "".join("".join(rows).split()) == letters


def test_english_breaks_at_blanks_and_chinese_anywhere() -> None:
    assert wrap("log calls and see", 10) == ["log calls", "and see"]
    assert wrap("记电话看计数", 6) == ["记电话", "看计数"]
    assert wrap("  log calls and see", 10) == ["  log", "  calls", "  and see"]
    assert wrap("  记电话看计数", 8) == ["  记电话", "  看计数"]
