"""What can be done with the points ledger."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("points.appeal", ("1",), "appeal", footer=20),
    Command("points.earlier", ("left",), "turn(-1)", footer=40),
    Command("points.later", ("right",), "turn(1)", footer=50),
    Command("points.back", ("escape",), "back", footer=30),
)
