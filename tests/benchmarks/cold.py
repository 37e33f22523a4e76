"""A board's cold build: a month of a team's records from the checked copies to every agent's figures.

Ours without a cache is all of it but the signatures, which are checked when lines come in from the share: the directory
listed, each segment read, each line's checksum checked, each line decoded, judged and folded, and the team's day with
every estimate; on all cores, as the program does it. From the cache each segment is read and hashed, and what its calls
come to is taken from the cache. The board itself is then started in a terminal and left alone.

The floors: reading the files alone, and `orjson.loads` of every line, on one core. The peer: DuckDB's `read_json` with
the same counts, on all cores. What is sealed is noise here: nobody opens it to count.

AGENTS=200 in the environment makes the month of 200 agents (528,000 records); the default is a fifth of it.
"""

import gc
import os
import random
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter

import duckdb
import orjson

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.store.segments import segment_name
from agent_tui.trust.documents import build_join
from agent_tui.trust.keys import DeviceKey
from agent_tui.trust.signatures import build_signature
from shared_rules.records import lines
from tests.benchmarks.history import workdays
from tests.benchmarks.idle import HEADING, idle
from tests.benchmarks.side_by_side import Row, table
from tests.company import NOW, Company

AGENTS = int(os.environ.get("AGENTS", "40"))
DAYS = 22
CALLS_A_DAY = 120
ROUNDS = 5
_OUTCOMES = ("talked", "talked", "talked", "refused", "callback", "no_answer", "no_answer", "busy")


def run(directory: Path) -> str:
    """The table."""
    directory.mkdir(exist_ok=True)
    home, copies = month(directory)
    files = sorted(copies.rglob("*.jsonl"))
    counts: dict[str, object] = {}
    contenders: dict[str, tuple[str, Callable[[], object], str]] = {
        "read": ("reading the files alone", lambda: _read(files), ""),
        "orjson": ("orjson.loads of every line, one core", lambda: _orjson(files), ""),
        "duckdb": ("DuckDB read_json, all cores", lambda: _duckdb(copies), ""),
        "ours": ("ours, to every agent's figures", lambda: _ours(_without_cache(home)), "< orjson"),
        "cache": ("ours, from the cache", lambda: _ours(home), "≤ 1.5 read"),
    }
    times: dict[str, list[float]] = {key: [] for key in contenders}
    for _ in range(ROUNDS):
        for key, (_, act, _) in contenders.items():
            gc.collect()
            began = perf_counter()
            counts[key] = act()
            times[key].append(perf_counter() - began)
    assert counts["ours"] == counts["cache"] == counts["duckdb"], counts
    assert counts["orjson"] == sum(1 for file in files for _ in file.open("rb"))
    rows = [
        Row(what, median(times[key]) * 1e6, tuple(map(float.__truediv__, times[key], times["orjson"])), goal)
        for key, (what, _, goal) in contenders.items()
    ]
    records = AGENTS * DAYS * CALLS_A_DAY
    each = {key: median(times[key]) / records * 1e6 for key in ("ours", "cache")}
    title = f"Cold build of a month, {AGENTS} agents, {records:,} records (ratios to orjson)"
    rest = idle(f"board, a month of {AGENTS} agents", home, "拨打 ", "< 2 %, < 250 MB")
    last = f"  ours {each['ours']:.1f} µs a record, from the cache {each['cache']:.1f} µs"
    return f"{table(title, rows)}\n{last}\n\n{HEADING}\n{rest}"


def month(directory: Path) -> tuple[Path, Path]:
    """A supervisor's home with the copies of a month, and where in it the records are."""
    days = workdays(DAYS)
    company = Company(directory, days[0] - timedelta(days=1))
    place = company.boss.session.place
    keys = [DeviceKey.generate() for _ in range(AGENTS)]
    (company.share / "join").mkdir(exist_ok=True)
    for number, key in enumerate(keys):
        request = build_join(
            key, place.team.team, id=f"A{number:03}", name=f"张{number}", hired=days[0].date(), at=company.boss.now()
        )
        (company.share / "join" / f"{key.writer}.json").write_bytes(request)
    company.boss.sync_once()
    for key in keys:
        company.boss.members.approve(key.writer)
    copies = place.where.mirror / "records"
    chance = random.Random(3)
    for number, key in enumerate(keys):
        for turn, evening in enumerate(days):
            leaf = segment_name(key.writer, turn + 1)
            folder = copies / evening.date().isoformat()
            folder.mkdir(parents=True, exist_ok=True)
            (folder / leaf).write_bytes(_segment(place.team.team, key, f"A{number:03}", leaf, turn, evening, chance))
    company.close()
    return company.boss_home, copies


def _segment(
    team: str, key: DeviceKey, agent: str, leaf: str, turn: int, evening: datetime, chance: random.Random
) -> bytes:
    first = turn * CALLS_A_DAY + 1
    starts = [evening - timedelta(minutes=3) * (CALLS_A_DAY - number) for number in range(CALLS_A_DAY)]
    data = b"".join(
        _record(key.writer, agent, first + number, started, chance) for number, started in enumerate(starts)
    )
    return data + build_signature(
        key, team=team, segment=leaf, last_seq=first + CALLS_A_DAY - 1, roster=1, at=evening.isoformat(),
        digest=sha256(data).digest(),
    )  # fmt: skip


def _record(writer: str, agent: str, seq: int, started: datetime, chance: random.Random) -> bytes:
    outcome = chance.choice(_OUTCOMES)
    spoken = outcome in ("talked", "refused", "callback")
    body = {
        "outcome": outcome,
        **({"interest": "intent"} if spoken and chance.random() < 0.2 else {}),
        "filled": ["company", "contact", "title", "phone", "note"] if spoken else ["phone"],
        "phone_tag": f"{chance.getrandbits(64):016x}",
        **({"company_tag": f"{chance.getrandbits(64):016x}"} if spoken else {}),
        "started_at": started.isoformat(),
        "duration_s": chance.randrange(300) if spoken else 0,
    }
    instant = f"{int(started.timestamp() * 1000):012x}"
    id = f"{instant[:8]}-{instant[8:]}-7000-{chance.getrandbits(16):04x}-{chance.getrandbits(48):012x}"
    return lines.encode({
        "v": 1, "id": id, "kind": "call",
        "writer": writer, "seq": seq, "at": (started + timedelta(seconds=90)).isoformat(timespec="milliseconds"),
        "agent": agent, "body": body,
        "sealed": {"ring": f"{writer}-001", "data": b64encode(chance.randbytes(200)).decode()},
    })  # fmt: skip


def _read(files: list[Path]) -> int:
    return sum(len(file.read_bytes()) for file in files)


def _orjson(files: list[Path]) -> int:
    count = 0
    for file in files:
        for line in file.read_bytes().splitlines():
            orjson.loads(line)
            count += 1
    return count


def _duckdb(copies: Path) -> list[tuple[str, int, int, int]]:
    """Of each agent the dials, the conversations and the valid calls."""
    found = duckdb.sql(f"""
        with calls as (
            select agent, body.outcome as outcome, body.phone_tag as tag, body.started_at[:10] as day,
                body.outcome in ('talked', 'refused', 'callback') as spoken,
                list_contains(body.filled, 'company') as whole
            from read_json('{copies}/*/*.jsonl', format = 'newline_delimited', columns = {{
                kind: 'VARCHAR', agent: 'VARCHAR', body: 'STRUCT(outcome VARCHAR, interest VARCHAR,
                filled VARCHAR[], phone_tag VARCHAR, company_tag VARCHAR, started_at VARCHAR)'}})
            where kind = 'call')
        select agent, count(*), count(*) filter (spoken), count(distinct day || tag) filter (spoken and whole)
        from calls group by agent order by agent
    """)
    assert found is not None
    return found.fetchall()


def _without_cache(home: Path) -> Path:
    rmtree(home / "cache", ignore_errors=True)
    return home


def _ours(home: Path) -> list[tuple[str, int, int, int]]:
    book = Book.open(home, SetClock(NOW))
    days = workdays(DAYS)
    for month in sorted({day.date().replace(day=1) for day in days}, reverse=True):
        book.load_month(month)
    view = book.team(book.today())
    assert all(agent.estimate for agent in view.agents)
    found = []
    for agent in view.agents:
        figures = [book.day(agent.agent, day.date(), money=False).figures for day in days]
        found.append((
            agent.agent, sum(one.dials for one in figures), sum(one.connected for one in figures),
            sum(one.valid for one in figures),
        ))  # fmt: skip
    book.close()
    return found
