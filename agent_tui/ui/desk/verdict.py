"""Whether an entry counts, in words: while it is typed, and when it was saved."""

from collections.abc import Sequence
from datetime import date

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.layout import Verdict
from agent_tui.ui.kit.when import day_text
from agent_tui.views import CallView

_NAMED = 3
"""So many missing fields are named; more are counted."""


def verdict(book: Book, form: EntryForm) -> Verdict | None:
    """Whether the entry being typed will count; None before there is an outcome."""
    if not form.sheet.value("outcome"):
        return None
    entry = form.entry()
    preview = book.own.preview(entry)
    if not preview.spoken:
        return Verdict(t("desk.counts_not_spoken"), "muted")
    if preview.missing:
        short = t("desk.lacks_count", count=len(preview.missing))
        return Verdict(t("desk.lacks", fields=lacking(preview.missing)), "warn", short)
    if preview.repeat and form.sheet.correcting is None:
        return Verdict(t("desk.counts_repeat"), "warn")
    return Verdict(t("desk.counts_valid_lead" if entry.interest else "desk.counts_valid"), "good")


def lacking(missing: Sequence[str]) -> str:
    """The missing fields by name, the first few of many."""
    names = [t(f"desk.field_{name}") for name in missing]
    if len(names) <= _NAMED:
        return t("desk.between").join(names)
    return t("desk.lacks_more", fields=t("desk.between").join(names[: _NAMED - 1]), count=len(names))


def counted(call: CallView, today: date) -> str:
    """What a saved call counts for, or in a few words why it does not, with its day if that is not today; empty where
    its outcome says so itself.
    """
    counts = _counted(call)
    return t("desk.of_day", day=day_text(call.day), counts=counts) if counts and call.day != today else counts


def _counted(call: CallView) -> str:
    if call.valid:
        return t("desk.counts_valid_lead" if call.lead else "desk.counts_valid")
    if call.why_not == "incomplete":
        return t("desk.lacks", fields=lacking(call.missing))
    if call.why_not == "repeat":
        return t("desk.counts_lead" if call.lead else "desk.counts_repeat")
    return t(f"desk.row_{call.why_not}")
