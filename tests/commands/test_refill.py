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
