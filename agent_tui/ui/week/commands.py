"""What can be done with a week."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("week.plan", ("1",), "plan", footer=10),
    Command("week.summary", ("2",), "summary", footer=20),
    Command("week.earlier", ("left",), "earlier", footer=40),
    Command("week.later", ("right",), "later", footer=50),
    Command("week.why", ("7",), "why", footer=25),
    Command("week.back", ("escape",), "back", footer=30),
)
