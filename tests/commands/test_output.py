"""Amounts, and text from outside, as commands print them."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.commands import output
from shared_rules.money import yuan


@given(st.integers(-(10**12), 10**12))
def test_yuan_is_exact(fen: int) -> None:
    text = yuan(fen)
    whole, _, part = text.partition(".")
    assert len(part) == 2
    assert int(whole.replace("-", "") + part) * (-1 if text.startswith("-") else 1) == fen


@given(st.text(max_size=40))
def test_what_is_printed_is_one_line_without_controls(text: str) -> None:
    shown = output.printable(text)
    assert "\n" not in shown
    assert not [one for one in shown if unicodedata.category(one) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    "text", ["a\x1b[2Jb", "\u202eabc", "\x9b31m", "\ud800", "张\u200b敏", "line\nline", "👩\u200d💻"]
)
def test_json_keeps_every_character_and_shows_no_control(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    output.document({"text": [text]})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"text": [text]}
    assert not [one for one in printed if one != "\n" and output.printable(one) != one]
    output.compact({"text": text})
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert json.loads(line) == {"text": text}


def test_columns_are_aligned_by_cells(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([["工号", "有效", "x"], ["A017", "7", "张敏"], ["e\u0301", "120", ""]], right=frozenset({1}))
    assert capsys.readouterr().out.splitlines() == ["工号  有效  x", "A017     7  张敏", "e\u0301      120"]
