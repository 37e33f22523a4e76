"""What can be done with talk cards."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("cards.use", ("enter",), "use", footer=10),
    Command("cards.why", ("7",), "why", footer=20),
    Command("cards.back", ("escape",), "back", footer=30),
)
