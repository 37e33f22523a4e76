"""The form as lines of cells, without a screen: where each field stands, what it shows, what a click there means."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from agent_tui.i18n import Language, t
from agent_tui.ui.commands import command
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.finding import Finding
from agent_tui.ui.desk.rules import Due, Option
from agent_tui.ui.desk.sheet import CHOSEN, FIELDS
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import crop, fit, safe, width, wrap
from agent_tui.ui.kit.when import time_text

ROWS = 7
"""Five rows of fields, two of hints."""

_HINT_ROWS = 2
_MATCH_CELLS = 20
_DUE_AT = 24
"""Where a follow-up that is being typed is shown as it was read."""

# For each language: rows of (field, column of its label, column of its value).
_PLACES: dict[Language, tuple[tuple[tuple[str, int, int], ...], ...]] = {
    "zh": (
        (("phone", 0, 5), ("outcome", 26, 31), ("verdict", 43, 43)),
        (("company", 0, 5), ("contact", 54, 61)),
        (("title", 0, 5), ("department", 19, 24), ("headcount", 36, 41), ("it_status", 53, 60)),
        (("interest", 0, 5), ("note", 14, 19)),
        (("follow_up", 0, 5),),
    ),
    "en": (
        (("phone", 0, 8), ("outcome", 26, 33), ("verdict", 52, 52)),
        (("company", 0, 8), ("contact", 53, 61)),
        (("title", 0, 8), ("department", 20, 25), ("headcount", 37, 43), ("it_status", 58, 61)),
        (("interest", 0, 9), ("note", 21, 26)),
        (("follow_up", 0, 9),),
    ),
}


class Span(msgspec.Struct, frozen=True):
    """A piece of a row: its column, its text, the name of its style, and what a click on it means.

    `target` is a field to go to, `digit:3` for a choice of the focused field, `match:0` for something found; empty
    for nothing.
    """

    at: int
    text: str
    style: str
    target: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """Whether the entry will count, and why not, in words; `short` where `text` has no room."""

    text: str
    style: str
    short: str = ""


class Picture(msgspec.Struct, frozen=True):
    """The form's rows, and where the cursor stands (column, row); None in a field that takes a digit alone."""

    rows: tuple[tuple[Span, ...], ...]
    cursor: tuple[int, int] | None


def picture(form: EntryForm, cells: int, language: Language, verdict: Verdict | None, now: datetime) -> Picture:
    """The form in a width of `cells`."""
    rows: list[tuple[Span, ...]] = []
    cursor = None
    for y, places in enumerate(_PLACES[language]):
        spans: list[Span] = []
        for index, (name, label_at, value_at) in enumerate(places):
            end = places[index + 1][1] - 1 if index + 1 < len(places) else cells
            if name == "verdict":
                if verdict:
                    room = end - value_at
                    text = verdict.short if verdict.short and width(verdict.text) > room else verdict.text
                    spans.append(Span(value_at, crop(safe(text), room), verdict.style))
                continue
            focused = form.sheet.focus == name
            spans.append(Span(label_at, t(f"desk.field_{name}"), "label--focus" if focused else "label", name))
            if focused and name not in CHOSEN:
                line_spans, x = _edited(form, name, value_at, end, now)
                spans += line_spans
                cursor = (x, y)
            else:
                spans.append(_value(form, name, value_at, end, now))
        rows.append(tuple(spans))
    return Picture((*rows, *_hints(form, cells)), cursor)


def form_titles(form: EntryForm, now: datetime) -> tuple[str, str]:
    """What stands on the form's upper border, and which keys on the lower."""
    sheet = form.sheet
    lies = sheet.lay(now) and not sheet.waited(now)
    if sheet.started_at and (sheet.correcting or sheet.aside or lies):
        time = time_text(sheet.started_at, now)
        title = t("desk.form_correcting" if sheet.correcting else "desk.form_aside", time=time)
    else:
        title = f"{t('desk.form_title')} {elapsed(sheet.elapsed(now))}".strip()
    if sheet.known and sheet.known.listed:
        title += f"  {t('desk.form_listed')}"
    elif (called := sheet.known and sheet.known.called_today) and called.date() == now.date() and not sheet.correcting:
        title += f"  {t('desk.form_called_today', time=f'{called:%H:%M}')}"
    if sheet.card:
        title += f"  {t('desk.form_card')}"
    if form.busy:
        keys = "form_writing"
    elif form.finding.matches:
        keys = "keys_found"
    elif form.opened and sheet.focus == "outcome":
        keys = "keys_opened"
    elif sheet.focus == "phone":
        keys = "keys_number"
    elif sheet.focus == "outcome" and not sheet.value("outcome"):
        keys = "keys_ready"
    else:
        keys = "keys_done" if not form.left else "keys_choose" if sheet.focus in CHOSEN else "keys_next"
    labels = {name: command(f"desk.{name}").label for name in ("save", "undo", "new", "skip")}
    return title, t(f"desk.{keys}", **labels)


def elapsed(seconds: int | None) -> str:
    """How long a call has lasted: 00:41, 1:02:03."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:02}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def display_due(due: Due, text: str, now: datetime) -> str:
    """A follow-up as it was read: 下周同日 周一 11-30 14:32."""
    if due.problem == "unreadable":
        return f"{text} {t('desk.due_unreadable')}"
    if due.at is None:
        return due.label
    when = time_text(due.at, now)
    if due.problem == "past":
        when = f"{when} {t('desk.due_past')}"
    elif due.off:
        when = f"{when} {t('desk.due_off')}"
    return f"{due.label} {when}".strip()


def _value(form: EntryForm, name: str, at: int, end: int, now: datetime) -> Span:
    """A field that is not being typed in."""
    focused = form.sheet.focus == name
    value = form.sheet.value(name)
    shown = form.rules.label(name, value) if name in CHOSEN else value
    if name == "phone":
        shown = display_phone(value, end - at)
    elif name == "follow_up" and value.strip():
        shown = display_due(form.due, value, now)
    if not shown.strip():
        placeholder = _placeholder(form, name)
        style = "value--focus" if focused else "warn" if placeholder == t("desk.required") else "placeholder"
        return Span(at, fit(placeholder, end - at), style, name)
    answer = form.sheet.answers[name]
    style = "value--selected" if focused else "value--known" if answer.source in ("known", "preset") else "value"
    return Span(at, crop(safe(shown), end - at), style, name)


def _placeholder(form: EntryForm, name: str) -> str:
    if name in form.rules.required and form.rules.spoke(form.sheet.value("outcome")):
        return t("desk.required")
    if name in (form.sheet.focus, "follow_up"):
        return t(
            "desk.digit_only" if name in CHOSEN else "desk.digit_or_text" if form.rules.options(name) else "desk.text"
        )
    return ""


def _edited(form: EntryForm, name: str, at: int, end: int, now: datetime) -> tuple[list[Span], int]:
    """The field being typed in, and the column of the cursor."""
    line = form.line
    due = display_due(form.due, "", now).strip() if name == "follow_up" and line.text.strip() else ""
    if due:
        end = min(end, at + _DUE_AT)
    room = max(1, end - at)
    if not line.text:
        return [Span(at, fit(_placeholder(form, name), room), "value--focus", name)], at
    shown, x = window(line.text, line.cursor, room)
    if line.selected:
        spans = [Span(at, shown, "value--selected", name)]
        spans.append(Span(at + width(shown), " " * (room - width(shown)), "value--focus", name))
    else:
        spans = [Span(at, fit(shown, room), "value--focus", name)]
    if due:
        spans.append(Span(end + 1, due, "warn" if form.due.problem or form.due.off else "good", name))
    return spans, at + x


def window(text: str, cursor: int, cells: int) -> tuple[str, int]:
    """The part of `text` that fits in `cells` with the cursor in it, and the cursor's column there."""
    start, x = cursor, 0
    while start > 0 and x + width(safe(text[start - 1])) < cells:
        start -= 1
        x += width(safe(text[start]))
    return crop(safe(text[start : start + cells]), cells), x


# ---- hints ----


def _hints(form: EntryForm, cells: int) -> list[tuple[Span, ...]]:
    name = form.sheet.focus
    if form.asking:
        outcome = form.rules.label("outcome", form.sheet.value("outcome"))
        question = t("desk.ask_list", outcome=outcome, phone=display_phone(form.sheet.value("phone")))
        return [(Span(0, crop(safe(question), cells), "warn"),), (Span(0, t("desk.ask_keys"), "hint"),)]
    label = t(f"desk.field_{name}")
    if form.finding.matches:
        found = match_rows(form.finding, cells, width(label) + 2)
        return [(Span(0, label, "label--focus"), *found[0]), *found[1:]]
    options = form.rules.options(name, form.sheet.value("outcome"))
    if options:
        rows = flow(options, cells, width(label) + 2)
        style = "hint--deaf" if name == "outcome" and form.deaf else "hint"
        spans = [tuple(part for at, option in row for part in _option(at, option, style)) for row in rows[:_HINT_ROWS]]
    else:
        texts = wrap(
            t(f"desk.hint_{name}" if name in ("phone", "company") else "desk.hint_text"), cells - width(label) - 2
        )[:_HINT_ROWS]
        spans = [(Span(width(label) + 2, text, "hint"),) for text in texts]
    spans[0] = (Span(0, label, "label--focus"), *spans[0])
    return spans + [()] * (_HINT_ROWS - len(spans))


def match_rows(finding: Finding, cells: int, indent: int) -> list[tuple[Span, ...]]:
    """What was found, in the hint rows: from the first on, or, where the picked one has no room then, from that."""
    rows = _matches(finding, 0, cells, indent)
    shown = {span.target for row in rows for span in row}
    if finding.picked is not None and f"match:{finding.picked}" not in shown:
        rows = _matches(finding, finding.picked, cells, indent)
    return rows


def _matches(finding: Finding, first: int, cells: int, indent: int) -> list[tuple[Span, ...]]:
    rows: list[list[Span]] = [[]]
    at = indent
    for place, match in enumerate(finding.matches[first:], first):
        title = crop(safe(match.title), _MATCH_CELLS)
        detail = crop(safe(match.detail), _MATCH_CELLS)
        wide = width(title) + width(detail) + (1 if detail else 0)
        if at + wide > cells:
            if len(rows) == _HINT_ROWS:
                break
            rows.append([])
            at = indent
        target, picked = f"match:{place}", place == finding.picked
        rows[-1].append(Span(at, title, "value--selected" if picked else "hint", target))
        if detail:
            style = "value--selected" if picked else "hint--digit"
            rows[-1].append(Span(at + width(title), " " + detail, style, target))
        at += wide + 2
    return [tuple(row) for row in rows] + [()] * (_HINT_ROWS - len(rows))


def flow(options: Sequence[Option], cells: int, indent: int) -> list[list[tuple[int, Option]]]:
    """The options in rows of `cells`, each with its column; the first row begins at `indent`."""
    rows: list[list[tuple[int, Option]]] = [[]]
    at = indent
    for option in options:
        wide = width(_option_text(option))
        if at + wide > cells and rows[-1]:
            rows.append([])
            at = 0
        rows[-1].append((at, option))
        at += wide + 1
    return rows


def _option(at: int, option: Option, style: str) -> tuple[Span, Span]:
    target = f"digit:{option.digit}"
    label = _option_text(option)[1:]
    return Span(at, option.digit, "hint--digit" if style == "hint" else style, target), Span(
        at + 1, label, style, target
    )


def _option_text(option: Option) -> str:
    """`1要报价`; a label that begins with a digit or a Latin letter has a blank before it: `3 51-200`."""
    label = safe(option.label)
    return f"{option.digit} {label}" if label[:1].isascii() else f"{option.digit}{label}"


def field_at(shown: Picture, x: int, y: int) -> str:
    """What a click on a cell means: a span's target, else the field before it in the row."""
    if not 0 <= y < len(shown.rows):
        return ""
    before = [span for span in shown.rows[y] if span.at <= x]
    if not before:
        return ""
    last = before[-1]
    inside = x < last.at + width(last.text)
    return last.target if inside or last.target in FIELDS else ""
