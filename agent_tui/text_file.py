"""A text file that a person names: a policy, a talk card, and how a file's first bytes tell its encoding."""

import codecs
import errno
import io
from pathlib import Path

_MOST = 1024 * 1024
# UTF-16 is what spreadsheets call Unicode text, and what a shell of Windows writes after `>`.
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding_shown(head: bytes) -> str | None:
    """The encoding that a file's first bytes show, None where they show none: by a byte order mark or, of UTF-16
    without one, by the zero byte that each ASCII character has there, on one side; few Hanzi have it, on the other.
    """
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    before, behind = head[::2].count(0), head[1::2].count(0)
    if max(before, behind) > max(2 * min(before, behind), len(head) // 16):
        return "utf-16-be" if before > behind else "utf-16-le"
    return None


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16; its line ends made one. Raises UnicodeDecodeError, and
    OSError, also for one of more than a million bytes: what is no file, such as a device, may have no end.
    """
    with path.open("rb") as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        raise OSError(errno.EFBIG, "too large")
    return io.StringIO(data.decode(encoding_shown(data) or "utf-8"), newline=None).getvalue()
