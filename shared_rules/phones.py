"""Phone numbers as people write them (handbook 1, "Phone numbers").

Whether an operator has issued a number is never asked: such tests lag behind and refuse numbers that ring.
"""

import re
from functools import lru_cache

import msgspec

from shared_rules.text import plain

_LONGEST = 200
_DROPPED = re.compile(r"[\s\-‐‑‒–—―−﹣.·。()\[\]{}<>《》【】〔〕「」]+")
_EXTENSION = re.compile(r"(?:转分机|转|分机|ext|x|#):?(\d+)$", re.IGNORECASE | re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)
_WITH_AREA = re.compile(r"0[1-9]\d{8,10}", re.ASCII)
_COUNTRIES = ("+86", "0086", "86")


class Phone(msgspec.Struct, frozen=True):
    """A usable number. `e164`, without the extension, is its identity; `national` is for people to read."""

    e164: str
    extension: str
    national: str


@lru_cache(maxsize=1024)  # a desk asks for the number in hand, and those of its callbacks, at each key
def parse_phone(text: str) -> Phone | None:
    """The number in `text`; None if it is not usable. Never raises."""
    if len(text) > _LONGEST:
        return None
    number = _DROPPED.sub("", plain(text))
    extension = ""
    if found := _EXTENSION.search(number):
        number, extension = number[: found.start()], found[1]
    domestic = _domestic(number)
    if domestic is not None:
        return Phone(f"+86{domestic}", extension, _readable(domestic))
    if number.startswith("+") and not number.startswith("+86"):
        return _foreign(number, extension)
    return None


def typed_phone(number: str, extension: str = "") -> str:
    """A number as people type it, such as 13800138000 x8, which parses to the same number; an unusable one as it is."""
    phone = parse_phone(number)
    return (phone.national if phone else number) + (f" x{extension}" if extension else "")


def _domestic(number: str) -> str | None:
    """The digits after +86 of a number in China, None for any other."""
    if found := _significant(number):
        return found
    for country in _COUNTRIES:
        if number.startswith(country):
            rest = number.removeprefix(country)
            return _significant(rest) or _significant("0" + rest)
    return None


def _significant(number: str) -> str | None:
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number):
        return number
    # A 0 before a mobile number is dropped like that of an area code, so that both spellings are one number.
    return number[1:] if _WITH_AREA.fullmatch(number) else None


def _readable(digits: str) -> str:
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    # Beijing and the 02x cities have a two-digit area code, all others three digits.
    area = 2 if digits.startswith(("10", "2")) else 3
    return f"0{digits[:area]}-{digits[area:]}"


def _foreign(number: str, extension: str) -> Phone | None:
    # The tables of all countries take longer to load than a whole command, and few calls need them.
    import phonenumbers  # noqa: PLC0415 - only where it is asked

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    readable = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return Phone(e164, extension, readable)
