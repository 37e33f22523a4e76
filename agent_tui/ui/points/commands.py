"""What can be done with the points ledger."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("points.why", ("enter",), "why", footer=10),
    Command("points.appeal", ("1",), "appeal", footer=20),
    Command("points.rule_on", ("7",), "rule_on", footer=25),
    Command("points.undo", ("ctrl+z",), "undo", footer=28),
    Command("points.earlier", ("left",), "earlier", footer=40),
    Command("points.later", ("right",), "later", footer=50),
    Command("points.back", ("escape",), "back", footer=30),
)
