"""A text file that a person names: a policy, a talk card."""

import errno
from pathlib import Path

_MOST = 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its line ends made one. Raises UnicodeDecodeError, and OSError, also for one of more
    than a million characters: what is no file, such as a device, may have no end.
    """
    with path.open(encoding="utf-8-sig") as file:
        text = file.read(_MOST + 1)
    if len(text) > _MOST:
        raise OSError(errno.EFBIG, "too large")
    return text
