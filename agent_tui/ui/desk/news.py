"""What came for this desk in words, each with the key of the page where it is read."""

from datetime import date

from agent_tui.book import Book
from agent_tui.book.cards.news import NewsItem
from agent_tui.i18n import t
from agent_tui.ui.commands import command
from agent_tui.ui.kit.when import day_text
from agent_tui.words.titles import rule_title
from shared_rules.money import grouped

_PAGES = {
    "card": "cards", "card_changed": "cards", "plan": "week", "plan_changed": "week", "review": "week",
    "points": "points", "upheld": "points", "overturned": "points", "false": "points", "policy": "rules",
    "payment": "pay", "signed": "pay",
}  # fmt: skip


def page_of(item: NewsItem) -> str:
    """The page where it is read."""
    return _PAGES.get(item.kind.removeprefix("back_"), "day")


def news_text(book: Book, item: NewsItem) -> str:
    """One item in a line. The key of its page stands before a text, which is cut at the end of the line."""
    values = {name: day_text(value) if isinstance(value, date) else value for name, value in item.values.items()}
    if "rule" in values:
        day = item.values["day"]
        policy = book.policy(day if isinstance(day, date) else None)
        values["rule"] = rule_title(policy, str(values["rule"]))
    if "points" in values:
        values["points"] = f"{values['points']:+}"
    if "fen" in values:
        values["amount"] = grouped(int(values["fen"]))
    page = page_of(item)
    key = command("ui.rules" if page == "rules" else f"desk.{page}").label
    said = t(f"news.{item.kind}", key=key, **values)
    text = str(values.get("text", ""))
    return t("news.said", said=said, text=text) if text else said
