"""What the parts of a policy are made of: the types of values, and the bases of tables and rules.

Every rule has a title in two languages, the clause it rests on quoted in Chinese, and a status. A rule that is
`disabled` is shown and has no effect. Money is a decimal text in yuan in the file, and fen in the model.
"""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from msgspec import Meta

from shared_rules.forms import Asks, Form

Status = Literal["plain", "disputed", "disabled", "ours"]
Language = Literal["zh", "en"]
Digit = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]

_STRICT = Asks(strict=True)

Texts = Annotated[str, Meta(max_length=2000, description="a text")]
Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,30}$", description="a-z, 0-9 and _, beginning with a letter")]
Count = Annotated[int, _STRICT, Meta(ge=0, le=1_000_000, description="a whole number from 0")]
Minutes = Annotated[int, _STRICT, Meta(ge=0, le=1440, description="minutes, 0 to 1440")]
# A thousand years at the most: no day or time reckoned with them leaves the calendar.
Days = Annotated[int, _STRICT, Meta(ge=0, le=366_000, description="days, 0 to 366000")]
Months = Annotated[int, _STRICT, Meta(ge=0, le=12_000, description="months, 0 to 12000")]
Points = Annotated[int, _STRICT, Meta(ge=-1000, le=1000, description="a whole number, -1000 to 1000")]
Switch = Annotated[bool, _STRICT, Meta(description="true or false")]
Time = Annotated[time, _STRICT, Meta(description="a time of day such as 09:00:00")]
Weekday = Annotated[int, _STRICT, Meta(ge=1, le=7, description="a day of the week, Monday 1 to Sunday 7")]
Day_ = Annotated[date, _STRICT]
_AMOUNT = 'yuan as a text, such as "5" or "0.50"'
_PERCENT = 'a percentage as a text, 0 to 100, such as "1" or "0.5"'


def _decimal(value: object) -> Decimal:
    # Amounts are texts, as a float cannot hold most of them exactly; whole numbers are exact as they are.
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal(-1)
        # Bounded, so that no product with it is ever rounded.
        if number.is_finite() and 0 <= number <= 10_000_000 and number == round(number, 8):
            return number
    raise ValueError("not an amount")


def _fen(value: object) -> int:
    fen = _decimal(value) * 100
    if fen != fen.to_integral_value():
        raise ValueError("not a whole number of fen")
    return int(fen)


def _rate(value: object) -> Decimal:
    return _decimal(value) * 100


def _percent(value: object) -> Decimal:
    percent = _decimal(value)
    if percent > 100:
        raise ValueError("more than 100")
    return percent


Fen = Annotated[int, Asks(before=_fen), Meta(description=_AMOUNT)]
Rate = Annotated[Decimal, Asks(before=_rate), Meta(description=_AMOUNT)]
Percent = Annotated[Decimal, Asks(before=_percent), Meta(description=_PERCENT)]


class Part(Form):
    """A table of the policy. Unknown keys are refused: a misspelt key must not silently become a default."""

    unknown = "forbid"


class Contradiction(ValueError):
    """Values that contradict each other: what is `allowed`, and the path to the wrong value from where it was found."""

    def __init__(self, allowed: str, at: tuple[str | int, ...]) -> None:
        super().__init__(allowed)
        self.allowed = allowed
        self.at = at


def refuse(message: str, *at: str | int) -> Contradiction:
    """The error for values that contradict each other."""
    return Contradiction(message, at)


def distinct(items: Sequence[Any], member: str, *at: str | int) -> None:
    """Raise Contradiction for the second of two items with the same `member`."""
    seen = set()
    for index, item in enumerate(items):
        value = getattr(item, member)
        if value in seen:
            raise refuse(f"each {member} once", *at, index, member)
        seen.add(value)


class Titles(Part):
    """A title in both languages."""

    zh: Texts
    en: Texts

    def of(self, language: Language) -> str:
        """The title in one language."""
        return self.zh if language == "zh" else self.en


class Rule(Part):
    """What every rule has."""

    title: Titles
    clause: Texts = ""
    status: Status = "plain"

    @property
    def on(self) -> bool:
        """Whether the rule has any effect."""
        return self.status != "disabled"
