"""`import leads` and `assign`, and calls from a workbook."""

import csv
import random
import shutil
import subprocess
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from time import sleep

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import clock_from
from tests.commands.running import Machine, Machines, command_line, environment
from tests.imports.workbooks import book

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def alone(machine: Machine) -> Machine:
    """An agent with no team but oneself."""
    teams.create_solo(machine.home, "A017", "张敏", date(2026, 11, 9), "Asia/Shanghai", clock_from(machine.now))
    return machine


def leads_of(machine: Machine, agent: str) -> list[tuple[str, str]]:
    """Number and list of the leads that are still open for an agent, in their order, as this machine knows them."""
    opened = Book.open(machine.home, clock_from(machine.now))
    try:
        opened.customers.build()
        return [(row.phone, row.lead_list) for row in opened.customers.table.leads(agent)]
    finally:
        opened.close()


@pytest.mark.skipif(not SHARED.exists(), reason="the sample data lie beside the repository, and are not here")
def test_the_sample_list(alone: Machine, tmp_path: Path) -> None:
    file = tmp_path / "leads-gb18030.csv"
    shutil.copy(SHARED / file.name, file)
    counts = {"read": 500, "imported": 472, "already": 21, "refused": 7, "other_agent": 0}
    assert alone.json("import", "leads", str(file), "--dry-run") == {**counts, "refused_file": None}
    refused = str(tmp_path / "leads-gb18030.refused.csv")
    assert alone.json("import", "leads", str(file)) == {**counts, "refused_file": refused}
    again = {**counts, "imported": 0, "already": 493, "refused_file": refused}
    assert alone.json("import", "leads", str(file)) == again
    assert len(leads_of(alone, "A017")) == 472


def messy(path: Path, seed: int) -> tuple[dict[str, int], list[str]]:
    """A list as people keep them, and what it must come to, counted while it is made."""
    chance = random.Random(seed)
    numbers: list[str] = []
    counts: Counter[str] = Counter()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["客户名称", "姓名", "手 机", "备注"])
        for number in range(300):
            what = chance.choice(["new"] * 6 + ["again", "bad", "blank"])
            name = chance.choice(["[bold]李[/]", "=HYPERLINK(1)", "王,经理", 'a"b', "张\n敏", "\u202e赵"])
            if what == "blank":
                writer.writerow(["", " ", "　", ""])
                continue
            counts["read"] += 1
            if what == "bad":
                counts["refused"] += 1
                writer.writerow([f"单位{number}", name, chance.choice(["", "12", "138001380001", "没有", "1e10"]), ""])
                continue
            if what == "again" and numbers:
                counts["already"] += 1
                digits = chance.choice(numbers)
            else:
                counts["imported"] += 1
                digits = f"138{number:04}{chance.randrange(10_000):04}"
                numbers.append(digits)
            written = chance.choice(
                [
                    digits,
                    f"+86 {digits}",
                    f"86{digits}",
                    f"{digits[:3]} {digits[3:7]} {digits[7:]}",
                    f"{digits[:3]}-{digits[3:7]}-{digits[7:]}",
                    "".join(chr(ord(digit) + 0xFEE0) for digit in digits),
                    f"{digits}转{number}",
                ]
            )
            writer.writerow([f"单位{number}", name, written, "x" * chance.randrange(3)])
    return dict(counts), [f"+86{digits}" for digits in numbers]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_messy_list_comes_to_what_was_put_in(alone: Machine, tmp_path: Path, seed: int) -> None:
    file = tmp_path / "名单 十一月.csv"
    counts, numbers = messy(file, seed)
    report = alone.json("import", "leads", str(file))
    assert {name: report[name] for name in counts} == counts
    assert report["other_agent"] == 0
    assert leads_of(alone, "A017") == [(number, "名单 十一月") for number in numbers]
    with Path(report["refused_file"]).open(encoding="utf-8-sig", newline="") as refused:
        assert len(list(csv.reader(refused))) == counts["refused"] + 1


def test_a_supervisor_deals_a_list_in_turn(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017", "A018")
    file = book(
        tmp_path / "a.xlsx",
        ["单位名称", "联系电话", "工号"],
        *[[f"单位{n}", 13800138000 + n, None] for n in range(5)],
        ["单位5", "13800138005", "A018"],
        ["单位6", "13800138006", "A019"],
    )
    report = boss.json("import", "leads", str(file), "--assign", "A017,A018")
    assert report == {
        "read": 7, "imported": 6, "already": 0, "refused": 0, "other_agent": 1, "refused_file": None,
    }  # fmt: skip
    assert boss.json("import", "leads", str(file), "--assign", "A018")["already"] == 6
    boss("sync", "--once").done()
    for agent, ends in (("A017", "024"), ("A018", "135")):
        machines[agent]("sync", "--once").done()
        assert leads_of(machines[agent], agent) == [(f"+861380013800{end}", "a") for end in ends]


def test_a_list_for_nobody_in_particular_is_dealt_to_all_agents(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017", "A018")
    file = tmp_path / "list.csv"
    file.write_text("电话\n" + "".join(f"1380013800{n}\n" for n in range(4)), encoding="utf-8")
    assert boss.json("import", "leads", str(file))["imported"] == 4
    assert [len(leads_of(boss, agent)) for agent in ("A017", "A018", "S001")] == [2, 2, 0]


def test_no_colleague_reads_a_list(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017", "A018")
    file = tmp_path / "list.csv"
    file.write_text("电话,单位\n13800138000,宏达\n", encoding="utf-8")
    boss.json("import", "leads", str(file), "--assign", "A017")
    boss("sync", "--once").done()
    machines["A018"]("sync", "--once").done()
    assert leads_of(machines["A018"], "A018") == leads_of(machines["A018"], "A017") == []
    share = b"".join(path.read_bytes() for path in machines.share.rglob("*") if path.is_file())
    assert b'"kind":"lead"' in share
    assert "宏达".encode() not in share
    assert b"13800138000" not in share


def test_no_refused_row_is_written_into_the_shared_folder(machines: Machines) -> None:
    boss = machines.team("A017")
    file = machines.share / "list.csv"
    file.write_text("电话,单位\n13900000001,宏达\n12,鑫源\n", encoding="utf-8")
    ran = boss("import", "leads", str(file), "--assign", "A017", "--json").done()
    assert (ran.json["imported"], ran.json["refused"], ran.json["refused_file"]) == (1, 1, None)
    assert "shared folder" in ran.err
    assert not list(machines.share.glob("*refused*"))


def test_who_may_deal_to_whom(machines: Machines, tmp_path: Path) -> None:
    machines.team("A017", "A018")
    file = tmp_path / "list.csv"
    file.write_text("电话\n13800138000\n", encoding="utf-8")
    assert "A099" in machines["S001"]("import", "leads", str(file), "--assign", "A099").wrong()
    assert "supervisor" in machines["A017"]("import", "leads", str(file), "--assign", "A018").wrong()
    assert machines["A017"].json("import", "leads", str(file))["imported"] == 1


def test_a_desk_whose_copy_of_the_team_is_gone_says_so(machines: Machines, tmp_path: Path) -> None:
    machines.team("A017")
    agent = machines["A017"]
    for kept in (*agent.home.glob("teams/*/mirror/records"), agent.home / "cache"):
        shutil.rmtree(kept)
    file = tmp_path / "list.csv"
    file.write_text("电话\n13800138000\n", encoding="utf-8")
    assert "A017" in agent("import", "leads", str(file)).wrong()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("no-phone.csv", "单位,备注\n宏达,x\n".encode()),
        ("three.csv", "电话,手机,座机\n1,2,3\n".encode()),
        ("no.xlsx", b"PK\x03\x04"),
        ("text.xlsx", "电话\n13800138000\n".encode()),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("empty.csv", b""),
        ("torn.csv", '电话,备注\n13800138000,x\n13800138001,"open\n'.encode()),
        ("long.csv", "电话\n".encode() + b"".join(b"%d\n" % (13_800_000_000 + n) for n in range(100_001))),
    ],
)
def test_a_file_that_is_no_list_is_told_in_a_line_and_brings_nothing(
    alone: Machine, tmp_path: Path, name: str, data: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    said = alone("import", "leads", str(file)).wrong()
    assert str(file) in said
    assert leads_of(alone, "A017") == []


def test_a_number_on_the_do_not_call_list_is_refused(alone: Machine, tmp_path: Path) -> None:
    alone("log", "--phone", "13800138000", "--outcome", "do_not_call").done()
    file = tmp_path / "list.csv"
    file.write_text("电话\n13800138000\n13800138001\n", encoding="utf-8")
    ran = alone("import", "leads", str(file), "--json").done()
    assert (ran.json["imported"], ran.json["refused"]) == (1, 1)
    assert "do-not-call" in ran.err


def test_calls_come_from_a_workbook_too(alone: Machine, tmp_path: Path) -> None:
    file = book(
        tmp_path / "calls.xlsx",
        ["日期", "时间", "工号", "电话", "结果", "联系人", "职务", "单位名称", "跟进内容"],
        [datetime(2026, 11, 20), time(9, 30), "A017", 13800138000, "有效沟通", "王", "经理", "宏达", "要报价"],
        [datetime(2026, 11, 20), time(9, 40), "A018", 13800138001, "无人接", None, None, None, None],
        [datetime(2026, 11, 20), time(9, 50), None, 13800138002, "什么", None, None, None, None],
    )
    report = alone.json("import", "calls", str(file))
    assert (report["read"], report["imported"], report["refused"], report["other_agent"]) == (3, 1, 1, 1)
    assert alone.json("import", "calls", str(file))["already"] == 1


def test_a_customer_is_made_an_agents(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017", "A018")
    file = tmp_path / "list.csv"
    file.write_text("电话,单位\n13800138000,宏达\n13800138001,鑫源\n", encoding="utf-8")
    boss.json("import", "leads", str(file), "--assign", "A017")
    boss("sync", "--once").done()
    boss("assign", "123", "--agent", "A018").wrong(2)
    boss("assign", "13800138000", "--agent", "A099").wrong()
    assert "S001 is a supervisor" in boss("assign", "13800138000", "--agent", "S001").wrong()
    boss("assign", "138 0013 8000", "--agent", "A018").done()
    boss("sync", "--once").done()
    for agent, left in (("A017", ["+8613800138001"]), ("A018", ["+8613800138000"])):
        machines[agent]("sync", "--once").done()
        assert [phone for phone, _ in leads_of(machines[agent], agent)] == left
    machines["A017"]("assign", "13800138001", "--agent", "A018").wrong()


def test_an_import_that_was_killed_is_finished_by_the_next(alone: Machine, tmp_path: Path) -> None:
    numbers = [13_800_000_000 + n for n in range(6000)]
    file = tmp_path / "long.csv"
    file.write_text("电话,单位\n" + "".join(f"{n},单位{n}\n" for n in numbers), encoding="utf-8")
    running = subprocess.Popen(
        command_line("--home", str(alone.home), "--now", alone.now, "import", "leads", str(file)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    journal = next(alone.home.glob("teams/*/journal"))
    while running.poll() is None and sum(path.stat().st_size for path in journal.glob("*.jsonl")) < 400_000:
        sleep(0.01)
    running.kill()
    running.wait()
    report = alone.json("import", "leads", str(file))
    assert report["already"] > 0
    assert report["already"] + report["imported"] == len(numbers)
    assert [phone for phone, _ in leads_of(alone, "A017")] == [f"+86{n}" for n in numbers]
