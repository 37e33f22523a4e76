"""Calls whose number was corrected: the other tags they were recorded under, which an erasure must name as well.

The first version of such a call stays in the log, with the customer's name sealed under the wrong number, or under a
tag of its own where there was no usable one. So does what a call says whose number was taken out.
"""

from collections import defaultdict
from collections.abc import Collection

from agent_tui.book.folding.plain import call_body
from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from shared_rules.folding.contents import content_of
from shared_rules.folding.facts import Fact
from shared_rules.records.kinds import Correction, ErasedTag, reader
from shared_rules.records.lines import Line, tags_in
from shared_rules.records.parts import path_of, tag_of


def earlier_tags(session: Session, tags: frozenset[str]) -> list[tuple[ErasedTag, str | None]]:
    """The other tags of the calls that were corrected to one of `tags`, or from it to no usable number, each with the
    number it stands for, if that can be read here; without tags that are another customer's too. The agents' last word
    decides: a confirmed day settles only its figures.
    """
    numbers: dict[tuple[str, str], str] = {}
    found = put_right(session, tags)
    for (agent, tag), facts in found.items():
        for fact in facts:
            if fact.tag == tag and (customer := session.customers.of(fact)):
                numbers[agent, tag] = customer.phone
    return [(ErasedTag(agent=agent, tag=tag), numbers.get((agent, tag))) for agent, tag in found]


def put_right(session: Session, tags: frozenset[str]) -> dict[tuple[str, str], list[Fact]]:
    """The calls that were corrected to one of `tags`, or from it to no usable number, with their changes, by agent and
    each other tag they had.
    """
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for agent, author, id in _corrected(session, tags):
        fold = session.folds.fold(agent)
        call, changes = fold.fact(author, id), fold.amendments(author, id)
        if call is not None and call.kind == "call" and content_of(call, changes).call.phone_tag in {None, *tags}:
            for tag in {tag for fact in (call, *changes) if (tag := path_of(fact.body))} - tags:
                found[agent, tag] += (call, *changes)
                ids[agent, tag].add(id)
    return {place: facts for place, facts in found.items() if not _others(session, *place, ids[place])}


def _corrected(session: Session, tags: frozenset[str]) -> set[tuple[str, str, str]]:
    """Agent, author and id of each call that a correction gave one of those tags, or whose number, which had it, a
    correction took out; what is about them gets folded.
    """
    lines = [stored.line for stored in with_tags(session, tags)]
    calls = {line.id for line in lines if line.kind == "call"}
    corrections = [line for line in lines if line.kind == "correction"]
    for held in _having(session, calls):
        lines = [stored.line for stored in session.segments.read(held)]
        corrections += (line for line in lines if line.kind == "correction" and _takes_out(line, calls))
    abouts = [(line.agent, reader(Correction)(line.body).about) for line in corrections]
    found = {(agent, about.author, about.id) for agent, about in abouts}
    for held in _having(session, {id for _, _, id in found}):
        session.load_segment(held)
    return found


def _others(session: Session, agent: str, tag: str, ids: set[str]) -> bool:
    """Whether another record of the agent's, about none of those calls, has that tag."""
    return any(stored.line.agent == agent and _call_of(stored) not in ids for stored in with_tags(session, {tag}))


def with_tags(session: Session, tags: frozenset[str] | set[str]) -> list[Stored]:
    """The records that count and have one of those tags."""
    return [
        stored
        for held in _having(session, tags)
        for stored in session.segments.read(held)
        if not tags.isdisjoint(tags_in(stored.raw)) and session.folds.refusal(stored) is None
    ]


def _having(session: Session, texts: Collection[str]) -> list[Held]:
    """The segments that have one of those ids or tags."""
    held = list(session.segments.held())
    return list(session.marks.having(held, dict.fromkeys((one.writer for one in held), texts)))


def _call_of(stored: Stored) -> str | None:
    """The id of the call that a call or a change to one is about; None for another record."""
    body = call_body(stored.line)
    if body is None:
        return None
    id: str = stored.line.id if stored.line.kind == "call" else body.about.id
    return id


def _takes_out(line: Line, calls: Collection[str]) -> bool:
    """Whether a correction leaves one of those calls without a usable number."""
    body = call_body(line)
    return body is not None and body.about.id in calls and tag_of(body) is None
