"""`pay`: a month's statement, line by line, with what may be withheld. Always an estimate."""

from decimal import Decimal

from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.readings import StatementLineView, StatementView


def pay(context: Context) -> int:
    """The statement of an agent and a month."""
    args = context.args
    with opened(context) as book:
        identity = book.identity
        if args.agent is None and identity.role == "supervisor" and not identity.solo:
            raise Problem("pay.whose")
        mode = book.policy().money.mode
        if mode != "estimate":
            raise Problem("pay.hidden", mode=mode)
        view = book.read.statement(args.agent or identity.agent, args.month or f"{book.today():%Y-%m}")
    if view is None:
        raise Problem("errors.no_pay_rules")
    context.show(shapes.statement(view), lambda: _print(view))
    return 0


def _print(view: StatementView) -> None:
    output.line(t("pay.head", agent=view.agent, name=view.name, month=view.month, day=view.until))
    output.table([_row(one) for one in view.lines], right=frozenset({1, 2, 3}))
    output.line(t("pay.total", total=shapes.yuan(view.total)))
    limits = view.limits
    wage = shapes.yuan(limits.minimum_wage) if limits.minimum_wage is not None else t("pay.no_wage")
    rows = [
        ["gross", shapes.yuan(limits.gross)],
        ["deductions", shapes.yuan(limits.deductions)],
        ["twenty", shapes.yuan(limits.twenty_percent)],
        ["deductible", shapes.yuan(limits.deductible)],
        ["payable", shapes.yuan(limits.payable)],
    ]
    output.table([[t(f"pay.{name}"), amount] for name, amount in rows], right=frozenset({1}))
    output.line(t("pay.wage", wage=wage))
    if limits.not_deductible:
        output.line(t("pay.beyond", amount=shapes.yuan(limits.not_deductible)))
    output.line(t("pay.no_payroll"))


def _row(view: StatementLineView) -> list[str]:
    one = view.line
    marks = [t("pay.disputed")] if one.disputed else []
    marks += [t("pay.unconfirmed")] if one.unconfirmed else []
    rate = f"{one.rate.normalize():f}%" if one.rule == "pay.payments" else _yuan(one.rate)
    quantity = shapes.yuan(one.quantity) if one.rule == "pay.payments" else str(one.quantity)
    return [line_title(view), quantity, rate, shapes.yuan(one.fen), " ".join(marks), view.id]


def _yuan(fen: Decimal) -> str:
    return f"{fen / 100:f}"


def line_title(view: StatementLineView) -> str:
    """What a line is for: its rule, and of a fine its cause and day."""
    one, spoken = view.line, language()
    title = view.title.of(spoken)
    if one.part.startswith("raised"):
        return t("pay.raised", title=title)
    if one.cause:
        cause = view.cause_title.of(spoken) if view.cause_title else one.cause
        half = t(f"pay.part_{one.part}") if one.part in ("calls", "leads") else ""
        return t("pay.fine_of", title=title, cause=cause + half, day=f"{one.on:%m-%d}" if one.on else "")
    return title
