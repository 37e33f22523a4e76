"""Amounts in fen as text, in yuan with two decimals."""


def yuan(fen: int) -> str:
    """For machines and derivations: 1842.50."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def grouped(fen: int) -> str:
    """For people: 1,842.50."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
