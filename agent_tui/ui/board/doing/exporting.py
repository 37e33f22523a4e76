"""A report written from the board: which, of whom, and where."""

from pathlib import Path
from time import monotonic

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.reports.export import export as write_report
from agent_tui.reports.scope import Scope, of_day, of_month
from agent_tui.reports.target import check_suffix, check_target
from agent_tui.ui.board.doing.writing import choose
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong
from agent_tui.ui.kit.filling import fill_in_tried
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.when import parse_day

_TOLD_EVERY_S = 0.25


async def export(page: Page, book: Book) -> None:
    """Ask what, whose and where; write in the background and say how far it is."""
    chosen = await choose(
        page,
        t("doing.export_title"),
        [Choice("day", t("doing.export_day"), digit="1"), Choice("month", t("doing.export_month"), digit="2")],
    )
    if chosen is None:
        return
    today = book.today()
    name = f"{today:%Y-%m}" if chosen == "month" else today.isoformat()
    proposed = _proposed(name)

    def where(values: dict[str, str]) -> tuple[Scope, Path]:
        scope, to = _scope(book, chosen, values), Path(values["to"]).expanduser()
        # Another day was asked for, and the name of this one stood there.
        return scope, _proposed(scope.name) if to == proposed else to

    def tried(values: dict[str, str]) -> bool:
        check_target(where(values)[1], book.identity.share)
        return True

    asked = await fill_in_tried(
        page,
        t(f"doing.export_{chosen}"),
        [
            Blank("when", t(f"doing.export_of_{chosen}"), name),
            Blank("agent", t("doing.export_agent")),
            Blank("to", t("doing.export_to"), str(proposed)),
        ],
        lambda values: _fault(book, chosen, values),
        tried,
    )
    if asked is None:
        return
    scope, to = where(asked)
    told_at = 0.0

    def tell(text: str) -> None:
        # By the way that the end is told on, so that it stays the last; and seldom enough to leave room for keys.
        nonlocal told_at
        if monotonic() - told_at >= _TOLD_EVERY_S:
            told_at = monotonic()
            page.call_later(page.say, text)

    in_background(
        page,
        lambda: write_report(book, scope, to, tell),
        lambda report: page.say(t("reports.written", path=report.files[0]), "good"),
        page.refused,
    )


def _proposed(name: str) -> Path:
    return Path.home() / f"{name}.xlsx"


def _scope(book: Book, kind: str, values: dict[str, str]) -> Scope:
    agent = values["agent"] or None
    if kind == "month":
        return of_month(values["when"], agent, book.today())
    day = parse_day(values["when"], book.today())
    if day is None:
        raise Problem("board.bad_date", text=values["when"])
    return of_day(day, agent)


def _fault(book: Book, kind: str, values: dict[str, str]) -> str:
    at = "when"
    try:
        _scope(book, kind, values)
        at = "agent"
        if values["agent"]:
            book.day(values["agent"], book.today(), money=False)
        at = "to"
        if not values["to"]:
            return Wrong(t("doing.needed"), at)
        check_suffix(Path(values["to"]))
    except Problem as problem:
        return Wrong(str(problem), at)
    return ""
