"""Runs one command line, and turns whatever happens into an exit status and at most one line on standard error."""

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from agent_tui.clock import clock_from
from agent_tui.commands import output
from agent_tui.commands.context import Context, Screens
from agent_tui.commands.parser import asked_language, parse
from agent_tui.commands.usage import UsageError
from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import language, preferred, set_language, t
from agent_tui.store.home import home_path

DONE, WRONG, USAGE = 0, 1, 2


def run(arguments: Sequence[str], screens: Screens) -> int:
    """The exit status of `agent-tui ARGUMENTS`: 0 done, 1 the input or the state is wrong, 2 wrong usage."""
    output.prepare()
    set_language(preferred(asked_language(arguments)))
    try:
        status = _parsed(arguments, screens)
        sys.stdout.flush()
    except OSError as error:
        _give_up_output()
        if _seen_enough(error):
            return DONE
        output.say("agent-tui: " + t("cli.output_lost", reason=system_reason(error)))
        return WRONG
    return status


def _seen_enough(error: OSError) -> bool:
    """Whether whoever read our output reads no more. Windows has no error of its own for a pipe that was closed."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _give_up_output() -> None:
    """Let what is still buffered go nowhere: Python would fail on it once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(arguments: Sequence[str], screens: Screens) -> int:
    try:
        return _done(arguments, parse(arguments), screens)
    except UsageError as error:
        output.say("agent-tui: " + t("usage.read_on", message=error, help=error.help))
        return USAGE


def _done(arguments: Sequence[str], args: Namespace, screens: Screens) -> int:
    home = home_path(getattr(args, "home", None))
    try:
        if args.version:
            _tell_version(json=getattr(args, "json", False))
            return DONE
        clock = clock_from(
            getattr(args, "now", None) or os.environ.get("AGENT_TUI_NOW"),
            ticking=args.handler is None or getattr(args, "watch", False),
        )
        context = Context(
            args,
            home,
            clock,
            share=getattr(args, "share", None),
            json=getattr(args, "json", False),
            screens=screens,
            language=language() if asked_language(arguments) else None,
        )
        return _handler(args.handler or "start.start")(context)
    except UsageError:
        raise
    except Problem as problem:
        told = f"agent-tui: {problem}"
        # A command may go on with the record that is there already (`withdraw`, `why`); a screen tells it in words.
        record = problem.values.get("record")
        output.say(t("cli.with_record", told=told, record=record) if record else told)
        return WRONG
    except output.OutputLost as lost:
        raise lost.error from None
    except Exception as fault:
        output.say(f"agent-tui: {_reported(home, fault)}")
        return WRONG


def _tell_version(*, json: bool) -> None:
    version = import_module("agent_tui.version").version()
    if json:
        output.document({"version": version})
    else:
        output.line(f"agent-tui {version}" if version else t("cli.no_version"))


def _handler(name: str) -> Callable[[Context], int]:
    module, _, function = name.partition(".")
    found: Callable[[Context], int] = getattr(import_module(f"agent_tui.commands.{module}"), function)
    return found


def _reported(home: Path, fault: Exception) -> str:
    """What is told of an unexpected fault: where its report lies, or why there is none."""
    try:
        return t("cli.fault", report=import_module("agent_tui.crash").write_report(home, fault))
    except OSError as error:
        return t("cli.fault_unreported", kind=type(fault).__name__, reason=system_reason(error))
