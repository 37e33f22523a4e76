"""Entering points for an agent: the rule, the particulars, one confirmation that names person and amount."""

from datetime import date, timedelta
from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.judging import entry_rules
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.i18n import language, t
from agent_tui.ui.board.doing.worth import shows_amounts, shows_points
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_text, money, the_day, write
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong, numbered
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.when import parse_day
from agent_tui.views import CallView
from shared_rules.dates import week_of
from shared_rules.policies.points import PointsRule


async def points(page: Page, book: Book, who: Who, *, call: CallView | None = None) -> None:
    """An entry for an agent, by a rule chosen here; `call` is the one under the cursor, for a rule that cites one."""
    rules = entry_rules(book.policy(who.day, who.agent))
    if not rules:
        page.say(t("board.points_none"), "warning")
        return
    title = t("board.points_title", agent=who.agent, name=who.name)
    chosen = await choose(page, title, _choices(book, rules))
    if chosen is None:
        return
    rule = rules[chosen]
    if rule.cites == "call" and call is None:
        page.say(t("board.points_pick_call"), "warning")
        return
    title = rule.title.of(language())
    cited = t("board.points_confirm_call", call=call_text(call)) if rule.cites == "call" and call else ""
    evidence = call.named if cited and call else ""

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        return acts.points(
            who.agent,
            chosen,
            the_day(values, book.today()),
            points=int(values["points"]) if "points" in values else None,
            note=values["note"],
            evidence=values.get("week", evidence),
        )

    asked = await fill_in_tried(
        page,
        t("board.points_ask_title", rule=title, agent=who.agent, name=who.name),
        _blanks(rule, who.day),
        lambda values: _fault(rule, values, book.today()),
        partial(enter, book.supervisor.trial),
    )
    if asked is None:
        return
    # What it comes to on the day that was typed, with what it takes of base pay.
    entry = await look(page, partial(enter, book.supervisor.trial, asked))
    if entry is None:
        return
    amount = _amount(book, entry.content["points"], entry.content["fen"])
    rows = [
        t("board.points_confirm_who", agent=who.agent, name=who.name),
        t("board.points_confirm_rule", rule=title),
        t("board.points_confirm_amount", amount=amount) if amount else "",
        t("board.points_confirm_day", day=day_text(the_day(asked, book.today()))),
        cited,
        t("board.points_confirm_week", week=asked["week"]) if asked.get("week") else "",
        t("board.points_confirm_note", note=asked["note"]) if asked["note"] else "",
    ]
    if await confirmed(page, t("board.points_confirm_title"), *rows):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("board.points_done", rule=title, amount=amount, agent=who.agent, name=who.name).rstrip(),
        )


def _choices(book: Book, rules: dict[str, PointsRule]) -> list[Choice]:
    return numbered(Choice(id, rule.title.of(language()), _offer(book, rule)) for id, rule in rules.items())


def _offer(book: Book, rule: PointsRule) -> str:
    if rule.least is not None:
        return t("board.points_range", least=rule.least, most=rule.most) if shows_points(book) else ""
    return _amount(book, rule.points, rule.fine)


def _amount(book: Book, points: int, fen: int) -> str:
    """What an entry costs or brings, in words; nothing of what the money mode hides."""
    fine = fen if shows_amounts(book) else 0
    if not shows_points(book) or not (points or fine):
        return ""
    if fine and not points:
        return t("board.points_only_fine", amount=money(fine))
    if fine:
        return t("board.points_fine", points=f"{points:+d}", amount=money(fine))
    return t("board.points_amount", points=f"{points:+d}")


def _blanks(rule: PointsRule, day: date) -> list[Blank]:
    """What is asked. A punch is not: no screen tells its id."""
    last_week = week_of(day - timedelta(days=7))
    return [
        Blank("on", t("board.points_on"), day.isoformat()),
        *([Blank("points", t("board.points_points"), str(rule.least))] if rule.least is not None else []),
        *([Blank("week", t("board.points_week"), last_week)] if rule.cites == "week" else []),
        Blank("note", t("board.points_note")),
    ]


def _fault(rule: PointsRule, values: dict[str, str], today: date) -> str:
    """What is wrong with the values, in a line; empty when nothing is."""
    if parse_day(values["on"], today) is None:
        return Wrong(t("board.bad_date", text=values["on"]), "on")
    if rule.least is not None and rule.most is not None:
        try:
            fits = rule.least <= int(values["points"]) <= rule.most
        except ValueError:
            fits = False
        if not fits:
            told = t("board.bad_points", text=values["points"], least=rule.least, most=rule.most)
            return Wrong(told, "points")
    return ""
