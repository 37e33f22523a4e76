"""The program in a terminal of which a standard stream leads elsewhere: nobody would see the screens."""

from pathlib import Path

import pytest

from tests.processes.terminal import Terminal, program
from tests.ui.desk.bench import make_home
from tests.waiting import PATIENCE_S


@pytest.mark.parametrize("elsewhere", ["<&-", ">&-", "2>&-", "</dev/null", ">/dev/null", "2>errors"])
def test_no_screen_is_opened_where_a_standard_stream_is_no_terminal(
    tmp_path: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    with Terminal(["sh", "-c", f'exec "$@" {elsewhere}', "sh", *program(home)]) as terminal:
        assert terminal.process.wait(PATIENCE_S) == 1
    told = (tmp_path / "errors").read_text("utf-8") if elsewhere == "2>errors" else terminal.text
    assert ("agent-tui: " in told) == (elsewhere != "2>&-")
    assert not list(home.glob("crash/*"))
