"""What can be done on the settings screens."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("settings.reset", ("delete",), "reset", footer=10),
    Command("settings.back", ("escape",), "back", footer=20),
    Command("settings.keys.set", ("enter",), "set", footer=10),
    Command("settings.keys.reset", ("delete",), "reset", footer=20),
    Command("settings.keys.back", ("escape",), "back", footer=30),
)
