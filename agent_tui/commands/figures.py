"""`status`, `team`, `ledger`, `points`: the figures, and an entry by rule."""

from datetime import date

from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.views import DayView, LedgerEntry, LedgerView, TeamView
from agent_tui.words import team_words
from agent_tui.words.titles import rule_named, rule_title
from shared_rules.money import grouped
from shared_rules.months import month_policy
from shared_rules.policies.policy import Policy

_LEDGER = ("on", "event", "rule", "entry_points", "fine", "by", "entry_state", "entry_note")


def status(context: Context) -> int:
    """The day of the agent who sits here."""
    with opened(context, tells_sync=True) as book:
        view = book.day(book.identity.agent, book.today())
        sync = book.sharing.looked()
        context.show(shapes.day(view, shapes.sync(sync)), lambda: _print_day(view))
        if not context.json:
            output.line(t("cli.sync_pending", pending=sync.pending))
            if waiting := book.identity.waiting:
                output.line(t("cli.waits", team=waiting))
        if sync.error:
            output.say(t("cli.sync_error", error=sync.error))
    return 0


def _print_day(view: DayView) -> None:
    figures, quota, pace = view.figures, view.quota, view.pace
    output.line(f"{view.agent} {view.name}  {view.day}")
    if quota:
        output.line(t("cli.counts_of", valid=figures.valid, calls=quota.calls, leads=figures.leads, due=quota.leads))
    else:
        output.line(t("cli.counts", valid=figures.valid, leads=figures.leads))
    if quota and not view.workday:
        output.line(t("cli.day_off"))
    output.line(
        t(
            "cli.dials",
            dials=figures.dials,
            connected=figures.connected,
            complete=figures.complete,
            incomplete=figures.incomplete,
            companies=figures.companies,
        )
    )
    if pace:
        made_at = pace.forecast_calls
        forecast = t("cli.forecast", time=f"{made_at:%H:%M}") if made_at else t("cli.no_forecast")
        output.line(t("cli.pace", due=pace.due_calls, gap=f"{pace.gap_calls:+d}", forecast=forecast))
    if view.points:
        points = view.points
        output.line(t("cli.points", balance=points.balance, bonus=points.to_bonus, penalty=points.to_penalty))
    if view.estimate:
        estimate = view.estimate
        output.line(t("cli.estimate", total=grouped(estimate.total), fines=grouped(estimate.fines)))


def team(context: Context) -> int:
    """The board's figures of a day."""
    with opened(context, tells_sync=True) as book:
        day = context.args.day or book.today()
        view = book.team(day)
        suspects = book.read.team_suspects(day) if context.json else ()
        context.show(shapes.team(view, book.now(), suspects), lambda: print_team(view))
        if error := book.sharing.looked().error:
            output.say(t("cli.sync_error", error=error))
    return 0


def print_team(view: TeamView) -> None:
    """The board as plain lines, one an agent, and the totals."""
    output.line(t("cli.team_line", team=view.team_name, day=view.day, n=len(view.agents)))
    rows = []
    for agent in view.agents:
        pace = agent.pace
        rows.append(
            [
                agent.agent,
                agent.name,
                team_words.calls_of(agent),
                team_words.gap_text(pace.gap_calls) if pace else "",
                team_words.leads_of(agent),
                team_words.forecast(agent),
                str(agent.points.balance) if agent.points else "",
                team_words.age(agent.data_age_s),
                team_words.state_words([*team_words.states(agent, agent.data_age_s), *team_words.specials(agent)]),
            ]
        )
    columns = ("agent", "name", "valid", "gap", "leads", "forecast", "points", "age", "state")
    headings = [f"board.column_{column}" for column in columns]
    output.table(rows, right=frozenset({2, 3, 4, 5, 6, 7}), headings=headings)
    totals = view.totals
    output.line(
        t(
            "cli.totals",
            valid=totals.valid,
            calls=totals.quota_calls,
            gap=f"{totals.gap_calls:+d}",
            leads=totals.leads,
            due=totals.quota_leads,
            stay=totals.must_stay,
        )
    )
    if not all(agent.readable for agent in view.agents):
        output.line(t("cli.calls_alone"))
    if view.waiting:
        output.line(t("cli.waiting", n=view.waiting))


def ledger(context: Context) -> int:
    """The points ledger of an agent and a month."""
    args = context.args
    with opened(context) as book:
        identity = book.identity
        if args.agent is None and identity.supervises:
            raise Problem("cli.whose")
        present = f"{book.today():%Y-%m}"
        view = book.ledger(args.agent or identity.agent, args.month or present)
        if view.month > present:
            raise Problem("points.to_come", month=view.month)
        if not view.entries and not book.read.owed(view.agent, view.month):
            raise Problem("points.not_there", agent=view.agent, month=view.month)
        counted = month_policy(book.policy, view.month, book.today()).points is not None
        policies = {entry.on: book.policy(entry.on) for entry in view.entries}
        who = book.members.named(view.agent)
        writers = {entry.by: book.members.named(entry.by) for entry in view.entries}
        mode = book.policy().money.mode
    if mode == "off":
        raise Problem("points.hidden", mode=mode)
    if not counted:
        raise Problem("points.no_points", month=view.month)
    context.show(
        shapes.ledger(view, mode), lambda: _print_ledger(view, who, policies, writers, fines=mode == "estimate")
    )
    return 0


def _print_ledger(
    view: LedgerView, who: str, policies: dict[date, Policy], writers: dict[str, str], *, fines: bool
) -> None:
    def title(entry: LedgerEntry) -> str:
        return rule_title(policies[entry.on], entry.rule)

    output.line(t("cli.ledger", agent=who, month=view.month, balance=view.balance))
    if view.entries:
        output.table(
            [
                [
                    str(entry.on),
                    title(entry),
                    entry.rule,
                    team_words.gap_text(entry.points),
                    *([grouped(-entry.fen)] if fines else []),
                    writers[entry.by],
                    t(f"cli.entry_{entry.shown_state}"),
                    entry.note,
                    entry.id,
                ]
                for entry in view.entries
            ],
            right=frozenset({3, 4} if fines else {3}),
            headings=[f"reports.head_{column}" for column in _LEDGER if fines or column != "fine"] + ["record.key_id"],
        )
    for entry in view.entries:
        if entry.repeats:
            output.line(t("pay.doubt_entry", title=title(entry), day=entry.on, id=entry.id, record=entry.repeats))


def points(context: Context) -> int:
    """Enter points about an agent by a rule."""
    args = context.args
    with opened(context) as book:
        written = book.supervisor.points(
            args.agent, args.rule, args.on, points=args.points, note=args.note, evidence=args.evidence
        ).id
        view = book.ledger(args.agent, f"{args.on:%Y-%m}")
        mode = book.policy().money.mode
        who, rule = book.members.named(view.agent), rule_named(book.policy(args.on), args.rule)
    entry = next(entry for entry in view.entries if entry.id == written)
    context.show(
        shapes.ledger_entry(entry, mode),
        lambda: output.line(
            t(
                f"cli.entered_{mode}",
                agent=who,
                rule=rule,
                on=entry.on,
                points=f"{entry.points:+d}",
                yuan=grouped(-entry.fen),
                balance=view.balance,
                id=entry.id,
            )
        ),
    )
    return 0
