"""What can be done with customers and lead lists. Digits act on the row: an input method swallows letters."""

from agent_tui.ui.commands import Command

COMMANDS = (
    Command("customers.open", ("enter",), "open", footer=10),
    Command("customers.call", ("1",), "call", footer=20),
    Command("customers.lists", ("f9",), "lists", footer=30),
    Command("customers.back", ("escape",), "back", footer=25),
    Command("customers.file.open", ("enter",), "open", footer=5),
    Command("customers.file.call", ("1",), "call", footer=10),
    Command("customers.file.give", ("2",), "give", footer=20),
    Command("customers.file.merge", ("3",), "merge", footer=30),
    Command("customers.file.propose", ("4",), "propose", footer=40),
    Command("customers.file.lift", ("5",), "lift", footer=50),
    Command("customers.list.map", ("enter",), "map", footer=10),
    Command("customers.list.who", ("1",), "who", footer=20),
    Command("customers.list.take", ("2",), "take", footer=30),
    Command("customers.list.back", ("escape",), "back", footer=70),
    Command("customers.file.erase", ("9",), "erase", footer=60),
    Command("customers.file.back", ("escape",), "back", footer=70),
)
