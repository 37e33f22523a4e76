"""A real team's call log, and a generated one, through eight desks and one folder to the board."""

import csv
import json
import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_tui.book import Book
from agent_tui.clock import clock_from
from tests.commands.running import Machines

DATA = Path(__file__).parents[3] / "shared" / "data"
ZONE = ZoneInfo("Asia/Shanghai")
FIGURES = ("dials", "connected", "complete", "valid", "leads", "companies")

Figures = dict[tuple[str, str], dict[str, int]]


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


def import_at_each_desk(machines: Machines, log: Path, agents: list[str]) -> dict[str, dict[str, Any]]:
    reports = {}
    for agent in agents:
        reports[agent] = machines[agent].json("import", "calls", str(log))
        machines[agent]("sync", "--once").done()
    machines["S001"]("sync", "--once").done()
    return reports


def board(machines: Machines, days: list[str]) -> Figures:
    found = {}
    for day in days:
        for one in machines["S001"].json("team", "--day", day)["agents"]:
            found[one["agent"], day] = {name: one[name] for name in FIGURES}
    return found


def at_the_desks(machines: Machines, agents: list[str], days: list[str]) -> Figures:
    found = {}
    for agent in agents:
        book = Book.open(machines[agent].home, clock_from(machines[agent].now))
        for day in days:
            figures = book.day(agent, date.fromisoformat(day)).figures
            if figures.dials:
                found[agent, day] = {name: getattr(figures, name) for name in FIGURES}
        book.close()
    return found


@pytest.mark.skipif(not DATA.exists(), reason="the real call log lies beside the project, not in it")
def test_the_real_log_gives_the_expected_figures_at_every_desk_and_on_the_board(machines: Machines) -> None:
    with (DATA / "calls.expected.json").open(encoding="utf-8") as file:
        expected = {tuple(key.split(" ")): value for key, value in json.load(file).items()}
    agents, days = sorted({agent for agent, _ in expected}), sorted({day for _, day in expected})
    assert len(agents) == 8
    machines.team(*agents)

    reports = import_at_each_desk(machines, DATA / "calls.csv", agents)

    assert sum(report["imported"] for report in reports.values()) == 4119
    assert all(report["imported"] + report["other_agent"] == 4119 for report in reports.values())
    assert board(machines, days) == expected
    assert at_the_desks(machines, agents, days) == expected

    again = import_at_each_desk(machines, DATA / "calls.csv", agents)
    assert [report["imported"] for report in again.values()] == [0] * 8
    assert [again[agent]["already"] for agent in agents] == [reports[agent]["imported"] for agent in agents]
    assert board(machines, days) == expected


OUTCOMES = {
    "talked": True,
    "refused": True,
    "no_answer": False,
    "busy": False,
    "dead_number": False,
    "callback": True,
    "not_decider": True,
    "existing_customer": True,
    "do_not_call": False,
    "other": False,
}
REQUIRED = ("company", "contact", "title", "phone", "note")


def generated(seed: int, agents: list[str], days: list[date]) -> list[dict[str, str]]:
    """Rows as a team would export them: repeats, gaps, none and unknown, every outcome."""
    chance = random.Random(seed)
    rows = []
    for agent in agents:
        for day in days:
            start = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=9)
            numbers = [f"138{chance.randrange(10**8):08}" for _ in range(40)]
            for _ in range(60):
                start += timedelta(seconds=chance.randrange(30, 300))
                rows.append(
                    {
                        "agent": agent,
                        "started_at": start.isoformat(),
                        "duration_s": str(chance.randrange(5, 600)),
                        "phone": chance.choice([chance.choice(numbers), chance.choice(numbers), "12345", ""]),
                        "company": chance.choice(["宏达科技", "鑫源化工", "Ａcme  Ltd", "Acme Ltd", "", "无"]),
                        "contact": chance.choice(["王", "李芳", "李芳", ""]),
                        "title": chance.choice(["经理", "无", "不明", "厂长"]),
                        "department": chance.choice(["", "采购部"]),
                        "headcount": "",
                        "it_status": chance.choice(["", "无"]),
                        "outcome": chance.choice(["talked"] * 6 + list(OUTCOMES)),
                        "interest": chance.choice(["", "", "intent", "developable"]),
                        "note": chance.choice(["要报价", "发资料", " ", "unknown"]),
                        "next_follow_up": "",
                    }
                )
    return rows


def counted(rows: list[dict[str, str]]) -> Figures:
    """The figures by a straightforward count that shares nothing with the program's."""
    days: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        days[row["agent"], row["started_at"][:10]].append(row)
    found: Figures = {}
    for key, calls in days.items():
        connected = [row for row in calls if OUTCOMES[row["outcome"]]]
        complete = [row for row in connected if all(there(name, row[name]) for name in REQUIRED)]
        found[key] = {
            "dials": len(calls),
            "connected": len(connected),
            "complete": len(complete),
            "valid": len({row["phone"] for row in complete}),
            "leads": len({row["phone"] for row in complete if row["interest"]}),
            "companies": len({row["company"].replace("Ａ", "A").replace("  ", " ") for row in complete}),
        }
    return found


def there(name: str, text: str) -> bool:
    if name == "phone":
        return len(text) == 11 and text.startswith("13")
    word = text.strip()
    return bool(word) and word not in ("不明", "未知", "unknown") and (word != "无" or name == "title")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_generated_log_counts_as_a_plain_count_does(machines: Machines, tmp_path: Path, seed: int) -> None:
    agents = ["A001", "A002"]
    days = [date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)]
    rows = generated(seed, agents, days)
    log = tmp_path / "calls.csv"
    with log.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    machines.team(*agents)

    import_at_each_desk(machines, log, agents)

    names = [str(day) for day in days]
    assert at_the_desks(machines, agents, names) == counted(rows)
    assert board(machines, names) == counted(rows)
