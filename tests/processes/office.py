"""Desks and a board as processes: what a person does at them and reads from them."""

import operator
import re
from functools import partial
from pathlib import Path

from tests.company import NOW, Company
from tests.processes.terminal import DOWN, NEW_NUMBER, UP, Terminal, program

AGENTS = ("A017", "A018")
_LOGGED = re.compile(r"今天 (\d+) 通")
_SIZE = {"rows": 24, "columns": 80}


class Desk(Terminal):
    """An agent's desk; it is there when its first figures are."""

    def __init__(self, home: Path, command: list[str] | None = None) -> None:
        super().__init__(command or [*program(home), "--now", NOW.isoformat()], **_SIZE)
        self.wait(_LOGGED.search)  # a number of a draft may tell of a call today before that

    @property
    def logged(self) -> int:
        """The calls of today that it shows as saved."""
        found = _LOGGED.search(self.text)
        assert found, self.text
        return int(found[1])

    def dial(self, number: str) -> float:
        """Type a call that nobody took, to its last key; when that was. What was in the form is laid aside."""
        return self.keys(f"{NEW_NUMBER}{number}\r3")

    def log(self, number: str) -> float:
        """Log such a call and see it saved; when its last key was."""
        count = self.logged
        pressed = self.dial(number)
        self.wait(f"今天 {count + 1} 通")
        return pressed


class Board(Terminal):
    """The supervisor's board."""

    def __init__(self, home: Path) -> None:
        super().__init__([*program(home), "--now", NOW.isoformat()], **_SIZE)
        self.wait("拨打 ")

    def choose(self, agent: str) -> None:
        """Put the cursor on the row of one of the two agents."""
        (other,) = set(AGENTS) - {agent}
        # Rows may change places between the look and the key.
        while f"─ {agent} " not in (text := self.text):
            self.keys(UP if text.index(f"\n {agent} ") < text.index(f"\n {other} ") else DOWN)
            self.wait(partial(operator.ne, text))

    def wait_for_calls(self, agent: str, count: int) -> float:
        """Wait until the board shows so many calls of an agent; when it did."""
        self.choose(agent)
        return self.wait(f"拨打 {count} ")


def found_team(folder: Path) -> Company:
    """A team with a supervisor and two agents let in, on one folder; the homes are free for processes."""
    company = Company(folder)
    for agent in AGENTS:
        company.join(agent, "张敏")
    company.close()
    return company


def number(count: int) -> str:
    """A phone number for each count."""
    return f"138{count:08}"
