"""The two roundings of the handbook, exact: no float ever holds a figure."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, halves up. The denominator must be positive."""
    return (2 * numerator + denominator) // (2 * denominator)


def to_fen(amount: Decimal) -> int:
    """An amount in fen rounded once to the whole fen, half away from zero (handbook 3)."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
