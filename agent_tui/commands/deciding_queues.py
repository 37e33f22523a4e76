"""What waits for a supervisor, by command: the program's proposals, and requests for leave and visits."""

from collections.abc import Iterator

from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.deeds import done, show
from agent_tui.commands.opening import opened
from agent_tui.commands.usage import go_with, need
from agent_tui.i18n import t
from agent_tui.readings import ProposalView, RequestView
from agent_tui.words.titles import rule_title
from shared_rules.money import grouped
from shared_rules.policies.policy import Policy


def proposals(context: Context) -> int:
    """What the program proposes; with --accept or --dismiss one is decided."""
    args = context.args
    if args.dismiss is not None:
        need(args, "--text")
    go_with(args, "--text", "--dismiss")
    if args.accept is not None:
        with opened(context) as book:
            written = book.supervisor.accept(args.accept)
            ledger = book.ledger(written.agent, written.content["on"][:7])
            mode = book.policy().money.mode
            entry = shapes.ledger_entry(next(one for one in ledger.entries if one.id == written.id), mode)
            shown = {"points": entry["points"], "yuan": entry["yuan"], "entry": entry}
            show(context, book, written, "done_accepted", shown)
        return 0
    if args.dismiss is not None:
        return done(context, lambda book: book.supervisor.dismiss(args.dismiss, args.text))
    with opened(context) as book:
        found = book.read.proposals(args.agent)
        policy = book.policy()
    mode = policy.money.mode
    context.show([shapes.proposal(one, mode) for one in found], lambda: _print_proposals(found, policy))
    return 0


def _print_proposals(found: list[ProposalView], policy: Policy) -> None:
    if not found:
        output.line(t("deeds.no_proposals"))
        return
    mode = policy.money.mode
    points, fines = mode != "off", mode == "estimate"
    rows = []
    for one in found:
        rows.append(
            [
                one.agent,
                one.name,
                str(one.what.on),
                t(f"deeds.reason_{one.what.reason}", minutes=one.what.minutes),
                rule_title(policy, one.what.rule),
                *([f"{one.what.points:+d}"] if points else []),
                *([grouped(-one.what.fen)] if fines else []),
                one.id,
            ]
        )
    columns = [
        "agent",
        "name",
        "on",
        "event",
        "rule",
        *(["entry_points"] if points else []),
        *(["fine"] if fines else []),
    ]
    headings = [*(f"reports.head_{column}" for column in columns), "record.key_id"]
    output.table(rows, right=frozenset(range(5, len(columns))), headings=headings)


def requests(context: Context) -> int:
    """Requests for leave and visits: an agent's own, or all; with --approve or --refuse one is answered."""
    args = context.args
    go_with(args, "--minutes", "--approve")
    go_with(args, "--leads", "--approve")
    go_with(args, "--text", "--approve", "--refuse")
    go_with(args, "--until", "--approve", "--refuse")
    more = {"until": args.until.isoformat()} if args.until else None
    if args.refuse is not None:
        need(args, "--text")
    if args.approve is not None:
        return done(
            context,
            lambda book: book.supervisor.approve(
                args.approve, minutes=args.minutes, leads=args.leads, text=args.text, until=args.until
            ),
            "done_approvals" if args.until else None,
            more,
        )
    if args.refuse is not None:
        return done(
            context,
            lambda book: book.supervisor.refuse(args.refuse, args.text, until=args.until),
            "done_refusals" if args.until else None,
            more,
        )
    with opened(context) as book:
        found = book.read.requests(args.agent, open_only=args.open)
    context.show([shapes.request(one) for one in found], lambda: _print_requests(found))
    return 0


def _print_requests(found: list[RequestView]) -> None:
    if not found:
        output.line(t("deeds.no_requests"))
        return
    output.table(
        [
            [
                one.agent,
                one.name,
                str(one.on),
                t("deeds.what_sick" if one.sick else f"deeds.what_{one.type}"),
                str(one.minutes),
                t(f"day.request_{one.state}"),
                " ".join(_words(one)),
                one.id,
            ]
            for one in found
        ],
        right=frozenset({4}),
        headings=[
            *("reports.head_agent", "reports.head_name", "reports.head_on", "record.key_type", "record.key_minutes"),
            *("reports.head_state", "record.key_text", "record.key_id"),
        ],
    )


def _words(one: RequestView) -> Iterator[str]:
    """What was approved where that is not what was asked for, what was written, and what speaks against it."""
    if one.granted not in (0, one.minutes):
        yield t("day.granted", minutes=one.granted)
    yield one.text
    yield from (f"({t(f'day.fault_{fault}')})" for fault in one.faults)
