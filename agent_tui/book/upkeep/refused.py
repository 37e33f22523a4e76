"""What counts nothing because its author may not write it, or wrote it past the device's end."""

from collections import Counter
from itertools import islice

from agent_tui.book.folding.taken import LeftOut, Why
from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from shared_rules.records.kinds import BODIES, reader
from shared_rules.records.parts import tag_of

# A hostile writer must not keep a screen waiting; so many say enough.
_LOOKED_AT = 1000


def refusals(session: Session) -> Counter[tuple[str, Why]]:
    """How many lines were refused, by writer and reason.

    Not those that only a newer program knows, nor of a device that nobody let in; and not what a device brought over
    under its next key, where it counts. But those whose keys have not come: where they never do, somebody is kept from
    what others count.
    """
    left = islice(session.folds.left_out.values(), _LOOKED_AT)
    found = Counter((one.writer, one.why) for one in left if _is_refusal(session, one))
    me = session.place.me
    if me is not None and me.end is not None:
        return found  # what is written since is sealed without this device; `check` says how much
    waiting = islice(session.folds.unopened.values(), _LOOKED_AT)
    found.update((stored.line.writer, "unopened") for stored in waiting if not _is_erased(session, stored))
    return found


def _is_erased(session: Session, stored: Stored) -> bool:
    """Whether a line put a number on the do-not-call list that was erased since, read before the erasure was."""
    line = stored.line
    tag = tag_of(reader(BODIES[line.kind])(line.body)) if line.kind == "do_not_call" else None
    return tag is not None and session.folds.erased(line.agent, tag)


def _is_refusal(session: Session, one: LeftOut) -> bool:
    binding = session.place.membership.binding(one.writer)
    if binding is None or one.why in ("newer", "unbound"):
        return False
    fold = session.folds.agents.get(one.agent)
    counts_elsewhere = fold is not None and fold.fact(binding.person, one.id) is not None
    return one.why not in ("ended", "branch") or not counts_elsewhere
