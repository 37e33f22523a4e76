"""Calls found true or false, and appeals ruled on."""

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.readings import EntryView
from agent_tui.ui.board.doing.worth import shows_amounts, worth
from agent_tui.ui.board.doing.writing import Act, Who, choose, confirmed, day_text, money, needs, write
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.kit.dialogs import Blank, Choice, numbered
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.page import Page
from agent_tui.views import CallView
from agent_tui.words.titles import rule_title

FALSE_RULE = "report.false"


async def verify(page: Page, book: Book, who: Who, call: CallView) -> None:
    """Find a call true or false; false costs, and says why."""
    if call.why_not == "void":
        page.say(str(Problem("acts.call_void")), "error")
        return
    chosen = await choose(
        page,
        t("doing.verify_title", who=who.named, call=call_text(call)),
        [
            Choice("true", t("doing.verify_true"), digit="1"),
            Choice("false", t("doing.verify_false"), false_costs(book, call), digit="2"),
        ],
    )
    if chosen is None:
        return
    false = chosen == "false"
    asked = await fill_in_tried(
        page,
        t("doing.verify_false" if false else "doing.verify_true"),
        [Blank("text", t("doing.reason" if false else "doing.note"))],
        lambda values: needs(values, "text") if false else "",
        lambda values: book.supervisor.trial.verify(call.named, false, values["text"]),
    )
    if asked is None:
        return
    if false and not await confirmed(
        page,
        t("doing.verify_confirm"),
        who.named,
        call_text(call),
        false_costs(book, call),
        t("doing.because", text=asked["text"]),
    ):
        return
    # A verdict cannot be unsaid, only said otherwise: what was never judged stays judged true.
    stands = not false and call.why_not != "false"

    def back(_: Written) -> Act | None:
        return None if stands else lambda: book.supervisor.verify(call.named, not false, t("doing.undone_text"))

    said = t("doing.verified_false" if false else "doing.verified_true", who=who.named, call=call_text(call))
    await write(
        page,
        book,
        lambda: book.supervisor.verify(call.named, false, asked["text"]),
        said + (t("doing.stands") if stands else ""),
        back,
    )


def false_costs(book: Book, call: CallView) -> str:
    """What a false record costs, in words."""
    part = book.policy(call.day, call.agent).points
    rule = part.rules.get(FALSE_RULE) if part else None
    costs = money(rule.fine) if rule and rule.on and shows_amounts(book) else ""
    return t("doing.false_costs", amount=costs) if costs else t("doing.false_counts_not")


async def appeal(page: Page, book: Book, who: Who) -> None:
    """Rule on an appeal of this agent; where several wait, on the one chosen."""
    waiting = await look(page, book.read.appeals)
    if waiting is None:
        return
    own = [one for one in waiting if one.agent == who.agent]
    if not own:
        page.say(t("doing.no_appeal", who=who.named), "warning")
        return
    chosen = own[0]
    if len(own) > 1:
        id = await choose(
            page,
            t("doing.appeal_title", who=who.named),
            numbered(
                Choice(one.entry.id, entry_text(book, one), one.entry.appeal.text if one.entry.appeal else "")
                for one in own
            ),
        )
        found = next((one for one in own if one.entry.id == id), None)
        if found is None:
            return
        chosen = found
    await rule_on(page, book, chosen)


async def rule_on(page: Page, book: Book, waiting: EntryView) -> None:
    """Uphold an entry or withdraw it, with a text."""
    entry = waiting.entry
    who = Who(waiting.agent, waiting.name, entry.on)
    said = t("doing.appeal_says", text=entry.appeal.text) if entry.appeal else ""
    chosen = await choose(
        page,
        f"{who.named}  {entry_text(book, waiting)}",
        [
            Choice("withdrawn", t("doing.rule_withdrawn"), digit="1"),
            Choice("upheld", t("doing.rule_upheld"), t("doing.both_stand") if entry.repeats else "", digit="2"),
        ],
        said,
    )
    if chosen is None:
        return
    upheld = chosen == "upheld"
    asked = await fill_in_tried(
        page,
        t(f"doing.rule_{chosen}"),
        [Blank("text", t("doing.reason"), t("doing.repeated") if entry.repeats and not upheld else "")],
        lambda values: needs(values, "text"),
        lambda values: book.supervisor.trial.rule_on(entry.id, upheld=upheld, text=values["text"]),
    )
    if asked is None:
        return
    if not await confirmed(
        page,
        t("doing.rule_confirm"),
        who.named,
        day_text(entry.on),
        entry_text(book, waiting),
        t(f"doing.rule_{chosen}_means"),
        t("doing.because", text=asked["text"]),
    ):
        return

    def back(_: Written) -> Act | None:
        # An appeal ruled on cannot wait again; upheld after all, it stands as before the appeal.
        return None if upheld else lambda: book.supervisor.rule_on(entry.id, upheld=True, text=t("doing.undone_text"))

    said = t(f"doing.ruled_{chosen}", who=who.named, entry=entry_text(book, waiting))
    await write(
        page,
        book,
        lambda: book.supervisor.rule_on(entry.id, upheld=upheld, text=asked["text"]),
        said + (t("doing.stands") if upheld else ""),
        back,
    )


def entry_text(book: Book, waiting: EntryView) -> str:
    """迟到 -2 分 -10 元, and that it is likely entered twice."""
    entry = waiting.entry
    title = rule_title(book.policy(entry.on), entry.rule)
    text = f"{title} {worth(book, entry.points, entry.fen)}".strip()
    return t("doing.entry_repeats", entry=text) if entry.repeats else text
