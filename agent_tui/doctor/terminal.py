"""The terminal: which one it is, what it keeps for itself, and how wide it draws what is neither narrow nor wide."""

import os
import re
import sys
from collections.abc import Mapping
from time import monotonic

from agent_tui.doctor import Finding

LEAST = (80, 24)
_PATIENCE_S = 0.5
_ANSWER = re.compile(rb"\x1b\[(\d+);(\d+)R")


def by_environment(environment: Mapping[str, str], system: str = sys.platform) -> list[Finding]:
    """What the environment tells."""

    def note(key: str, **values: str) -> Finding:
        return Finding("terminal", key, "note", values)

    def trouble(key: str, **values: str) -> Finding:
        return Finding("terminal", key, "trouble", values)

    found: list[Finding] = []
    windows = system == "win32"
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if not windows and term in ("", "dumb", "unknown"):
        found.append(trouble("no_term", term=term or "-"))
    elif not windows:
        found.append(Finding("terminal", "term", "ok", {"term": term}))
    if environment.get("TEXTUAL_ALLOW_SIGNALS"):
        found.append(trouble("signals"))
    if not windows and not _is_utf8(environment):
        found.append(trouble("not_utf8", locale=_locale(environment) or "-"))
    if windows and "WT_SESSION" not in environment and not program:
        found.append(trouble("old_console"))
    if "WT_SESSION" in environment:
        found.append(note("windows_terminal"))
    if program in ("iTerm.app", "vscode"):
        own = environment.get("TEXTUAL_DISABLE_KITTY_KEY")
        # The program sets it to 1 itself unless the user has set it to something else.
        if own not in (None, "1"):
            found.append(trouble("kitty", program=program))
    if program == "vscode":
        found.append(note("vscode"))
    if program == "Apple_Terminal":
        found.append(note("apple"))
    if "TMUX" in environment:
        found.append(note("tmux"))
    if "STY" in environment:
        found.append(note("screen"))
    if "GNOME_TERMINAL_SCREEN" in environment or "GNOME" in environment.get("XDG_CURRENT_DESKTOP", ""):
        found.append(note("gnome"))
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        found.append(note("ssh"))
    if any("ibus" in environment.get(name, "") or "fcitx" in environment.get(name, "") for name in _INPUT_METHODS):
        found.append(note("input_method"))
    if "NO_COLOR" in environment:
        found.append(note("no_colour"))
    return found


_INPUT_METHODS = ("XMODIFIERS", "GTK_IM_MODULE", "QT_IM_MODULE")


def by_size(columns: int, rows: int) -> Finding:
    """Whether there is room for every screen."""
    values = {"columns": columns, "rows": rows}
    enough = columns >= LEAST[0] and rows >= LEAST[1]
    return Finding("terminal", "size" if enough else "small", "ok" if enough else "trouble", values)


def by_drawing() -> list[Finding]:
    """How many cells this terminal takes for a line, a dot and a Hanzi; nothing where it cannot be asked."""
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return []
    widths = measure(("─", "…", "中"))
    return judged(widths) if widths else []


def judged(widths: Mapping[str, int]) -> list[Finding]:
    """What measured widths mean."""
    found = []
    if widths.get("中", 2) != 2:
        found.append(Finding("terminal", "narrow_hanzi", "trouble", {"cells": widths["中"]}))
    wide = "".join(char for char in "─…" if widths.get(char, 1) != 1)
    if wide:
        found.append(Finding("terminal", "ambiguous", "trouble", {"glyphs": wide}))
    return found or [Finding("terminal", "widths", "ok")]


def measure(glyphs: tuple[str, ...]) -> dict[str, int]:
    """The cells each glyph takes, asked from the terminal by where its cursor went; empty where it does not answer."""
    import termios  # noqa: PLC0415 - not on Windows
    import tty  # noqa: PLC0415 - there is none on Windows

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    widths: dict[str, int] = {}
    try:
        tty.setraw(keyboard)
        for glyph in glyphs:
            sys.stdout.write(f"\r{glyph}\x1b[6n")
            sys.stdout.flush()
            column = _answer(keyboard)
            if column is None:
                return {}
            widths[glyph] = column - 1
    finally:
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    return widths


def _answer(keyboard: int) -> int | None:
    """The column that the terminal reports; None when it says nothing."""
    from select import select  # noqa: PLC0415 - only where it is asked

    heard, until = b"", monotonic() + _PATIENCE_S
    while (left := until - monotonic()) > 0:
        if not select([keyboard], [], [], left)[0]:
            return None
        heard += os.read(keyboard, 64)
        if found := _ANSWER.search(heard):
            return int(found[2])
    return None


def _locale(environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")


def _is_utf8(environment: Mapping[str, str]) -> bool:
    return "utf8" in _locale(environment).lower().replace("-", "")
