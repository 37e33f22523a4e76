"""The program's texts in English and Chinese.

A text is named `area.key`; area is a module of `agent_tui.texts` whose TEXTS maps each key to (English, Chinese).
Modules load when first asked for, so that a command pays for its own area alone.
"""

import locale
import os
from functools import cache
from importlib import import_module
from typing import Any, Literal, cast, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_language: Language = "en"


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
    return text.format(**values) if values else text
