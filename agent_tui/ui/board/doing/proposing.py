"""What the program proposes by itself: accepted, and so an entry, or dismissed."""

from collections.abc import Callable, Sequence
from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.i18n import t
from agent_tui.readings import ProposalView
from agent_tui.ui.board.doing.worth import worth
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_text, needs, write_all
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


def _common_text(book: Book, views: Sequence[ProposalView]) -> str:
    """What proposals of one like are about; of several lengths of being late the rule by name, and what each costs."""
    first, *others = dict.fromkeys(proposal_text(book, one) for one in views)
    if not others:
        return first
    what = views[0].what
    return f"{rule_title(book.policy(what.on), what.rule)}  {worth(book, what.points, what.fen)}".strip()


async def decide(page: Page, book: Book, view: ProposalView) -> None:
    """Accept a proposal or dismiss it; or those of its like together, of the same agent or of the same day."""
    who = Who(view.agent, view.name, view.what.on)
    text = proposal_text(book, view)
    alike = await look(page, lambda: [one for one in book.read.proposals() if _kind(one) == _kind(view)])
    if alike is None:
        return
    cited = await look(page, lambda: evidence_text(book, view.what.evidence)) if view.what.evidence else ""
    rests_on = t("ui.of", what=t("points.evidence"), text=cited) if cited else ""
    together = {
        "agent": [one for one in alike if one.agent == view.agent],
        "day": [one for one in alike if one.what.on == view.what.on],
    }
    titles = {
        "agent": t("doing.alike_agent", n=len(together["agent"]), who=who.named),
        "day": t("doing.alike_day", n=len(together["day"]), day=day_text(who.day)),
    }
    chosen = await choose(
        page,
        f"{who.named}  {who.day}",
        [
            Choice("accept", t("doing.accept"), text, digit="1"),
            Choice("dismiss", t("doing.dismiss"), digit="2"),
            *(
                Choice(name, titles[name], digit=digit)
                for name, digit in (("agent", "3"), ("day", "4"))
                if len(together[name]) > 1
            ),
        ],
        rests_on,
    )
    if chosen == "accept":
        await _accept(page, book, [view], rests_on)
    elif chosen == "dismiss":
        await _dismiss(page, book, [view])
    elif chosen:
        await _decide_all(page, book, titles[chosen], together[chosen])


def _kind(view: ProposalView) -> tuple[object, ...]:
    """What proposals of one like have in common: what was seen, the rule and what it costs."""
    what = view.what
    return what.reason, what.rule, what.points, what.fen


async def _decide_all(page: Page, book: Book, title: str, views: Sequence[ProposalView]) -> None:
    choices = [
        Choice("accept", t("doing.accept_all", n=len(views)), digit="1"),
        Choice("dismiss", t("doing.dismiss_all", n=len(views)), digit="2"),
    ]
    chosen = await choose(page, title, choices, *_rows(book, views))
    if chosen == "accept":
        await _accept(page, book, views)
    elif chosen == "dismiss":
        await _dismiss(page, book, views)


def _rows(book: Book, views: Sequence[ProposalView]) -> list[str]:
    """Whom it is about, when, and what it costs; of several each and together."""
    first, between = views[0], t("ui.between")
    agents = dict.fromkeys(Who(one.agent, one.name, first.what.on).named for one in views)
    days = dict.fromkeys(one.what.on for one in views)
    if len(views) == 1:
        return [*agents, day_text(first.what.on), proposal_text(book, first)]
    when = day_text(first.what.on) if len(days) == 1 else between.join(f"{day:%m-%d}" for day in days)
    what, n = first.what, len(views)
    seen = between.join(dict.fromkeys(proposal_text(book, one) for one in views))
    price = worth(book, n * what.points, n * what.fen)
    return [between.join(agents), when, seen, t("doing.together", amount=price) if price else ""]


async def _accept(page: Page, book: Book, views: Sequence[ProposalView], rests_on: str = "") -> None:
    if await look(page, lambda: [book.supervisor.trial.accept(one.id) for one in views]) is None:
        return
    if await confirmed(page, t("board.points_confirm_title"), *_rows(book, views), rests_on):
        await _write(page, book, "accepted", views, [partial(book.supervisor.accept, one.id) for one in views])


async def _dismiss(page: Page, book: Book, views: Sequence[ProposalView]) -> None:
    asked = await fill_in_tried(
        page,
        f"{t('doing.dismiss')}  {_common_text(book, views)}",
        [Blank("text", t("doing.reason"))],
        lambda values: needs(values, "text"),
        lambda values: [book.supervisor.trial.dismiss(one.id, values["text"]) for one in views],
        *(_rows(book, views) if len(views) > 1 else ()),
    )
    if asked is not None:
        acts = [partial(book.supervisor.dismiss, one.id, asked["text"]) for one in views]
        await _write(page, book, "dismissed", views, acts)


async def _write(
    page: Page, book: Book, done: str, views: Sequence[ProposalView], acts: Sequence[Callable[[], Written]]
) -> None:
    """Write what was decided on each, and say it once; all of it is taken back together."""

    def said(one: ProposalView) -> str:
        who = Who(one.agent, one.name, one.what.on).named
        return t(f"doing.{done}", who=who, text=proposal_text(book, one))

    decided = [(act, said(one)) for act, one in zip(acts, views, strict=True)]
    text = _common_text(book, views)
    await write_all(page, book, decided, lambda n: t(f"doing.{done}_all", n=n, text=text) if n > 1 else said(views[0]))
