"""`why ID`: the derivation of a record, an entry, a statement line or a figure."""

from collections.abc import Callable
from typing import Any

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import language
from agent_tui.readings import WhyView
from agent_tui.words import explain
from shared_rules.why.derivation import Used


def why(context: Context) -> int:
    """Print it."""
    with opened(context) as book:
        view, named = book.read.why(context.args.id), book.members.named
        context.show(document(view, named), lambda: _print(view, named))
    return 0


def _print(view: WhyView, named: Callable[[str], str]) -> None:
    for line in explain.lines(view, named):
        output.line(line)


def document(view: WhyView, named: Callable[[str], str]) -> dict[str, Any]:
    """A derivation as `why --json` has it; `text` of a term is in the language in use."""
    why = view.why
    return {
        "id": why.id,
        "subject": why.subject,
        "agent": why.agent,
        "what": why.what,
        "value": why.value,
        "day": why.day.isoformat() if why.day else None,
        "month": why.month,
        "rules": [
            {
                "id": rule.id,
                "title": rule.title.of(language()),
                "clause": rule.clause,
                "status": rule.status,
                "policy": rule.policy,
                "digest": rule.digest,
                "from": rule.effective.isoformat() if rule.effective else None,
            }
            for rule in why.rules
        ],
        "arithmetic": [
            {
                "code": term.code,
                "values": term.values,
                "text": explain.term(term, view.policy, named),
                "ref": term.ref or None,
            }
            for term in why.terms
        ],
        "records": [_used(one) for one in why.records],
        "entered": _used(why.entered),
        "confirmed": _used(why.confirmed),
    }


def _used(one: Used | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"id": one.id, "kind": one.kind, "at": one.at.isoformat(), "by": one.by, "role": one.role}
