"""Readers of the values on a command line. Each raises argparse.ArgumentTypeError with one line in the language."""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from agent_tui.i18n import t


def a_day(text: str) -> date:
    """A calendar day, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(t("usage.not_a_day", text=text)) from None


def a_month(text: str) -> str:
    """A month, YYYY-MM."""
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII):
        return text
    raise argparse.ArgumentTypeError(t("usage.not_a_month", text=text))


def a_time(text: str) -> datetime:
    """An instant in ISO 8601; without an offset it is meant in the team's zone."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(t("errors.not_a_time", text=text)) from None


def an_iso_time(text: str) -> str:
    """The text of an instant in ISO 8601."""
    a_time(text)
    return text


def a_text(text: str) -> str:
    """Text that can be written down: an argument that is not UTF-8 reaches us as lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(t("usage.not_text")) from None
    return text


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if re.fullmatch(r"[+-]?\d{1,9}", text, re.ASCII) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(t("usage.not_a_number", text=text, least=least, most=most))

    return read


Adder = Callable[..., argparse.ArgumentParser]
"""Adds a command: its name, its handler, into which sub-commands, and the area of its help texts."""


def text_option(parser: argparse._ActionsContainer, *names: str, metavar: str = "TEXT", **options: Any) -> None:
    """An option or argument that takes text."""
    parser.add_argument(*names, type=a_text, metavar=metavar, **options)
