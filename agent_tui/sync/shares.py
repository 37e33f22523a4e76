"""Making a place into a team's share, and finding the team that is in one."""

from collections.abc import Mapping

from agent_tui.errors import Problem
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, reason_of
from agent_tui.sync.documents import MAX_DOCUMENT
from agent_tui.sync.readme import README_BYTES


def must_be_free(backend: Backend) -> None:
    """Raise Problem for a place that does not exist, cannot be written to, or holds anything.

    What an interrupted `found` left behind is allowed.
    """
    probe = backend.probe()
    if not probe.present:
        raise Problem("sync.no_folder", place=backend.place)
    try:
        there = [entry for entry in backend.list("") if names.oddity(entry.name) != "junk"]
    except OSError as error:
        raise not_working(backend, error) from error
    if any(entry.name == names.TEAM for entry in there):
        raise Problem("sync.share_taken", place=backend.place)
    if not all(names.usual_at_top(entry.name, entry.kind) for entry in there):
        raise Problem("sync.share_not_empty", place=backend.place)
    if not probe.writable:
        raise Problem("sync.share_read_only", place=backend.place)


def must_be_ours(backend: Backend) -> bytes | None:
    """The team.json of a place, None if it is free for a share. Raises Problem as `must_be_free` otherwise."""
    try:
        return team_document(backend)
    except Problem as problem:
        if problem.name != "sync.share_no_team":
            raise
    must_be_free(backend)
    return None


def found(backend: Backend, documents: Mapping[str, bytes]) -> None:
    """Make an empty place the share of a team. team.json, one of `documents`, is written last. Raises Problem as
    `must_be_free`.
    """
    must_be_free(backend)
    try:
        backend.put_new(names.README, README_BYTES)
        for name in sorted(documents, key=lambda name: name == names.TEAM):
            backend.put_new(name, documents[name])
    except OSError as error:
        raise not_working(backend, error) from error


def not_working(backend: Backend, error: OSError) -> Problem:
    """The Problem for a place that cannot be made into a share, or joined, because of `error`."""
    return Problem("sync.not_working", place=backend.place, reason=reason_of(backend, error))


def team_document(backend: Backend) -> bytes:
    """The team.json of a share, unchecked. Raises Problem for a place that does not exist or is no team's."""
    try:
        if not backend.probe().present:
            raise Problem("sync.no_folder", place=backend.place)
        return backend.read(names.TEAM, 0, MAX_DOCUMENT)
    except FileNotFoundError:
        raise Problem("sync.share_no_team", place=backend.place) from None
    except OSError as error:
        raise not_working(backend, error) from error
