"""A recorded call in full, with all that was done to it since: nothing that was recorded is ever gone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message_pump import MessagePump

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import language, t, texts
from agent_tui.ui.desk.lists import counts
from agent_tui.ui.desk.rules import FormRules
from agent_tui.ui.desk.sheet import CUSTOMER, FIELDS
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.modal import Modal
from agent_tui.ui.kit.page import Plain, hinted
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import fit, line, safe, width, wrap
from agent_tui.ui.kit.when import moment
from agent_tui.views import CallView

_CELLS = 70


class Past(Modal[None]):
    """What a call says, whether it counts, and its corrections, withdrawals and verdicts in their order."""

    CSS = """
    Past { align: center middle; background: $background 50%; }
    Past > .box { width: 76; max-width: 96%; height: auto; max-height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space", "dismiss", show=False)]

    def __init__(self, call: CallView, record: Mapping[str, Any], rules: FormRules, zone: ZoneInfo) -> None:
        super().__init__()
        self._call = call
        self._record = record
        self._rules = rules
        self._zone = zone

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box") as box:
            hinted(box, t("desk.past_title", at=moment(self._call.started_at)), t("desk.past_hint"))
            body = Plain()
            body.show_lines(*past_lines(self._call, self._record, self._rules, self._zone))
            yield body


def open_past(at: MessagePump, book: Book, call: CallView, refused: Callable[[Problem], None]) -> None:
    """Show a call in full above the screen of `at`, once its record is read; a Problem goes to `refused`."""
    rules = FormRules(book.policy(call.day), language())
    zone = ZoneInfo(book.identity.zone)

    def show(record: Mapping[str, Any]) -> None:
        at.app.push_screen(Past(call, record, rules, zone))

    in_background(at, lambda: book.record(call.id), show, refused)


def past_lines(call: CallView, record: Mapping[str, Any], rules: FormRules, zone: ZoneInfo) -> list[Content]:
    """The lines of that view; `record` is what `Book.record` tells of the call."""
    history = sorted(record.get("history", ()), key=lambda each: str(each["at"]))
    corrections = [each for each in history if each["kind"] == "correction"]
    latest = _values(corrections[-1] if corrections else record, rules, zone)
    text, style = counts(call)
    out = _labelled([(t(f"desk.field_{name}"), latest[name]) for name in FIELDS if latest.get(name)])
    out += _labelled([(t("desk.past_counts"), text)], f"${_COLOURS.get(style, 'foreground')}") if text else []
    out += [line(""), line((t("desk.past_events"), "bold"))]
    before = _values(record, rules, zone)
    out += _event(record, zone, t("desk.past_logged"))
    for each in history:
        values = _values(each, rules, zone) if each["kind"] == "correction" else {}
        out += _event(each, zone, _what(each, before, values))
        before = values or before
    return out


_COLOURS = {"good": "text-success", "warn": "text-warning", "alert": "text-error", "muted": "text-muted"}


def _what(each: Mapping[str, Any], before: Mapping[str, str], values: Mapping[str, str]) -> str:
    kind = each["kind"]
    if kind == "correction":
        changed = [
            t(
                "desk.past_change",
                field=t(f"desk.field_{name}"),
                old=before.get(name) or t("desk.past_empty"),
                new=values.get(name) or t("desk.past_empty"),
            )
            for name in FIELDS
            if before.get(name, "") != values.get(name, "")
        ]
        return t("desk.past_correction", changes=t("desk.past_between").join(changed))
    title = t(f"desk.past_{kind}") if f"past_{kind}" in texts("desk") else str(kind)
    why = (each.get("content") or {}).get("text", "")
    return t("desk.past_because", what=title, why=why) if why else title


def _values(record: Mapping[str, Any], rules: FormRules, zone: ZoneInfo) -> dict[str, str]:
    """What the fields of a call or a correction say."""
    body = record["body"].get("call", record["body"])
    customer = record.get("customer") or {}
    due = body.get("follow_up")
    extension = customer.get("extension")
    return {
        "phone": display_phone(customer.get("phone", "") + (f" x{extension}" if extension else "")),
        "outcome": rules.label("outcome", body["outcome"]),
        "interest": rules.label("interest", rules.interest_value(body.get("interest"), body.get("grade"))),
        "note": customer.get("note", ""),
        "follow_up": moment(datetime.fromisoformat(due).astimezone(zone)) if due else "",
        **{name: customer.get(name, "") for name in CUSTOMER},
    }


def _event(record: Mapping[str, Any], zone: ZoneInfo, what: str) -> list[Content]:
    at = datetime.fromisoformat(record["at"]).astimezone(zone)
    head = f"{moment(at)}  {safe(str(record.get('author') or '?'))}  "
    out = []
    for part in wrap(what, _CELLS - width(head)):
        out.append(line((head, "$text-muted"), part))
        head = " " * width(head)
    return out


def _labelled(rows: list[tuple[str, str]], style: str = "") -> list[Content]:
    out = []
    for label, value in rows:
        head = fit(label, 9)
        for part in wrap(value, _CELLS - 9):
            out.append(line((head, "$text-muted"), (part, style)))
            head = " " * 9
    return out
