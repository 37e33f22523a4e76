"""What supervisors decide, by command: each an act of `book.supervisor`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.deeds import acts_of, done, replacing, show
from agent_tui.commands.opening import opened
from agent_tui.commands.usage import need
from agent_tui.words.statements import owner_texts
from agent_tui.words.team_words import still_on
from shared_rules.money import yuan
from shared_rules.records.parts import AwayType


def excuse(context: Context) -> int:
    """The shortfall of a day excused."""
    args = context.args
    return done(context, lambda book: book.supervisor.excuse(args.agent, args.day, args.reason))


def visit(context: Context) -> int:
    """An outside visit approved."""
    return _away(context, "visit")


def leave(context: Context) -> int:
    """Leave approved."""
    return _away(context, "leave")


def _away(context: Context, type: AwayType) -> int:
    args = context.args
    return done(
        context,
        lambda book: book.supervisor.time_away(
            args.agent,
            type,
            args.on,
            args.minutes,
            leads=args.leads,
            text=args.text,
        ),
    )


def confirm(context: Context) -> int:
    """A day confirmed: what was confirmed, and what the day costs from now on."""
    args = context.args
    with opened(context) as book:
        written = book.supervisor.confirm(args.agent, args.day, args.text)
        day = book.day(args.agent, args.day)
        money = book.policy().money.mode == "estimate"
        early = still_on(book.policy(args.day), args.day, book.now())
        lacks = day.shortfall
        figures = {
            "valid": day.figures.valid,
            "leads": day.figures.leads,
            "missing_calls": lacks.calls if lacks else None,
            "missing_leads": lacks.leads if lacks else None,
            "fine": yuan(lacks.fen) if lacks and money else None,
        }
        words = "done_confirm_not_due" if lacks is None else None if money else "done_confirm_counts"
        show(context, book, written, words, figures)
    if early:
        output.say(early)
    return 0


def release(context: Context) -> int:
    """Somebody let go from the stay-late list."""
    args = context.args
    return done(context, lambda book: book.supervisor.release(args.agent, args.day, args.text))


def verify(context: Context) -> int:
    """A call found true or false; with --json also how it counts now."""
    args = context.args
    if args.false:
        need(args, "--text")
    with opened(context) as book:
        written = book.supervisor.verify(args.id, args.false, args.text)
        record = book.record(args.id)
        more = {"counts": record["counts"], "why_not": record["why_not"], "before": _before(book, written)}
        show(context, book, written, more=more)
    return 0


def rule_on(context: Context) -> int:
    """A ruling on an entry; one that is in place of another says what stood before."""
    args = context.args
    with opened(context) as book:
        written = book.supervisor.rule_on(args.entry, upheld=args.upheld, text=args.text)
        show(context, book, written, more={"before": _before(book, written)})
    return 0


def _before(book: Book, written: Written) -> dict[str, Any] | None:
    """The verdict or the ruling that one is in place of: who wrote it, when, and what it said."""
    if not written.content["replaces"]:
        return None
    old = book.record(written.content["replaces"][-1])
    said = old["content"] or {}
    found = "false" if written.kind == "verdict" else "upheld"
    at = datetime.fromisoformat(old["at"]).isoformat()
    return {"id": old["id"], "by": old["author"], "at": at, found: said.get(found), "text": said.get("text")}


def attend(context: Context) -> int:
    """Who was at a meeting."""
    args = context.args
    return replacing(
        context, lambda book: book.supervisor.attendance(args.agent, args.meeting, args.on, args.state, args.text)
    )


def check_punch(context: Context) -> int:
    """A punch checked."""
    args = context.args
    return done(context, lambda book: book.supervisor.punch_check(args.agent, args.day, args.side, args.text))


def coach(context: Context) -> int:
    """A note on a call."""
    args = context.args
    return done(context, lambda book: book.supervisor.coaching(args.id, args.text))


def flag(context: Context) -> int:
    """A call for the meeting: an agent's own, or one a supervisor picks."""
    args = context.args
    return done(context, lambda book: acts_of(book).flag(args.id, args.text))


def payment(context: Context) -> int:
    """What a customer paid."""
    args = context.args
    return _dealt(
        context,
        lambda book: book.supervisor.payment(args.phone, args.amount, args.on, agent=args.agent, note=args.note),
    )


def _dealt(context: Context, act: Callable[[Book], Written]) -> int:
    """Run an act by which money goes to an agent, and say what is to know of whose the customer is."""
    args = context.args
    with opened(context) as book:
        written = act(book)
        owner = book.read.owner(args.phone, args.on or book.today())
        show(context, book, written)
    for note in owner_texts(owner, written.agent):
        output.say(note)
    return 0


def assign(context: Context) -> int:
    """A customer given to an agent."""
    args = context.args
    return done(context, lambda book: book.supervisor.assign(args.phone, args.agent, on=args.on, swap=args.swap))


def grade(context: Context) -> int:
    """A step towards A or B."""
    args = context.args
    if args.step == "signed":
        need(args, "--by")
    return (_dealt if args.step == "signed" else done)(
        context,
        lambda book: book.supervisor.grade_step(
            args.phone, args.step, args.grade, by=args.by, on=args.on, agent=args.agent
        ),
    )


def visit_report(context: Context) -> int:
    """What a first visit brought."""
    args = context.args
    return done(
        context,
        lambda book: book.supervisor.visit_report(args.phone, args.text, on=args.on, by=args.by, agent=args.agent),
    )


def lift(context: Context) -> int:
    """A number off the do-not-call list."""
    args = context.args
    return done(context, lambda book: book.supervisor.lift(args.phone))


def review(context: Context) -> int:
    """The Friday review."""
    args = context.args
    return replacing(context, lambda book: book.supervisor.review(args.agent, args.week, args.rating, args.text))


def notice(context: Context) -> int:
    """A notice on every desk."""
    args = context.args
    return done(context, lambda book: book.supervisor.notice(args.text, args.until))
