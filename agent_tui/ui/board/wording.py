"""Calls in words, as every screen of the board says them."""

from agent_tui.i18n import t
from agent_tui.readings import DayRecord
from agent_tui.ui.board.doing.writing import money
from agent_tui.ui.kit.names import person, short_company
from agent_tui.ui.kit.phone import display_phone
from agent_tui.views import CallView
from agent_tui.words.titles import rule_title
from shared_rules.policies.policy import Policy

LABELS = {
    "company": "call_company",
    "contact": "call_contact",
    "title": "record_title_of",
    "phone": "record_phone",
    "note": "call_note",
    "department": "record_department",
    "headcount": "record_headcount",
    "it_status": "record_it_status",
}


def field_title(name: str) -> str:
    """The label of a field of the customer."""
    return t(f"board.{LABELS[name]}")


def call_text(call: CallView) -> str:
    """11-23 14:31 宏达科技 王经理."""
    customer = call.customer
    who = f"{short_company(customer) or display_phone(customer.phone)} {person(customer)}".strip() if customer else ""
    return f"{call.started_at:%m-%d %H:%M} {who}".strip()


def counts_for(call: CallView) -> str:
    """What the call counts for, or in words why it does not."""
    words: list[str] = []
    if call.valid:
        words.append(t("board.call_valid_lead" if call.lead else "board.call_valid"))
    else:
        if call.why_not:
            fields = t("ui.between").join(field_title(name) for name in call.missing)
            words.append(t(f"board.why_not_{call.why_not}", fields=fields))
        if call.lead:
            words.append(t("board.call_lead"))
    if call.late:
        words.append(t("board.call_late"))
    if call.pending:
        words.append(t("board.call_pending"))
    if call.corrected:
        words.append(t("board.call_corrected"))
    return " ".join(words)


def interest_text(call: CallView) -> str:
    """The interest, with the proposed grade where there is one."""
    if call.interest is None:
        return ""
    return t(f"board.interest_{call.interest}" + (f"_{call.grade}" if call.interest == "intent" and call.grade else ""))


def filed_text(record: DayRecord, policy: Policy, *, points: bool, amounts: bool) -> str:
    """What was written about a day: 记分 迟到 -2 堵车; without the numbers unless `points`, or `amounts`, are shown."""
    found = record.content
    said = [t(f"queues.filed_{record.kind}")]
    if record.kind == "points":
        said.append(rule_title(policy, str(found["rule"])))
        said += [f"{found['points']:+d}"] if points else []
    elif record.kind in ("request", "time_away"):
        said += [t(f"doing.kind_{found['type']}"), t("doing.minutes_n", n=found["minutes"])]
    elif record.kind == "payment":
        said += [money(int(str(found["fen"])))] if amounts else []
    elif record.kind == "grade_step":
        said.append(t(f"doing.step_{found['step']}", grade=found["grade"]))
    elif record.kind == "attendance":
        said += [t(f"deeds.meeting_{found['meeting']}"), t(f"deeds.state_{found['state']}")]
    elif record.kind == "verdict":
        said.append(t("doing.verify_false" if found["false"] else "doing.verify_true"))
    elif record.kind == "ruling":
        said.append(t("doing.rule_upheld" if found["upheld"] else "doing.rule_withdrawn"))
    if record.text:
        said.append(record.text)
    if record.withdrawn:
        said.append(t("queues.filed_taken_back"))
    elif record.replaced:
        said.append(t("queues.filed_replaced"))
    return " ".join(said)
