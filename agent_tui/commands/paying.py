"""`pay`: a month's statement, line by line, with what may be withheld. Always an estimate."""

from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.readings import StatementLineView, StatementView
from agent_tui.words.statements import doubt_text, line_title, marks, quantity_text, rate_text
from shared_rules.money import grouped


def pay(context: Context) -> int:
    """The statement of an agent and a month."""
    args = context.args
    with opened(context) as book:
        identity = book.identity
        if args.agent is None and identity.supervises:
            raise Problem("pay.whose")
        mode = book.policy().money.mode
        if mode != "estimate":
            raise Problem("pay.hidden", mode=mode)
        view = book.read.statement(args.agent or identity.agent, args.month or f"{book.today():%Y-%m}")
    if view is None:
        raise Problem("pay.no_pay")
    context.show(shapes.statement(view), lambda: _print(view))
    return 0


def _print(view: StatementView) -> None:
    output.line(t("pay.head", agent=view.agent, name=view.name, month=view.month, day=view.until))
    columns = ("line", "quantity", "rate", "amount", "remark")
    headings = [*(f"reports.head_{column}" for column in columns), "record.key_id"]
    output.table([_row(one, view) for one in view.lines], right=frozenset({1, 2, 3}), headings=headings)
    output.line(t("pay.total", total=grouped(view.total)))
    limits = view.limits
    wage = grouped(limits.minimum_wage) if limits.minimum_wage is not None else t("pay.no_wage")
    rows = [
        ["gross", grouped(limits.gross)],
        ["deductions", grouped(limits.deductions)],
        ["twenty", grouped(limits.twenty_percent)],
        ["deductible", grouped(limits.deductible)],
        ["payable", grouped(limits.payable)],
    ]
    output.table([[t(f"pay.{name}"), amount] for name, amount in rows], right=frozenset({1}))
    output.line(t("pay.wage", wage=wage))
    if limits.not_deductible:
        output.line(t("pay.beyond", amount=grouped(limits.not_deductible)))
    for one in view.doubts:
        output.line(doubt_text(one, view.policy))
    output.line(t("pay.no_payroll"))


def _row(view: StatementLineView, of: StatementView) -> list[str]:
    one = view.line
    said = " ".join(marks(one, of.doubts))
    return [line_title(view), quantity_text(one), rate_text(one), grouped(one.fen), said, view.id]
