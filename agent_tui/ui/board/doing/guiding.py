"""What the team gets: flags and notes of the meeting, reviews, talk cards, notices."""

from datetime import date, timedelta
from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.i18n import t
from agent_tui.readings import PlanView, WeekView
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_fault, day_text, needs, the_day, write
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.numbers import number_of, whole
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.when import parse_coming_day
from agent_tui.views import CallView, CardView, NoticeView
from shared_rules.dates import week_of

_DAY = timedelta(days=1)


async def flag(page: Page, book: Book, who: Who, call: CallView) -> None:
    """Pick a call for the meeting."""
    if await look(page, lambda: book.supervisor.trial.flag(call.named)) is None:
        return
    asked = await fill_in_tried(
        page,
        t("doing.flag_title", call=call_text(call)),
        [Blank("text", t("doing.note"))],
        lambda _: "",
        lambda values: book.supervisor.trial.flag(call.named, values["text"]),
    )
    if asked is not None:
        await write(
            page,
            book,
            lambda: book.supervisor.flag(call.named, asked["text"]),
            t("doing.flagged", who=who.named, call=call_text(call)),
        )


async def coach(page: Page, book: Book, who: Who, call: CallView) -> None:
    """A note on a call that its agent gets back."""
    asked = await fill_in_tried(
        page,
        t("doing.coach_title", who=who.named, call=call_text(call)),
        [Blank("text", t("doing.text"))],
        lambda values: needs(values, "text"),
        lambda values: book.supervisor.trial.coaching(call.named, values["text"]),
    )
    if asked is not None:
        await write(
            page,
            book,
            lambda: book.supervisor.coaching(call.named, asked["text"]),
            t("doing.coached", who=who.named),
        )


async def review(page: Page, book: Book, who: Who, week: str) -> None:
    """The rating of the agent's skill in a week, and a text; it takes the place of the review there is."""
    view = await look(page, lambda: book.read.week(who.agent, week))
    if view is None:
        return
    known = view.review
    asked = await fill_in_tried(
        page,
        t("doing.review_title", who=who.named, week=week),
        [
            Blank("rating", t("doing.rating"), str(known.rating) if known else ""),
            Blank("text", t("doing.review_text"), known.text if known else ""),
        ],
        _rating_fault,
        lambda values: book.supervisor.trial.review(who.agent, week, number_of(values["rating"]), values["text"]),
        t("doing.review_before", by=book.members.named(known.by), at=f"{known.at:%m-%d %H:%M}", rating=known.rating)
        if known
        else "",
        t("doing.review_replaces") if known else "",
    )
    if asked is not None:
        await write(
            page,
            book,
            lambda: book.supervisor.review(who.agent, week, number_of(asked["rating"]), asked["text"]),
            t("doing.reviewed", who=who.named, rating=asked["rating"]),
        )


def _rating_fault(values: dict[str, str]) -> str:
    wrong = whole(values["rating"], 1, 5) is None
    return Wrong(t("doing.bad_rating", text=values["rating"]), "rating") if wrong else ""


async def week(page: Page, book: Book, who: Who, view: WeekView) -> None:
    """The review of a week, its plan or the next approved as it was sent or changed, or all that was written for it."""
    following = await look(page, lambda: book.read.week(who.agent, week_of(view.last + _DAY)))
    if following is None:
        return
    chosen = await choose(
        page,
        f"{who.named}  {view.week}",
        [
            Choice("review", t("doing.week_review"), digit="1"),
            Choice("plan", t("doing.week_plan", week=view.week), _sent(view.plan), digit="2"),
            Choice("next", t("doing.week_plan", week=following.week), _sent(following.plan), digit="3"),
            Choice("see", t("doing.week_see"), digit="4"),
        ],
    )
    if chosen == "review":
        await review(page, book, who, view.week)
    elif chosen == "plan":
        await plan(page, book, who, view)
    elif chosen == "next":
        await plan(page, book, who, following)
    elif chosen == "see":
        from agent_tui.ui.week.screen import WeekScreen  # noqa: PLC0415 - loads when first shown

        page.app.push_screen(WeekScreen(book, who.agent, view.week))


def _sent(plan: PlanView | None) -> str:
    if plan is None:
        return t("queues.item_no_plan")
    return t(
        "doing.plan_approved" if plan.approved else "doing.plan_sent", companies=plan.companies, grades=plan.grades
    )


async def plan(page: Page, book: Book, who: Who, view: WeekView) -> None:
    """A week's plan, edited and approved."""
    sent = view.plan

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        return acts.plan(
            who.agent,
            view.week,
            companies=number_of(values["companies"]),
            grades=number_of(values["grades"]),
            trades=values["trades"],
            text=values["text"],
        )

    asked = await fill_in_tried(
        page,
        t("doing.plan_title", who=who.named, week=view.week),
        [
            Blank("companies", t("week.companies"), str(sent.companies) if sent else ""),
            Blank("grades", t("week.grades"), str(sent.grades) if sent else ""),
            Blank("trades", t("week.trades"), sent.trades if sent else ""),
            Blank("text", t("week.text"), sent.text if sent else ""),
        ],
        _plan_fault,
        partial(enter, book.supervisor.trial),
    )
    if asked is not None:
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.planned", who=who.named, week=view.week),
        )


def _plan_fault(values: dict[str, str]) -> str:
    wrong = [name for name in ("companies", "grades") if whole(values[name], 0, 10_000) is None]
    return Wrong(t("ui.not_a_number", text=values[wrong[0]]), wrong[0]) if wrong else ""


async def card(page: Page, book: Book, before: CardView | None = None) -> None:
    """Publish a talk card, or another text of the one that was `before`."""
    names = ("event", "on", "objection", "reframe", "question")
    known = {name: str(getattr(before, name)) for name in names} if before else {"on": str(book.today())}

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        on = the_day(values, book.today())
        texts = values["event"], on, values["objection"], values["reframe"], values["question"]
        return acts.publish_card(*texts, instead_of=before.id if before else None)

    asked = await fill_in_tried(
        page,
        t("doing.card_change_title" if before else "doing.card_title"),
        [Blank(name, t(f"doing.card_{name}"), known.get(name, "")) for name in names],
        lambda values: day_fault(values, book.today()) or needs(values, *names),
        partial(enter, book.supervisor.trial),
    )
    if asked is None:
        return
    said = [t("doing.card_says", name=t(f"doing.card_{name}"), text=asked[name]) for name in names[2:]]
    about = f"{asked['event']} {the_day(asked, book.today())}"
    title = t("doing.card_change_confirm" if before else "doing.card_confirm")
    if await confirmed(page, title, about, *said):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.card_changed" if before else "doing.carded", event=asked["event"]),
            lambda written: partial(_card_back, book, written.id, before),
        )


def _card_back(book: Book, id: str, before: CardView | None) -> Written:
    """The card that was published taken back, or again as it was `before`."""
    if before is None:
        return book.supervisor.take_back_card(id)
    texts = before.event, before.on, before.objection, before.reframe, before.question
    return book.supervisor.publish_card(*texts, instead_of=id)


async def take_card_back(page: Page, book: Book, id: str, event: str) -> None:
    """Take a talk card back from every desk."""
    if await look(page, lambda: book.supervisor.trial.take_back_card(id)) is None:
        return
    if await confirmed(page, t("doing.card_back_confirm"), event):
        await write(
            page,
            book,
            lambda: book.supervisor.take_back_card(id),
            t("doing.card_back", event=event),
            lambda written: lambda: book.supervisor.offer_card_again(written.id),
        )


async def notice(page: Page, book: Book) -> None:
    """A notice on every desk, through a day or until the next one."""

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        return acts.notice(values["text"], _until(values, book.today()))

    asked = await fill_in_tried(
        page,
        t("doing.notice_title"),
        [Blank("text", t("doing.text")), Blank("until", t("doing.until"))],
        lambda values: needs(values, "text") or _until_fault(values, book.today()),
        partial(enter, book.supervisor.trial),
    )
    if asked is None:
        return
    before, until = book.notice(), _until(asked, book.today())
    if await confirmed(page, t("doing.notice_confirm"), asked["text"], how_long(until)):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.noticed"),
            lambda _: book.supervisor.end_notice if before is None else lambda: _again(book, before),
        )


def how_long(until: date | None) -> str:
    """Until when a notice is shown, in words."""
    return t("doing.notice_until", day=day_text(until)) if until else t("doing.notice_endless")


def _again(book: Book, shown: NoticeView) -> Written:
    return book.supervisor.notice(shown.text, shown.until)


async def take_notice_back(page: Page, book: Book, shown: NoticeView) -> None:
    """Take the notice off every desk."""
    if await look(page, book.supervisor.trial.end_notice) is None:
        return
    if await confirmed(page, t("doing.notice_back_confirm"), shown.text):
        await write(
            page,
            book,
            book.supervisor.end_notice,
            t("doing.notice_back"),
            lambda _: lambda: _again(book, shown),
        )


def _until(values: dict[str, str], today: date) -> date | None:
    return parse_coming_day(values["until"], today)


def _until_fault(values: dict[str, str], today: date) -> str:
    if values["until"] and _until(values, today) is None:
        return Wrong(t("board.bad_date", text=values["until"]), "until")
    return ""
