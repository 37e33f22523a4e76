"""The settings of this machine: one typed tree, the only place where a setting's name, type and default stand.

A leaf is known by its path (`look.theme`), stored under it, shown by the texts `settings.look_theme` (its name),
`settings.look_theme_help` (a sentence) and, for one of several, `settings.look_theme_<value>`.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from agent_tui.i18n import t

_REMEMBERED = ("board.",)
"""What screens remember by themselves (an order of rows) lies on the same shelf and is nothing to set."""


class Look(msgspec.Struct, frozen=True):
    """How everything looks. Without a language it is that of the system."""

    language: Literal["system", "zh", "en"] = "system"
    theme: str = "agent-dark"
    ascii: bool = False


class Desk(msgspec.Struct, frozen=True):
    """How the desk behaves."""

    bell: bool = False
    streak: bool = True


class Settings(msgspec.Struct, frozen=True):
    """All of them. `keys` gives a command, by its id, a key in place of its own."""

    look: Look = Look()
    desk: Desk = Desk()
    keys: dict[str, str] = {}


class Leaf(msgspec.Struct, frozen=True):
    """One setting: where it stands in the tree, what it may be, what it is by itself."""

    path: str
    kind: Any
    default: Any

    @property
    def title(self) -> str:
        return t(f"settings.{self.path.replace('.', '_')}")

    @property
    def sentence(self) -> str:
        """What it does."""
        return t(f"settings.{self.path.replace('.', '_')}_help")

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values of one that is one of several; none for any other."""
        if self.kind is bool:
            return (True, False)
        return get_args(self.kind) if get_origin(self.kind) is Literal else ()


class Fault(msgspec.Struct, frozen=True):
    """A stored setting that is not taken: no such name, or no such value. `text` is one line, with the mend."""

    path: str
    text: str


def leaves() -> tuple[Leaf, ...]:
    """Every setting, in the order of the tree."""
    return tuple(_leaves(Settings, ""))


def _leaves(tree: type[msgspec.Struct], before: str) -> list[Leaf]:
    found: list[Leaf] = []
    hints = get_type_hints(tree)
    for field in msgspec.structs.fields(tree):
        kind, path = hints[field.name], before + field.name
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            found += _leaves(kind, path + ".")
        else:
            default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
            found.append(Leaf(path, kind, default))
    return found


def read(stored: Mapping[str, Any]) -> tuple[Settings, list[Fault]]:
    """The settings that are stored, by path, and what of it is not taken; its default stands in its place."""
    known = {leaf.path: leaf for leaf in leaves()}
    tree: dict[str, Any] = {}
    faults: list[Fault] = []
    for path, value in sorted(stored.items()):
        leaf = known.get(path)
        if leaf is None:
            if not path.startswith(_REMEMBERED):
                faults.append(Fault(path, _unknown(path, list(known))))
        elif wrong := check(leaf, value):
            faults.append(Fault(path, wrong))
        else:
            *above, name = path.split(".")
            branch = tree
            for part in above:
                branch = branch.setdefault(part, {})
            branch[name] = value
    return msgspec.convert(tree, Settings), faults


def check(leaf: Leaf, value: Any) -> str:
    """Why a value cannot be that setting, in one line with the mend; empty when it can."""
    try:
        msgspec.convert(value, leaf.kind)
    except msgspec.ValidationError:
        shown = msgspec.json.encode(value).decode() if not isinstance(value, str) else value
        return t("settings.bad_value", path=leaf.path, value=shown[:40], allowed=allowed(leaf))
    return ""


def allowed(leaf: Leaf) -> str:
    """What a setting may be, in words."""
    if leaf.choices:
        return ", ".join(str(choice).lower() if leaf.kind is bool else str(choice) for choice in leaf.choices)
    return t("settings.a_text" if leaf.kind is str else "settings.a_key_map")


def _unknown(path: str, known: list[str]) -> str:
    import difflib  # noqa: PLC0415 - for a typo alone

    near = difflib.get_close_matches(path, known, 1)
    return t("settings.unknown_near" if near else "settings.unknown", path=path, near=near[0] if near else "")
