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
    told = boss.json("refill", str(machines.share))
    assert told["unread"] == [f"join/{other.name}"]
    lines = boss("refill", str(machines.share)).done().out.splitlines()
    assert len(lines) == 2
    assert f"join/{other.name}: cannot be read as a file" in lines[1]
    assert roster.is_file()
