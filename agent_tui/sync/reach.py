"""Whether a share can be reached now, for commands that do not sync."""

import threading
from collections.abc import Callable
from typing import TypeVar

from agent_tui.errors import Problem, system_reason
from agent_tui.sync import names
from agent_tui.sync.places import open_backend

T = TypeVar("T")


def unreachable(place: str, seconds: float) -> Problem | None:
    """Why a team's share cannot be used now; None if it can. A share that hangs is given so many seconds."""
    try:
        there = in_time(lambda: open_backend(place).list(""), seconds)
    except Problem as problem:
        return problem
    except OSError as error:
        return Problem("sync.trouble", place=place, reason=system_reason(error))
    if there is None:
        return Problem("sync.no_answer", place=place)
    if any(entry.name == names.TEAM for entry in there):
        return None
    return Problem("sync.share_no_team" if there else "sync.share_empty", place=place)


def in_time(work: Callable[[], T], seconds: float) -> T | None:
    """What `work` returns within so many seconds; None if it hangs. What it raises is raised here."""
    done: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, name="agent-tui-reach", daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    return done[0] if done else None
