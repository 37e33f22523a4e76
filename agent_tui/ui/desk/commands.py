"""What an agent can do at the desk. Those of the form are its own keys there; the lists and the palette share them."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("desk.enter", ("enter",), "form('enter')", palette=False),
    Command("desk.forward", ("tab",), "form('forward')", palette=False),
    Command("desk.back", ("shift+tab",), "form('back')", palette=False),
    Command("desk.down", ("down",), "form('down')", palette=False),
    Command("desk.up", ("up",), "form('up')", palette=False),
    Command("desk.outcome", ("escape",), "form('to_outcome')", palette=False),
    Command("desk.save", ("ctrl+s",), "form('save')"),
    Command("desk.undo", ("ctrl+z",), "form('undo')"),
    Command("desk.customers", ("f3",), "app.customers", footer=18, palette=False),
    Command("desk.points", ("f4",), "points", footer=20, jump="4"),
    Command("desk.pay", ("f5",), "pay", footer=22, jump="5"),
    Command("desk.week", ("f6",), "week", footer=24, jump="6"),
    Command("desk.cards", ("f7",), "cards", footer=26, jump="7"),
    Command("desk.day", ("f8",), "day", footer=28, jump="8"),
    Command("desk.callback", ("f9",), "form('take_callback')", footer=30),
    Command("desk.new", ("ctrl+o",), "form('new_number')", footer=40),
    Command("desk.skip", ("ctrl+n",), "form('skip')", footer=50),
    Command("desk.lists", ("ctrl+l",), "lists", footer=60),
    Command("desk.postpone", (), "postpone"),
    Command("desk.hand_over", (), "hand_over"),
    Command("desk.copy", ("ctrl+y",), "copy"),
    Command("desk.past", ("space",), "past", footer=10, palette=False),
    Command("desk.void", ("delete", "backspace"), "void", footer=12, palette=False),
    Command("desk.earlier", ("left",), "earlier", footer=14, palette=False),
    Command("desk.later", ("right",), "later", footer=16, palette=False),
)

FIRST_TO_GO = tuple(f"desk.{name}" for name in ("pay", "cards", "week", "day", "customers"))
"""What a narrow hint line leaves out first."""

SPARE = tuple(f"desk.{name}" for name in ("pay", "past", "void", "earlier", "later"))
"""What is no reason for a second hint line: those of the lists take the places of others there."""
