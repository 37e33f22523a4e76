"""What the program proposes by itself: accepted, and so an entry, or dismissed."""

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import ProposalView
from agent_tui.ui.board.doing.worth import worth
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_text, needs, write
from agent_tui.ui.kit.dialogs import Blank, Choice
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.page import Page
from agent_tui.ui.points.evidence import evidence_text
from agent_tui.words.titles import rule_title


def proposal_text(book: Book, view: ProposalView) -> str:
    """迟到 12 分钟  -2 分 -10 元; the rule by name where what was seen does not say it: 迟到 35 分钟:旷工半日 -5 分."""
    what, policy = view.what, book.policy(view.what.on)
    seen = t(f"doing.seen_{what.reason}", minutes=what.minutes)
    price = worth(book, what.points, what.fen)
    if (
        what.reason not in ("late", "early")
        or policy.points is None
        or what.rule == policy.points.proposing(what.reason)
    ):
        return f"{seen}  {price}".strip()
    return t("ui.of", what=seen, text=f"{rule_title(policy, what.rule)} {price}").strip()


async def decide(page: Page, book: Book, view: ProposalView) -> None:
    """Accept a proposal or dismiss it."""
    who = Who(view.agent, view.name, view.what.on)
    text = proposal_text(book, view)
    cited = await look(page, lambda: evidence_text(book, view.what.evidence)) if view.what.evidence else ""
    rests_on = t("ui.of", what=t("points.evidence"), text=cited) if cited else ""
    chosen = await choose(
        page,
        f"{who.named}  {who.day}",
        [Choice("accept", t("doing.accept"), text, digit="1"), Choice("dismiss", t("doing.dismiss"), digit="2")],
        rests_on,
    )
    if chosen == "accept":
        if await look(page, lambda: book.supervisor.trial.accept(view.id)) is None:
            return
        if await confirmed(page, t("board.points_confirm_title"), who.named, day_text(who.day), text, rests_on):
            await write(
                page, book, lambda: book.supervisor.accept(view.id), t("doing.accepted", who=who.named, text=text)
            )
    elif chosen == "dismiss":
        asked = await fill_in_tried(
            page,
            f"{t('doing.dismiss')}  {text}",
            [Blank("text", t("doing.reason"))],
            lambda values: needs(values, "text"),
            lambda values: book.supervisor.trial.dismiss(view.id, values["text"]),
        )
        if asked is not None:
            await write(
                page,
                book,
                lambda: book.supervisor.dismiss(view.id, asked["text"]),
                t("doing.dismissed", who=who.named),
            )
