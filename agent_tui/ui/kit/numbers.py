"""Numbers and digits as people type them."""

from shared_rules.text import plain

_DIGITS = 9


def whole(text: str, least: int, most: int) -> int | None:
    """A whole number of that range; None for anything else."""
    digits = plain(text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS):
        return None
    number = int(digits)
    return number if least <= number <= most else None


def number_of(text: str) -> int:
    """The number of a text that `whole` let pass: `int` itself knows fewer blanks."""
    return int(plain(text))


def half_width(character: str | None) -> str:
    """A key's character with a full-width digit made plain; empty without one."""
    if character and len(character) == 1 and "０" <= character <= "９":
        return chr(ord(character) - 0xFEE0)
    return character or ""
