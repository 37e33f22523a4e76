"""One call in full, as far as this device may read it."""

from datetime import datetime
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.board.wording import LABELS, counts_for, field_title, interest_text
from agent_tui.ui.commands import command, with_twins
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.hints import key_and_title
from agent_tui.ui.kit.modal import Modal
from agent_tui.ui.kit.page import Plain, hinted
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import fit, line, width, wrap
from agent_tui.ui.kit.when import moment
from agent_tui.views import CallView
from agent_tui.words import explain
from agent_tui.words.titles import outcome_title

_CELLS = 56


_ACTS = ("verify", "points", "grade", "meeting")
"""What can be done about a call, on every page that opens one."""


class RecordView(Modal[str | None]):
    """The fields of one call, over the page it was opened from. The keys by which that page acts on a call leave it:
    the result is the action; None for Esc.
    """

    CSS = """
    RecordView { align: center middle; background: $background 50%; }
    RecordView > .box { width: 76; max-width: 96%; height: 92%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "dismiss", show=False)]

    def __init__(self, book: Book, call: CallView, scope: str) -> None:
        """`scope` is that of the page."""
        super().__init__()
        self._book = book
        self._call = call
        self._acts = [command(f"{scope}.{name}") for name in _ACTS]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box") as box:
            hints = "  ".join([*map(key_and_title, self._acts), t("board.record_hint")])
            hinted(box, t("board.record_title", time=f"{self._call.started_at:%H:%M:%S}"), hints)
            body = Plain(id="body")
            body.show_lines(*self._rows())
            yield body

    def on_key(self, event: events.Key) -> None:
        for act in self._acts:
            if {event.key, event.character} & {*with_twins(act.pressed)}:
                event.stop()
                self.dismiss(act.action)

    def on_mount(self) -> None:
        # Not before it is painted: what is shown while the first layout is under way may not be painted at all.
        self.call_after_refresh(
            in_background, self, self._read, self._show, lambda problem: self._show(({}, [str(problem)]))
        )

    def _read(self) -> tuple[dict[str, Any], list[str]]:
        """What came after the call, and why it counts as it does."""
        return self._book.record(self._call.named), explain.lines(
            self._book.read.why(self._call.named), self._book.members.named
        )

    def _show(self, read: tuple[dict[str, Any], list[str]]) -> None:
        record, reasons = read
        rows = [*self._rows(), *self._past(record), line(""), line((t("board.record_why"), "bold $accent"))]
        rows += [line(part) for reason in reasons for part in wrap(reason, _CELLS + 12)]
        self.query_one("#body", Plain).show_lines(*rows)

    def _past(self, record: dict[str, Any]) -> list[Content]:
        rows: list[Content] = []
        before = record.get("customer") or {}
        for one in record.get("history", []):
            at = moment(datetime.fromisoformat(one["at"]).astimezone(self._book.now().tzinfo))
            rows += [
                line(part)
                for part in wrap(
                    f"{at} {self._book.members.named(one['author'])} {past_text(one, before)}", _CELLS + 12
                )
            ]
            before = one.get("customer") or before
        return [line(""), line((t("board.record_past"), "bold $accent")), *rows] if rows else []

    def _rows(self) -> list[Content]:
        call = self._call
        found = [
            ("call_outcome", outcome_title(self._book.policy(call.day), call.outcome)),
            ("call_interest", interest_text(call)),
            ("call_counts", counts_for(call)),
            ("record_follow_up", moment(call.follow_up) if call.follow_up else ""),
            ("record_entered", moment(call.at)),
        ]
        customer = call.customer
        if customer is not None:
            number = customer.phone + (f" x{customer.extension}" if customer.extension else "")
            found.append(("record_phone", display_phone(number)))
            found += [(label, getattr(customer, name)) for name, label in LABELS.items() if name != "phone"]
        labels = max(width(t(f"board.{name}")) for name, _ in found) + 2
        out: list[Content] = []
        for name, value in found:
            head = fit(t(f"board.{name}"), labels)
            for part in wrap(value, _CELLS) if value else [""]:
                out.append(line((head, "$text-muted"), part))
                head = " " * labels
        if customer is None:
            gone = t("erase.customer_gone") if call.erased else t("board.record_sealed")
            out.append(line((gone, "$text-warning")))
        return out


def past_text(record: dict[str, Any], before: dict[str, Any]) -> str:
    """What a later record says of a call: which fields it changed, that it was withdrawn, or what was found of it."""
    content = record.get("content") or {}
    match record["kind"]:
        case "correction":
            now = record.get("customer") or {}
            fields = [
                f"{field_title(name)} {before.get(name) or '-'} -> {now.get(name) or '-'}"
                for name in LABELS
                if now.get(name, "") != before.get(name, "")
            ]
            return " ".join([t("board.past_correction"), *fields])
        case "void":
            return f"{t('board.past_void')} {content.get('text', '')}".strip()
        case "verdict":
            found = t("doing.verify_false" if content.get("false") else "doing.verify_true")
            return f"{t('queues.filed_verdict')} {found} {content.get('text', '')}".strip()
    return str(record["kind"])
