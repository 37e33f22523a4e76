"""Where a report goes: written beside its place, then put there whole; what fails leaves nothing behind."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import t
from agent_tui.sync.places import share_around

_SUFFIXES = (".xlsx", ".csv")


def check_target(path: Path, share: str | None) -> None:
    """Raise Problem for a target that cannot be, before anything is worked out.

    In a team's share, the own one or another's, no customer may stand in plain text.
    """
    check_suffix(path)
    if not path.parent.is_dir():
        raise Problem("reports.no_folder", folder=path.parent)
    _check_place(path)
    own = share is not None and path.resolve().is_relative_to(Path(share).resolve())
    if own or share_around(path.parent):
        raise Problem("reports.in_share", path=path)
    _put([(_beside(path), b"")], keep=False)


def check_suffix(path: Path) -> None:
    """Raise Problem for a name that ends in none of the forms that a report is written in."""
    if path.suffix.lower() not in _SUFFIXES:
        raise Problem("reports.bad_suffix", path=path)


def _check_place(path: Path) -> None:
    try:
        if path.exists():
            _check_present(path)
    except OSError as error:  # such as a name that is too long
        raise Problem("reports.not_writable", folder=path.parent, reason=system_reason(error)) from None


def _check_present(path: Path) -> None:
    if not path.is_file():
        raise Problem("reports.is_folder", path=path)
    if not path.stat().st_mode & 0o222:
        raise Problem("reports.target_open", path=path, reason=t("reports.read_only"))
    # How LibreOffice and Excel mark a file that is open in them.
    if any(path.with_name(mark).exists() for mark in (f".~lock.{path.name}#", f"~${path.name}")):
        raise Problem("reports.target_open", path=path, reason=t("reports.marked_open"))


def write_files(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write all the files or none of them: each beside its place first, then all put there. Raises Problem.

    Of several the old ones are laid aside before the first new one is put there: a process that is killed meanwhile
    leaves some missing, and none of an older report beside one of this.
    """
    paths = [path for path, _ in files]
    for path in paths:
        _check_place(path)
    _put([(_beside(path), data) for path, data in files], keep=True)
    older = [path for path in paths if len(paths) > 1 and path.exists()]
    try:
        _move([*((path, path, _aside(path)) for path in older), *((path, _beside(path), path) for path in paths)])
    finally:
        for path in paths:
            _remove(_beside(path))
    for path in paths:
        _remove(_aside(path))


def _move(steps: Sequence[tuple[Path, Path, Path]]) -> None:
    """Rename one file after another, each the file of a report, its name and its new one; none of them where one
    cannot be: then raises Problem.
    """
    done: list[tuple[Path, Path]] = []
    for path, source, target in steps:
        try:
            source.replace(target)
        except OSError as error:
            for before, after in reversed(done):
                with suppress(OSError):
                    after.replace(before)
            # On Windows a file that a spreadsheet has open cannot be replaced.
            raise Problem("reports.target_open", path=path, reason=system_reason(error)) from None
        done.append((source, target))


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


def _put(files: Sequence[tuple[Path, bytes]], *, keep: bool) -> None:
    written: list[Path] = []
    whole = False
    try:
        for path, data in files:
            _remove(path)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            written.append(path)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        whole = True
    except OSError as error:
        raise Problem("reports.not_writable", folder=files[0][0].parent, reason=system_reason(error)) from None
    finally:
        if not (whole and keep):
            for path in written:
                _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
