"""What a supervisor can do on the board. Digits act on the row: an input method swallows letters."""

from agent_tui.ui.commands import Command

# What can be done about an agent, on every screen that has agents for rows: name, keys, action.
_ACTS = (
    ("verify", ("1", "v", "V"), "verify"),
    ("points", ("2", "p", "P"), "points"),
    ("excuse", ("3", "e", "E"), "excuse"),
    ("confirm", ("4", "c", "C"), "confirm"),
    ("away", ("5", "l", "L"), "away"),
    ("grade", ("6",), "grade"),
    ("appeal", ("7",), "appeal"),
    ("release", ("8", "r", "R"), "release"),
    ("meeting", ("9", "m", "M"), "meeting"),
)


def _acts(scope: str) -> tuple[Command, ...]:
    return tuple(
        Command(
            f"{scope}.{name}", keys, action, footer=20 + 2 * place, says="" if scope == "board" else f"board.{name}"
        )
        for place, (name, keys, action) in enumerate(_ACTS)
    )


def spare(scope: str) -> tuple[str, ...]:
    """What a hint line leaves out before anything else, in that order, and makes no second line for. Help is the last
    of them: it tells all the others.
    """
    rest: tuple[str, ...] = ("wrong", "undo", "filter", "sort", "ledger", "pay", "charts")
    if scope == "board.queue":  # of one queue alone
        rest += ("later", "earlier")
    return (*(f"{scope}.{name}" for name in rest), "ui.help")


def first_to_go(scope: str) -> tuple[str, ...]:
    """What a narrow hint line leaves out before F9 and Esc, in that order."""
    return (*spare(scope), *(f"{scope}.{name}" for name, _, _ in reversed(_ACTS[4:])))


def _back(scope: str) -> Command:
    return Command(f"{scope}.back", ("escape",), "back", footer=45, says="board.day.back")


COMMANDS = (
    Command("board.open", ("enter",), "open", footer=10),
    *_acts("board"),
    Command("board.queues", ("f9",), "queues", footer=40),
    Command("board.charts", ("f3",), "charts", footer=60),
    Command("board.ledger", ("f4",), "ledger", footer=64, jump="4"),
    Command("board.pay", ("f5",), "pay", footer=62, jump="5"),
    Command("board.wrong", ("f6",), "wrong", footer=75),
    Command("board.sort", ("f7",), "sort", footer=70),
    Command("board.filter", ("f8",), "filter", footer=72),
    Command("board.undo", ("ctrl+z",), "undo", footer=74),
    Command("board.export", ("x", "X"), "export"),
    Command("board.card", (), "card"),
    Command("board.notice", (), "notice"),
    Command("board.lists", (), "lists"),
    Command("board.devices", (), "devices"),
    Command("board.day.open", ("enter",), "open", footer=10),
    *_acts("board.day"),
    Command("board.day.withdraw", ("0", "delete"), "withdraw", footer=38),
    Command("board.day.back", ("escape",), "back", footer=45),
    Command("board.day.earlier", ("left",), "earlier", footer=46),
    Command("board.day.later", ("right",), "later", footer=48),
    Command("board.day.filter", ("f8",), "filter", footer=50),
    Command("board.day.ledger", ("f4",), "ledger", footer=56, says="board.ledger"),
    Command("board.day.pay", ("f5",), "pay", footer=55, says="board.pay"),
    Command("board.day.queues", ("f9",), "queues", footer=60, says="board.queues"),
    Command("board.day.undo", ("ctrl+z",), "undo", footer=65, says="board.undo"),
    Command("board.queue.act", ("enter",), "act", footer=10),
    *_acts("board.queue"),
    _back("board.queue"),
    Command("board.queue.earlier", ("left",), "earlier", footer=46),
    Command("board.queue.later", ("right",), "later", footer=48),
    Command("board.queue.queues", ("f9",), "queues", footer=50, says="board.queues"),
    Command("board.queue.ledger", ("f4",), "ledger", footer=56, says="board.ledger"),
    Command("board.queue.pay", ("f5",), "pay", footer=55, says="board.pay"),
    Command("board.queue.undo", ("ctrl+z",), "undo", footer=65, says="board.undo"),
    Command("board.charts.open", ("enter",), "open", footer=10, says="board.open"),
    Command("board.charts.leaderboard", ("1",), "leaderboard", footer=20),
    Command("board.charts.period", ("2",), "period", footer=22),
    _back("board.charts"),
    Command("board.charts.queues", ("f9",), "queues", says="board.queues"),
    Command("board.devices.approve", ("enter", "8"), "approve", footer=10),
    Command("board.devices.hired", ("2",), "hired", footer=15),
    Command("board.devices.ignore", ("3",), "ignore", footer=20),
    Command("board.devices.leaves", ("4",), "leaves", footer=22),
    Command("board.devices.queues", ("f9",), "queues", footer=50, says="board.queues"),
    Command("board.devices.undo", ("ctrl+z",), "undo", footer=35, says="board.undo"),
    Command("board.wrong.back", ("escape",), "back", footer=25),
    Command("board.devices.back", ("escape",), "back", footer=25),
)
