"""The place of a share as people write it, and the share that is there."""

import re
from pathlib import Path

from agent_tui.errors import Problem
from agent_tui.sync import names
from agent_tui.sync.backend import Backend
from agent_tui.sync.folder import FolderBackend

# A single letter before the colon is a drive. A URL that went through `Path` has lost one of its two slashes.
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?://?)(.*)", re.DOTALL)


def folder_of(place: str | Path) -> Path:
    """The folder at a path or a file URL. Raises Problem for a kind of URL that this version does not speak."""
    text = str(place)
    found = _URL.fullmatch(text)
    if found is None:
        return Path(text).expanduser().absolute()
    if found[1].lower() != "file":
        raise Problem("sync.unknown_url", place=text)
    from urllib.request import url2pathname  # noqa: PLC0415 - rarely needed, slow to import

    return Path(url2pathname("/" + found[2].lstrip("/"))).absolute()


def open_backend(place: str | Path) -> Backend:
    """The share at a path or URL. Raises Problem for a kind of URL that this version does not speak."""
    return FolderBackend(folder_of(place))


def share_around(folder: Path) -> Path | None:
    """The team's share that a folder is, or lies in; None for any other."""
    whole = folder.resolve()
    around = (one for one in (whole, *whole.parents) if (one / names.TEAM).is_file() and (one / names.ROSTER).is_dir())
    return next(around, None)
