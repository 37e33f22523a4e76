"""What can be done with a derivation."""

from agent_tui.ui.commands import Command

COMMANDS = (Command("why.back", ("escape",), "back", footer=10),)
