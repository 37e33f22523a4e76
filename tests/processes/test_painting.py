"""How little of a terminal is drawn anew by a key, or by a second that passes: many a terminal is slow."""

import re
from datetime import date
from pathlib import Path
from time import sleep

from agent_tui import teams
from agent_tui.clock import SetClock
from tests.company import NOW, ZONE
from tests.processes.office import Board, Desk, found_team, number
from tests.processes.terminal import Terminal

HEADER = 1
FORM = range(7, 16)
PHONE = 8
"""Rows of a screen of 80 by 24, from 1."""


def rows(terminal: Terminal, start: int) -> set[int]:
    """The rows that the bytes since `start` draw: where the cursor is put and a style follows."""
    return {int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H\x1b\[[\d;]*m", terminal.raw[start:])}


def lasted(text: str) -> int:
    """The seconds that a desk says the call has lasted, in its first minute."""
    found = re.search(r"记一通电话 00:(\d\d)", text)
    return int(found[1]) if found else 0


def test_a_digit_draws_its_row_and_a_second_of_a_call_the_forms_border(tmp_path: Path) -> None:
    home = tmp_path / "home"
    teams.create_solo(home, "A017", "张敏", date(2026, 1, 5), ZONE, SetClock(NOW))
    phone = number(1)
    with Desk(home) as desk:
        desk.keys(phone[0])
        desk.wait(f"电话 {phone[0]}")
        for end in range(2, len(phone) + 1):
            start = len(desk.raw)
            desk.keys(phone[end - 1])
            desk.wait(f"电话 {phone[:end]}")
            assert rows(desk, start) & {*FORM} == {PHONE}
        desk.keys("\r")
        desk.wait(lambda text: lasted(text) >= 2)
        start = len(desk.raw)
        desk.wait(lambda text: lasted(text) >= 4)
        assert rows(desk, start) & {*FORM} <= {FORM[0], FORM[-1]}
        desk.quit()


def test_a_page_is_not_drawn_anew_by_what_goes_on_below_it(tmp_path: Path) -> None:
    company = found_team(tmp_path)
    with Board(company.boss_home) as board:
        board.keys("\r")
        board.wait("每小时有效电话")
        sleep(1.5)  # until what the page asked for is there: it would be drawn rightly
        start = len(board.raw)
        sleep(2.5)  # the board below looks at its clock each second
        assert rows(board, start) <= {HEADER}
        board.quit()
