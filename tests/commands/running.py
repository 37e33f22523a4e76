"""Runs the command line, in this process or as a real one."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agent_tui.commands.run import run


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def done(self) -> "Ran":
        """Itself, when it ended well."""
        assert self.status == 0, self
        return self

    def wrong(self, status: int = 1) -> str:
        """The one line it said, when it ended with `status` and printed nothing else."""
        assert (self.status, self.out) == (status, ""), self
        assert self.err.count("\n") == 1, self
        assert "Traceback" not in self.err
        return self.err.rstrip("\n")


def no_screens(*_: object, **__: object) -> int:
    raise AssertionError("a screen was opened")


class Machine:
    """One machine: a home, and the clock that its commands are told."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.now = "2026-11-23T14:32:00+08:00"
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        """Run a command in this process."""
        self._capsys.readouterr()
        status = run(["--home", str(self.home), "--now", self.now, "--lang", "en", *arguments], no_screens)
        printed = self._capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    def json(self, *arguments: str) -> Any:
        """What a command prints with --json."""
        return self(*arguments, "--json").done().json

    def process(self, *arguments: str, **changed: str) -> Ran:
        """Run a command as a process of its own."""
        return process("--home", str(self.home), "--now", self.now, "--lang", "en", *arguments, **changed)


def command_line(*arguments: str) -> list[str]:
    """A real command line; an encoding that is not named is an error in it."""
    strict = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning")
    return [sys.executable, *strict, "-m", "agent_tui", *arguments]


def environment(**changed: str) -> dict[str, str]:
    """The environment here without what speaks to the program, and with what is given.

    Pytest's workers name the size of a terminal, which a program believes before its own.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AGENT_TUI_") and name not in ("LINES", "COLUMNS")
    }
    return {**kept, **changed}


def process(*arguments: str, **changed: str) -> Ran:
    """Run the program as a process of its own, without a terminal."""
    ran = subprocess.run(
        command_line(*arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(**changed),
        timeout=60,
        check=False,
    )
    out, err = (data.decode("utf-8").replace(os.linesep, "\n") for data in (ran.stdout, ran.stderr))
    return Ran(ran.returncode, out, err)


class Machines:
    """Machines by name, and the share between them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.share = folder / "share"
        self.share.mkdir()
        self._folder = folder
        self._capsys = capsys
        self._known: dict[str, Machine] = {}

    def __getitem__(self, name: str) -> Machine:
        if name not in self._known:
            # Not by name: there are systems to which A017 and a017 are one.
            self._known[name] = Machine(self._folder / f"home-{len(self._known)}", self._capsys)
        return self._known[name]

    def team(self, *agents: str) -> Machine:
        """Make a team with these agents approved; the supervisor's machine."""
        boss = self["S001"]
        boss("init", str(self.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
        for agent in agents:
            self.join(agent)
        boss("sync", "--once").done()
        for member in boss.json("members"):
            if member["state"] == "waiting":
                boss("members", "approve", member["writer"]).done()
        boss("sync", "--once").done()
        for agent in agents:
            self[agent]("sync", "--once").done()
        return boss

    def join(self, agent: str) -> Ran:
        """Let an agent ask to join."""
        return self[agent]("join", str(self.share), "--id", agent, "--name", "张敏", "--hired", "2026-11-09").done()


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of all its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)
