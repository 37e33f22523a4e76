"""The user's key map: which keys may be given to which commands, and what of a stored map cannot be taken."""

import re
from collections.abc import Mapping

from agent_tui.i18n import t
from agent_tui.settings import Fault
from agent_tui.ui.commands import Command, everything, key_label, with_twins

# Ctrl with these is another key (Backspace, Tab, a newline, Enter), the system's (C), or moves in every input.
_NOT_WITH_CTRL = "chijmaekuvwxd"
_FIT = re.compile(rf"f([1-9]|1[0-2])|ctrl\+(?![{_NOT_WITH_CTRL}])[a-z]")


def fault_of(command: Command, key: str, key_map: Mapping[str, str]) -> str:
    """Why `command` cannot have `key` beside the rest of the map, in a few words; empty when it can."""
    return _unfit(command, key) or _clash(command, key, key_map)


def taken(stored: Mapping[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """The part of a stored key map that can be used, and what is wrong with the rest."""
    known = {command.id: command for command in everything()}
    wrong = {
        id: _unfit(known[id], key) if id in known else t("settings.no_command") for id, key in sorted(stored.items())
    }
    # What is wrong by itself takes no key away from another.
    fit = {id: key for id, key in stored.items() if not wrong[id]}
    wrong |= {id: _clash(known[id], key, fit) for id, key in fit.items()}
    faults = [Fault("keys", t("settings.bad_key", id=id, key=stored[id], why=why)) for id, why in wrong.items() if why]
    return {id: key for id, key in fit.items() if not wrong[id]}, faults


def _unfit(command: Command, key: str) -> str:
    if command.fixed:
        return t("settings.fixed_key")
    return "" if _FIT.fullmatch(key) else t("settings.key_unfit", key=key_label(key))


def _clash(command: Command, key: str, key_map: Mapping[str, str]) -> str:
    for other in everything():
        if other.id != command.id and _together(command, other) and key in _keys(other, key_map):
            return t("settings.key_taken", key=key_label(key), command=other.title)
    return ""


def textual_map(key_map: Mapping[str, str]) -> dict[str, str]:
    """The map as Textual takes it, full-width twins included."""
    return {id: ",".join(with_twins([key])) for id, key in key_map.items()}


def _together(one: Command, other: Command) -> bool:
    """Whether two commands hold on one screen."""
    return one.scope == other.scope or "ui" in (one.scope, other.scope)


def _keys(command: Command, key_map: Mapping[str, str]) -> tuple[str, ...]:
    return (key_map[command.id],) if command.id in key_map else command.keys
