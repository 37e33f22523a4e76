"""From a line to the fact it tells, where that needs no key and no membership but whose device wrote it."""

from datetime import datetime

import msgspec

from agent_tui.book.pen import tag_of
from shared_rules.facts import Fact
from shared_rules.lines import Line
from shared_rules.record_parts import Body
from shared_rules.records import Call, Correction, Void, reader

_OWN: dict[str, type[Body]] = {model.kind: model for model in (Call, Correction, Void)}


def own_fact(line: Line, person: str) -> Fact | None:
    """The call of a person, or the change to one, in a line of a device of theirs; None where it is no plain one."""
    model = _OWN.get(line.kind)
    if model is None or line.agent != person or not line.known:
        return None
    at = instant(line.at)
    if at is None:
        return None
    try:
        body = reader(model)(line.body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    return Fact(line.kind, person, line.id, line.writer, line.seq, at, person, body, tag_of(body))


def instant(at: str) -> datetime | None:
    """The instant that a line names; None where it names none."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo else None
