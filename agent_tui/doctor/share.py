"""The share: whether it can be reached in time, is the team's, and takes what this machine sends."""

from collections.abc import Collection
from time import perf_counter

from agent_tui.doctor import Finding
from agent_tui.errors import Problem
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, Probe
from agent_tui.sync.places import open_backend
from agent_tui.sync.reach import in_time
from agent_tui.sync.shares import team_document
from agent_tui.trust.documents import parse_team
from agent_tui.views import SyncView

_PATIENCE_S = 5.0
_SLOW_S = 1.0


def by_share(view: SyncView, teams: Collection[str]) -> list[Finding]:
    """What the share tells; `teams` are the ids of those this machine is in."""
    place = view.share
    if place is None:
        return [Finding("share", "none", "note")]
    try:
        found = in_time(lambda: _looked(open_backend(place), place, teams), _PATIENCE_S)
    except (Problem, OSError) as error:
        return [Finding("share", "away", "trouble", {"reason": error})]
    if found is None:
        return [Finding("share", "hangs", "trouble", {"place": place, "seconds": int(_PATIENCE_S)})]
    if view.pending:
        found.append(Finding("share", "pending", "note", {"count": view.pending}))
    return found


def _looked(backend: Backend, place: str, teams: Collection[str]) -> list[Finding]:
    began = perf_counter()
    probe: Probe = backend.probe()
    if not probe.present:
        return [Finding("share", "gone", "trouble", {"place": place})]
    if parse_team(team_document(backend)).team not in teams:
        return [Finding("share", "other_team", "trouble", {"place": place})]
    backend.list(names.RECORDS)
    took = perf_counter() - began
    slow = took > _SLOW_S
    found = [
        Finding("share", "slow" if slow else "there", "trouble" if slow else "ok",
                {"place": place, "ms": f"{took * 1000:.0f}"})
    ]  # fmt: skip
    if not probe.writable:
        found.append(Finding("share", "read_only", "trouble", {"place": place}))
    odd = [entry.name for entry in backend.list("") if names.oddity(entry.name) == "conflict_copy"]
    if odd:
        found.append(Finding("share", "conflicts", "note", {"name": min(odd), "count": len(odd)}))
    return found
