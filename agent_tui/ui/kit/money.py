"""Amounts as people read them."""


def yuan(fen: int) -> str:
    """An amount in yuan: 1,842.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"
