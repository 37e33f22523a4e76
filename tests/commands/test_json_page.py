"""The page of the manual on `--json` names each member that a command prints, and no other."""

import re
from pathlib import Path
from typing import Any

import pytest

from agent_tui import manual
from agent_tui.i18n import LANGUAGES, Language
from tests.commands.teaming import PHONE, Team

DAY = "2026-11-23"


def printed(team: Team, folder: Path) -> dict[str, Any]:
    """A document of each command on the page."""
    agent, boss = team.agent, team.boss
    customer = ("--company", "宏达", "--contact", "王", "--title", "经理", "--note", "要报价", "--interest", "intent")
    call = agent.json("log", "--phone", PHONE, "--outcome", "talked", *customer)
    agent.json("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "家里有事")
    calls = folder / "calls.csv"
    calls.write_text("开始时间,电话,结果\n2026-11-20 09:00,13900000000,talked\n", encoding="utf-8")
    team.sync()
    return {
        "log": call,
        "show": agent.json("show", call["id"]),
        "points": boss.json("points", "--agent", "A017", "--rule", "att.late", "--on", DAY),
        "status": agent.json("status"),
        "team": boss.json("team"),
        "ledger": boss.json("ledger", "--agent", "A017"),
        "pay": boss.json("pay", "--agent", "A017"),
        "members": boss.json("members"),
        "requests": boss.json("requests"),
        "why": boss.json("why", f"day:A017:{DAY}:valid"),
        "import": agent.json("import", "calls", str(calls)),
        "export": boss.json("export", "report", "--day", DAY, "--to", str(folder / "day.csv")),
        "sync": boss.json("sync", "--once"),
        "check": boss.json("check"),
        "doctor": boss.json("doctor"),
        "locate": boss.json("locate"),
    }


def rows(language: Language) -> dict[str, str]:
    """What the page says of each command."""
    found = re.findall(r"^\| `([a-z]+)` \| (.*) \|$", manual.page("json", language), re.MULTILINE)
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
        said = set(re.findall(r"`([a-z_]+)`", page[command])) - {"status", "ledger", "correct", "void"}
        assert said == set(first(document)), command
        for member, inner in re.findall(r"`([a-z_]+)` \{([a-z_, ]+)\}", page[command]):
            assert inner.split(", ") == list(first(first(document)[member])), (command, member)
