"""Customers as rows and lines: found ones in a table, one of them whole."""

from collections.abc import Callable, Sequence
from datetime import datetime

from agent_tui.book.customers.file import CustomerFile, Event
from agent_tui.book.customers.index import CustomerIndex
from agent_tui.book.customers.table import Known
from agent_tui.i18n import language, t
from agent_tui.ui.desk.lists import counts
from agent_tui.ui.kit.names import person, short_company
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.table import Column, Row
from agent_tui.ui.kit.text import Part
from agent_tui.views import CallView
from agent_tui.words.titles import outcome_title
from shared_rules.money import grouped
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import Customer

_MUTED = "$text-muted"
_FIELDS = ("title", "department", "headcount", "it_status")


def known_so_far(index: CustomerIndex) -> str:
    """How far the customers are read, and that not all are; empty where all are known."""
    if index.ready:
        return t("customers.cut_off") if index.cut_off else ""
    done, whole = index.progress
    return t("customers.reading", done=done, whole=whole) if whole else t("customers.wait")


def columns(*, everybody: bool) -> list[Column]:
    """The columns of customers found; `everybody`: with whose they are."""
    found = [
        Column("company", t("customers.company"), 12, grows=True),
        Column("person", t("customers.person"), 8),
        Column("phone", t("customers.phone"), 13),
        Column("last", t("customers.last"), 6),
        Column("outcome", t("customers.outcome"), 8 if language() == "zh" else 12, drop=2),
        Column("interest", t("customers.interest"), 6 if language() == "zh" else 11, drop=1),
        Column("list", t("customers.list"), 10, drop=3, grows=True),
    ]
    return [*found[:2], Column("agent", t("customers.agent"), 6), *found[2:]] if everybody else found


def customer_rows(
    rows: Sequence[Known],
    index: CustomerIndex,
    policy: Policy,
    now: datetime,
    listed: Callable[[str], object],
) -> list[Row]:
    """Customers found, each with what was last heard of it."""
    return [_row(row, index, policy, now, bool(listed(row.phone))) for row in rows]


def key_of(row: Known) -> str:
    """What a row of the table is known by."""
    return f"{row.agent} {row.tag}"


def customer_of(row: Known, index: CustomerIndex) -> Customer:
    """What is known of a customer, as the value that calls carry."""
    told = {name: getattr(row, name) for name in ("extension", "contact", *_FIELDS)}
    return Customer(phone=row.phone, company=index.table.company(row.company), **told)


def _row(row: Known, index: CustomerIndex, policy: Policy, now: datetime, listed: bool) -> Row:
    customer = customer_of(row, index)
    last = datetime.fromtimestamp(row.last, now.tzinfo) if row.last else None
    when = "" if last is None else f"{last:%H:%M}" if last.date() == now.date() else f"{last:%m-%d}"
    return Row(
        key_of(row),
        {
            "company": short_company(customer) or t("customers.no_company"),
            "person": person(customer),
            "agent": row.agent,
            "phone": display_phone(row.phone),
            "last": (when, "muted"),
            "outcome": (t("customers.listed"), "alert") if listed else outcome_title(policy, row.outcome),
            "interest": interest(row.interest, row.grade, policy),
            "list": (row.lead_list if row.open_lead else "", "muted"),
        },
        frozenset({"phone"}),
    )


def interest(value: str, grade: str, policy: Policy) -> str:
    """An interest with the grade proposed, by its title; empty for none."""
    choices = policy.form.interests
    found = next((one for one in choices if (one.interest, one.grade or "") == (value, grade)), None)
    found = found or next((one for one in choices if value and one.interest == value), None)
    return found.title.of(language()) if found and value else ""


Named = Callable[[str], str]
"""The id and the name of whoever has that id."""


def file_lines(file: CustomerFile, policy: Policy, now: datetime, named: Named) -> list[tuple[Part, ...]]:
    """Who it is and whose: the head of a customer's page, or what stands beside the row."""
    row = file.rows[0] if file.rows else None
    if row is None:
        return [((display_phone(file.phone), "bold"),), ((t("customers.unknown"), _MUTED),)]
    extension = f" x{row.extension}" if row.extension else ""
    who = " ".join(part for part in (row.contact, row.title) if part)
    lines: list[tuple[Part, ...]] = [
        ((file.company or t("customers.no_company"), "bold"), "  ", who),
        (display_phone(file.phone + extension),),
    ]
    more = "  ".join(f"{t(f'customers.{name}')} {text}" for name in _FIELDS[1:] if (text := getattr(row, name)))
    if more:
        lines.append(((more, _MUTED),))
    facts = [t("customers.owner", agent=named(file.owner))] if file.owner else []
    if graded := interest(row.interest, row.grade, policy):
        facts.append(graded)
    if row.follow_up:
        due = datetime.fromtimestamp(row.follow_up, now.tzinfo)
        facts.append(t("customers.due", when=f"{due:%m-%d %H:%M}"))
    if facts:
        lines.append(("  ".join(facts),))
    if len(file.rows) > 1:
        agents = t("ui.between").join(named(row.agent) for row in file.rows)
        lines.append(((t("customers.duplicate", agents=agents), "$text-warning"),))
    if file.listed:
        since, by = file.listed
        lines.append(((t("customers.listed_since", since=f"{since:%Y-%m-%d}", by=named(by)), "$text-error"),))
    return lines


def history_columns(*, everybody: bool) -> list[Column]:
    """When, by whom, what, and what was said."""
    found = [
        Column("when", t("customers.when"), 11),
        Column("what", t("customers.what"), 10 if language() == "zh" else 12),
        Column("interest", t("customers.interest"), 6 if language() == "zh" else 11, drop=2),
        Column("counts", t("customers.counts"), 8, drop=1),
        Column("text", t("customers.text"), 20, grows=True),
    ]
    return [found[0], Column("agent", t("customers.agent"), 6), *found[1:]] if everybody else found


def history_rows(file: CustomerFile, policy: Policy, named: Named) -> list[Row]:
    """Every call and every record of a customer, the newest first."""
    found: list[tuple[datetime, Row]] = [(call.started_at, _call_row(call, policy)) for call in file.calls]
    found += [(event.at, _event_row(place, event, named)) for place, event in enumerate(file.events)]
    return [row for _, row in sorted(found, key=lambda one: one[0], reverse=True)]


def _call_row(call: CallView, policy: Policy) -> Row:
    text, style = counts(call)
    plain = "muted" if call.why_not == "void" else "plain"
    note = call.customer.note if call.customer else ""
    if call.follow_up:
        due = call.follow_up.astimezone(call.started_at.tzinfo)
        note = "  ".join(part for part in (note, t("customers.due", when=f"{due:%m-%d %H:%M}")) if part)
    return Row(
        call.id,
        {
            "when": f"{call.started_at:%m-%d %H:%M}",
            "agent": call.agent,
            "what": (outcome_title(policy, call.outcome), plain),
            "interest": (interest(call.interest or "", call.grade or "", policy), plain),
            "counts": (text, style),
            "text": (note, plain),
        },
    )


def _event_row(place: int, event: Event, named: Named) -> Row:
    return Row(
        f"event {place}",
        {
            "when": f"{event.at:%m-%d %H:%M}",
            "agent": event.agent,
            "what": t(f"customers.kind_{event.kind}"),
            "text": event_text(event, named),
        },
    )


def event_text(event: Event, named: Named) -> str:
    """What a record says, in words."""
    said = event.content
    match event.kind:
        case "lead":
            name = said["list"] or t("customers.given")
            return t("customers.lead_gone" if said["gone"] else "customers.lead_of", list=name, by=named(event.by))
        case "proposal":
            return " ".join(part for part in (t("customers.proposed", grade=said["grade"]), said["text"]) if part)
        case "grade_step":
            step = t(f"customers.step_{said['step']}")
            return t("customers.step", step=step, grade=said["grade"], on=f"{said['on']:%m-%d}", by=said["by"])
        case "visit_report":
            return str(said["text"])
        case "payment":
            return " ".join(part for part in (grouped(said["fen"]), said["note"]) if part)
        case "owner":
            if not said["other"]:
                return t("customers.gained_first" if said["gained"] else "customers.lost_plain")
            return t("customers.gained" if said["gained"] else "customers.lost", other=named(said["other"]))
        case "handover":
            return t("customers.handed", to=named(said["to"]))
        case "seminar":
            return t(f"customers.seminar_{said['state']}", event=said["event"])
    return ""
