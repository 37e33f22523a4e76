"""Hostile input: what lies on the share, in a file to import, in a pasted line or in a home may be anything at all.

Each reader of outside bytes is given changed forms of what it takes, and things no writer would write: deep nesting,
great numbers, broken text, endless lines. It may refuse in its own way; it must not fail in another, nor take a second,
and nothing it lets through may carry a control character to a terminal or a formula to a spreadsheet.

The control is a reader that parses before it bounds, and prints as it is.
"""

import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from agent_tui.commands.output import printable
from agent_tui.errors import Problem
from agent_tui.imports.table import read_table
from agent_tui.imports.times import read_instant, read_seconds
from agent_tui.reports.sheets import like_formula, plain
from agent_tui.store.files import Files
from agent_tui.store.odds import Odds
from agent_tui.store.segments import last_good, scan, whole
from agent_tui.sync import names
from agent_tui.sync.verify import verified
from agent_tui.trust.errors import TrustError
from agent_tui.trust.rings import Ring
from agent_tui.trust.tags import TagKeys
from agent_tui.ui.desk.paste import read_paste
from agent_tui.ui.kit.text import crop, safe, wrap
from agent_tui.when import read_time
from shared_rules.phones import parse_phone
from shared_rules.policies.errors import PolicyError
from shared_rules.policies.policy import builtin_text, parse_policy
from shared_rules.records import lines
from shared_rules.records.kinds import BODIES, reader
from tests.faults.documents import DOCUMENTS
from tests.faults.every_byte import JOURNAL, LEAF, RING
from tests.faults.figures import Figure, new_seed
from tests.sync.world import World
from tests.trust.world import TEAM, ZHANG

NOW = datetime(2026, 11, 23, 14, 32, tzinfo=ZoneInfo("Asia/Shanghai"))
_SLOW_S = 1.0
_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Reader = Callable[[bytes], object]


def _text(data: bytes) -> str:
    """The bytes as text, broken places as lone surrogates, as a command line or a file name brings them."""
    return data.decode("utf-8", "surrogateescape")


# ---- the readers, with the refusals that are theirs ----


def _line(data: bytes) -> None:
    line = lines.decode(data)
    model = BODIES.get(line.kind)
    if model:
        reader(model)(line.body)


def _body(data: bytes) -> None:
    for model in BODIES.values():
        try:
            reader(model)(data)
        except (msgspec.DecodeError, ValueError, RecursionError):
            continue


def _segment(data: bytes) -> None:
    list(scan(LEAF, ZHANG.writer, data))
    last_good(LEAF, ZHANG.writer, data[: whole(data)])
    name = names.segment(LEAF)
    assert name is not None
    assert not verified(name, ZHANG.public, TEAM.team, data).stored


def _name(data: bytes) -> None:
    text = _text(data)
    names.segment(text), names.day(text), names.oddity(text), names.conflict_copy_of(text)
    for prefix in ("", names.ROSTER, names.JOIN, names.keys_of(ZHANG.writer)):
        names.is_document(prefix, text)
    if names.legal(text) or names.readable(text):
        assert not {"..", ""} & set(text.split("/"))
        assert not text.startswith("/")
        assert "\\" not in text


def _shown(data: bytes) -> None:
    text = _text(data)
    for one in (printable(text), safe(text), crop(safe(text), 20), *wrap(safe(text[:2000]), 30)):
        assert not _RAW.search(one), "a raw control character"
    cell = plain(text)
    assert not _RAW.search(cell), "a raw control character"
    assert like_formula(cell) or not cell.lstrip().startswith(("=", "@")), "a formula"


def _policy(data: bytes) -> None:
    parse_policy(_text(data), "fuzz.toml")


def _ring(data: bytes) -> None:
    Ring.from_payload(RING.id, RING.agent, RING.month, data)


def _box(data: bytes) -> None:
    TagKeys.from_boxed(ZHANG, _text(data))


class _OnDisk:
    """Readers of files; the file is made anew for each try."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def table(self, data: bytes) -> None:
        for name in ("table.csv", "table.xlsx"):
            path = self._folder / name
            path.write_bytes(data)
            list(read_table(path).rows)

    def odds(self, data: bytes) -> None:
        path = self._folder / "odds.json"
        path.write_bytes(data)
        odds = Odds(path, Files())
        odds.get("settings", "language")
        odds.all("drafts")
        for one in self._folder.glob("odds.json.damaged*"):
            one.unlink()


REFUSALS = (lines.LineError, TrustError, Problem, PolicyError, msgspec.DecodeError)


def readers(folder: Path) -> dict[str, tuple[Reader, list[bytes]]]:
    """Each reader, and what it takes."""
    disk = _OnDisk(folder)
    documents = {f"document: {name}": (read, [data]) for name, (data, read) in DOCUMENTS.items()}
    numbers = [b"138 0013 8000", "0571-8888 8888 转 12".encode(), b"+44 20 7946 0958", b"400-820-8820"]
    times = ["下周二下午3点".encode(), b"2026-11-23 14:30", b"tomorrow 10am", "3天后".encode()]
    csv = "通话时间,电话,结果\n2026-11-23 09:00,13800138000,有效沟通\n".encode()
    return {
        "a line": (_line, JOURNAL),
        "a body": (_body, [bytes(lines.decode(one).body) for one in JOURNAL]),
        "a segment": (_segment, [b"".join(JOURNAL[:5]), b"".join(JOURNAL[10:14])]),
        **documents,
        "a ring": (_ring, [RING.puncture("5" * 16).payload()]),
        "a box": (_box, [b"AAAA" * 30]),
        "a name": (_name, [LEAF.encode(), b"keys/aaaaaaaaaaaaaaaa/000001.json", b"2026-11-23", b"..\\..\\x"]),
        "a policy": (_policy, [builtin_text("handbook").encode()]),
        "a phone number": (lambda data: parse_phone(_text(data)), numbers),
        "a pasted line": (lambda data: read_paste(_text(data)), ["张总 13800138000 宁波宏达科技有限公司".encode()]),
        "a time": (lambda data: (read_time(_text(data)[:200], NOW), read_instant(_text(data), NOW.tzinfo)), times),  # type: ignore[arg-type]
        "a duration": (lambda data: read_seconds(_text(data)), [b"01:02:03", "1分20秒".encode()]),
        "what is shown": (_shown, ["\x1b[31m红\u202e[b]x[/b]=1+1".encode(), "王经理".encode()]),
        "a file to import": (disk.table, [csv]),
        "odds and ends": (disk.odds, [b'{"settings":{"1":{"name":"language","value":"zh"}}}']),
    }


# Those that write a file at each try, and those whose one try takes a millisecond, are tried less often.
_SELDOM = {"a policy": 200, "a file to import": 40, "odds and ends": 40, "a segment": 8, "a body": 10, "document": 3}


# ---- what they are given ----

_BAD = [
    b"[" * 100_000, b'{"a":' * 60_000, b"[" * 17 + b"]" * 17, b"1" * 70_000, b"1e999999999", b"-0", b"NaN", b"Infinity",
    b'{"v":1e400}', b'"\\ud800"', b'"\xed\xa0\x80"', b"\xff\xfe\x00\x01", b"\x00" * 5000, b"\n" * 5000, b"{}" * 5000,
    b'{"v":1,"v":2}', b'{"v":99999999999999999999999999}', b'"' * 5000, b"\\" * 5000, b"a" * 70_000, b"",
    "\u202e\u2066\u202e".encode(), "e\u0301".encode() * 3000, "𝟙" .encode() * 300, b"\x1b]0;title\x07\x1b[2J",
    b"(" * 3000 + b")" * 3000, b"=cmd|' /C calc'!A0", b"PK\x03\x04" + b"\0" * 60, b"\xef\xbb\xbf", b"1-" * 3000,
    b"9" * 400, "下" .encode() * 1000, b"[[a]]\n" * 3000, b"a.b." * 2000 + b"c=1", b"'''" + b"x" * 3000,
]  # fmt: skip


def changed(rng: random.Random, good: list[bytes]) -> bytes:
    """A changed form of something good, or something bad."""
    data = bytearray(rng.choice(good))
    for _ in range(rng.choice((1, 1, 2, 5))):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(9):
            case 0 if place < len(data):
                data[place] ^= 1 << rng.randrange(8)
            case 1:
                del data[place : place + rng.randrange(1, 40)]
            case 2:
                data[place:place] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 20)))
            case 3:
                data[place:place] = rng.choice(_BAD)[: rng.choice((10, 200, 80_000))]
            case 4:
                other = rng.choice(good)
                data[place:] = other[rng.randrange(len(other) + 1) :]
            case 5:
                data[place:place] = data[place : place + rng.randrange(200)] * rng.randrange(1, 8)
            case 6:
                return rng.choice(_BAD)
            case 7:
                number = rng.choice(
                    (b"-1", b"0", b"2147483648", b"1e309", b"18446744073709551616", b'"x"', b"null", b"[]")
                )
                found = [one.span() for one in re.finditer(rb"\d+", bytes(data))]
                if found:
                    start, end = rng.choice(found)
                    data[start:end] = number
            case _:
                data = bytearray(_summed(bytes(data)))
    return bytes(data)


def _summed(data: bytes) -> bytes:
    """A line with a checksum that is right, so that what lies behind it is reached."""
    import zlib

    head, mark, _ = data.partition(b',"crc"')
    return head + b',"crc":"%08x"}\n' % zlib.crc32(head) if mark else data


def run(tries: int, seed: int = 0) -> tuple[Counter[str], list[str]]:
    """Give each reader about as much: how often each was tried, and what went wrong."""
    rng = random.Random(seed)
    tried: Counter[str] = Counter()
    wrong: list[str] = []
    with TemporaryDirectory() as folder:
        all_readers = readers(Path(folder))
        share = {name: 1 / _SELDOM.get(name.partition(":")[0], 1) for name in all_readers}
        each = tries / sum(share.values())
        for name, (read, good) in all_readers.items():
            for number in range(max(len(_BAD), ceil(each * share[name]))):
                data = _BAD[number] if number < len(_BAD) else changed(rng, good)
                tried[name] += 1
                if why := _wrong(read, data):
                    wrong.append(f"{name}: {why}: {data[:80]!r}")
    return tried, wrong


def _wrong(read: Reader, data: bytes) -> str:
    for _ in range(2):
        began = time.thread_time()
        try:
            read(data)
        except REFUSALS:
            pass
        except Exception as fault:
            return f"{type(fault).__name__} {fault}"
        if time.thread_time() - began <= _SLOW_S:
            return ""
    # Twice: once, it may have been the turn of the garbage of others to be collected.
    return "over a second"


def folder(base: Path) -> tuple[int, list[str]]:
    """A share full of what is no file of anybody's: how many such things, and what went wrong beside them."""
    world = World(base)
    desk, other = world.desk("desk"), world.desk("other")
    other.log(3)
    other.syncer.once()
    outside = base / "outside"
    outside.write_bytes(b"secret")
    count = 0
    for place in (world.share, world.share / "records", world.share / "records" / "2026-11-23", world.share / "keys",
                  world.share / "keys" / other.key.writer, world.share / "roster", world.share / "join"):  # fmt: skip
        place.mkdir(parents=True, exist_ok=True)
        for kind, name in enumerate(
            ("aaaaaaaaaaaaaaaa-000001.jsonl", "000001.json", "1.json", "aaaaaaaaaaaaaaaa.json", "2026-11-24",
             "x\x1b[2J", "\u202egnp.exe", "a" * 200, ".hidden", "名册.json", "bbbbbbbbbbbbbbbb-000001.jsonl")
        ):  # fmt: skip
            one = place / name
            if one.exists():
                continue
            count += 1
            match kind % 5:
                case 0:
                    os.mkfifo(one)
                case 1:
                    one.symlink_to(outside)
                case 2:
                    one.mkdir()
                case 3:
                    with one.open("wb") as file:
                        file.truncate(6 * 1024 * 1024)
                case _:
                    one.write_bytes(b"{" * 70_000 + b"\n")
    desk.log(2)
    began = time.process_time()
    desk.syncer.once()
    wrong = [] if time.process_time() - began < 5 else ["over five seconds"]
    wrong += [] if len(desk.taken) == 3 else ["records missing"]
    wrong += [finding.text() for finding in desk.findings if _RAW.search(finding.text())]
    wrong += ["read through a link"] if any(b"secret" in path.read_bytes() for path in _files(desk.place.path)) else []
    return count, wrong


def _files(place: Path) -> Iterator[Path]:
    return (path for path in place.rglob("*") if path.is_file())


def control() -> int:
    """How often readers that parse first and print as it is go wrong."""

    def unbounded(data: bytes) -> Any:
        return json.loads(data)

    def raw(data: bytes) -> None:
        assert not _RAW.search(_text(data))

    return sum(bool(_wrong(read, data)) for read in (unbounded, raw) for data in _BAD)


def figures(tries: int) -> Iterator[Figure]:
    """The long form."""
    seed = new_seed()
    tried, wrong = run(tries, seed)
    note = f"{len(tried)} readers, seed {seed}" + "".join(f"; {one}" for one in wrong[:3])
    yield Figure("inputs given to the readers of outside bytes", tried.total(), len(wrong), control(), note)
    with TemporaryDirectory() as base:
        things, faults = folder(Path(base))
    yield Figure("pipes, links, directories, giants in the share", things, len(faults), note="; ".join(faults[:3]))
