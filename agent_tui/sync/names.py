"""The names on a share. Every name has one writer. Pure.

A name is a path below the share with `/` between its parts: at most three of `[a-z0-9-]`, 40 characters each, which are
legal and distinct on every system. README.txt is the one exception: it is for people.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

README = "README.txt"
TEAM = "team.json"
ROSTER = "roster/"
JOIN = "join/"
KEYS = "keys/"
RECORDS = "records/"
IN_ORDER = (JOIN, KEYS, ROSTER, TEAM)
"""The order of publishing. team.json comes last: with it a folder is a team's share."""

_FOLDERS = {folder[:-1] for folder in (ROSTER, JOIN, KEYS, RECORDS)}

_PART = re.compile(r"[a-z0-9-]{1,40}")
_LEAF = re.compile(r"([a-z0-9-]{1,40})\.(json|jsonl|txt)")
# There is no segment 0: a forged one would come before the first and claim the seq of its records.
_SEGMENT = re.compile(r"([a-z2-7]{16})-(?!000000)([0-9]{6})\.jsonl")
_WRITER = re.compile(r"[a-z2-7]{16}")
_JOIN = re.compile(r"([a-z2-7]{16})\.json")
_ROSTER = re.compile(r"([1-9][0-9]{0,8})\.json")
_KEYS = re.compile(r"([0-9]{6})\.json")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What systems, file managers, sync tools and file servers (Synology and QNAP use names with # and @) leave in any
# folder: it is never reported. A text, so that it is compiled only when a strange name is met.
_USUAL_JUNK = r"(?i)\..*|~.*|desktop\.ini|thumbs\.db|\$recycle\.bin|system volume information|lost\+found|[#@].*"
_COPY_OF = r"[a-z2-7]{16}-[0-9]{6}"
# The last part is for OneDrive, which puts nothing but the machine's name between the name and its ending.
_CONFLICT = rf"(?i)conflict|冲突|副本| copy|\([0-9]+\)|^{_COPY_OF}(?!\.jsonl\Z)"

Oddity = Literal["junk", "conflict_copy", "foreign_name"]


class SegmentName(msgspec.Struct, frozen=True):
    """A segment of the records: `leaf` is its file's name, `number` counts its writer's segments from 1."""

    writer: str
    number: int
    leaf: str


@lru_cache(maxsize=8192)
def segment(leaf: str) -> SegmentName | None:
    """The parts of a segment's file name; None for any other name."""
    found = _SEGMENT.fullmatch(leaf)
    return SegmentName(found[1], int(found[2]), leaf) if found else None


def day(part: str) -> date | None:
    """The day that a directory below `records/` is named after; None for any other name."""
    if not _DAY.fullmatch(part):
        return None
    try:
        return date.fromisoformat(part)
    except ValueError:
        return None


def day_prefix(day: date) -> str:
    """The directory of a day's segments."""
    return f"{RECORDS}{day.isoformat()}/"


def is_document(prefix: str, leaf: str) -> bool:
    """Whether `leaf` is the name of a document directly below `prefix`."""
    if prefix == ROSTER:
        return _ROSTER.fullmatch(leaf) is not None
    if prefix == JOIN:
        return _JOIN.fullmatch(leaf) is not None
    if prefix.startswith(KEYS):
        return _KEYS.fullmatch(leaf) is not None
    return prefix == "" and leaf == TEAM


def is_writer(part: str) -> bool:
    """Whether a directory below `keys/` is named as a writer is."""
    return _WRITER.fullmatch(part) is not None


def roster_of(number: int) -> str:
    """The file of the roster of a number."""
    return f"{ROSTER}{number}.json"


def join_of(writer: str) -> str:
    """The file of a device's request to join."""
    return f"{JOIN}{writer}.json"


def keys_of(writer: str) -> str:
    """The directory of a writer's key files."""
    return f"{KEYS}{writer}/"


@lru_cache(maxsize=8192)
def legal(name: str) -> bool:
    """Whether `name` may be read or written on a share: no such name leads out of it."""
    if name == README:
        return True
    *folders, leaf = name.split("/")
    return len(folders) <= 2 and all(map(_PART.fullmatch, folders)) and _LEAF.fullmatch(leaf) is not None


def legal_prefix(prefix: str) -> bool:
    """Whether `prefix` is the share itself or a directory below it, with its `/` at the end."""
    if not prefix:
        return True
    *folders, end = prefix.split("/")
    return not end and len(folders) <= 2 and all(map(_PART.fullmatch, folders))


def usual_at_top(leaf: str, kind: str) -> bool:
    """Whether this program puts a name directly into a share. `kind` is that of the directory entry."""
    return leaf in (README, TEAM) if kind == "file" else kind == "directory" and leaf in _FOLDERS


def readable(name: str) -> bool:
    """Whether a file of this name, which anybody may have given, may be read: it lies in a directory of the share."""
    if legal(name):
        return True
    folder, leaf = name[: name.rfind("/") + 1], name[name.rfind("/") + 1 :]
    return legal_prefix(folder) and leaf not in ("", ".", "..") and not set(leaf) & set("\\:\0")


def conflict_copy_of(leaf: str) -> SegmentName | None:
    """The segment of which a file is a conflict copy, by its name: sync tools insert something before the ending."""
    found = re.match(_COPY_OF, leaf)
    return segment(f"{found[0]}.jsonl") if found and oddity(leaf) == "conflict_copy" else None


def oddity(leaf: str) -> Oddity:
    """What kind of name it is, for one that this program did not give."""
    if re.fullmatch(_USUAL_JUNK, leaf):
        return "junk"
    return "conflict_copy" if re.search(_CONFLICT, leaf) else "foreign_name"
