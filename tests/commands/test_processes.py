"""The command line as real processes: exit statuses, streams, imports, signals, the demo."""

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from shared_rules.policies.policy import builtin_text
from tests.commands.running import Machines, command_line, environment, process
from tests.commands.teaming import TALKED

EVERY_COMMAND = """
import sys
from agent_tui.commands.run import run

def screens(*_, **__):
    raise AssertionError

home, share, calls = sys.argv[1:]
for command in (
    ["init", share, "--team", "t", "--id", "S001", "--name", "n"],
    ["members"], ["status"], ["team"], ["sync", "--once"], ["check"], ["ledger", "--agent", "S001"], ["show", "x"],
    ["points", "--agent", "S001", "--rule", "att.late", "--on", "2026-11-23"], ["members", "approve", "x"],
    ["members", "leave", "x", "--on", "2026-11-23"], ["log", "--phone", "1", "--outcome", "busy"],
    ["import", "calls", calls], ["locate"], ["schema"], ["help"], ["help", "start"],
    ["join", share, "--id", "A1", "--name", "n", "--hired", "2026-11-09"], ["demo"],
    ["demo", "--agents", "1", "--print"],
):
    run(["--home", home, "--now", "2026-11-23T14:32:00+08:00", *command], screens)
    loaded = sorted(name for name in sys.modules if name.startswith(("textual", "agent_tui.ui")))
    assert not loaded, (command, loaded)
"""


def test_no_command_imports_textual(tmp_path: Path) -> None:
    share, calls = tmp_path / "share", tmp_path / "calls.csv"
    share.mkdir()
    calls.write_text("phone,outcome,started_at\n1,busy,2026-11-20 9:00\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", EVERY_COMMAND, str(tmp_path / "home"), str(share), str(calls)],
        capture_output=True,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert "unexpected fault" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a user may make no links there")
def test_the_version_of_sources_that_nobody_installed_is_told_to_be_none(tmp_path: Path) -> None:
    # All that is installed here but the program itself, which runs from its sources.
    for place in map(Path, sys.path):
        for one in place.glob("*") if place.name == "site-packages" else ():
            if "agent_tui" not in one.name:
                (tmp_path / one.name).symlink_to(one)
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    told = [
        subprocess.run(
            [sys.executable, "-S", "-m", "agent_tui", "--home", str(tmp_path / "home"), "--version", *more],
            capture_output=True,
            env=environment(PYTHONPATH=paths),
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        for more in ([], ["--json"])
    ]
    assert [(one.returncode, one.stderr) for one in told] == [(0, "")] * 2, told
    assert told[0].stdout == "agent-tui from sources that are not installed: no version\n"
    assert json.loads(told[1].stdout) == {"version": None}


READS = """
import sys
from agent_tui.commands.run import run

run(["--home", sys.argv[1], "--now", sys.argv[2], "status", "--json"], lambda *_, **__: 1)
slow = set(sys.argv[3:]) & sys.modules.keys()
sys.exit(f"loaded: {slow}" if slow else 0)
"""
# To import the first takes as long as all else that a status does.
NOT_FOR_A_STATUS = (
    "pydantic", "importlib.metadata", "tomllib", "asyncio", "defusedxml", "duckdb", "nacl.pwhash",
    "openpyxl", "phonenumbers", "plotext", "pypinyin", "traceback", "urllib.request", "xlsxwriter",
    "agent_tui.book.acts.agent", "agent_tui.book.acts.supervisor", "agent_tui.book.customers", "agent_tui.book.reading",
    "agent_tui.book.sharing.bring", "agent_tui.book.sharing.host", "agent_tui.sync.host", "agent_tui.sync.service",
    "agent_tui.sync.syncer", "agent_tui.teams", "agent_tui.trust.words", "shared_rules.policies.explaining",
    # Windows has no time zones of its own: it is loaded with those of the package.
    *(() if sys.platform == "win32" else ("shutil",)),
)  # fmt: skip


def test_a_status_builds_no_validator_and_loads_nothing_it_does_not_need(machines: Machines) -> None:
    assert all(map(find_spec, NOT_FOR_A_STATUS)), "a name that is none would be found loaded by nobody"
    boss, agent = machines.team("A017"), machines["A017"]
    policy = machines.share.with_name("policy.toml")
    policy.write_text(builtin_text("handbook").replace("calls = 120", "calls = 100"), encoding="utf-8")
    boss("policy", "publish", str(policy), "--from", agent.now[:10]).done()
    boss("sync", "--once").done()
    agent("sync", "--once").done()
    agent(*TALKED).done()
    ran = subprocess.run(
        [sys.executable, "-c", READS, str(agent.home), str(agent.now), *NOT_FOR_A_STATUS],
        capture_output=True,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["agent"] == "A017"


def test_statuses_and_streams_of_real_processes(machines: Machines) -> None:
    boss, agent = machines["S001"], machines["A017"]
    boss.process("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
    joined = agent.process(
        "join", str(machines.share), "--id", "A017", "--name", "张敏", "--hired", "2026-11-09"
    ).done()
    assert joined.err == ""
    logged = agent.process(*TALKED, "--json").done()
    assert (logged.json["valid"], logged.err) == (True, "")
    agent.process("show", "nothing").wrong(1)
    agent.process("log", "--phone", "1").wrong(2)
    agent.process().wrong(1)
    boss.process("sync", "--once").done()
    (waiting,) = [one for one in boss.process("members", "--json").done().json if one["state"] == "waiting"]
    boss.process("members", "approve", waiting["writer"]).done()
    for machine in (boss, agent, boss):
        machine.process("sync", "--once").done()
    assert boss.process("team", "--json").done().json["totals"]["valid"] == 1


def test_output_is_utf_8_whatever_the_console_is(machines: Machines) -> None:
    machines.team("A017")
    ran = machines["A017"].process("status", "--lang", "zh", LC_ALL="C", PYTHONIOENCODING="gbk:strict", PYTHONUTF8="0")
    assert "张敏" in ran.done().out
    assert "有效电话" in ran.out


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen(
        command_line("schema"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert ran.stderr.read() == b""
        assert ran.wait(30) == 0


def test_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    place = tmp_path / "read-only"
    place.touch()
    with place.open("rb") as unwritable:
        ran = subprocess.run(
            command_line("schema"),
            stdout=unwritable,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=30,
        )
    assert ran.returncode == 1
    assert len(ran.stderr.decode("utf-8").splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there no shell starts a program without its streams")
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_was_closed_before_the_start_is_no_fault(machines: Machines, closed: int) -> None:
    home = machines.team("A017").home
    program = command_line("--home", str(home), "--lang", "en")
    shell = ["sh", "-c", f'exec "$@" {closed}>&-', "sh"]
    for arguments, status, said in (
        (["members", "--json"], 0, ""),
        (["doctor", "--json"], 0, ""),
        (["why", "x"], 1, "agent-tui: there is no record x on this machine; it may not have been synced yet\n"),
        ([], 1, "agent-tui: there is no terminal here for the desk or the board; without one these work: init join "
                "members log import status team points ledger show sync check demo --print help\n"),
    ):  # fmt: skip
        ran = subprocess.run(
            [*shell, *program, *arguments], capture_output=True, env=environment(), check=False, timeout=60
        )
        assert ran.returncode == status, ran
        assert ran.stderr.decode("utf-8") == ("" if closed == 2 else said)
        # What is said never stands among the data.
        assert bool(ran.stdout) == (closed != 1 and status == 0)
        if ran.stdout:
            json.loads(ran.stdout)
    assert not list(home.glob("crash/*"))


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot send another alone an interrupt")
def test_sync_goes_on_until_it_is_interrupted(machines: Machines) -> None:
    machines.team("A017")
    agent = machines["A017"]
    # By another way than the one it joined by.
    there = machines.share.rename(machines.share.with_name("there"))
    with subprocess.Popen(
        command_line("--home", str(agent.home), "--share", str(there), "sync", "--watch", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        # Left running by a failure, it would be waited for without end.
        told = ran.stdout.readline()
        ran.send_signal(signal.SIGINT)
        assert ran.wait(30) == 0
        state = json.loads(told)
        assert set(state) == {"pending", "last_ok", "error", "left"}
        assert state["error"] is None
        assert ran.stderr.read() == b""


@pytest.mark.parametrize("where", ["agent_tui.commands.run", "agent_tui.commands.parser", "agent_tui.commands.figures"])
def test_ctrl_c_ends_a_command_in_silence_also_while_the_program_loads(tmp_path: Path, where: str) -> None:
    interrupted = f"""
import sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "{where}":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
sys.argv[1:] = ["--home", {str(tmp_path)!r}, "status"]
from agent_tui.__main__ import main
main()
"""
    ran = subprocess.run(
        [sys.executable, "-c", interrupted], capture_output=True, env=environment(), timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


def test_the_demo_prints_a_day_and_leaves_nothing(tmp_path: Path) -> None:
    places = {name: str(tmp_path) for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_DATA_HOME", "LOCALAPPDATA")}
    ran = process("demo", "--agents", "2", "--print", "--json", "--now", "2026-11-22T12:00:00+08:00", **places).done()
    board = ran.json
    assert board["day"] == "2026-11-20"
    assert len(board["agents"]) == 2
    assert all(agent["valid"] > 40 for agent in board["agents"])
    assert list(tmp_path.iterdir()) == []
    again = process("demo", "--agents", "2", "--print", "--lang", "zh", "--now", "2026-11-22T12:00:00+08:00", **places)
    assert f"{board['agents'][0]['valid']}/" in again.done().out


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is not told to end, it ends")
def test_a_demo_that_is_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    places = {name: str(tmp_path) for name in ("TMPDIR", "TEMP", "TMP")}
    with subprocess.Popen(
        command_line("demo", "--agents", "30", "--print"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**places),
    ) as ran:
        assert ran.stderr is not None
        assert ran.stderr.readline()
        assert list(tmp_path.iterdir())
        ran.terminate()
        assert ran.wait(30) != 0
        assert ran.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []
