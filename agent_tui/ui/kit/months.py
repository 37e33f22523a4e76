"""Turning from month to month."""

from datetime import date, timedelta


def month_of(day: date) -> str:
    """The month of a day, YYYY-MM."""
    return f"{day:%Y-%m}"


def turned(month: str, by: int) -> str:
    """The month so many months later."""
    first = date.fromisoformat(f"{month}-01")
    for _ in range(abs(by)):
        first = (first + timedelta(days=31 if by > 0 else -1)).replace(day=1)
    return month_of(first)
