"""The rows of the desk's lists: today's calls, and the calls promised."""

import re
from collections.abc import Sequence
from datetime import datetime

from agent_tui.i18n import Language, t
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.table import Column, Row
from agent_tui.ui.kit.text import safe
from agent_tui.views import Callback, CallView
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import Customer

_SUFFIX = re.compile("(?:股份|集团|控股)?(?:有限责任|有限)?公司$")
_TWO_CHARACTERS = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "宇文"}
)
_FORMS = frozenset({"经理", "副总", "总监", "主任", "主管", "部长", "科长", "处长", "厂长", "校长", "院长", "老师"})


def call_columns(language: Language) -> list[Column]:
    """Time, company, person, outcome, interest, whether it counts."""
    outcome, interest, counts = (8, 6, 7) if language == "zh" else (9, 10, 8)
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
            "phone": (display_phone(call.customer.phone) if call.customer else "", "muted"),
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


def company(customer: Customer | None) -> str:
    """A company without its legal suffix, else the number."""
    if customer is None:
        return t("desk.sealed")
    return short_company(customer) or display_phone(customer.phone)


def _place(customer: Customer | None) -> str:
    """As `company`, for a narrow column: the number without blanks."""
    return company(customer) if customer is None else short_company(customer) or number(customer.phone)


def _ends(customer: Customer | None) -> frozenset[str]:
    """The cells that hold a number: people know it by its last digits."""
    return frozenset({"phone"} if customer is None or short_company(customer) else {"phone", "company"})


def short_company(customer: Customer) -> str:
    """A company without its legal suffix."""
    return _SUFFIX.sub("", safe(customer.company))


def number(text: str) -> str:
    """A number without blanks, as in its country."""
    phone = parse_phone(text)
    return phone.national if phone else text


def person(customer: Customer | None) -> str:
    """王 who is 采购经理 is 王经理; a whole name stands for itself."""
    if customer is None:
        return ""
    form = customer.title[-2:]
    if customer.title.endswith("总经理"):
        form = "总"
    one = len(customer.contact) == 1 and "\u4e00" <= customer.contact <= "\u9fff"
    surname = one or customer.contact in _TWO_CHARACTERS
    if surname and customer.contact[-1] not in "总董工" and (form in _FORMS or form == "总"):
        return customer.contact + form
    return customer.contact
