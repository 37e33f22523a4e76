"""Whether an entry counts, in words: while it is typed, and when it was saved."""

from collections.abc import Sequence

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.layout import Verdict
from agent_tui.ui.kit.names import company, person
from agent_tui.ui.kit.when import day_text
from agent_tui.views import CallView

_NAMED = 3
"""So many missing fields are named; more are counted."""


def verdict(book: Book, form: EntryForm) -> Verdict | None:
    """Whether the entry being typed will count; None before there is an outcome."""
    if not form.sheet.value("outcome"):
        return None
    entry = form.entry()
    correcting = form.sheet.correcting
    preview = book.own.preview(entry, correcting.id if correcting else None)
    if not preview.spoken:
        return Verdict(t("desk.counts_not_spoken"), "muted")
    if preview.missing:
        short = t("desk.lacks_count", count=len(preview.missing))
        return Verdict(t("desk.lacks", fields=lacking(preview.missing)), "warn", short)
    if preview.barred:
        return Verdict(t(f"desk.counts_{preview.barred}"), "warn", t(f"desk.row_{preview.barred}"))
    if preview.repeat:
        return Verdict(t("desk.counts_repeat"), "warn")
    if preview.waits:
        return Verdict(t("desk.counts_pending"), "warn", t("desk.row_pending"))
    return Verdict(t("desk.counts_valid_lead" if entry.interest else "desk.counts_valid"), "good")


def lacking(missing: Sequence[str]) -> str:
    """The missing fields by name, the first few of many."""
    names = [t(f"desk.field_{name}") for name in missing]
    if len(names) <= _NAMED:
        return t("ui.between").join(names)
    return t("desk.lacks_more", fields=t("ui.between").join(names[: _NAMED - 1]), count=len(names))


def saved_text(book: Book, form: EntryForm, call: CallView, *, corrected: bool) -> str:
    """What is said when a call was saved: whose, its outcome, and whether it counts."""
    who = person(call.customer) or company(call.customer)
    outcome = form.rules.label("outcome", call.outcome)
    saved = t("desk.corrected" if corrected else "desk.saved", who=who, outcome=outcome)
    if book.sharing.ended:
        return t("desk.saved_ended", saved=saved)
    counts = _counted(call)
    if counts and call.day != book.today():
        counts = t("desk.of_day", day=day_text(call.day), counts=counts)
    return t("desk.saved_counts", saved=saved, counts=counts) if counts else saved


def _counted(call: CallView) -> str:
    """What a saved call counts for, or in a few words why it does not; empty where its outcome says so itself."""
    if call.pending:
        return t("desk.counts_pending")
    if call.valid:
        return t("desk.counts_valid_lead" if call.lead else "desk.counts_valid")
    if call.why_not == "incomplete":
        return t("desk.lacks", fields=lacking(call.missing))
    if call.why_not == "repeat":
        return t("desk.counts_lead" if call.lead else "desk.counts_repeat")
    return t(f"desk.row_{call.why_not}")
