"""What the desk loads before it takes its first key."""

import os
import subprocess
import sys
from pathlib import Path

from tests.commands.running import environment
from tests.ui.desk.bench import NOW, make_home

OPENS = """
import sys
from pathlib import Path
from agent_tui.clock import clock_from
from agent_tui.ui.app import Shell

shell = Shell(Path(sys.argv[1]), clock_from(sys.argv[2]))
shell.open_book()
from agent_tui.ui.desk.screen import DeskScreen
DeskScreen(shell.book)
slow = {one for one in sys.modules for name in sys.argv[3:] if one == name or one.startswith(name + ".")}
sys.exit(f"loaded: {slow}" if slow else 0)
"""
# Other screens, the sync and the search come after the first frame, and what few days need with that day. Building one
# of pydantic's validators imports the first.
LATER = (
    "pydantic.plugin._loader", "tomllib", "defusedxml", "duckdb", "nacl.pwhash", "openpyxl", "phonenumbers", "plotext",
    "pypinyin", "urllib.request", "xlsxwriter", "agent_tui.book.acts", "agent_tui.book.bring",
    "agent_tui.book.customers", "agent_tui.book.host", "agent_tui.book.lists", "agent_tui.book.reading",
    "agent_tui.imports", "agent_tui.reports", "agent_tui.sync.host", "agent_tui.sync.service", "agent_tui.sync.syncer",
    "agent_tui.teams", "agent_tui.trust.words", "agent_tui.ui.board", "agent_tui.ui.cards", "agent_tui.ui.customers",
    "agent_tui.ui.day", "agent_tui.ui.help", "agent_tui.ui.pay", "agent_tui.ui.points", "agent_tui.ui.rules",
    "agent_tui.ui.settings", "agent_tui.ui.setup", "agent_tui.ui.week", "agent_tui.ui.why",
)  # fmt: skip


def test_the_desk_loads_no_other_screen_and_nothing_it_needs_later(tmp_path: Path) -> None:
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
