"""What a confirmation of a day names: the records its figures come from, their segments, the policy that judged it."""

from datetime import date
from hashlib import sha256

from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from shared_rules.folding.locks import named
from shared_rules.records.entries import ConfirmSecret, Settled
from shared_rules.records.kinds import encode
from shared_rules.records.lines import SIGNATURE

# What fits, sealed and in Base64, into a line of 64 KiB: 4,000 records of one segment, or a thousand that were changed
# on two hundred days. Of a day's honest work there are some hundreds.
_ROOM = 47_500


def confirm_secret(session: Session, agent: str, day: date, text: str = "") -> ConfirmSecret:
    """The secret of a `confirm` record of an agent's day as it stands here, in place of all earlier ones.

    Raises Problem for a day of more records than one line can name.
    """
    session.load(day, agent)
    fold, person = session.folds.fold(agent), session.place.membership.person(agent)
    sources = fold.sources(day)
    read = [_settled(session, held) for held in session.segments.holding(set(sources))]
    records = named(sources.values())
    replaces = tuple(fact.id for fact in fold.dossier.all("confirm", day))
    told = (records, text, *replaces, *(encode(one).decode() for one in read))
    if sum(len(one.encode()) + 4 for one in told) > _ROOM:
        raise Problem("acts.day_too_long", agent=agent, day=day, count=len(sources), segments=len(read))
    return ConfirmSecret(
        day=day,
        segments=tuple(read),
        records=records,
        policy=session.folds.policies.on(day).digest,
        hired=session.folds.hired(person) if person else None,
        replaces=replaces,
        text=text,
    )


def _settled(session: Session, held: Held) -> Settled:
    """What is read of a segment: up to the last line folded here."""
    last_folded = session.folds.last.get(held.writer, 0)
    found = [
        stored
        for stored in session.segments.read(held)
        if stored.line.kind != SIGNATURE and stored.line.seq <= last_folded
    ]
    length = found[-1].offset + len(found[-1].raw)
    data = session.place.home.read(held.path) or b""
    return Settled(
        name=held.name,
        length=length,
        sha256=sha256(data[:length]).hexdigest(),
        first=found[0].line.seq,
        last=found[-1].line.seq,
    )
