"""A line is bounded before it is parsed. How deep a text is nested is told without that, alike under every Python."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.records.lines import MAX_DEPTH, MAX_LINE, LineError, decode, is_deep

_TEXTS = st.text(alphabet='ab[]{}()"\\\n甲', max_size=8)
_VALUES = st.recursive(
    _TEXTS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=12,
)


def depth(value: Any) -> int:
    """Of what a text says: 0 for a plain value, 1 for a list of those."""
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return int(isinstance(value, dict | list)) + max(map(depth, within), default=0)


@given(_VALUES, st.integers(0, MAX_DEPTH + 2), st.booleans(), st.booleans())
def test_it_is_told_as_a_parser_would(value: Any, around: int, as_list: bool, plain: bool) -> None:
    for number in range(around):
        value = [value, "[{" * 20] if as_list else {f'k"{number}': value, "}": ["\\", "]"]}
    assert is_deep(json.dumps(value, ensure_ascii=plain).encode()) is (depth(value) > MAX_DEPTH)


@pytest.mark.parametrize("piece", [b"[", b"]", b'"', b'\\"', b"[\\", b'["', b'{"', b'"[\\'])
def test_what_is_no_json_costs_what_its_length_costs(piece: bytes) -> None:
    """A regular expression that tries again at each quotation mark takes minutes for these."""
    is_deep(b'{"a":[' * MAX_DEPTH + piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"x" * (MAX_LINE - 1), "no_checksum"),
        (b"x" * MAX_LINE, "too_long"),
        (b"[" * MAX_DEPTH, "no_checksum"),
        (b"[" * (MAX_DEPTH + 1), "too_deep"),
    ],
)
def test_a_line_is_bounded_before_anything_else_of_it_is_looked_at(line: bytes, code: str) -> None:
    with pytest.raises(LineError) as refused:
        decode(line)
    assert refused.value.code == code
