"""`help`, `locate`: what this program is, and where it keeps things."""

from typing import Any

from agent_tui import manual
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.i18n import language, t
from agent_tui.store.home import Home


def help_page(context: Context) -> int:
    """A page of the manual, or the list of pages."""
    topic, spoken = context.args.topic, language()
    if topic is None:
        titles = [(name, manual.title(name, spoken)) for name in manual.TOPICS]
        document = [{"topic": name, "title": title} for name, title in titles]
        context.show(document, lambda: _print_topics(titles))
        return 0
    text = manual.page(topic, spoken)
    context.show(
        {"topic": topic, "title": manual.title(topic, spoken), "language": spoken, "text": text},
        lambda: _print_page(text),
    )
    return 0


def _print_topics(titles: list[tuple[str, str]]) -> None:
    output.table([list(row) for row in titles])
    output.line(t("cli.help_how"))


def _print_page(text: str) -> None:
    for line in text.splitlines():
        output.line(line)


def locate(context: Context) -> int:
    """Where everything lies; a path need not exist yet."""
    home = Home(context.home)
    places: dict[str, Any] = {
        "home": str(home.path),
        "settings": str(home.odds),
        "crash_reports": str(home.crash),
        "cache": str(home.cache),
        "teams": [str(home.team(team).path) for team in home.teams()],
        "program": str(manual.__file__.removesuffix("manual.py")),
    }
    context.show(places, lambda: _print_places(places))
    return 0


def _print_places(places: dict[str, Any]) -> None:
    rows = [[t(f"cli.place_{name}"), value] for name, value in places.items() if isinstance(value, str)]
    output.table([*rows, *([t("cli.place_team"), team] for team in places["teams"])])
