"""A statement in words: what each line is for, and what it is multiplied by. For screens and commands alike."""

from decimal import Decimal
from typing import TYPE_CHECKING

from agent_tui.i18n import language, t
from agent_tui.words.titles import rule_title
from shared_rules.money import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.readings import DoubtView, OwnerView, StatementLineView
    from shared_rules.figures import StatementLine
    from shared_rules.policies.policy import Policy


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


def quantity_text(line: "StatementLine") -> str:
    """How many; of payments, how much."""
    return grouped(line.quantity) if line.rule == "pay.payments" else f"{line.quantity:,}"


def rate_text(line: "StatementLine") -> str:
    """What each is worth, in yuan; of payments, the share."""
    if line.rule == "pay.payments":
        return f"{line.rate.normalize():f}%"
    return yuan_text(line.rate / 100)


def yuan_text(yuan: Decimal) -> str:
    """An amount or a rate in yuan as people read it, with more than two decimals where it has them: 1,842.50, 0.125."""
    return f"{yuan:,.2f}" if yuan == round(yuan, 2) else f"{yuan.normalize():f}"


def marks(line: "StatementLine", doubts: "Sequence[DoubtView]") -> list[str]:
    """What is said beside a line: that its rule is disputed, its day not yet confirmed, what of it is in question."""
    found = [t("pay.disputed")] if line.disputed else []
    found += [t("pay.unconfirmed")] if line.unconfirmed else []
    here = [one for one in doubts if _is_of(one, line)]
    return found + ([t("pay.in_question", n=len(here))] if here else [])


def _is_of(doubt: "DoubtView", line: "StatementLine") -> bool:
    if doubt.kind == "points":
        # In the month's balance, and where it has a fine in the line of its own.
        return line.rule == "pay.points" or line.entry == doubt.id
    return line.rule == ("pay.payments" if doubt.kind == "payment" else f"pay.grade_{doubt.grade.lower()}")


def owner_texts(owner: "OwnerView", agent: str) -> list[str]:
    """What to know of whose a customer is before money goes to an agent; nothing where all is as it should be."""
    found = []
    if owner.agent not in (None, agent):
        found.append(t("pay.owner_other", owner=owner.agent, agent=agent))
    if owner.call and owner.told and owner.then:
        when = {"call": owner.call, "told": owner.told, "then": owner.then}
        days = {name: f"{instant:%m-%d %H:%M}" for name, instant in when.items()}
        found.append(t("pay.owner_late", owner=owner.agent, before=owner.before, **days))
    return found


def doubt_text(one: "DoubtView", policy: "Policy") -> str:
    """A payment, a signature or an entry in question: which, why, what a supervisor can do; `policy` has the titles."""
    if one.kind == "points":
        return t("pay.doubt_entry", title=rule_title(policy, one.rule), day=one.on, id=one.id, record=one.record)
    paid = one.kind == "payment"
    what = t("pay.doubt_payment", amount=grouped(one.fen)) if paid else t("pay.doubt_grade", grade=one.grade)
    why = t(f"pay.doubt_{one.reason}", record=one.record)
    if one.reason == "twice":
        return t("pay.doubt_take_back", what=what, day=one.on, why=why, id=one.id)
    owner = t("pay.doubt_owner", owner=one.owner) if one.owner else ""
    return t("pay.doubt", what=what, day=one.on, why=why, owner=owner, id=one.id)
