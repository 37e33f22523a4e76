"""The page of the manual on `--json` names each member that a command prints, and no other."""

import json
import re
import subprocess
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from agent_tui import manual
from agent_tui.i18n import LANGUAGES, Language
from shared_rules.policies.policy import builtin
from tests.commands.running import Machine, command_line, environment
from tests.commands.teaming import PHONE, Team
from tests.ports import free_port
from tests.waiting import PATIENCE_S

DAY = "2026-11-23"
CARD = 'event = "e"\non = 2026-11-20\nobjection = "o"\nreframe = "r"\nquestion = "q"\n'
OTHERS = {"status", "ledger", "correct", "void", "approve", "ignore", "leave"}
"""Commands that the row of another names."""


def printed(team: Team, folder: Path) -> dict[str, Any]:
    """A document of each command on the page."""
    agent, boss = team.agent, team.boss
    customer = ("--company", "宏达", "--contact", "王", "--title", "经理", "--note", "要报价", "--interest", "intent")
    call = agent.json("log", "--phone", PHONE, "--outcome", "talked", *customer)
    agent.json("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "家里有事")
    calls = folder / "calls.csv"
    calls.write_text("开始时间,电话,结果\n2026-11-20 09:00,13900000000,talked\n", encoding="utf-8")
    boss("attend", "--agent", "A017", "--on", DAY, "--meeting", "daily", "--state", "missed").done()
    card = folder / "card.toml"
    card.write_text(CARD, encoding="utf-8")
    boss("card", "publish", str(card)).done()
    policy = folder / "mine.toml"
    policy.write_text(builtin("handbook").text.replace("calls = 120", "calls = 110"), encoding="utf-8")
    team.sync()
    (other := folder / "other").mkdir()
    return {
        "init": team.machines["S002"].json("init", str(other), "--team", "二组", "--id", "S002", "--name", "李强"),
        "join": team.machines["A018"].json("join", str(other), "--id", "A018", "--name", "王芳", "--hired", DAY),
        "log": call,
        "show": agent.json("show", call["id"]),
        "points": boss.json("points", "--agent", "A017", "--rule", "att.late", "--on", DAY),
        "status": agent.json("status"),
        "team": boss.json("team"),
        "ledger": boss.json("ledger", "--agent", "A017"),
        "pay": boss.json("pay", "--agent", "A017"),
        "members": boss.json("members"),
        "requests": boss.json("requests"),
        "proposals": boss.json("proposals"),
        "card list": agent.json("card", "list"),
        "policy show": boss.json("policy", "show"),
        "policy check": boss.json("policy", "check", str(policy)),
        "policy replay": boss.json("policy", "replay", str(policy), "--month", "2026-11"),
        "why": boss.json("why", f"day:A017:{DAY}:valid"),
        "import": agent.json("import", "calls", str(calls)),
        "export": boss.json("export", "report", "--day", DAY, "--to", str(folder / "day.csv")),
        "sync": boss.json("sync", "--once"),
        "check": boss.json("check"),
        "refill": boss.json("refill", str(team.machines.share)),
        "erase": boss.json("erase", "13900000001"),
        "doctor": boss.json("doctor"),
        "locate": boss.json("locate"),
        "help": boss.json("help"),
        "serve": served(boss),
    }


def served(machine: Machine) -> Any:
    """What `serve` prints before it goes on until it is ended."""
    with free_port() as port:
        command = command_line(
            "--home", str(machine.home), "--now", machine.now, "serve", "--port", str(port), "--json"
        )
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), encoding="utf-8") as server:
            assert server.stdout is not None
            late = Timer(PATIENCE_S, server.kill)  # one that prints nothing goes on all the same
            late.start()
            printed = server.stdout.readline()
            late.cancel()
            server.terminate()
            assert server.stdout.read() == ""
    assert json.loads(printed)["url"] == f"http://127.0.0.1:{port}"
    return json.loads(printed)


def rows(language: Language) -> dict[str, str]:
    """What the page says of each command."""
    found = re.findall(r"^\| `([a-z ]+)` \| (.*) \|$", manual.page("json", language), re.MULTILINE)
    return dict(found)


def first(document: Any) -> dict[str, Any]:
    """A document, or the first of a list of them."""
    found: dict[str, Any] = document[0] if isinstance(document, list) else document
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_every_member(team: Team, tmp_path: Path, language: Language) -> None:
    documents, page = printed(team, tmp_path), rows(language)
    assert set(page) == set(documents)
    for command, document in documents.items():
        said = set(re.findall(r"`([a-z_]+)`", page[command])) - OTHERS
        assert said == set(first(document)), command
        for member, inner in re.findall(r"`([a-z_]+)` \{([a-z_, ]+)\}", page[command]):
            assert inner.split(", ") == list(first(first(document)[member])), (command, member)


def test_what_records_something_prints_its_record_first(team: Team, tmp_path: Path) -> None:
    """As the page says; also where the command shows it in words of its own."""
    policy = tmp_path / "mine.toml"
    policy.write_text(builtin("handbook").text.replace("calls = 120", "calls = 110"), encoding="utf-8")
    for document in (
        team.agent.json("punch", "in"),
        team.agent.json("hand-in"),
        team.boss.json("excuse", "--agent", "A017", "--day", DAY, "--reason", "r"),
        team.boss.json("confirm", "--agent", "A017", "--day", DAY),
        team.boss.json("members", "hired", "A017", "2026-11-08"),
        team.boss.json("notice", "t"),
        team.boss.json("policy", "publish", str(policy), "--from", "2026-12-01"),
    ):
        assert list(document)[:4] == ["id", "kind", "agent", "at"], document
