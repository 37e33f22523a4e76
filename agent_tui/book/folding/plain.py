"""From a line to the fact it states, where that takes no key, and of the members only whose device wrote it."""

from datetime import datetime
from typing import Any

from shared_rules.folding.facts import Fact, told_number
from shared_rules.records.kinds import Call, Correction, Void, reader
from shared_rules.records.lines import Line
from shared_rules.records.parts import YEARS, Body, tag_of

_OWN: dict[str, type[Body]] = {model.kind: model for model in (Call, Correction, Void)}


def call_body(line: Line) -> Any:
    """The clear body of a call or a change to one; None of any other line, and of one that cannot be read."""
    model = _OWN.get(line.kind)
    try:
        return reader(model)(line.body) if model else None
    except ValueError:
        return None


def own_fact(line: Line, person: str) -> Fact | None:
    """The call, or the change to one, in a line by a person's own device; None for any other line."""
    if line.agent != person or not line.known:
        return None
    at, body = instant(line.at), call_body(line)
    if at is None or body is None:
        return None
    return fact_of(line, person, at, body, tag_of(body))


def fact_of(line: Line, author: str, at: datetime, body: Any, tag: str | None) -> Fact:
    """The fact in a line by that author, written at that instant; `body` is what was read of it."""
    return Fact(line.kind, author, line.id, line.writer, line.seq, at, line.agent, body, told(line, author), tag)


def told(line: Line, author: str) -> int:
    """What a line tells in clear, as a number: see `told_number`."""
    return told_number(author, line.kind, line.id, line.at, line.body)


def instant(at: str) -> datetime | None:
    """The instant a line names; None if it names none, or one so remote that some time zones lack it, or names it in
    a form in which no day is seen.
    """
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo and found.year in YEARS and at[4] == at[7] == "-" else None
