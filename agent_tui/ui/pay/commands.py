"""What can be done with a statement."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("pay.why", ("enter",), "why", footer=10),
    Command("pay.earlier", ("left",), "earlier", footer=40),
    Command("pay.later", ("right",), "later", footer=50),
    Command("pay.back", ("escape",), "back", footer=30),
)
