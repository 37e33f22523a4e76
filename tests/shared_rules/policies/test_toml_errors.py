"""What is wrong with a text that is no TOML: the place, and what, in our own words."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.policies.toml_errors import toml_fault


def fault(text: str) -> tuple[int, int, str]:
    with pytest.raises((ValueError, RecursionError)) as caught:
        tomllib.loads(text)
    assert isinstance(caught.value, ValueError | RecursionError)
    found = toml_fault(caught.value, text)
    return found.line, found.column, found.what


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("a = 1\nb = = 2", 2, 5, "a value is missing"),
        ("a = 1\nb = ", 2, 4, "a value is missing"),
        ("a = 1\nb", 2, 2, "a key needs ="),
        ("a = 1 b = 2", 1, 7, "one thing too many"),
        ("a = 2026-13-40", 1, 9, "date"),
        ("[a\n", 1, 3, "a heading must end with ]"),
        ("[[a]\n", 1, 4, "a heading must end with ]"),
        ("= 3", 1, 1, "neither a heading"),
        ('a = "x', 1, 7, "quotes"),
        ('a = "x\n"', 1, 7, "a sign that may not stand here"),
        ('a = "C:\\q"', 1, 10, "must be written"),
        ("a = [1", 1, 7, "a list does not end"),
        ("a = {b = 1", 1, 11, "a table on one line"),
        ("a = 1\na = 2\nb = 3", 2, 6, "there already"),
        ("[a]\n[a]\n", 2, 3, "there already"),
        ("a = {b = 1, b = 2}", 1, 18, "there already"),
        ("a = 1\n$ = 2", 2, 1, "neither a heading"),
        ("a = " + "9" * 5000, 1, 0, "too long"),
        ("a = " + "[" * 50_000, 1, 0, "nested"),
    ],
)
def test_the_place_and_what_is_wrong_there(text: str, line: int, column: int, what: str) -> None:
    found = fault(text)
    assert found[:2] == (line, column)
    assert what in found[2]


@given(st.text(alphabet='ab=[]{}"\\\n.,1-: #', max_size=30))
def test_every_fault_has_words_of_ours(text: str) -> None:
    try:
        tomllib.loads(text)
    except ValueError as error:
        found = toml_fault(error, text)
        assert found.what != "it cannot be read", str(error)
        assert found.line >= 1
