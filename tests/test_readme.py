"""The front page: its picture is what the desk looks like, and what it says to type is understood."""

import argparse
import re
import shlex
from pathlib import Path

from agent_tui.commands.parser import build

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_picture_is_the_desk() -> None:
    golden = ROOT / "tests" / "ui" / "goldens" / "desk" / "en-80x24-walk.txt"
    picture = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    assert picture is not None
    assert picture[1] == golden.read_text(encoding="utf-8").rstrip("\n")


def test_every_command_it_shows_is_understood() -> None:
    shown = re.findall(r"^    agent-tui(.*)$", README, re.MULTILINE)
    assert len(shown) >= 5
    for line in shown:
        build().parse_args(shlex.split(line, comments=True))


def test_it_names_every_command() -> None:
    (commands,) = (one for one in build()._actions if isinstance(one, argparse._SubParsersAction))
    assert [name for name in commands.choices if not re.search(rf"`{name}\b", README)] == []
