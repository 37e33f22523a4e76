"""What a confirmation of a day names: the segments that its figures were read from, and the policy that judged it."""

from collections import defaultdict
from datetime import date
from hashlib import sha256

from agent_tui.book.segments import Held
from agent_tui.book.session import Session
from agent_tui.store.segments import SIGNATURE, Stored
from shared_rules.entries import ConfirmSecret, Settled


def confirmation(session: Session, agent: str, day: date, text: str = "") -> ConfirmSecret:
    """The secret of a `confirm` record of an agent's day as it stands here, in place of all earlier ones.

    The month of the day must be loaded.
    """
    fold = session.folds.fold(agent)
    wanted: dict[str, set[int]] = defaultdict(set)
    for writer, seq in fold.lines(day):
        wanted[writer].add(seq)
    segments = [held for held in session.segments.held() if held.writer in wanted]
    named = [one for held in segments if (one := _settled(session, held, wanted[held.writer]))]
    return ConfirmSecret(
        day=day,
        segments=tuple(named),
        policy=session.folds.policies.on(day).digest,
        replaces=tuple(fact.id for fact in fold.dossier.all("confirm", day)),
        text=text,
    )


def _settled(session: Session, held: Held, wanted: set[int]) -> Settled | None:
    """What is read of a segment: up to the last line folded here. None where it holds no line that is wanted."""
    if not session.segments.holds(held, wanted):
        return None
    last_folded = session.folds.last.get(held.writer, 0)
    found: list[Stored] = [
        stored
        for stored in session.segments.read(held)
        if stored.line.kind != SIGNATURE and stored.line.seq <= last_folded
    ]
    if wanted.isdisjoint(stored.line.seq for stored in found):
        return None
    length = found[-1].offset + len(found[-1].raw)
    data = (session.place.home.read(held.path) or b"")[:length]
    return Settled(
        name=held.name,
        length=length,
        sha256=sha256(data).hexdigest(),
        first=found[0].line.seq,
        last=found[-1].line.seq,
    )
