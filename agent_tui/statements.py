"""A statement in words: what each line is for, and what it is multiplied by. For screens and commands alike."""

from decimal import Decimal
from typing import TYPE_CHECKING

from agent_tui.i18n import language, t

if TYPE_CHECKING:
    from agent_tui.readings import StatementLineView
    from shared_rules.figures import StatementLine


def line_title(view: "StatementLineView") -> str:
    """What a line is for: its rule, and of a fine its cause and day."""
    one, spoken = view.line, language()
    title = view.title.of(spoken)
    if one.part.startswith("raised"):
        return t("pay.raised", title=title)
    if one.cause:
        cause = view.cause_title.of(spoken) if view.cause_title else one.cause
        half = t(f"pay.part_{one.part}") if one.part in ("calls", "leads") else ""
        return t("pay.fine_of", cause=cause + half, day=f"{one.on:%m-%d}" if one.on else "")
    return title


def amount_text(fen: int) -> str:
    """An amount in fen as people read yuan: 1,842.50."""
    return f"{Decimal(fen).scaleb(-2):,.2f}"


def rate_text(line: "StatementLine") -> str:
    """What each is worth, in yuan; of payments, the share."""
    if line.rule == "pay.payments":
        return f"{line.rate.normalize():f}%"
    yuan = line.rate / 100
    return f"{yuan:,.2f}" if yuan == round(yuan, 2) else f"{yuan.normalize():f}"


def marks(line: "StatementLine") -> list[str]:
    """What is said beside a line: that its rule is disputed, that its day is not yet confirmed."""
    found = [t("pay.disputed")] if line.disputed else []
    return found + ([t("pay.unconfirmed")] if line.unconfirmed else [])
