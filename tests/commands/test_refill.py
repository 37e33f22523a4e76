"""`refill` on the command line."""

import json
import shutil

from tests.commands.running import Machines


def test_the_command(machines: Machines) -> None:
    boss = machines.team("A017")
    machines["A017"]("log", "--phone", "13800138000", "--outcome", "no_answer").done()
    machines["A017"]("sync", "--once").done()
    boss("sync", "--once").done()
    shutil.rmtree(machines.share)
    machines.share.mkdir()
    told = json.loads(boss("refill", str(machines.share), "--json").done().out)
    assert (told["segments"], told["kept"]) == (1, 0)
    assert "0 files of records" in boss("refill", str(machines.share)).done().out
    assert boss.json("check")["findings"] == []
    assert "nowhere" in boss("refill", str(machines.share / "nowhere")).wrong()


def test_what_cannot_be_read_is_named(machines: Machines) -> None:
    boss = machines.team("A017")
    boss("sync", "--once").done()
    (roster,) = (machines.share / "roster").iterdir()
    other = next((machines.share / "join").iterdir())
    other.unlink()
    other.mkdir()
    ran = boss("refill", str(machines.share), "--json")
    assert (ran.status, ran.json["unread"]) == (1, [f"join/{other.name}"])
    lines = boss("refill", str(machines.share)).out.splitlines()
    assert len(lines) == 2
    assert f"join/{other.name}: cannot be read as a file" in lines[1]
    assert roster.is_file()


def test_what_could_not_be_put_back_is_named_and_is_no_success(machines: Machines) -> None:
    boss = machines.team("A017", "A018")
    for agent in ("A017", "A018"):
        machines[agent]("log", "--phone", "13800138000", "--outcome", "no_answer").done()
        machines[agent]("sync", "--once").done()
    boss("sync", "--once").done()
    (day,) = (machines.share / "records").iterdir()
    own = {name: next(path.name for path in (machines[name].home).rglob("*-000001.jsonl")) for name in ("S001", "A017")}
    shutil.rmtree(day)
    for leaf in own.values():
        (day / leaf).mkdir(parents=True)
    ran = boss("refill", str(machines.share))
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[0].startswith("put back: 1 file of records")
    (line,) = lines[1:]
    assert line.startswith(f"A017 张敏: records/{day.name}/{own['A017']}: cannot be read as a file")
    assert f"{own['S001']}: in the shared folder" in ran.err  # what this machine itself publishes
