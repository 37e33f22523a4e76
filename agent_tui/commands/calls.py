"""`log`: one call into the journal."""

from argparse import Namespace
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_tui.book import Book, CallEntry
from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.opening import in_zone, opened
from agent_tui.commands.usage import refuse
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.imports.times import read_follow_up
from agent_tui.views import CallView
from agent_tui.words.outcomes import outcome_named, outcome_names
from shared_rules.records.parts import Interest


def log(context: Context) -> int:
    """Write one call; say whether it counts."""
    with opened(context) as book:
        call = book.own.log(_entry(context, book))
        view, me = book.day(book.identity.agent, call.day), book.identity
    context.show(
        shapes.call(call), lambda: print_call(call, view.figures.valid, view.quota.calls if view.quota else None)
    )
    if call.day < me.hired and me.role == "agent":
        output.say(t("cli.before_hired", hired=me.hired))
    return 0


def _entry(context: Context, book: Book) -> CallEntry:
    args = context.args
    started_at = in_zone(args.started_at, book.identity.zone) if args.started_at else book.now()
    return CallEntry(
        phone=args.phone,
        outcome=outcome_id(book, args.outcome),
        interest=interest_of(args),
        grade=args.grade,
        company=args.company,
        contact=args.contact,
        title=args.title,
        department=args.department,
        headcount=args.headcount,
        it_status=args.it_status,
        note=args.note,
        follow_up=follow_up(args.follow_up, started_at, ZoneInfo(book.identity.zone)) if args.follow_up else None,
        started_at=started_at,
        duration_s=args.duration,
        card=_card(book, args.card),
    )


def interest_of(args: Namespace) -> Interest | None:
    """The interest that the options tell: a proposed grade is `intent` (handbook 1). Raises UsageError for another."""
    if args.grade in ("A", "B"):
        if args.interest not in (None, "intent"):
            refuse(args, "usage.not_with", where=f"--grade {args.grade}", what=f"--interest {args.interest}")
        return "intent"
    return None if args.interest == "none" else args.interest


def _card(book: Book, id: str | None) -> str | None:
    """The talk card in use of that id. Raises Problem for another."""
    if id is not None and not book.has_card(id):
        raise Problem("acts.no_card", id=id)
    return id


def outcome_id(book: Book, text: str) -> str:
    """The outcome that a person names by its id or its title. Raises Problem."""
    return outcome_named(outcome_names(book.policy()), text)


def a_time_to_call(text: str) -> None:
    """Raise Problem for a text that names no time to call again, seen from any day."""
    zone = ZoneInfo("UTC")
    follow_up(text, datetime(2024, 1, 1, tzinfo=zone), zone)


def follow_up(text: str, start: datetime, zone: ZoneInfo) -> datetime:
    """The time to call again, in ISO 8601 or as a person says it, seen from the call."""
    when = read_follow_up(text, start, zone)
    if when is None:
        raise Problem("cli.not_a_follow_up", text=text)
    return when


def print_call(call: CallView, valid: int, quota: int | None) -> None:
    of_quota = f"{valid} / {quota}" if quota is not None else str(valid)
    output.line(t("cli.saved", id=call.id, valid=of_quota, day=call.day))
    if call.valid:
        output.line(t("cli.counts_as_valid_lead") if call.lead else t("cli.counts_as_valid"))
    elif call.lead:
        output.line(t("cli.counts_as_lead"))
    elif call.why_not == "incomplete":
        missing = t("ui.between").join(t(f"cli.field_{name}") for name in call.missing)
        output.line(t("cli.not_valid_incomplete", missing=missing))
    elif call.why_not:
        output.line(t(f"cli.not_valid_{call.why_not}"))
