"""Entering points for an agent: the rule, the particulars, one confirmation that names person and amount."""

from datetime import date

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, Choose, Confirm
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.text import line
from agent_tui.ui.kit.when import day_text, parse_day
from agent_tui.views import DayView
from shared_rules.policy_points import PointsRule

_DIGITS = "1234567890"


async def ask_points(page: Page, book: Book, agent: DayView) -> None:
    """Walk through an entry for `agent` and write it; run it in a worker. Esc leaves at any step, nothing written."""
    rules = _rules(book, agent.day)
    if not rules:
        page.say(t("board.points_none"), "warning")
        return
    who = {"agent": agent.agent, "name": agent.name}
    chosen = await page.app.push_screen_wait(
        Choose(t("board.points_title", **who), _choices(rules), hint=t("board.points_hint"))
    )
    if chosen is None:
        return
    rule = rules[chosen]
    title = rule.title.of(language())
    asked = await page.app.push_screen_wait(
        Ask(
            t("board.points_ask_title", rule=title, **who),
            _blanks(rule, agent.day),
            lambda values: _fault(rule, values, book.today()),
            hint=t("board.points_ask_hint"),
        )
    )
    if asked is None:
        return
    on = parse_day(asked["on"], book.today())
    assert on is not None  # `_fault` let it pass
    points = int(asked["points"]) if "points" in asked else rule.points
    amount = _amount(points, rule.fine)
    rows = [
        t("board.points_confirm_who", **who),
        t("board.points_confirm_rule", rule=title),
        t("board.points_confirm_amount", amount=amount),
        t("board.points_confirm_day", day=f"{on:%Y}-{on:%m-%d} {day_text(on).split()[0]}"),
        *([t("board.points_confirm_note", note=asked["note"])] if asked["note"] else []),
    ]
    if not await page.app.push_screen_wait(Confirm(t("board.points_confirm_title"), *(line(row) for row in rows))):
        return
    try:
        book.supervisor.points(
            agent.agent,
            chosen,
            on,
            points=points if "points" in asked else None,
            note=asked["note"],
            evidence=asked.get("evidence", ""),
        )
    except Problem as problem:
        page.say(str(problem), "error")
    else:
        page.say(t("board.points_done", rule=title, amount=amount, **who), "good")


def _rules(book: Book, day: date) -> dict[str, PointsRule]:
    """The rules an entry can be made under, by id, in the policy's order."""
    part = book.policy(day).points
    return {} if part is None else {id: rule for id, rule in part.rules.items() if rule.on and rule.computed}


def _choices(rules: dict[str, PointsRule]) -> list[Choice]:
    digits = [*_DIGITS, *[""] * len(rules)]
    return [
        Choice(id, rule.title.of(language()), _offer(rule), digit=digit)
        for (id, rule), digit in zip(rules.items(), digits, strict=False)
    ]


def _offer(rule: PointsRule) -> str:
    if rule.least is not None:
        return t("board.points_amount", points=f"+{rule.least}..+{rule.most}")
    return _amount(rule.points, rule.fine)


def _amount(points: int, fen: int) -> str:
    if fen and not points:
        return t("board.points_only_fine", yuan=f"{fen / 100:.2f}")
    if fen:
        return t("board.points_fine", points=f"{points:+d}", yuan=f"{fen / 100:.2f}")
    return t("board.points_amount", points=f"{points:+d}")


def _blanks(rule: PointsRule, day: date) -> list[Blank]:
    return [
        Blank("on", t("board.points_on"), day.isoformat()),
        *([Blank("points", t("board.points_points"), str(rule.least))] if rule.least is not None else []),
        *([Blank("evidence", t("board.points_evidence"))] if rule.cites else []),
        Blank("note", t("board.points_note")),
    ]


def _fault(rule: PointsRule, values: dict[str, str], today: date) -> str:
    """What is wrong with the values, in a line; empty when nothing is."""
    if parse_day(values["on"], today) is None:
        return t("board.bad_date", text=values["on"])
    if rule.least is not None and rule.most is not None:
        try:
            fits = rule.least <= int(values["points"]) <= rule.most
        except ValueError:
            fits = False
        if not fits:
            return t("board.bad_points", text=values["points"], least=rule.least, most=rule.most)
    return ""
