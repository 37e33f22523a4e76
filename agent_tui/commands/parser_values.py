"""Readers of the values on a command line. Each raises argparse.ArgumentTypeError with one line in the language.
Digits and signs that an input method made wide are plain ones, in days, times and numbers as in phones and amounts.

Here stands what the line alone shows: a value that is not of its form. What a team, a day or a disk does not allow is
for the command to refuse.
"""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.manual import TOPICS
from shared_rules.records.parts import nameable, read_day
from shared_rules.text import plain


def a_day(text: str) -> date:
    """A calendar day, YYYY-MM-DD."""
    try:
        return read_day(plain(text))
    except ValueError:
        raise argparse.ArgumentTypeError(t("usage.not_a_day", text=text)) from None


def a_month(text: str) -> str:
    """A month, YYYY-MM."""
    month = plain(text)
    try:
        if re.fullmatch(r"\d{4}-\d\d", month, re.ASCII) and read_day(f"{month}-01"):
            return month
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(t("usage.not_a_month", text=text))


def a_time(text: str) -> datetime:
    """An instant in ISO 8601; without an offset it is meant in the team's zone."""
    try:
        found = datetime.fromisoformat(plain(text))
        nameable(found)
    except ValueError:
        raise argparse.ArgumentTypeError(t("errors.not_a_time", text=text)) from None
    return found


def an_iso_time(text: str) -> str:
    """The text of an instant in ISO 8601."""
    a_time(text)
    return plain(text)


def a_text(text: str) -> str:
    """Text that can be written down: an argument that is not UTF-8 reaches us as lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(t("usage.not_text")) from None
    return text


def something(text: str) -> str:
    """Text that says something."""
    if not text.strip():
        raise argparse.ArgumentTypeError(t("usage.blank"))
    return a_text(text)


def somebody(text: str) -> str:
    """Who is meant, one or several between commas: a script's empty variable must not mean everybody, or oneself."""
    something(text.replace(",", " ").replace("\uff0c", " "))
    return a_text(text)


# What a value of these forms is, is known where it is used; those modules load when such a value is given.


def _held_to(check: Callable[[str], object], text: str) -> str:
    try:
        check(a_text(text))
    except Problem as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    return text


def a_week(text: str) -> str:
    """An ISO week, YYYY-Www."""
    from agent_tui.book.acts.base import span_of_week  # noqa: PLC0415 - only where it is asked

    return _held_to(span_of_week, plain(text))


def a_phone(text: str) -> str:
    """A usable phone number, any way people write it."""
    from agent_tui.book.numbers import e164  # noqa: PLC0415 - only where it is asked

    return _held_to(e164, text)


def an_amount(text: str) -> str:
    """Yuan as people write them, and not 0."""
    from agent_tui.book.acts.dealing import payment_of  # noqa: PLC0415 - only where it is asked

    return _held_to(payment_of, text)


def a_follow_up(text: str) -> str:
    """A time to call again, as people say it."""
    from agent_tui.commands.calls import a_time_to_call  # noqa: PLC0415 - only where it is asked

    return _held_to(a_time_to_call, text)


def a_follow_up_or_none(text: str) -> str:
    """A time to call again, or `none` for no call."""
    return text if text == "none" else a_follow_up(text)


def an_id(text: str) -> str:
    """A person's id in a team."""
    from agent_tui.trust.documents import check_entered  # noqa: PLC0415 - only where it is asked

    return _held_to(lambda id: check_entered(id=id), plain(text))


def a_name(text: str) -> str:
    """The name of a person or a team."""
    from agent_tui.trust.documents import check_entered  # noqa: PLC0415 - only where it is asked

    return _held_to(lambda name: check_entered(name=name), text)


def a_zone(text: str) -> str:
    """A time zone of the tz database."""
    from agent_tui.teams import zone_of  # noqa: PLC0415 - only where it is asked

    return _held_to(zone_of, text)


def a_report_file(text: str) -> str:
    """A path that ends in one of the forms that a report is written in."""
    from agent_tui.reports.target import check_suffix  # noqa: PLC0415 - only where it is asked

    if not text.strip():
        raise argparse.ArgumentTypeError(t("usage.blank"))
    return _held_to(lambda path: check_suffix(Path(path)), text)


def a_topic(text: str) -> str:
    """A page of the manual."""
    if text not in TOPICS:
        raise argparse.ArgumentTypeError(t("usage.no_page", text=text, pages=", ".join(TOPICS)))
    return text


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        number = plain(text)
        if re.fullmatch(r"[+-]?\d{1,9}", number, re.ASCII) and least <= int(number) <= most:
            return int(number)
        raise argparse.ArgumentTypeError(t("usage.not_a_number", text=text, least=least, most=most))

    return read


Adder = Callable[..., argparse.ArgumentParser]
"""Adds a command: its name, its handler, into which sub-commands, and the area of its help texts."""


def text_option(parser: argparse._ActionsContainer, *names: str, metavar: str = "TEXT", **options: Any) -> None:
    """An option or argument that takes text. What a command is about, its argument, is not empty."""
    usual = a_text if names[0].startswith("-") else something
    parser.add_argument(*names, metavar=metavar, **{"type": usual, **options})
