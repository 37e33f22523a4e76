"""The machine: the data directory, its disk, the clock, the settings."""

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from agent_tui.doctor import Finding
from agent_tui.errors import Problem, system_reason
from agent_tui.settings import read
from agent_tui.store.odds import Odds

_ROOM = 200 * 1024 * 1024
_SLOW_S = 0.1
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nutstore", "坚果云", "syncthing")


def by_home(home: Path) -> list[Finding]:
    """What the data directory and its disk tell. Nothing is made where there is none yet."""
    place = home
    while not _there(place) and place != place.parent:
        place = place.parent
    found = [_room(place)]
    if any(part in str(home).casefold() for part in _SYNCED):
        found.append(Finding("system", "home_synced", "trouble", {"home": home}))
    if not os.access(place, os.W_OK):
        found.append(Finding("system", "home_read_only", "trouble", {"home": home}))
    elif _there(home):
        found.append(_flush(home))
        found.append(_private(home))
    return found


def _there(path: Path) -> bool:
    """Whether anything can be seen there: a path may be forbidden, too long, or lead through a file."""
    return os.access(path, os.F_OK)


def _room(place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    values = {"free": f"{free / 1024**3:.1f}"}
    return Finding("system", "room" if free >= _ROOM else "full", "ok" if free >= _ROOM else "trouble", values)


def _flush(home: Path) -> Finding:
    """How long a save waits for this disk."""
    path = home / f"doctor-{uuid4().hex}.tmp"
    try:
        with path.open("wb") as file:
            times = []
            for _ in range(5):
                began = perf_counter()
                file.write(b"x" * 512)
                file.flush()
                os.fsync(file.fileno())
                times.append(perf_counter() - began)
    except OSError as error:
        return Finding("system", "no_flush", "trouble", {"reason": system_reason(error)})
    finally:
        with suppress(OSError):
            path.unlink()
    took = sorted(times)[2]
    slow = took > _SLOW_S
    values = {"ms": f"{took * 1000:.1f}"}
    return Finding("system", "flush_slow" if slow else "flush", "trouble" if slow else "ok", values)


def _private(home: Path) -> Finding:
    open_to_others = os.name == "posix" and bool(home.stat().st_mode & 0o077)
    return Finding(
        "system", "home_open" if open_to_others else "home", "trouble" if open_to_others else "ok", {"home": home}
    )


def by_settings(odds: Path) -> list[Finding]:
    """Stored settings that are not taken, and a file of them that could not be read."""
    if not _there(odds):
        return []
    try:
        shelf = Odds(odds)
        stored = shelf.all("settings")
    except Problem as problem:
        return [Finding("system", "settings_unreadable", "trouble", {"reason": problem})]
    found = [Finding("system", "setting", "trouble", {"text": fault.text}) for fault in read(stored)[1]]
    if shelf.moved_aside:
        found.append(Finding("system", "settings_lost", "trouble", {"path": shelf.moved_aside}))
    return found or [Finding("system", "settings", "ok")]


def by_clock(now: datetime, newest: datetime | None) -> Finding:
    """Whether the clock stands before what it stamped last; `newest` is the latest record's instant."""
    back = newest is not None and (newest - now).total_seconds() > 60
    values = {"now": f"{now:%Y-%m-%d %H:%M}", "newest": f"{newest:%Y-%m-%d %H:%M}" if newest else ""}
    return Finding("system", "clock_back" if back else "clock", "trouble" if back else "ok", values)
