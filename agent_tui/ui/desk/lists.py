"""The rows of the desk's lists: today's calls, and the calls promised."""

from collections.abc import Sequence
from datetime import datetime

from agent_tui.i18n import Language, t
from agent_tui.ui.kit.names import company, person, short_company
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.table import Column, Row
from agent_tui.views import Callback, CallView
from shared_rules.phones import typed_phone
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import Customer


def call_columns(language: Language) -> list[Column]:
    """Time, company, person, outcome, interest, whether it counts."""
    # Where all is too much for a narrow window, an outcome is whole before the name of a field that is missing.
    outcome, interest, counts = (8, 6, 7) if language == "zh" else (9, 10, 7)
    return [
        Column("time", "", 5),
        Column("company", "", 8, grows=True),
        Column("person", "", 6, grows=True, whole=True),
        Column("outcome", "", outcome, grows=True, whole=True),
        Column("interest", "", interest, drop=1, grows=True, whole=True),
        Column("counts", "", counts, grows=True, whole=True),
        Column("phone", "", 13, drop=2),
        Column("note", "", 16, drop=3, grows=True),
    ]


def callback_columns() -> list[Column]:
    """When, company, person, whether it is due."""
    return [
        Column("time", "", 5),
        Column("company", "", 8, grows=True),
        Column("person", "", 6, drop=1, grows=True, whole=True),
        Column("due", "", 4, align="right"),
    ]


def call_rows(calls: Sequence[CallView], policy: Policy, language: Language) -> list[Row]:
    """Today's calls, the latest first."""
    return [_call_row(call, policy, language) for call in calls]


def _call_row(call: CallView, policy: Policy, language: Language) -> Row:
    outcome = policy.outcome(call.outcome)
    interest = next(
        (
            one.title.of(language)
            for one in policy.form.interests
            if call.interest and (one.interest, one.grade) == (call.interest, call.grade)
        ),
        "",
    )
    text, style = counts(call)
    plain = "muted" if call.why_not == "void" else "plain"
    return Row(
        call.id,
        {
            "time": (f"{call.started_at:%H:%M}", "muted"),
            "company": (t("erase.customer"), "muted") if call.erased else (_place(call.customer), plain),
            "person": (person(call.customer), plain),
            "outcome": (outcome.title.of(language) if outcome else call.outcome, plain),
            "interest": (interest, plain),
            "counts": (text, style),
            "phone": (_phone(call.customer), "muted"),
            "note": (call.customer.note if call.customer else "", "muted"),
        },
        _ends(call.customer),
    )


def counts(call: CallView) -> tuple[str, str]:
    """Whether a call counts, in a word, and its style."""
    if call.pending:
        return t("desk.row_pending"), "warn"
    if call.valid:
        return t("desk.row_counts"), "good"
    if call.lead:
        return t("desk.row_lead"), "good"
    if call.why_not == "incomplete":
        if len(call.missing) == 1:
            return t("desk.row_lacks", field=t(f"desk.field_{call.missing[0]}")), "warn"
        return t("desk.row_lacks_many", count=len(call.missing)), "warn"
    style = "alert" if call.why_not in ("false", "do_not_call", "clock") else "muted"
    return t(f"desk.row_{call.why_not}") if call.why_not else "", style


def callback_rows(callbacks: Sequence[Callback], now: datetime) -> list[Row]:
    """Promised calls, the earliest due first."""
    rows = []
    for one in callbacks:
        overdue = one.due <= now
        when = f"{one.due:%H:%M}" if one.due.date() == now.date() else f"{one.due:%m-%d}"
        rows.append(
            Row(
                one.call,
                {
                    "time": (when, "warn" if overdue else "plain"),
                    "company": _place(one.customer),
                    "person": person(one.customer),
                    "due": (t("desk.overdue") if overdue else "", "warn"),
                },
                _ends(one.customer),
            )
        )
    return rows


def _place(customer: Customer | None) -> str:
    """As `company`, for a narrow column: the number without blanks."""
    return company(customer) if customer is None else short_company(customer) or typed_phone(customer.phone)


def _phone(customer: Customer | None) -> str:
    """The number, unless it stands in the place of the company already."""
    return display_phone(customer.phone) if customer and short_company(customer) else ""


def _ends(customer: Customer | None) -> frozenset[str]:
    """The cells that hold a number: people know it by its last digits."""
    return frozenset({"phone"} if customer is None or short_company(customer) else {"phone", "company"})
