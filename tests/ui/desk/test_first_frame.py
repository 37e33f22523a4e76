"""What the desk loads and does before its first frame, in which it takes keys."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.color import Color
from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode
from textual.screen import Screen

from agent_tui.ui.desk import screen
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.desk.sheet import identity
from agent_tui.ui.desk.source import Snapshot
from tests.commands.running import environment
from tests.ui.desk.bench import NOW, DeskApp, at_desk, make_home
from tests.waiting import happens

OPENS = """
import asyncio
import sys
from pathlib import Path
from agent_tui.clock import clock_from
from agent_tui.ui import app
from agent_tui.ui.desk import screen

# The first figures and the sync follow a moment later; here never.
screen._READ_AFTER_S = app._SYNC_AFTER_S = 3600

async def first_frame():
    shell = app.Shell(Path(sys.argv[1]), clock_from(sys.argv[2]))
    shell.open_book()
    async with shell.run_test() as pilot:
        await pilot.pause()
        assert isinstance(shell.screen, screen.DeskScreen)
        return {one for one in sys.modules for name in sys.argv[3:] if one == name or one.startswith(name + ".")}

slow = asyncio.run(first_frame())
sys.exit(f"loaded: {slow}" if slow else 0)
"""
# Other screens, the sync and the search come after the first frame, and what few days need with that day. Pydantic is
# for what a person, a file or a share brings in.
LATER = (
    "pydantic", "pydantic_core", "tomllib", "defusedxml", "duckdb", "nacl.pwhash", "openpyxl", "phonenumbers",
    "plotext", "pypinyin", "urllib.request", "xlsxwriter", "agent_tui.book.acts", "agent_tui.book.customers",
    "agent_tui.book.reading", "agent_tui.book.sharing.bring", "agent_tui.book.sharing.host", "agent_tui.imports",
    "agent_tui.reports", "agent_tui.sync.host", "agent_tui.sync.service", "agent_tui.sync.syncer",
    "agent_tui.teams", "agent_tui.trust.words", "agent_tui.ui.board", "agent_tui.ui.cards", "agent_tui.ui.customers",
    "agent_tui.ui.day", "agent_tui.ui.help", "agent_tui.ui.pay", "agent_tui.ui.points", "agent_tui.ui.rules",
    "agent_tui.ui.settings", "agent_tui.ui.setup", "agent_tui.ui.week", "agent_tui.ui.why",
    "shared_rules.policies.explaining",
)  # fmt: skip

PHONES = [f"137001370{number:02}" for number in range(6)]


def test_the_desk_loads_no_other_screen_and_nothing_it_needs_later(tmp_path: Path) -> None:
    assert all(map(find_spec, LATER)), "a name that is none would be found loaded by nobody"
    home = make_home(tmp_path / "home", calls=3)
    ran = subprocess.run(
        [sys.executable, "-c", OPENS, str(home), NOW.isoformat(), *LATER],
        capture_output=True,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("columns", [80, 140])
async def test_the_desk_is_styled_once_and_not_once_more_when_it_comes_to_the_front_or_for_its_width(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    walked: list[bool] = []
    update = Stylesheet.update_nodes

    def counted(sheet: Stylesheet, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        found = list(nodes)
        walked.append(any(isinstance(node, DeskScreen) for node in found))
        update(sheet, found, animate=animate)

    monkeypatch.setattr(Stylesheet, "update_nodes", counted)
    home = make_home(tmp_path / "home", calls=3)
    async with at_desk(home, size=(columns, 30)) as hands:
        assert hands.app.screen.has_class("-wide") == (columns >= 120)
        assert not any(walked)


async def test_no_style_is_parsed_twice_for_the_theme_that_was_chosen_before_the_first_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: Counter[CSSLocation] = Counter()

    def counted(scope: str, css: str, read_from: CSSLocation, **rest: Any) -> Iterable[RuleSet]:
        parsed[read_from] += 1
        return parse(scope, css, read_from, **rest)

    monkeypatch.setattr(stylesheet, "parse", counted)
    async with at_desk(make_home(tmp_path / "home")) as hands:
        assert hands.app.screen.styles.background == Color.parse(hands.app.get_css_variables()["background"])
        assert (len(parsed) > 10, set(parsed.values())) == (True, {1})


class Desk(DeskScreen):
    """Remembers which numbers stood in the form when the day was read for the first time."""

    stood: frozenset[str] | None = None

    def _read_day(self) -> Snapshot:
        if self.stood is None:
            self.stood = self._form.taken
        return super()._read_day()


class Typed(DeskApp):
    """The program of somebody who types while it starts."""

    def _desk(self) -> Screen[None]:
        assert self.book is not None
        return Desk(self.book, lambda: self.seconds)

    def on_mount(self) -> None:
        for phone in PHONES:
            for key in ("ctrl+o", *phone):
                self.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_the_day_is_read_when_what_was_typed_during_the_start_stands_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "_READ_AFTER_S", 0.001)
    app = Typed(make_home(tmp_path / "home"))
    app.open_book()
    async with app.run_test():
        assert await happens(lambda: isinstance(app.screen, Desk) and app.screen.ready)
        assert isinstance(app.screen, Desk)
        assert app.screen.stood == frozenset(map(identity, PHONES))
    app.close_book()
