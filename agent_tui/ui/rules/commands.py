"""What can be done with the rules."""

from agent_tui.ui.commands import Command

COMMANDS = (Command("rules.back", ("escape",), "back", footer=10),)
