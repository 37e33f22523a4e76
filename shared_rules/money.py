"""Amounts in fen as text, in yuan with two decimals."""


def yuan(fen: int) -> str:
    """As machines read it, and derivations write it: 1842.50."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def grouped(fen: int) -> str:
    """As people read it: 1,842.50."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
