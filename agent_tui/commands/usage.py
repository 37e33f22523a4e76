"""Wrong usage that one option alone does not show: what it needs or excludes beside it."""

from argparse import Namespace
from typing import Any, NoReturn

from agent_tui.i18n import t


class UsageError(Exception):
    """The command line is not one of ours. str() is one line in the language in use; `help` names where to read on."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def refuse(args: Namespace, name: str, **values: Any) -> NoReturn:
    """Raise UsageError with a text, for the command of `args`."""
    raise UsageError(t(name, **values), f"{args.prog} --help")


def need(args: Namespace, *options: str) -> None:
    """Raise UsageError unless one of the options is given, with something other than blanks in it."""
    if not any(_given(args, option) for option in options):
        refuse(args, "usage.required" if len(options) == 1 else "usage.one_of", what=" / ".join(options))


def go_with(args: Namespace, option: str, *others: str) -> None:
    """Raise UsageError for an option that is given without one of those that it goes with."""
    if _given(args, option) and not any(_given(args, other) for other in others):
        refuse(args, "usage.only_with", where=option, what=" / ".join(others))


def _given(args: Namespace, option: str) -> bool:
    value = getattr(args, option.removeprefix("--").replace("-", "_"))
    return bool(value.strip()) if isinstance(value, str) else value is not None
