"""The two roundings."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.rounding import half_up, to_fen


@pytest.mark.parametrize(("numerator", "rounded"), [(1, 1), (3, 2), (5, 3), (7, 4), (4, 2), (0, 0)])
def test_halves_go_up_not_to_the_even(numerator: int, rounded: int) -> None:
    assert half_up(numerator, 2) == rounded


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_half_up_is_the_nearest(numerator: int, denominator: int) -> None:
    off = half_up(numerator, denominator) - Fraction(numerator, denominator)
    assert -Fraction(1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize(("amount", "fen"), [("0.5", 1), ("-0.5", -1), ("2.5", 3), ("-2.5", -3), ("2.4999", 2)])
def test_half_a_fen_goes_away_from_zero(amount: str, fen: int) -> None:
    assert to_fen(Decimal(amount)) == fen
