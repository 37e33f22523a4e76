"""What waits for the supervisor, routine by routine: the rows of each queue, worked out off the event loop."""

from collections.abc import Callable
from datetime import date, timedelta

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import AttendanceView, MeetingItem, PlanView, StatementView, StayView, WeekView
from agent_tui.ui.board.doing.answering import request_text
from agent_tui.ui.board.doing.attending import attendance_text
from agent_tui.ui.board.doing.differing import differing_items
from agent_tui.ui.board.doing.guiding import how_long
from agent_tui.ui.board.doing.judging import entry_text
from agent_tui.ui.board.doing.proposing import proposal_text
from agent_tui.ui.board.doing.worth import shows_amounts, shows_points
from agent_tui.ui.board.doing.writing import Who, choose, money
from agent_tui.ui.board.queue_item import Item
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.kit.dialogs import Choice, numbered
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.when import day_text
from agent_tui.views import CardView, DayView, LedgerView
from agent_tui.words.team_words import age
from shared_rules.dates import week_of

NAMES = ("morning", "meeting", "evening", "week", "month", "lists", "cards", "devices", "export")
"""The queues and what is reached from among them, in the order of the day."""

_DAY = timedelta(days=1)


async def choose_queue(page: Page, book: Book) -> str | None:
    """One of the queues, by digit."""
    waiting = book.team(book.today(), money=False).waiting
    choices = [
        Choice(
            name,
            t(f"queues.queue_{name}"),
            t("queues.devices_waiting", count=waiting)
            if name == "devices" and waiting
            else t(f"queues.queue_{name}_help"),
        )
        for name in NAMES
    ]
    return await choose(page, t("queues.title"), numbered(choices))


def items(book: Book, name: str, week: str) -> list[Item]:
    """The rows of a queue; of the review those of `week`."""
    return _week(book, week) if name == "week" else _SOURCES[name](book)


# ---- the morning ----


def _morning(book: Book) -> list[Item]:
    today = book.today()
    book.load_month(today)
    found = [
        Item(f"device:{one.writer}", "device", Who(one.id, one.name, today), t("queues.item_device"), alert=True)
        for one in book.members.all()
        if one.state == "waiting"
    ]
    found += [
        Item(
            first.id, "request", Who(first.agent, first.name, first.on), request_text(*one.days), first.text, True, one
        )
        for one in book.read.asked()
        for first in one.days[:1]
    ]
    found += [
        Item(
            one.entry.id,
            "appeal",
            Who(one.agent, one.name, one.entry.on),
            entry_text(book, one),
            one.entry.appeal.text if one.entry.appeal else "",
            True,
            one,
        )
        for one in book.read.appeals()
    ]
    found += _offers(book)
    found += [
        Item(
            one.id,
            "proposal",
            Who(one.agent, one.name, one.what.on),
            proposal_text(book, one),
            day_text(one.what.on),
            False,
            one,
        )
        for one in book.read.proposals()
    ]
    return found + differing_items(book) + _entered_twice(book) + _absent(book, today)


def _entered_twice(book: Book) -> list[Item]:
    """The points and the payments that two supervisors likely both entered."""
    found = [
        Item(
            one.entry.id,
            "twice",
            Who(one.agent, one.name, one.entry.on),
            entry_text(book, one),
            t("queues.item_repeats", day=f"{one.entry.on:%m-%d}"),
            True,
            one,
        )
        for one in (book.read.repeats() if shows_points(book) else ())
    ]
    if not shows_amounts(book):
        return found
    return found + [
        Item(
            one.id,
            "twice",
            Who(one.agent, one.name, one.on),
            t("queues.item_twice", amount=money(one.fen), day=f"{one.on:%m-%d}"),
            t("queues.item_twice_means"),
            True,
            one,
        )
        for one in book.read.entered_twice()
    ]


def _absent(book: Book, today: date) -> list[Item]:
    """Who should be here and has not called yet today."""
    found = []
    for view in book.team(today, money=False).agents:
        if not (view.judged and view.workday) or view.figures.dials or (view.quota and not view.quota.calls):
            continue
        if view.pace is None or not view.pace.due_calls:
            continue
        old = view.data_age_s
        heard = t("queues.item_silent") if old is None else t("queues.item_heard", age=age(old, long=True))
        found.append(
            Item(
                f"absent:{view.agent}",
                "absent",
                Who(view.agent, view.name, today),
                t("queues.item_absent", due=view.pace.due_calls),
                heard,
            )
        )
    return found


# ---- the meeting ----


def _meeting(book: Book) -> list[Item]:
    today = book.today()
    flagged = [_meeting_item(book, one, today) for one in book.read.meeting(today)]
    noted = book.read.attendance(today)
    people = [Who(one.agent, one.name, today) for one in book.team(today, money=False).agents if one.judged]
    return flagged + [_roll_item(who, [one for one in noted if one.agent == who.agent]) for who in people]


def _meeting_item(book: Book, one: MeetingItem, today: date) -> Item:
    who = Who(one.agent, one.name, one.call.day if one.call else today)
    flags = t("ui.between").join(
        t("ui.of", what=by, text=flag.text) if flag.text else by
        for flag in one.flags
        for by in (book.members.named(flag.by),)
    )
    notes = " / ".join(note.text for note in one.notes)
    text = call_text(one.call) if one.call else t("queues.item_unheard")
    return Item(one.call_id, "talked" if one.notes else "flag", who, text, f"{flags}  {notes}".strip(), False, one)


def _roll_item(who: Who, noted: list[AttendanceView]) -> Item:
    said = t("ui.between").join(one.text for one in noted if one.text)
    return Item(f"roll:{who.agent}", "noted" if noted else "roll", who, attendance_text(noted), said)


# ---- the end of the day ----


def _evening(book: Book) -> list[Item]:
    today = book.today()
    stays = {one.agent: one for one in book.read.stay_late(today)}
    found = []
    for view in book.team(today, money=False).agents:
        if view.judged and view.workday and (view.state != "confirmed" or view.beside):
            found.append(_evening_item(book, view, stays.get(view.agent)))
    ranks = {"stay": 0, "handed_in": 1, "beside": 2, "open": 3}
    return sorted(found, key=lambda item: ranks[item.kind])


def _evening_item(book: Book, view: DayView, stay: StayView | None) -> Item:
    quota = view.quota
    what = t(
        "queues.item_figures",
        valid=view.figures.valid,
        calls=quota.calls if quota else "-",
        leads=view.figures.leads,
        asked=quota.leads if quota else "-",
    )
    if (short := view.shortfall) and short.fen and shows_amounts(book):
        what += "  " + t("queues.item_short", amount=money(short.fen))
    kind: str = "beside" if view.state == "confirmed" else view.state
    detail = ""
    if stay is not None and stay.released is None and view.must_stay:
        kind = "stay"
        meter = t("queues.item_meter", day=stay.day_minutes, month=f"{stay.month_minutes / 60:.1f}")
        detail = t("ui.semicolon").join(part for part in (_needs(stay), meter) if part)
    elif view.released:
        detail = t("queues.item_released")
    return Item(view.agent, kind, Who(view.agent, view.name, view.day), what.strip(), detail, kind == "stay", view)


def _needs(stay: StayView) -> str:
    """How long it takes at the day's rate, where that is before midnight."""
    if stay.needed_minutes is None:
        return ""
    return t("queues.item_minutes", n=stay.needed_minutes) if stay.tonight else t("queues.item_not_tonight")


# ---- Friday ----


def _week(book: Book, week: str) -> list[Item]:
    reviewed = book.read.weeks(week)
    if not reviewed:
        return []
    following = week_of(reviewed[0].last + _DAY)
    plans = {one.agent: one.plan for one in book.read.weeks(following)}
    return [_week_item(one, following, plans.get(one.agent), book.today()) for one in reviewed]


def _week_item(one: WeekView, following: str, next_plan: PlanView | None, today: date) -> Item:
    plan, figures = one.plan, one.figures
    what = t(
        "queues.item_week",
        companies=figures.companies,
        planned=plan.companies if plan else "-",
        grades=figures.grades_a + figures.grades_b,
        wanted=plan.grades if plan else "-",
        made=figures.quota_days,
        days=figures.workdays,
    )
    told = []
    if plan is None:
        told.append(t("queues.item_no_plan"))
    elif not plan.approved:
        told.append(t("queues.item_plan_open"))
    told.append(t("queues.item_summary" if one.summary else "queues.item_no_summary"))
    told.append(t("queues.item_rated", rating=one.review.rating) if one.review else t("queues.item_unrated"))
    state = "none" if next_plan is None else "approved" if next_plan.approved else "open"
    told.append(t(f"queues.item_next_{state}", week=following[5:]))
    kind = "reviewed" if one.review else "review"
    return Item(one.agent, kind, Who(one.agent, one.name, today), what, t("ui.between").join(told), False, one)


# ---- the month's end ----


def about(book: Book, queue: str, week: str) -> str:
    """The month or the week that a queue is about; empty for one about the day."""
    if queue == "month":
        return f"{_month_until(book.today()):%Y-%m}"
    return week if queue == "week" else ""


def _month_until(today: date) -> date:
    """The last day of what the month's end is about: in a month's first days the month before."""
    return today if today.day > 7 else today.replace(day=1) - _DAY


def _month(book: Book) -> list[Item]:
    end = _month_until(book.today())
    month = f"{end:%Y-%m}"
    appealed = {one.agent for one in book.read.appeals()}
    found = []
    for agent, name in book.read.all_owed(month).items():
        statement = book.read.statement(agent, month)
        ledger = book.ledger(agent, month)
        days = open_days(book, agent, end)
        told = [t("queues.item_points", n=ledger.balance)] if shows_points(book) else []
        if statement is not None and shows_amounts(book):
            told.append(t("queues.item_total", amount=money(statement.total)))
            if statement.limits.deductions:
                told.append(t("queues.item_fines", amount=money(statement.limits.deductions)))
        again = sum(day.state == "confirmed" for day in days)
        waiting = (("item_open_days", len(days) - again), ("item_again_days", again))
        detail = [t(f"queues.{name}", n=count) for name, count in waiting if count]
        detail = detail or [t("queues.item_all_confirmed")]
        if doubts := _in_question(book, statement, ledger):
            detail.append(t("pay.in_question", n=doubts))
        if agent in appealed:
            detail.append(t("queues.item_appealed"))
        found.append(
            Item(
                agent,
                "unconfirmed" if days else "statement",
                Who(agent, name, days[0].day if days else end),
                "  ".join(told),
                t("ui.between").join(detail),
                bool(days),
                month,
            )
        )
    return found


def _in_question(book: Book, statement: StatementView | None, ledger: LedgerView) -> int:
    """How many of the month's payments, signatures and entries are, as far as the money mode shows them."""
    if statement is not None and shows_amounts(book):
        return len(statement.doubts)
    return sum(1 for entry in ledger.entries if entry.repeats) if shows_points(book) else 0


def open_days(book: Book, agent: str, end: date) -> list[DayView]:
    """The days of the month up to `end`, on which the agent was judged, that wait to be confirmed: workdays that are
    over, and days of which records came since they were confirmed, which count once they are confirmed again.
    """
    found = []
    for number in range(end.day):
        view = book.day(agent, end.replace(day=1) + number * _DAY, money=False)
        over = view.workday and (view.day < book.today() or view.closed)
        if view.judged and (view.beside or (over and view.state != "confirmed")):
            found.append(view)
    return found


# ---- lists ----


def _offers(book: Book) -> list[Item]:
    """Customers that agents offer to colleagues."""
    found = []
    for one in book.lists.offered():
        who = Who(one.agent, book.members.name(one.agent), book.today())
        what = f"{one.customer.company or one.customer.phone} {one.customer.contact}".strip()
        to = t("queues.item_to", to=book.members.named(one.to))
        found.append(Item(one.id, "handover", who, what, to, True, one))
    return found


def _lists(book: Book) -> list[Item]:
    """What is offered, and how far the lists are."""
    found = _offers(book)
    for one in book.lists.progress():
        who = Who(one.agent, book.members.name(one.agent), book.today())
        left = t("queues.item_list", left=one.left, of=one.count)
        found.append(Item(f"list:{one.agent}:{one.name}", "list", who, one.name, left, False, one))
    return found


# ---- cards and notices ----


def _cards(book: Book) -> list[Item]:
    found = []
    if notice := book.notice():
        found.append(Item("notice", "notice", None, notice.text, how_long(notice.until), False, notice))
    return found + [_card_item(one) for one in book.cards()]


def _card_item(card: CardView) -> Item:
    used, without = card.uses, card.without
    detail = t("queues.item_card", used=used.calls, leads=used.leads, others=without.calls, their=without.leads)
    return Item(card.id, "card", None, t("ui.of", what=card.event, text=card.objection), detail, False, card)


_SOURCES: dict[str, Callable[[Book], list[Item]]] = {
    "morning": _morning,
    "meeting": _meeting,
    "evening": _evening,
    "month": _month,
    "lists": _lists,
    "cards": _cards,
}
