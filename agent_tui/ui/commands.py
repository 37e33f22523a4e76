"""The one registry of what can be done: it feeds the key bindings, the footer, the palette and the help.

A command is `package.name` or `package.part.name`; all before the name is its scope, the screen it holds on. Its titles
are the texts `package.do_name` (a word or two) and `package.do_name_help` (a sentence), with `part_` before the name
where there is one. Scope `ui` holds on every screen; the others are in COMMANDS of `agent_tui.ui.<package>.commands`.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import msgspec
from textual.binding import Binding

from agent_tui.i18n import t, texts


class Command(msgspec.Struct, frozen=True):
    """One thing to do. `keys` are Textual key names, the first one shown; `action` is run on the screen, or `app.…`.

    `footer` tells its rank in the hint line, the lowest first, 0 for not there. `jump` is the digit after ^G. `says` is
    the id of another command whose titles it has: the same act on another screen.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    footer: int = 0
    palette: bool = True
    jump: str = ""
    priority: bool = False
    says: str = ""

    @property
    def scope(self) -> str:
        return self.id.rpartition(".")[0]

    @property
    def title(self) -> str:
        """A word or two, in the language in use."""
        return t(self._text())

    @property
    def sentence(self) -> str:
        """What it does, in a sentence."""
        return t(self._text() + "_help")

    def _text(self) -> str:
        package, _, rest = (self.says or self.id).partition(".")
        return f"{package}.do_{rest.replace('.', '_')}"

    @property
    def pressed(self) -> tuple[str, ...]:
        """The keys in use: the one of the user's key map, else `keys`."""
        return _mapped.get(self.id, self.keys)

    @property
    def label(self) -> str:
        """The first key, as people write it: F1, ^P, Enter, 2; empty without a key."""
        return key_label(self.pressed[0]) if self.pressed else ""

    @property
    def fixed(self) -> bool:
        """Whether its key is one that means the same everywhere and is not given to another."""
        return not self.keys or self.keys[0] in FIXED


APP = (
    Command("ui.help", ("f1",), "app.help", footer=1, jump="0", priority=True),
    Command("ui.palette", ("ctrl+p",), "app.palette", footer=90, palette=False, jump="9", priority=True),
    Command("ui.jump", ("ctrl+g",), "app.jump", palette=False, priority=True),
    Command("ui.desk", (), "app.desk", jump="1"),
    # The digit of the desk: one person has the one or the other. A team of one has both, and there the desk has it.
    Command("ui.board", (), "app.board", jump="1"),
    Command("ui.customers", (), "app.customers", jump="3"),
    Command("ui.team", (), "app.team"),
    Command("ui.settings", ("f2",), "app.settings", jump="2"),
    Command("ui.rules", ("ctrl+r",), "app.rules"),
    Command("ui.language", (), "app.language"),
    Command("ui.theme", (), "app.theme"),
    Command("ui.quit", ("ctrl+q",), "app.quit", priority=True),
)


_mapped: dict[str, tuple[str, ...]] = {}

FIXED = frozenset(
    {"enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "space", "backspace", "delete"}
)
"""Keys that a key map neither takes away nor gives."""


def use_key_map(key_map: Mapping[str, str]) -> None:
    """From now on the commands named in `key_map` have that key in place of their own."""
    _mapped.clear()
    _mapped.update({id: (key,) for id, key in key_map.items()})


def packages() -> list[str]:
    """The packages of screens that have commands, the desk first."""
    found = [
        one.name
        for one in iter_modules(import_module("agent_tui.ui").__path__)
        if one.ispkg and find_spec(f"agent_tui.ui.{one.name}.commands")
    ]
    return sorted(found, key=lambda name: (name != "desk", name))


def everything() -> tuple[Command, ...]:
    """All commands there are, those of every screen first."""
    found: list[Command] = list(APP)
    for package in packages():
        found += import_module(f"agent_tui.ui.{package}.commands").COMMANDS
    return tuple(found)


@cache
def commands(scope: str) -> tuple[Command, ...]:
    """The commands of a scope, in the order of the help."""
    if scope == "ui":
        return APP
    found: tuple[Command, ...] = import_module(f"agent_tui.ui.{scope.partition('.')[0]}.commands").COMMANDS
    return tuple(command for command in found if command.scope == scope)


def scope_name(scope: str) -> str:
    """What a screen is called: by its text `package.screen_name` or `package.screen_part`, else as the command that
    opens it.
    """
    package, _, part = scope.partition(".")
    key = f"screen_{part}" if part else "screen_name"
    if key in texts(package):
        return t(f"{package}.{key}")
    opening = {scope, f"desk.{scope}", f"board.{scope}", f"ui.{scope}"}
    title = next(one.title for one in everything() if one.id in opening)
    return title[:1].upper() + title[1:]


def command(id: str) -> Command:
    """The command of that id."""
    scope = id.rpartition(".")[0]
    return next(one for one in commands(scope) if one.id == id)


def bindings(scope: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """Textual's bindings of a scope, full-width twins of single characters included."""
    return [
        Binding(
            ",".join(with_twins(command.keys)), command.action, show=False, id=command.id, priority=command.priority
        )
        for command in commands(scope)
        if command.keys
    ]


def with_twins(keys: Iterable[str]) -> list[str]:
    """The keys, each printable ASCII character and the blank followed by its full-width twin."""
    out: list[str] = []
    for key in keys:
        out.append(key)
        if len(key) == 1 and "!" <= key <= "~":
            out.append(chr(ord(key) + 0xFEE0))
        elif key == "space":
            out.append("ideographic_space")
    return out


_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_label(key: str) -> str:
    """A Textual key name as people write it."""
    if key in _NAMES:
        return _NAMES[key]
    if key == "space":
        return t("ui.key_space")
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key
