"""这位客户: what is known of the number in the form, beside it where there is room."""

from agent_tui.i18n import t
from agent_tui.ui.desk.panel_lines import Lines, Moment
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import crop, width, wrap
from agent_tui.views import CustomerView

_MUTED = "$text-muted"


def customer_lines(customer: CustomerView | None, moment: Moment, cells: int, rows: int) -> Lines:
    """Who it is, the grade proposed, the last calls with what was noted; each line of at most `cells`. Where there are
    lines left a note runs on.
    """
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
    calls = customer.calls[: rows - len(lines)]
    spare = rows - len(lines) - len(calls)
    for call in calls:
        outcome = moment.policy.outcome(call.outcome)
        title = outcome.title.of(moment.language) if outcome else call.outcome
        when = f"{call.started_at:%H:%M}" if call.day == moment.now.date() else f"{call.started_at:%m-%d}"
        note = call.customer.note if call.customer else ""
        begun = crop(note, max(0, cells - width(f"{when} {title} ")))
        lines.append(((f"{when} ", _MUTED), title, (f" {begun}", _MUTED)))
        more = wrap(note[len(begun) :], cells)[:spare] if len(begun) < len(note) else []
        spare -= len(more)
        lines += [((row, _MUTED),) for row in more]
    return lines
