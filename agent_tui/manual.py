"""The manual: a page a topic, in both languages; the same pages on F1 and by `agent-tui help`."""

from pathlib import Path

from agent_tui.i18n import Language

TOPICS = (
    "start",
    "desk",
    "keys",
    "customers",
    "lists",
    "board",
    "team",
    "rules",
    "points",
    "pay",
    "week",
    "cards",
    "policy",
    "reports",
    "browser",
    "sync",
    "files",
    "commands",
    "json",
    "privacy",
    "attacks",
    "trouble",
    "architecture",
)
"""Every topic, in the order in which one would read them."""

_PAGES = Path(__file__).with_name("help")


def page(topic: str, language: Language) -> str:
    """The page of a topic, as Markdown. Raises OSError where it cannot be read, KeyError for no topic."""
    if topic not in TOPICS:
        raise KeyError(topic)
    return path(topic, language).read_text(encoding="utf-8")


def path(topic: str, language: Language) -> Path:
    """Where that page lies."""
    return _PAGES / language / f"{topic}.md"


def title(topic: str, language: Language) -> str:
    """The first line of a page, its title."""
    return page(topic, language).partition("\n")[0].removeprefix("# ")
