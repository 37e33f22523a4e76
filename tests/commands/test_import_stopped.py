"""An import that is stopped half-way says how many calls are in, and the same file again brings in the rest."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.commands.running import Machine, command_line, environment
from tests.waiting import PATIENCE_S

ROWS = 20_000
# So long is the journal when the first two thousand calls are in it, and the rest is yet to come.
ENOUGH = 2_100 * 400


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="a process there is not sent Ctrl+C")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_ctrl_c_says_how_many_are_in_and_the_rest_comes_in_afterwards(
    machine: Machine, tmp_path: Path, language: str
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    machine("init", str(share), "--team", "T", "--id", "S001", "--name", "陈强").done()
    file = tmp_path / "calls.csv"
    rows = (f"138{number:08},无人接,2026-11-{number % 20 + 1:02} 10:00:00\n" for number in range(ROWS))
    file.write_text("电话,结果,开始时间\n" + "".join(rows), encoding="utf-8")
    arguments = ("--home", str(machine.home), "--now", machine.now, "--lang", language, "import", "calls", str(file))
    running = subprocess.Popen(
        command_line(*arguments), stderr=subprocess.PIPE, env=environment(), encoding="utf-8", stdin=subprocess.DEVNULL
    )
    until = monotonic() + PATIENCE_S
    while sum(path.stat().st_size for path in machine.home.rglob("*.jsonl")) < ENOUGH and monotonic() < until:
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 130
    (line,) = said.splitlines()
    found = re.search(r"\d+", line)
    assert found
    least = int(found[0])
    assert 0 < least < ROWS
    report = machine.json("import", "calls", str(file))
    assert report["imported"] + report["already"] == ROWS
    assert least <= report["already"] < ROWS
