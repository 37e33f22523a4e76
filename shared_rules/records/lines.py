"""The line format: one record, one JSON object, one line, sealed by a checksum that is its last member.

A line is bounded before it is parsed and one strict parser reads every line, because parsers differ on great integers,
NaN, lone surrogates and deep nesting, and two machines must never read two things into the same bytes.
"""

import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import msgspec

FORMAT = 1
MAX_LINE = 64 * 1024
MAX_DEPTH = 16
MAX_ID = 40
MAX_SEQ = 1_000_000_000
"""The highest seq of a record; confirmations and ends can name none beyond it."""
SIGNATURE = "signature"
"""The kind of line that is no record: it signs all lines before it in its file."""

_CRC_HEAD = b',"crc":"'
_CRC_TAIL = len(_CRC_HEAD) + 8 + len(b'"}')
_SPACED = re.compile(rb'(?:phone|seal)_tag"(?!:["n])')
# A character written as \u00.., which no writer of JSON needs to write so.
_NEEDLESS = re.compile(rb"(?<!\\)(?:\\\\)*\\u00[2-7]")
_TAGGED = re.compile(rb'"(?:phone|seal)_tag":"([0-9a-f]{16})"')
_AT = b'"at":"'
_DAYS = re.compile(rb'"at":"(\d{4}-\d\d-\d\d)')
# They may be made days after what they sign. No record begins so.
_SIGNATURES = re.compile(rb'^\{"v":\d+,"kind":"signature".*', re.MULTILINE)
_BACKSLASH = ord("\\")
# A string in quotation marks. One that is not closed reaches to the end of the text.
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_ROUND = bytes.maketrans(b"{[]}", b"(())")
_OTHERS = bytes(set(range(256)) - set(b"{[]}"))


class LineError(ValueError):
    """A line that is not a record. `code` is one of too_long, too_deep, no_checksum, checksum, not_json, shape."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class Sealed(msgspec.Struct, frozen=True, gc=False):
    """The sealed member: `ring` names the secret, `data` is base64 of nonce and ciphertext."""

    ring: str
    data: str


class Line(msgspec.Struct, frozen=True, gc=False):
    """The envelope of one record, its body still in bytes. `at` is ISO 8601 with offset, `seq` counts from 1."""

    v: int
    kind: str
    writer: str
    seq: Annotated[int, msgspec.Meta(ge=1, le=MAX_SEQ)]
    at: str
    crc: str
    id: Annotated[str, msgspec.Meta(max_length=MAX_ID)] = ""
    agent: str = ""
    body: msgspec.Raw = msgspec.Raw(b"{}")
    sealed: Sealed | None = None
    # Of a signature line alone: the highest roster known when it was made, and the signature in base64.
    roster: int = 0
    sig: str = ""

    @property
    def known(self) -> bool:
        """Whether this program's format covers the line; a newer one is kept and left out of the figures."""
        return self.v == FORMAT


_decoder = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


def encode(members: Mapping[str, Any]) -> bytes:
    """The bytes of one line, newline included, from its members in order (without `crc`).

    Raises LineError when the line would be over MAX_LINE or nested deeper than MAX_DEPTH.
    """
    head = _encoder.encode(members)[:-1]
    line = head + _CRC_HEAD + b"%08x" % zlib.crc32(head) + b'"}'
    _bound(line)
    return line + b"\n"


def made(members: Mapping[str, Any]) -> tuple[bytes, Line]:
    """The bytes of one line as of `encode`, and its envelope as `decode` would read it. Raises LineError."""
    line = encode(members)
    return line, _read(line)


def says(line: bytes, members: Mapping[str, Any]) -> bool:
    """Whether a line (with its newline) that `decode` accepted is the one that `encode` makes of `members`."""
    # The checksum after the members follows from them, and `decode` has checked it.
    return line[: -_CRC_TAIL - 1] == _encoder.encode(members)[:-1] and line.endswith(b"\n")


def decode(line: bytes) -> Line:
    """The envelope of one line, with or without its newline. Raises LineError."""
    line = line.removesuffix(b"\n")
    _bound(line)
    if not line.endswith(b',"crc":"%08x"}' % zlib.crc32(line[:-_CRC_TAIL])):
        tail = line[-_CRC_TAIL:]
        raise LineError("checksum" if tail.startswith(_CRC_HEAD) and tail.endswith(b'"}') else "no_checksum")
    return _read(line)


def tags_in(lines: bytes) -> list[str]:
    """The tags under which the records in some lines are sealed, each as often as it occurs. The lines need not be
    parsed: `decode` accepts none that spells a tag in another way.
    """
    return [tag.decode() for tag in _TAGGED.findall(lines)]


def last_day(lines: bytes, day: date) -> date:
    """The last day on which records among some lines say they were written; `day`, on which honest ones all were, where
    none says a later one. The lines are not taken apart for it: none that `decode` takes hides one.
    """
    if lines.count(_AT) == lines.count(_AT + day.isoformat().encode()):
        return day
    found = {day}
    for text in set(_DAYS.findall(_SIGNATURES.sub(b"", lines))):
        with suppress(ValueError):
            found.add(date.fromisoformat(text.decode()))
    return max(found)


def _read(line: bytes) -> Line:
    """The envelope of a line within the bounds."""
    try:
        if not line.isascii():
            line.decode()  # the decoder does not check the members that it passes on raw
        read = _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise LineError("shape", str(error)) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise LineError("not_json", str(error)) from None
    if read.kind != SIGNATURE:
        # Records are searched for by these bytes and named by their id: a call spelled in another way could not be
        # found false.
        head = f'{{"v":{read.v},"id":"{read.id}","kind":"{read.kind}",'
        if not (line.startswith(head.encode()) and read.id.encode().replace(b"-", b"").isalnum()):
            raise LineError("shape", "its first members")
        # The days of a segment's lines are found in these bytes.
        if f'"at":"{read.at}"'.encode() not in line:
            raise LineError("shape", "a time that hides")
        # Likewise a customer's tag: the one that an erasure finds must be the one that counts.
        if _SPACED.search(read.body):
            raise LineError("shape", "a tag that hides")
        if _BACKSLASH in line and _NEEDLESS.search(read.body):
            raise LineError("shape", "a sign that hides")
    return read


def _bound(line: bytes) -> None:
    if len(line) >= MAX_LINE:
        raise LineError("too_long")
    if is_deep(line):
        raise LineError("too_deep")


def is_deep(text: bytes) -> bool:
    """Whether JSON is nested deeper than MAX_DEPTH. The limit of the parser itself differs between versions of Python.

    For bytes that are no JSON either answer may come.
    """
    # The number of opening brackets is a cheap upper bound of the depth; only a text beyond it is looked into.
    if text.count(b"{") + text.count(b"[") <= MAX_DEPTH:
        return False
    brackets = _TEXT.sub(b"", text).translate(_ROUND, _OTHERS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"()", b"")
    return bool(brackets)
