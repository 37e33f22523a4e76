"""The report of an unexpected fault: where it happened, and nothing of what was on the screen or in a record."""

import os
import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from agent_tui.version import version

# A disk that stays full, or a fault in every round of the sync, would else leave a report a minute for good.
_KEPT = 50


def write_report(home: Path, fault: BaseException) -> Path:
    """Write the report into `home`/crash, readable by this user alone, and return its path; the latest 50 are kept.
    Raises OSError.

    It names types, files, lines and functions; no message and no variable, for those may hold a customer.
    """
    folder = home / "crash"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = datetime.now(UTC)
    path = folder / f"{at:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    system = f"python {platform.python_version()}, {platform.system()} {platform.release()}"
    rows = [f"agent-tui {version() or '?'}", system, at.isoformat(), "", *_chain(fault)]
    path.touch(mode=0o600)
    # A name of a directory may be in no encoding.
    path.write_text("\n".join(rows) + "\n", encoding="utf-8", errors="backslashreplace")
    for old in sorted(folder.glob("*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return path


def reporting(home: Path, run: Callable[[], None]) -> None:
    """Run what a thread is for. A fault ends it, and is reported as any other."""
    try:
        run()
    except Exception as fault:
        with suppress(OSError):
            write_report(home, fault)


def _chain(fault: BaseException) -> list[str]:
    import traceback  # noqa: PLC0415 - as above

    rows: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = fault
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        rows.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            rows.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
    return rows


def _short(filename: str) -> str:
    """The last parts of a path: no user's name."""
    return "/".join(Path(filename).parts[-4:])
