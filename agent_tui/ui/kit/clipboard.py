"""Copying a short text: the system's own clipboard where there is one, else the terminal's (OSC 52)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from textual.app import App

_PATIENCE_S = 2.0


def copy(app: App[None], text: str) -> bool:
    """Copy `text`; True when the system's clipboard took it, False when it was handed to the terminal.

    Slow where a system is slow: not for the event loop. Over SSH the clipboard of the far machine is of no use.
    """
    command = native(os.environ)
    if command is not None:
        try:
            subprocess.run(
                command,
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            pass
        else:
            return True
    app.call_later(app.copy_to_clipboard, text)
    return False


def native(environment: Mapping[str, str], system: str = sys.platform) -> list[str] | None:
    """The command that fills this system's clipboard from its input; None where there is none."""
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return None
    offered: list[list[str]] = []
    if system == "darwin":
        offered = [["pbcopy"]]
    elif system == "win32":
        offered = [["clip"]]
    else:
        if "WAYLAND_DISPLAY" in environment:
            offered.append(["wl-copy"])
        if "DISPLAY" in environment:
            offered += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
        if "WSL_DISTRO_NAME" in environment:
            offered.append(["clip.exe"])
    return next((one for one in offered if shutil.which(one[0], path=environment.get("PATH"))), None)
