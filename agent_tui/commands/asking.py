"""What agents ask, correct, hand in and propose, by command: acts of `book.agent`."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from agent_tui.commands import output, shapes
from agent_tui.commands.calls import follow_up, interest_of, outcome_id, print_call
from agent_tui.commands.context import Context
from agent_tui.commands.deeds import acts_of, done, replacing
from agent_tui.commands.opening import in_zone, opened
from agent_tui.commands.usage import need, refuse
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.views import CallView

_TEXTS = ("phone", "company", "contact", "title", "department", "headcount", "it_status", "note")
_CORRECTED = (*_TEXTS, "outcome", "interest", "grade", "follow_up", "started_at", "duration")


def ask(context: Context) -> int:
    """Leave or a visit asked for."""
    args = context.args
    if args.sick and args.type != "leave":
        refuse(args, "usage.only_with", where="--sick", what="leave")
    if args.doctors_note and not args.sick:
        refuse(args, "usage.only_with", where="--doctors-note", what="--sick")
    return done(
        context,
        lambda book: book.agent.ask(
            args.type, args.on, args.minutes, args.text, until=args.until, sick=args.sick, note=args.doctors_note
        ),
        "done_requests" if args.until else None,
        {"until": args.until.isoformat()} if args.until else None,
    )


def correct(context: Context) -> int:
    """A call corrected; what is not given stays."""
    args = context.args
    if all(getattr(args, name) is None for name in _CORRECTED):
        refuse(args, "usage.nothing_to_correct")
    with opened(context) as book:
        call = book.own.correct(args.id, _corrected(context, book, book.own.call(args.id)))
        view = book.day(book.identity.agent, call.day)
    quota = view.quota.calls if view.quota else None
    context.show(shapes.call(call), lambda: _print_corrected(call, view.figures.valid, quota))
    return 0


def _print_corrected(call: CallView, valid: int, quota: int | None) -> None:
    print_call(call, valid, quota)
    if call.pending:
        output.line(t("deeds.beside", day=call.day))


def _corrected(context: Context, book: Book, call: CallView) -> CallEntry:
    args, customer = context.args, call.customer
    if customer is None:
        raise Problem("acts.not_readable", id=call.id)
    given = {name: text for name in _TEXTS if (text := getattr(args, name)) is not None}
    texts = {name: getattr(customer, name) for name in _TEXTS} | given
    if args.phone is None and customer.extension:
        texts["phone"] = f"{customer.phone}x{customer.extension}"
    entry = CallEntry(
        **texts,
        outcome=call.outcome,
        interest=call.interest,
        grade=call.grade,
        follow_up=call.follow_up,
        started_at=call.started_at,
        duration_s=call.duration_s,
    )
    if args.outcome is not None:
        entry = replace(entry, outcome=outcome_id(book, args.outcome))
    interest = interest_of(args)
    if args.interest is not None or interest:
        entry = replace(entry, interest=interest, grade=entry.grade if interest == "intent" else None)
    if args.grade is not None:
        entry = replace(entry, grade=None if args.grade == "none" else args.grade)
    if args.started_at is not None:
        entry = replace(entry, started_at=in_zone(args.started_at, book.identity.zone))
    if args.duration is not None:
        entry = replace(entry, duration_s=args.duration)
    if args.follow_up is not None:
        zone = ZoneInfo(book.identity.zone)
        start = entry.started_at or call.started_at
        when = None if args.follow_up == "none" else follow_up(args.follow_up, start, zone)
        entry = replace(entry, follow_up=when)
    return entry


def void(context: Context) -> int:
    """A call withdrawn."""
    args = context.args
    with opened(context) as book:
        call = book.own.void(args.id, args.reason)
        listed = call.customer and book.lists.listed(call.customer.phone)
    text = "done_void_beside" if call.why_not != "void" else "done_void_listed" if listed else "done_void"
    context.show(shapes.call(call), lambda: output.line(t(f"deeds.{text}", day=call.day)))
    return 0


def propose(context: Context) -> int:
    """A grade proposed."""
    args = context.args
    return done(context, lambda book: book.agent.propose(args.phone, args.grade, args.text))


def appeal(context: Context) -> int:
    """An appeal."""
    args = context.args
    return done(context, lambda book: book.agent.appeal(args.entry, args.text))


def punch(context: Context) -> int:
    """Clocked in or out."""
    args = context.args
    return done(context, lambda book: book.agent.punch(args.side))


def hand_in(context: Context) -> int:
    """The day handed in."""
    args = context.args
    return done(context, lambda book: book.agent.hand_in(args.day, args.text))


def plan(context: Context) -> int:
    """A week's plan: an agent's own, or (with --agent) a supervisor's approval of it."""
    args = context.args
    if args.agent is not None:
        return done(
            context,
            lambda book: book.supervisor.plan(
                args.agent,
                args.week,
                companies=args.companies,
                grades=args.grades,
                trades=args.trades,
                text=args.text,
            ),
            "done_plan_approved",
        )
    need(args, "--companies", "--grades", "--trades", "--text")
    return done(
        context,
        lambda book: book.agent.plan(
            args.week,
            companies=args.companies or 0,
            grades=args.grades or 0,
            trades=args.trades or "",
            text=args.text or "",
        ),
    )


def summary(context: Context) -> int:
    """A week's summary."""
    args = context.args
    return replacing(context, lambda book: book.agent.summary(args.week, args.text))


def withdraw(context: Context) -> int:
    """A record taken back."""
    args = context.args
    return done(
        context,
        lambda book: acts_of(book).withdraw(args.id, args.text, until=args.until),
        "done_withdrawals" if args.until else None,
        {"until": args.until.isoformat()} if args.until else None,
    )
