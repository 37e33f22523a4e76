"""`show`: one record laid open, member by member."""

from collections.abc import Iterator
from typing import Any

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import t, texts
from agent_tui.words.titles import outcome_title
from shared_rules.folding.locks import numbers_of
from shared_rules.policies.policy import Policy

# Where the words of a member's values stand.
_WORDS = {
    "kind": "why.kind_",
    "kind_of": "why.kind_",
    "why_not": "record.why_",
    "left_out": "check.why_",
    "interest": "reports.interest_",
    "filled": "record.key_",
    "missing": "cli.field_",
    "type": "deeds.what_",
    "side": "acts.side_",
    "meeting": "deeds.meeting_",
    "state": "deeds.state_",
    "step": "acts.step_",
    "brought": "acts.step_",
    "role": "cli.role_",
}


def show(context: Context) -> int:
    """Print a record with what this device may read of it."""
    with opened(context) as book:
        record = book.record(context.args.id)
        policy = book.policy()
    context.show(record, lambda: _print(record, policy))
    return 0


def _print(record: dict[str, Any], policy: Policy) -> None:
    for line in _lines(record, policy, ""):
        output.line(line)


def _lines(members: dict[str, Any], policy: Policy, indent: str) -> Iterator[str]:
    """A line a member, those of a member indented under it; what is empty is left out."""
    for key, value in members.items():
        # Of a request for sick leave the note is the doctor's, there or not; of all else it is a text.
        name = "doctors_note" if key == "note" and isinstance(value, bool) else key
        label = f"{indent}{_text(f'record.key_{name}', key)}: "
        if value is None and key in ("customer", "content"):
            yield label + t("erase.customer_gone" if members.get("erased") else "record.unreadable")
        elif key == "erased":
            continue  # told in place of the customer
        elif value in (None, "", [], {}):
            continue
        elif isinstance(value, dict):
            yield label.rstrip()
            yield from _lines(value, policy, indent + "  ")
        elif isinstance(value, list) and isinstance(value[0], dict):
            for number, each in enumerate(value, 1):
                yield f"{label}{number}"
                yield from _lines(each, policy, indent + "  ")
        elif isinstance(value, list):
            yield label + t("ui.between").join(_word(key, each, policy) for each in value)
        else:
            yield label + _word(key, value, policy)


def _word(key: str, value: Any, policy: Policy) -> str:
    if isinstance(value, bool):
        return t("record.yes" if value else "record.no")
    if key == "records":
        return t("record.named", count=len(numbers_of(value)))
    if key == "outcome":
        return outcome_title(policy, value)
    return _text(f"{_WORDS[key]}{value}", str(value)) if key in _WORDS else str(value)


def _text(name: str, otherwise: str) -> str:
    """The text of that name, where there is one: what a newer program wrote has other members and values."""
    area, _, key = name.partition(".")
    return t(name) if key in texts(area) else otherwise
