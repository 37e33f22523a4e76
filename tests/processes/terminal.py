"""A real program in a pseudo terminal: keys go in, and the screen is read as a person would see it."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import tty
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from types import TracebackType
from typing import Self

import pyte

from tests.commands.running import command_line, environment
from tests.waiting import PATIENCE_S

"""So long is waited for what must come; nothing here takes nearly as long."""
QUIT, NEW_NUMBER = "\x11", "\x0f"
UP, DOWN = "\x1b[A", "\x1b[B"


class Terminal:
    """Runs `command` until it ends or the `with` block does. `rows` and `columns` are the size in cells."""

    def __init__(self, command: Sequence[str], *, rows: int = 24, columns: int = 80) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._news = Condition()
        self.raw = b""
        """All that it ever wrote to the terminal."""
        self._over = False
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        # What is typed before the program listens waits for it, and is not echoed meanwhile.
        tty.setraw(slave)
        self.started = monotonic()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=environment(TERM="xterm-256color", COLORTERM="", LC_ALL="C.UTF-8"),
        )
        os.close(slave)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    @property
    def text(self) -> str:
        """The screen, a line a row. The second cell of a wide character holds nothing."""
        with self._news:
            return self._text()

    def cells(self) -> list[list[str]]:
        """What stands in each cell, a list a row; the second cell of a wide character is empty."""
        with self._news:
            lines = self._screen.buffer
            return [
                [lines[row][column].data for column in range(self._screen.columns)] for row in range(self._screen.lines)
            ]

    def looks(self) -> list[list[tuple[str, str, str, bool, bool]]]:
        """What stands in each cell, a list a row, with its colours, and whether it is bold or reversed."""
        with self._news:
            cells = [
                [self._screen.buffer[y][x] for x in range(self._screen.columns)] for y in range(self._screen.lines)
            ]
        return [[(one.data, one.fg, one.bg, one.bold, one.reverse) for one in row] for row in cells]

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size, as a person does who drags its corner."""
        with self._news:
            self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def keys(self, text: str) -> float:
        """Type; when that was, by `time.monotonic`."""
        moment = monotonic()
        os.write(self._master, text.encode())
        return moment

    def wait(self, shown: str | Callable[[str], object], patience: float = PATIENCE_S) -> float:
        """Wait until a text, or what a test of the whole screen asks for, is shown; when it was seen.

        Raises AssertionError, with the screen, where it does not come.
        """
        test = shown if callable(shown) else lambda text: shown in text
        with self._news:
            self._news.wait_for(lambda: self._over or test(self._text()), patience)
            assert test(self._text()), f"not shown: {shown}\n{self._text()}"
            return monotonic()

    def kill(self) -> None:
        """SIGKILL, if it still runs; afterwards `text` is all that it ever showed."""
        self.process.kill()
        self.process.wait()
        self._reader.join()

    def quit(self) -> float:
        """Press ^Q and wait for the end; the seconds it took."""
        began = self.keys(QUIT)
        assert self.process.wait(PATIENCE_S) == 0, self.text
        return monotonic() - began

    def _text(self) -> str:
        lines = self._screen.buffer
        return "\n".join(
            "".join(lines[row][column].data for column in range(self._screen.columns)).rstrip()
            for row in range(self._screen.lines)
        )

    def _read(self) -> None:
        while data := self._part():
            with self._news:
                self.raw += data
                self._stream.feed(data)
                self._news.notify_all()
        with self._news:
            self._over = True
            self._news.notify_all()

    def _part(self) -> bytes:
        try:
            return os.read(self._master, 65536)
        except OSError:  # the last one that had the other side open is gone
            return b""


def program(home: Path, *more: str) -> list[str]:
    """The command line of the desk or board of a home."""
    return command_line("--home", str(home), "--lang", "zh", *more)


def module(name: str, *arguments: str) -> list[str]:
    """The command line of another module of the tests."""
    return [sys.executable, "-m", name, *arguments]
