"""Entering points for an agent: the rule, the particulars, one confirmation that names person and amount."""

from datetime import date

from agent_tui.book import Book
from agent_tui.i18n import language, t
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_text, fill_in, the_day, write
from agent_tui.ui.kit.dialogs import Blank, Choice
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.when import parse_day
from shared_rules.policy_points import PointsRule

_DIGITS = "1234567890"


async def points(page: Page, book: Book, who: Who, *, rule_id: str | None = None, evidence: str = "") -> None:
    """An entry for an agent, by a rule chosen here or given; `evidence` is a call's id."""
    rules = _rules(book, who.day)
    if not rules:
        page.say(t("board.points_none"), "warning")
        return
    chosen = rule_id or await choose(page, t("board.points_title", agent=who.agent, name=who.name), _choices(rules))
    if chosen is None:
        return
    rule = rules[chosen]
    title = rule.title.of(language())
    asked = await fill_in(
        page,
        t("board.points_ask_title", rule=title, agent=who.agent, name=who.name),
        _blanks(rule, who.day, evidence),
        lambda values: _fault(rule, values, book.today()),
    )
    if asked is None:
        return
    on = the_day(asked, book.today())
    number = int(asked["points"]) if "points" in asked else rule.points
    amount = _amount(number, rule.fine)
    rows = [
        t("board.points_confirm_who", agent=who.agent, name=who.name),
        t("board.points_confirm_rule", rule=title),
        t("board.points_confirm_amount", amount=amount),
        t("board.points_confirm_day", day=day_text(on)),
        t("board.points_confirm_note", note=asked["note"]) if asked["note"] else "",
    ]
    if await confirmed(page, t("board.points_confirm_title"), *rows):
        await write(
            page,
            book,
            lambda: book.supervisor.points(
                who.agent,
                chosen,
                on,
                points=number if "points" in asked else None,
                note=asked["note"],
                evidence=asked.get("evidence", ""),
            ),
            t("board.points_done", rule=title, amount=amount, agent=who.agent, name=who.name),
        )


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


def _blanks(rule: PointsRule, day: date, evidence: str) -> list[Blank]:
    return [
        Blank("on", t("board.points_on"), day.isoformat()),
        *([Blank("points", t("board.points_points"), str(rule.least))] if rule.least is not None else []),
        *([Blank("evidence", t("board.points_evidence"), evidence)] if rule.cites else []),
        Blank("note", t("board.points_note")),
    ]


def _fault(rule: PointsRule, values: dict[str, str], today: date) -> str:
    """What is wrong with the values, in a line; empty when nothing is."""
    if parse_day(values["on"], today) is None:
        return t("board.bad_date", text=values["on"])
    if rule.cites == "call" and not values["evidence"].strip():
        return t("acts.needs_call")
    if rule.least is not None and rule.most is not None:
        try:
            fits = rule.least <= int(values["points"]) <= rule.most
        except ValueError:
            fits = False
        if not fits:
            return t("board.bad_points", text=values["points"], least=rule.least, most=rule.most)
    return ""
