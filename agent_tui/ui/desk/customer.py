"""这位客户: what is known of the number in the form, beside it where there is room."""

from agent_tui.i18n import t
from agent_tui.ui.desk.layout import display_phone
from agent_tui.ui.desk.panels import Lines, Moment
from agent_tui.ui.kit.text import Part, crop
from agent_tui.views import CustomerView

_MUTED = "$text-muted"


def customer_lines(customer: CustomerView | None, moment: Moment, cells: int, rows: int) -> Lines:
    """Who it is, the grade proposed, the last calls with what was noted; each line of at most `cells`."""
    if customer is None:
        return [((t("desk.no_customer"), _MUTED),)]
    latest = customer.latest
    name = "  ".join(part for part in (latest.company, f"{latest.contact} {latest.title}".strip()) if part)
    lines: Lines = [((crop(name or display_phone(customer.phone), cells), "bold"),)]
    grade = next((call.grade for call in customer.calls if call.grade and call.why_not != "void"), None)
    facts = [display_phone(customer.phone), t("desk.calls_with", count=len(customer.calls))]
    if grade:
        facts.append(t("desk.grade_proposed", grade=grade))
    lines.append(("  ".join(facts),))
    for call in customer.calls[: rows - len(lines)]:
        outcome = moment.policy.outcome(call.outcome)
        title = outcome.title.of(moment.language) if outcome else call.outcome
        when = f"{call.started_at:%H:%M}" if call.day == moment.now.date() else f"{call.started_at:%m-%d}"
        note = call.customer.note if call.customer else ""
        parts: list[Part] = [(f"{when} ", _MUTED), title]
        if note:
            parts.append((" " + crop(note, max(0, cells - 8 - len(title) * 2)), _MUTED))
        lines.append(tuple(parts))
    return lines
