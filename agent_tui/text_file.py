"""A text file that a person names: a policy, a talk card, and how a file's first bytes tell its encoding."""

import codecs
import errno
import io
from pathlib import Path

_MOST = 1024 * 1024
# UTF-16 is what spreadsheets call Unicode text, and what a shell of Windows writes after `>`.
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def marked(head: bytes) -> str | None:
    """The encoding that a file's byte order mark names; None without one."""
    return next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), None)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark; its line ends made one. Raises UnicodeDecodeError, and
    OSError, also for one of more than a million bytes: what is no file, such as a device, may have no end.
    """
    with path.open("rb") as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        raise OSError(errno.EFBIG, "too large")
    return io.StringIO(data.decode(marked(data) or "utf-8"), newline=None).getvalue()
