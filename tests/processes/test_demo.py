"""A demo whose terminal is closed ends, and leaves nothing."""

import os
import pty
import signal
import subprocess
from pathlib import Path

from tests.commands.running import command_line, environment
from tests.waiting import PATIENCE_S


def test_a_demo_whose_terminal_is_gone_is_over(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    demo = subprocess.Popen(
        command_line("demo", "--agents", "2", "--lang", "en"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env=environment(TMPDIR=str(tmp_path), TERM="xterm-256color"),
    )
    os.close(slave)
    shown = b""
    while b"F9" not in shown:
        shown += os.read(master, 65536)
    os.close(master)
    for _ in range(3):
        # From the terminal, and handed on by what started it.
        demo.send_signal(signal.SIGHUP)
    try:
        assert demo.wait(PATIENCE_S) == 128 + signal.SIGHUP
    finally:
        demo.kill()
        demo.wait()
    assert list(tmp_path.iterdir()) == []
