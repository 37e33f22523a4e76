"""Texts that are for every desk, and so are sealed to nobody: what stands in them is in the folder for good."""

import re

from agent_tui.book.customers.ownership import tags_of
from agent_tui.book.erasures.erasing import records_with
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from shared_rules.phones import parse_phone
from shared_rules.text import plain

# Numbers as they stand in a sentence: those of mobiles, of an area, of a service, and with a country before them.
_NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[ -]?)?(?:1\d\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8}|[48]00(?:[ -]?\d){7})(?!\d)"
    r"|\+\d{7,15}(?!\d)"
)


def refuse_customers(session: Session, *texts: str) -> None:
    """Raise Problem for a text with the number of a customer of the team: no erasure would reach it.

    Other numbers, such as one's own office's, may stand there.
    """
    for text in texts:
        for found in _NUMBER.findall(plain(text)):
            number = parse_phone(found)
            if number and records_with(session, frozenset(tags_of(session, number.e164).values())):
                raise Problem("errors.open_text", number=found)
