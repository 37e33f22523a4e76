"""What a supervisor can do on the board. Digits act on the row: an input method swallows letters."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("board.open", ("enter",), "open", footer=10),
    Command("board.points", ("2", "p", "P"), "points", footer=20),
    Command("board.devices", ("f9",), "devices", footer=30),
    Command("board.wrong", ("f6",), "wrong", footer=35),
    Command("board.sort", ("f7",), "sort", footer=40),
    Command("board.filter", ("f8",), "filter", footer=50),
    Command("board.day.open", ("enter",), "open", footer=10),
    Command("board.day.points", ("2", "p", "P"), "points", footer=20),
    Command("board.day.earlier", ("left",), "turn(-1)", footer=30),
    Command("board.day.later", ("right",), "turn(1)", footer=40),
    Command("board.day.back", ("escape",), "back", footer=25),
    Command("board.devices.approve", ("enter", "8"), "approve", footer=10),
    Command("board.wrong.back", ("escape",), "back", footer=25),
    Command("board.devices.back", ("escape",), "back", footer=25),
)
