"""What can be done about one's own day."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("day.hand_in", ("1",), "hand_in", footer=10),
    Command("day.punch_in", ("2",), "punch_in", footer=20),
    Command("day.punch_out", ("3",), "punch_out", footer=30),
    Command("day.leave", ("4",), "leave", footer=40),
    Command("day.visit", ("5",), "visit", footer=50),
    Command("day.why", ("7",), "why", footer=55),
    Command("day.withdraw", ("delete", "6"), "withdraw", footer=60),
    Command("day.back", ("escape",), "back", footer=70),
)
