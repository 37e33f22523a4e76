"""`init`, `join`, `members`: making a team, asking to join it, and who is in it."""

import sys
from contextlib import closing
from datetime import date

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.deeds import done
from agent_tui.commands.opening import meet_folder, opened, say_away
from agent_tui.i18n import t
from agent_tui.recovery import recover
from agent_tui.store.home import Home
from agent_tui.views import MemberView
from agent_tui.words.leaving import ended_text


def init(context: Context) -> int:
    """Create a team; the recovery code is shown this once. Or take one over with that code."""
    args = context.args
    if args.recover:
        return _recover(context)
    code = teams.init_team(context.home, args.folder, args.team, args.id, args.name, args.zone, context.clock)
    # Not `opened`, which would say that the code was never shown.
    with closing(Book.open(context.home, context.clock)) as book:
        identity = book.identity
    document = {
        "team": identity.team,
        "name": identity.team_name,
        "zone": identity.zone,
        "share": identity.share,
        "id": identity.agent,
        "writer": identity.writer,
        "recovery_code": code,
    }

    def human() -> None:
        output.line(t("cli.team_made", team=identity.team_name, share=identity.share))
        output.line(t("cli.recovery_code", code=code))
        output.line(t("cli.recovery_keep"))

    context.show(document, human)
    output.flush()
    teams.code_seen(context.home)
    return 0


def _recover(context: Context) -> int:
    """The code comes from standard input, so that it stands in no list of commands."""
    args = context.args
    if sys.stdin.isatty():
        output.say(t("cli.recovery_ask"))
    recover(context.home, args.folder, sys.stdin.readline(201), args.id, args.name, context.clock)
    with opened(context) as book:
        identity = book.identity
    document = {
        "team": identity.team,
        "name": identity.team_name,
        "share": identity.share,
        "id": identity.agent,
        "writer": identity.writer,
    }
    context.show(document, lambda: output.line(t("cli.recovered", team=identity.team_name, id=identity.agent)))
    return 0


def join(context: Context) -> int:
    """Leave a request in the share; show the four words the supervisor must see too."""
    args = context.args
    words = teams.ask_to_join(context.home, args.folder, args.id, args.name, args.hired, context.clock)()
    if args.hired is None:
        output.say(t("cli.hired_not_given", hired=teams.hired_here(Home(context.home))))
    with opened(context) as book:
        identity = book.identity
    document = {"id": args.id, "name": args.name, "share": args.folder, "waiting": identity.waiting, "words": words}

    def human() -> None:
        output.line(t("cli.asked", id=args.id))
        output.line(t("cli.four_words", words=" ".join(words)))

    context.show(document, human)
    return 0


def members(context: Context) -> int:
    """Who is in the team, and who waits: on a supervisor's machine, also since it last looked at the folder."""
    with opened(context, tells_sync=True) as book:
        away = meet_folder(book)
        found = book.members.all(words=True)
        supervisor = book.session.place.supervisor
    context.show([shapes.member(member) for member in found], lambda: _print_members(found, approves=supervisor))
    say_away(away)
    return 0


def _print_members(found: list[MemberView], *, approves: bool) -> None:
    if not found:
        output.line(t("cli.no_members"))
        return
    output.table(
        [
            [
                member.writer,
                member.id,
                member.name,
                t(f"cli.role_{member.role}"),
                str(member.hired),
                t(f"cli.member_{member.state}"),
                " ".join(member.words),
            ]
            for member in found
        ],
        headings=[
            *("record.key_writer", "reports.head_agent", "reports.head_name", "record.key_role", "record.key_hired"),
            *("reports.head_state", ""),
        ],
    )
    waiting = [member for member in found if member.state == "waiting"]
    if waiting and approves:
        output.line(t("cli.compare_words"))
    if untold := sum(not member.words for member in waiting):
        output.line(t("cli.more_words", n=untold))


def approve(context: Context) -> int:
    """Let a waiting device in, and tell it through the folder."""
    with opened(context, tells_sync=True) as book:
        meet_folder(book)
        member = book.members.approve(context.args.writer, context.args.role)
        away = meet_folder(book)
    _done(context, member, t("cli.approved", id=member.id, name=member.name, role=t(f"cli.role_{member.role}")))
    if member.asked:
        output.say(t("cli.stays_hired", id=member.id, hired=member.hired, asked=member.asked))
    say_away(away)
    return 0


def ignore(context: Context) -> int:
    """Pass over a request that nobody will approve."""
    with opened(context) as book:
        member = book.members.ignore(context.args.writer)
    who = {"id": member.id, "name": member.name, "writer": member.writer}
    _done(context, member, t("cli.ignored", **who))
    return 0


def correct_hired(context: Context) -> int:
    """Put right the hire date of a person."""
    args = context.args
    return done(context, lambda book: book.supervisor.hired(args.person, args.hired))


def leave(context: Context) -> int:
    """End a person's devices, or move their end."""
    on: date = context.args.on
    with opened(context, tells_sync=True) as book:
        # By what has arrived here the end is set: what lies in the folder already shall be among it.
        meet_folder(book)
        member, end = book.members.leave(context.args.person, on)
        away = meet_folder(book)
    text = ended_text(member, on, end, device=member.writer == context.args.person)
    context.show(shapes.ended(member, end), lambda: output.line(text))
    say_away(away)
    return 0


def _done(context: Context, member: MemberView, text: str) -> None:
    context.show(shapes.member(member), lambda: output.line(text))
