"""Which record an id names. Ids of honest programs are unlike; who has the folder may write another's in a record of
their own, so that a verdict, a ruling or an answer would be about that.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter

from tinydb import where
from tinydb.table import Document

from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ids import made_at
from agent_tui.store.segments import Stored

_ID = re.compile(r"(?:([A-Za-z0-9][A-Za-z0-9_-]{0,31})/)?([0-9A-Za-z-]{1,40})")


def named(author: str, id: str) -> str:
    """The name of a record that no other person's can be taken for."""
    return f"{author}/{id}"


def id_in(name: str) -> str:
    """The id in what `named` gives; an id alone is itself."""
    return name.rpartition("/")[2]


def _line(stored: Stored) -> tuple[str, int]:
    return stored.line.writer, stored.line.seq


def lines_of(session: Session, name: str) -> list[Stored]:
    """The lines of the record `name`, an id or what `named` gives; none where there is none.

    Those that count first, then the newest segment's. Of several people's with one id it is that which counts; of
    those, a supervisor's. Raises Problem for two.
    """
    match = _ID.fullmatch(name)
    if match is None:
        return []
    author, id = match[1], match[2]
    found: dict[str, list[Stored]] = {}
    for held in segments_with(session, id):
        binding = session.place.membership.binding(held.writer)
        person = binding.person if binding else ""
        if author in (None, person):
            found.setdefault(person, []).extend(one for one in session.segments.read(held) if one.line.id == id)
        if author is None and held.writer == session.place.writer:
            break  # what was written here is meant
    refused = {_line(one) for lines in found.values() for one in lines if session.folds.refusal(one) is not None}
    for lines in found.values():
        lines.sort(key=lambda one: _line(one) in refused)
    if len(found) > 1:
        counting = {person: lines for person, lines in found.items() if _line(lines[0]) not in refused}
        # Whoever writes about another is a supervisor.
        about_others = {person: lines for person, lines in counting.items() if lines[0].line.agent != person}
        found = about_others or counting or found
    if len(found) > 1:
        raise of_two(id, found)
    return next(iter(found.values()), [])


def of_two(id: str, people: Iterable[str]) -> Problem:
    """Says that an id is in the records of several people."""
    names = [named(person, id) for person in sorted(people)]
    return Problem("errors.id_of_two", id=id, names=t("ui.between").join(names), first=names[0])


def segments_with(session: Session, id: str) -> Iterator[Held]:
    """The segments that have a record with that id: by the own records held as documents, then by reading, the
    newest first.

    Once there is one, as far back as the day on which the id was made: further back lies no honest record with it.
    """
    with session.place.records_lock:
        document = session.place.records.records.get(where("id") == id)
    own = session.segments.of(session.place.writer, document.doc_id) if isinstance(document, Document) else None
    if own is not None:
        yield own
    made, found = made_at(id), own is not None
    least = made.astimezone(session.place.zone).date() if made else date.max
    newest = sorted(session.segments.held(), key=lambda one: (one.day, one.name), reverse=True)
    wanted = dict.fromkeys((one.writer for one in newest), (id,))
    for day, of_day in groupby(newest, attrgetter("day")):
        if found and day < least:
            return
        # A correction names the id of its call too.
        for held in session.marks.having(of_day, wanted):
            there = own is not None and held.name == own.name
            if not there and any(stored.line.id == id for stored in session.segments.read(held)):
                found, least = True, min(least, held.day)
                yield held
