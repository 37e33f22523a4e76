"""Which commands there are and what each takes. Nothing a command needs is imported here: each names its handler."""

import argparse
import os
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NoReturn, cast

from agent_tui.clock import DEFAULT_ZONE
from agent_tui.commands.parser_deeds import add_deeds
from agent_tui.commands.parser_policy import add_policy
from agent_tui.commands.parser_values import (
    Adder,
    a_day,
    a_follow_up,
    a_month,
    a_name,
    a_phone,
    a_report_file,
    a_time,
    a_topic,
    a_zone,
    an_id,
    an_iso_time,
    somebody,
    something,
    text_option,
    whole,
)
from agent_tui.commands.usage import UsageError, refuse
from agent_tui.i18n import LANGUAGES, t
from shared_rules.records.parts import GRADES


@cache
def _width() -> int:
    """How wide help may be. argparse asks for each option of a parser, and loads a great module for the question."""
    with suppress(ValueError, OSError):
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns) - 2
    return 78


class Formatter(argparse.HelpFormatter):
    """argparse's help with its one fixed English word in the language in use."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width())

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix if prefix is not None else t("usage.usage"))


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving, and speaks the language in use."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False, formatter_class=Formatter)
        self._positionals.title = t("usage.positionals")
        self._optionals.title = t("usage.options")

    def error(self, message: str) -> NoReturn:
        raise UsageError(_translated(message), f"{self.prog} --help")


# What argparse says, and how we say it. A message that is none of these is passed on as it is.
_MESSAGES = (
    (r"argument (COMMAND|KIND): invalid choice: (?P<what>.+?) \(choose from .+\)", "usage.no_such_command"),
    (r"the following arguments are required: (?P<what>.+)", "usage.required"),
    (r"argument (?P<where>.+?): invalid choice: (?P<what>.+?) \(choose from (?P<allowed>.+)\)", "usage.choice"),
    (r"argument (?P<where>.+?): expected one argument", "usage.one_value"),
    (r"argument (?P<where>.+?): expected at least one argument", "usage.one_value"),
    (r"argument (?P<where>.+?): not allowed with argument (?P<what>.+)", "usage.not_with"),
    (r"one of the arguments (?P<what>.+) is required", "usage.one_of"),
    (r"argument (?P<where>.+?): (?P<what>.+)", "usage.value"),
)


def _translated(message: str) -> str:
    line = " ".join(message.split())
    for pattern, name in _MESSAGES:
        if found := re.fullmatch(pattern, line):
            words = found.groupdict()
            if "allowed" in words:
                words["allowed"] = words["allowed"].replace("'", "")
            if "invalid choice" in pattern:
                words["what"] = words["what"].strip("'\"")
            return t(name, **words)
    return line


# ---- the commands ----


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """A parsed line; it names its `handler` ("module.function"), or None. Raises UsageError.

    The parsers of all commands take longer to build than most commands take: the line is first read with those whose
    names occur in it. Help, and what is said of a mistake, come from the whole.
    """
    spoken = asked_language(arguments)
    if spoken is not None and spoken not in LANGUAGES:
        where = "--lang" if any(argument.startswith("--lang") for argument in arguments) else LANGUAGE
        words = {"where": where, "what": spoken, "allowed": ", ".join(LANGUAGES)}
        raise UsageError(t("usage.choice", **words), "agent-tui --help")
    if not {"-h", "--help"} & set(arguments):
        with suppress(UsageError):
            return _read(build(set(arguments)), arguments)
    return _read(build(), arguments)


def _read(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """As `parse_args`, but what is left over is the mistake of the command that was named."""
    args, left = parser.parse_known_args(arguments)
    if left:
        refuse(args, "usage.unknown", what=" ".join(left))
    return args


class _Unbuilt:
    """Stands for the parser of a command that was not asked for: takes every argument and group, keeps nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: self


def build(wanted: Collection[str] | None = None) -> Parser:
    """The parser of the whole command line, or of the commands with one of the names `wanted`."""
    everywhere = _everywhere()
    parser = Parser(prog="agent-tui", description=t("usage.program"), epilog=t("usage.epilog"), parents=[everywhere])
    parser.add_argument("--version", action="store_true", help=t("usage.version"))
    parser.set_defaults(handler=None, prog=parser.prog)
    commands = parser.add_subparsers(title=t("usage.commands"), metavar="COMMAND", dest="command")

    def command(name: str, handler: str | None, into: Any = commands, area: str = "usage") -> Parser:
        if wanted is not None and name not in wanted:
            return cast(Parser, _Unbuilt())
        key = f"{area}." + (handler or name).rpartition(".")[2]
        added: Parser = into.add_parser(name, help=t(key), description=t(key), parents=[everywhere])
        added.set_defaults(handler=handler, prog=added.prog)
        return added

    _team_commands(command)
    _call_commands(command)
    _figure_commands(command)
    _share_commands(command)
    _other_commands(command)
    add_deeds(command)
    add_policy(command)
    return parser


def _everywhere() -> argparse.ArgumentParser:
    """Options that stand before or after the command: suppressed defaults keep the later parser from undoing them.

    Its group keeps argparse's own name, which that of whoever takes it in still has: by the name they become one.
    """
    parser = argparse.ArgumentParser(add_help=False, formatter_class=Formatter)
    none = argparse.SUPPRESS
    parser.add_argument("-h", "--help", action="help", help=t("usage.help_option"))
    text_option(parser, "--home", type=something, metavar="DIR", default=none, help=t("usage.home"))
    text_option(parser, "--share", type=something, metavar="URL", default=none, help=t("usage.share"))
    parser.add_argument("--now", metavar="TIME", type=an_iso_time, default=none, help=t("usage.now"))
    parser.add_argument("--lang", choices=LANGUAGES, default=none, help=t("usage.lang"))
    parser.add_argument("--json", action="store_true", default=none, help=t("usage.json"))
    parser.add_argument("--ascii", action="store_true", default=none, help=t("usage.ascii"))
    return parser


def _team_commands(command: Adder) -> None:
    init = command("init", "team.init")
    text_option(init, "folder", metavar="SHARE", help=t("usage.init_share"))
    how = init.add_mutually_exclusive_group(required=True)
    how.add_argument("--team", type=a_name, metavar="NAME", help=t("usage.team_name"))
    how.add_argument("--recover", action="store_true", help=t("usage.recover"))
    init.add_argument("--id", required=True, type=an_id, metavar="ID", help=t("usage.own_id"))
    init.add_argument("--name", required=True, type=a_name, metavar="NAME", help=t("usage.own_name"))
    init.add_argument("--zone", type=a_zone, default=DEFAULT_ZONE, metavar="ZONE", help=t("usage.zone"))

    join = command("join", "team.join")
    text_option(join, "folder", metavar="SHARE", help=t("usage.join_share"))
    join.add_argument("--id", required=True, type=an_id, metavar="ID", help=t("usage.own_id"))
    join.add_argument("--name", required=True, type=a_name, metavar="NAME", help=t("usage.own_name"))
    join.add_argument("--hired", type=a_day, metavar="DATE", help=t("usage.hired"))

    members = command("members", "team.members")
    inner = members.add_subparsers(title=t("usage.commands"), metavar="COMMAND", dest="member_command")
    approve = command("approve", "team.approve", inner)
    text_option(approve, "writer", metavar="WRITER", help=t("usage.writer"))
    approve.add_argument("--role", choices=("agent", "supervisor"), help=t("usage.role"))
    ignore = command("ignore", "team.ignore", inner)
    text_option(ignore, "writer", metavar="WRITER", help=t("usage.writer"))
    hired = command("hired", "team.correct_hired", inner)
    text_option(hired, "person", metavar="ID|WRITER", help=t("usage.person_or_writer"))
    hired.add_argument("hired", type=a_day, metavar="DATE", help=t("usage.hired_right"))
    leave = command("leave", "team.leave", inner)
    text_option(leave, "person", metavar="ID|WRITER", help=t("usage.person_or_writer"))
    leave.add_argument("--on", required=True, type=a_day, metavar="DATE", help=t("usage.last_day"))


def _call_commands(command: Adder) -> None:
    log = command("log", "calls.log")
    text_option(log, "--phone", required=True, help=t("usage.phone"))
    text_option(log, "--outcome", required=True, help=t("usage.outcome"))
    for name in ("company", "contact", "title", "department", "headcount", "it-status", "note"):
        text_option(log, f"--{name}", default="", help=t(f"usage.field_{name.replace('-', '_')}"))
    log.add_argument("--interest", choices=("intent", "developable", "none"), help=t("usage.interest"))
    log.add_argument("--grade", choices=GRADES, help=t("usage.grade"))
    log.add_argument("--follow-up", type=a_follow_up, metavar="TIME", help=t("usage.follow_up"))
    log.add_argument("--started-at", type=a_time, metavar="TIME", help=t("usage.started_at"))
    text_option(log, "--card", metavar="ID", help=t("usage.card_used"))
    log.add_argument("--duration", type=whole(0, 86_400), metavar="SECONDS", help=t("usage.duration"))

    bring = command("import", None)
    kinds = bring.add_subparsers(title=t("usage.commands"), metavar="KIND", dest="import_kind", required=True)
    calls = command("calls", "import_calls.import_calls", kinds)
    text_option(calls, "file", metavar="FILE", help=t("usage.import_file"))
    calls.add_argument("--dry-run", action="store_true", help=t("usage.dry_run"))

    leads = command("leads", "import_leads.import_leads", kinds)
    text_option(leads, "file", metavar="FILE", help=t("usage.import_file"))
    text_option(leads, "--assign", type=somebody, metavar="A017,A018", help=t("usage.assign_to"))
    leads.add_argument("--dry-run", action="store_true", help=t("usage.dry_run"))

    show = command("show", "showing.show")
    text_option(show, "id", metavar="ID", help=t("usage.record_id"))


def _figure_commands(command: Adder) -> None:
    command("status", "figures.status")
    team = command("team", "figures.team")
    team.add_argument("--day", type=a_day, metavar="DAY", help=t("usage.day"))

    points = command("points", "figures.points")
    text_option(points, "--agent", type=somebody, required=True, metavar="ID", help=t("usage.about_agent"))
    text_option(points, "--rule", required=True, metavar="RULE", help=t("usage.rule"))
    points.add_argument("--on", required=True, type=a_day, metavar="DAY", help=t("usage.entry_day"))
    points.add_argument("--points", type=whole(-1000, 1000), metavar="N", help=t("usage.points_given"))
    text_option(points, "--note", default="", help=t("usage.entry_note"))
    text_option(points, "--evidence", default="", metavar="ID", help=t("usage.evidence"))

    ledger = command("ledger", "figures.ledger")
    text_option(ledger, "--agent", type=somebody, metavar="ID", help=t("usage.ledger_agent"))
    ledger.add_argument("--month", type=a_month, metavar="MONTH", help=t("usage.month"))


def _share_commands(command: Adder) -> None:
    sync = command("sync", "sharing.sync")
    how = sync.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help=t("usage.once"))
    how.add_argument("--watch", action="store_true", help=t("usage.watch"))
    command("check", "check.check")
    refill = command("refill", "refill.refill")
    text_option(refill, "folder", metavar="SHARE", help=t("usage.refill_share"))
    erase = command("erase", "erase.erase")
    erase.add_argument("phone", type=a_phone, metavar="PHONE", help=t("usage.erased_phone"))
    text_option(erase, "--reason", default="", help=t("usage.erase_reason"))


def _other_commands(command: Adder) -> None:
    export = command("export", None)
    kinds = export.add_subparsers(title=t("usage.commands"), metavar="KIND", dest="export_kind", required=True)
    report = command("report", "export.report", kinds)
    when = report.add_mutually_exclusive_group(required=True)
    when.add_argument("--day", type=a_day, metavar="DAY", help=t("usage.report_day"))
    when.add_argument("--month", type=a_month, metavar="MONTH", help=t("usage.report_month"))
    text_option(report, "--agent", type=somebody, metavar="ID", help=t("usage.report_agent"))
    report.add_argument("--to", required=True, type=a_report_file, metavar="FILE", help=t("usage.report_to"))

    demo = command("demo", "demo.demo")
    demo.add_argument("--agents", type=whole(1, 200), default=12, metavar="N", help=t("usage.demo_agents"))
    demo.add_argument("--speed", type=whole(1, 3600), default=60, metavar="N", help=t("usage.demo_speed"))
    demo.add_argument("--seed", type=whole(0, 999_999_999), default=1, metavar="N", help=t("usage.demo_seed"))
    how = demo.add_mutually_exclusive_group()
    how.add_argument("--desk", action="store_true", help=t("usage.demo_desk"))
    how.add_argument("--print", action="store_true", dest="print_day", help=t("usage.demo_print"))

    serve = command("serve", "serve.serve")
    serve.add_argument("--port", type=whole(1, 65_535), default=8080, metavar="PORT", help=t("usage.serve_port"))
    text_option(serve, "--host", default="127.0.0.1", metavar="ADDRESS", help=t("usage.serve_host"))

    command("locate", "about.locate")
    command("doctor", "doctor.doctor")
    command("schema", "schema.schema")
    show_help = command("help", "about.help_page")
    show_help.add_argument("topic", nargs="?", type=a_topic, metavar="TOPIC", help=t("usage.topic"))


LANGUAGE = "AGENT_TUI_LANG"


def asked_language(arguments: Sequence[str]) -> str | None:
    """The value of the last --lang, wherever it stands, else of AGENT_TUI_LANG: the parser already speaks it."""
    asked = os.environ.get(LANGUAGE) or None
    for argument, following in zip(arguments, [*arguments[1:], None], strict=False):
        if argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        elif argument == "--lang":
            asked = following
    return asked
