"""Which history of a key its end refers to, if the folder has another one than was read here."""

from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from agent_tui.trust.errors import TrustError
from shared_rules.records.kinds import BODIES, reader
from shared_rules.records.lines import SIGNATURE, Line
from shared_rules.records.parts import path_of


def branch(session: Session, held: Held) -> list[Stored]:
    """The lines of a segment among which its writer's end is looked for: those read here, as what was seen must stand.

    Instead the lines in the folder, which all others can read, if nothing is lost by that: each record read here is
    there too, or was brought over unchanged under another key of its person.
    """
    mine = list(session.segments.read(held))
    other = session.segments.read_other(held)
    there = {one.raw for one in other}
    apart = [one for one in mine if one.line.kind != SIGNATURE and one.raw not in there]
    return other if other and _brought_over(session, held.writer, apart) else mine


def _brought_over(session: Session, writer: str, lines: list[Stored]) -> bool:
    membership = session.place.membership
    me = membership.binding(writer)
    others = {one.writer for one in membership.bindings() if me and one.person == me.person} - {writer}
    wanted = {one.line.id: one.line for one in lines}
    found = set()
    for held in list(session.segments.held()):
        for stored in session.segments.read(held) if held.writer in others else ():
            line = stored.line
            if line.id in wanted and membership.counts(line.writer, line.seq) is None:
                if not _alike(session, wanted[line.id], line):
                    return False
                found.add(line.id)
    return found == wanted.keys()


def _alike(session: Session, one: Line, two: Line) -> bool:
    """Whether two lines with one id say the same. If the first cannot be opened here, nothing is lost."""
    if (one.kind, one.at, one.agent, bytes(one.body)) != (two.kind, two.at, two.agent, bytes(two.body)):
        return False
    return one.sealed is None or opened(session, one) in (None, opened(session, two))


def opened(session: Session, line: Line) -> bytes | None:
    """What is sealed in a line; None where it cannot be opened here."""
    try:
        return session.rings.open(line, path_of(reader(BODIES[line.kind])(line.body)))
    except (TrustError, ValueError, KeyError):
        return None
