"""`serve`: the same screens in a browser, on loopback unless told otherwise."""

import shlex
import subprocess
import sys

from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import language, t


def serve(context: Context) -> int:
    """Serve until Ctrl+C."""
    args = context.args
    try:
        from agent_tui.web.server import WebServer, is_loopback, listen  # noqa: PLC0415 - an extra
    except ImportError:
        raise Problem("serve.missing") from None
    with opened(context) as book:
        title = f"agent-tui {book.identity.team_name}"
    try:
        at = listen(args.host, args.port)
    except OSError as error:
        raise Problem("serve.not_free", host=args.host, port=args.port, reason=system_reason(error)) from None
    with at:
        server = WebServer(_command(context), at, args.host, title)
        host = f"[{args.host}]" if ":" in args.host else args.host
        url = f"http://{host}:{server.port}"
        if context.json:
            output.compact({"url": url})
        else:
            output.say(t("serve.serving", url=url))
        if not is_loopback(args.host):
            output.say(t("serve.open"))
        server.run()
    return 0


def _command(context: Context) -> str:
    """The command line of one page's process: the program without a command, on this home."""
    args = context.args
    parts = [sys.executable, "-m", "agent_tui", "--home", str(context.home.absolute()), "--lang", language()]
    if getattr(args, "ascii", False):
        parts.append("--ascii")
    if now := getattr(args, "now", None):
        parts += ["--now", now]
    return subprocess.list2cmdline(parts) if sys.platform == "win32" else shlex.join(parts)
