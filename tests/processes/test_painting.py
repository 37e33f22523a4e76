"""How little of a terminal is drawn anew by a key, or by a second that passes: many a terminal is slow."""

import re
from collections.abc import Sequence
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
PHONE, MESSAGE = 8, 16
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
        still(board)  # what the page asked for is there
        start = len(board.raw)
        sleep(2.5)  # the board below looks at its clock each second
        assert rows(board, start) <= {HEADER}
        board.quit()


def still(terminal: Terminal) -> None:
    """Wait until nothing is drawn for a while; the clock in a header may be."""
    while True:
        start = len(terminal.raw)
        sleep(0.8)
        if rows(terminal, start) <= {HEADER, FORM[0], FORM[-1], MESSAGE}:
            return


def lasting(looks: Sequence[Sequence[tuple[str, str, str, bool, bool]]]) -> list[object]:
    """The rows but the header and the messages, which come and go; of one with a time, the text without that."""
    found: list[object] = []
    for place, row in enumerate(looks, start=1):
        text = "".join(cell[0] for cell in row)
        if place not in (HEADER, MESSAGE):
            found.append(_TIME.sub("", text) if _TIME.search(text) else row)
    return found


_TIME = re.compile(r"\d\d:\d\d")
_TYPED = (
    (number(1) + "\x1b[D\x1b[D\x7f5", "13800000501"),
    ("\r1宏达", "宏达"),
    ("\r王\r3", "采购经理"),
    ("\x1b[A\x1a", "已退回"),
    ("\x0f" + number(2) + "\r", "138 0000 0002"),
    ("3", "今天 1 通"),
    ("\x1bOS", "Esc返回"),
    ("\x1b", "今天 1 通"),
    ("\x0f" + number(3)[:7], "1380000"),
)
"""Keys, and what they bring."""


def test_what_is_drawn_piece_by_piece_is_what_a_drawing_of_the_whole_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    teams.create_solo(home, "A017", "张敏", date(2026, 1, 5), ZONE, SetClock(NOW))
    with Desk(home) as desk:
        for typed, brought in _TYPED:
            desk.keys(typed)
            desk.wait(brought)
            still(desk)
            pieces = lasting(desk.looks())
            for height in (25, 24):
                desk.resize(height, 80)
                still(desk)
            whole = lasting(desk.looks())
            assert [(one, other) for one, other in zip(pieces, whole, strict=True) if one != other] == [], typed
