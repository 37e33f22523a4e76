"""The program's texts in English and Chinese.

A text is named `area.key`; area is a module of `agent_tui.texts` whose TEXTS maps each key to (English, Chinese).
Modules load when first asked for, so that a command pays for its own area alone.

`{count:call/calls}` in a text is the number with its word: 1 call, 2 calls.
"""

import locale
import os
import re
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Any, Literal, cast, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_language: Language = "en"

_WORD = re.compile(r"\{\w+:[^{}/]*/[^{}]*\}")


def set_language(language: Language) -> None:
    """Choose the language of every text asked for from now on."""
    global _language  # noqa: PLW0603 - one process speaks one language at a time
    _language = language


def language() -> Language:
    """The language in use."""
    return _language


def preferred(asked: str | None = None) -> Language:
    """The language asked for where there is such a one, else that of the locale, else English."""
    if asked in LANGUAGES:
        return asked
    for name in _locale_names():
        if name and name[:2].lower() in LANGUAGES:
            return cast(Language, name[:2].lower())
        if name and name.lower().startswith("chinese"):  # how Windows spells it
            return "zh"
    return "en"


def _locale_names() -> list[str | None]:
    names = [os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if os.name == "nt":
        names.append(locale.getlocale()[0])
    return names


@cache
def texts(area: str) -> dict[str, tuple[str, str]]:
    """All texts of an area: key to (English, Chinese)."""
    found: dict[str, tuple[str, str]] = import_module(f"agent_tui.texts.{area}").TEXTS
    return found


def t(name: str, /, **values: Any) -> str:
    """The text `area.key` in the language in use, its {placeholders} filled. Raises KeyError for an unknown name."""
    area, _, key = name.partition(".")
    english, chinese = texts(area)[key]
    text = chinese if _language == "zh" else english
    if not values:
        return text
    return _COUNTING.format(text, **values) if _counts(text) else text.format(**values)


class _Counting(Formatter):
    """Puts a number with its word where a text offers two."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, slash, more = format_spec.partition("/")
        if slash:
            return f"{value} {one if str(value) == '1' else more}"
        return str(super().format_field(value, format_spec))


_COUNTING = _Counting()


@cache
def _counts(text: str) -> bool:
    """Whether a text offers words by number: to fill in those takes longer."""
    return _WORD.search(text) is not None
