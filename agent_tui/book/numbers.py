"""A customer's number as a person gives it to an act or a question."""

from agent_tui.errors import Problem
from shared_rules.phones import parse_phone
from shared_rules.text import plain

_SHOWN = 40


def e164(phone: str) -> str:
    """The number a text writes, in E.164. Raises Problem for one that is not usable."""
    number = parse_phone(phone)
    if number is None:
        raise Problem("errors.no_number", text=plain(phone)[:_SHOWN])
    return number.e164
