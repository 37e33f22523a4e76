"""What an entry of the ledger rests on, in words."""

import re
from datetime import datetime
from typing import Any

import msgspec

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ui.kit.names import person, short_company
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.when import moment
from agent_tui.words.explain import kind
from shared_rules.records.parts import Customer

_WEEK = re.compile(r"\d{4}-W\d{2}", re.ASCII)


def evidence_text(book: Book, evidence: str) -> str:
    """The call with its customer, the punch, the meeting; a week, or what is no record here, as it stands."""
    if _WEEK.fullmatch(evidence):
        return evidence
    try:
        record = book.record(evidence)
    except Problem:
        return evidence
    said = record.get("content") or record["body"]
    match record["kind"]:
        case "call":
            at = _moment(book, said["started_at"])
            return t("points.evidence_call", at=at, customer=_customer(record.get("customer"))).strip()
        case "punch" if "side" in said:
            # With its seconds: a minute that has begun counts as late.
            at = f"{_moment(book, record['at'])}:{datetime.fromisoformat(record['at']):%S}"
            return t(f"points.evidence_punch_{said['side']}", at=at)
        case "attendance" if "meeting" in said:
            meeting, state = t(f"deeds.meeting_{said['meeting']}"), t(f"deeds.state_{said['state']}")
            return t("points.evidence_attendance", meeting=meeting, on=said["on"], state=state)
    return t("points.evidence_other", kind=kind(record["kind"]), at=_moment(book, record["at"]))


def _moment(book: Book, at: str) -> str:
    return moment(datetime.fromisoformat(at).astimezone(book.now().tzinfo))


def _customer(sealed: dict[str, Any] | None) -> str:
    if not sealed:
        return ""
    customer = msgspec.convert(sealed, Customer)
    return f"{short_company(customer) or display_phone(customer.phone)} {person(customer)}".strip()
