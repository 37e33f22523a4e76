"""The command line itself: what is understood, what is refused, and how both are said."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_tui.commands.parser import build, parse
from agent_tui.commands.run import run
from agent_tui.commands.usage import UsageError
from agent_tui.i18n import LANGUAGES, Language, set_language
from agent_tui.texts.deeds import TEXTS as DEEDS
from agent_tui.texts.usage import TEXTS
from tests.commands.running import Machine, no_screens, parsers, process

_WITH_SUBCOMMANDS = ("members", "import", "export", "dnc", "card")
LOG = ["log", "--phone", "13800138000", "--outcome", "talked"]
COMMANDS = [
    [],
    ["init", "share", "--team", "t", "--id", "S001", "--name", "n"],
    ["join", "share", "--id", "A017", "--name", "n", "--hired", "2026-11-09"],
    ["members"],
    ["members", "approve", "abc"],
    ["members", "leave", "A017", "--on", "2026-11-30"],
    LOG,
    ["import", "calls", "f.csv"],
    ["show", "x"],
    ["status"],
    ["team", "--day", "2026-11-23"],
    ["points", "--agent", "A", "--rule", "att.late", "--on", "2026-11-23", "--points", "-2"],
    ["ledger", "--month", "2026-11"],
    ["sync", "--once"],
    ["check"],
    ["demo", "--print"],
    ["serve", "--port", "8081"],
    ["locate"],
    ["schema"],
    ["help", "start"],
    ["pay", "--month", "2026-11"],
    ["excuse", "--agent", "A", "--day", "2026-11-23", "--reason", "r"],
    ["visit", "--agent", "A", "--on", "2026-11-23", "--minutes", "60"],
    ["leave", "--agent", "A", "--on", "2026-11-23", "--minutes", "60", "--leads", "5"],
    ["confirm", "--agent", "A", "--day", "2026-11-23"],
    ["release", "--agent", "A", "--day", "2026-11-23"],
    ["verify", "x", "--false", "--text", "t"],
    ["rule-on", "x", "--upheld", "--text", "t"],
    ["proposals", "--dismiss", "x", "--text", "t"],
    ["requests", "--approve", "x", "--minutes", "60"],
    ["attend", "--agent", "A", "--on", "2026-11-23", "--meeting", "daily", "--state", "late"],
    ["check-punch", "--agent", "A", "--day", "2026-11-23", "--side", "in"],
    ["coach", "x", "--text", "t"],
    ["flag", "x"],
    ["withdraw", "x"],
    ["payment", "13800138000", "-5.50", "--on", "2026-11-23"],
    ["assign", "13800138000", "--agent", "A"],
    ["grade", "13800138000", "--step", "signed", "--grade", "A", "--by", "n"],
    ["visit-report", "13800138000", "--text", "t"],
    ["dnc", "lift", "13800138000"],
    ["ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "t"],
    ["correct", "x", "--note", "t"],
    ["void", "x", "--reason", "r"],
    ["propose", "13800138000", "--grade", "A"],
    ["appeal", "x", "--text", "t"],
    ["punch", "in"],
    ["hand-in"],
    ["plan", "--week", "2026-W49", "--companies", "100"],
    ["summary", "--week", "2026-W48", "--text", "t"],
    ["review", "--agent", "A", "--week", "2026-W48", "--rating", "4"],
    ["card", "publish", "f.toml"],
    ["card", "list"],
    ["card", "take-back", "x"],
    ["notice", "t"],
    ["export", "report", "--day", "2026-11-23", "--to", "r.xlsx"],
]


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    set_language(request.param)
    yield request.param


@pytest.mark.parametrize(
    "line",
    [
        ["pay", "--agent", ""],
        ["ledger", "--agent", " "],
        ["proposals", "--agent", ""],
        ["export", "report", "--day", "2026-11-23", "--to", "r.csv", "--agent", ""],
        ["import", "leads", "f.csv", "--assign", ""],
        ["import", "leads", "f.csv", "--assign", " , "],
    ],
)
def test_nobody_named_is_not_everybody(machine: Machine, line: list[str]) -> None:
    said = machine(*line).wrong(2)
    assert "empty" in said
    assert "--a" in said


def test_who_asks_help_for_a_command_is_told_how_that_is_asked(machine: Machine) -> None:
    said = machine("help", "import").wrong(2)
    assert "'import' is no page: start, desk" in said
    assert "agent-tui COMMAND --help" in said


NOTHING = [
    ["why", ""],
    ["show", " "],
    ["withdraw", ""],
    ["proposals", "--accept", ""],
    ["requests", "--refuse", "", "--text", "t"],
    ["import", "leads", ""],
    ["policy", "check", ""],
    ["card", "publish", ""],
    ["init", "", "--team", "t", "--id", "S", "--name", "n"],
    ["refill", " "],
    ["members", "leave", "", "--on", "2026-11-30"],
    ["status", "--home", ""],
    ["--share", "", "sync", "--once"],
]


@pytest.mark.parametrize("line", NOTHING, ids=" ".join)
def test_nothing_is_not_what_a_command_is_about(line: list[str]) -> None:
    with pytest.raises(UsageError, match=r"empty|不能为空"):
        parse(line)


def test_no_argument_of_any_command_may_be_blank() -> None:
    for parser in parsers(build()):
        for action in parser._actions:
            if not action.option_strings and callable(action.type):
                with pytest.raises(argparse.ArgumentTypeError):
                    action.type(" ")
            else:
                assert action.option_strings or action.choices, (parser.prog, action.dest)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_options_of_all_commands_stand_before_or_after(command: list[str]) -> None:
    everywhere = ["--home", "h", "--share", "s", "--now", "2026-11-23T14:30", "--lang", "zh", "--json", "--ascii"]
    parser = build()
    before, after = parser.parse_args([*everywhere, *command]), parser.parse_args([*command, *everywhere])
    assert vars(before) == vars(after)
    assert (before.home, before.share, before.now, before.lang, before.json, before.ascii) == (
        "h",
        "s",
        "2026-11-23T14:30",
        "zh",
        True,
        True,
    )
    assert (before.handler is None) == (command == [])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_line_is_read_as_by_the_parser_of_all_commands(command: list[str]) -> None:
    for line in (command, ["--lang", "zh", *command, "--json"]):
        assert vars(parse(line)) == vars(build().parse_args(line))


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["import"],
        ["import", "nonsense", "f"],
        ["log"],
        ["log", "--phone"],
        [*LOG, "--interest", "maybe"],
        [*LOG, "--duration", "long"],
        [*LOG, "--duration", "-1"],
        [*LOG, "--started-at", "yesterday"],
        [*LOG, "--started-at", "9999-12-31T23:59:59-14:00"],
        [*LOG, "--note", "\udcff"],
        [*LOG, "--no-such-option"],
        ["team", "--day", "2026-13-01"],
        ["team", "--day", "0001-01-01"],
        ["pay", "--agent", "A017", "--month", "0001-01"],
        ["ledger", "--month", "2026-13"],
        ["points", "--agent", "A", "--rule", "r", "--on", "2026-11-23", "--points", "many"],
        ["sync", "--once", "--watch"],
        ["status", "--lang", "fr"],
        ["status", "--now", "noon"],
        ["status", "--now", "0001-01-01T00:00:00+00:00"],
        ["status", "--now", "9999-12-31T23:59:59-12:00"],
        ["demo", "--agents", "0"],
        ["init", "share"],
        ["init", "share", "--team", " ", "--id", "S001", "--name", "n"],
        ["init", "share", "--team", "t", "--id", "no good", "--name", "n"],
        ["init", "share", "--team", "t", "--id", "S001", "--name", "n", "--zone", "Mars/Olympus"],
        ["join", "share", "--id", "A017", "--name", "", "--hired", "2026-11-09"],
        [*LOG, "--follow-up", "someday maybe"],
        ["correct", "x"],
        ["correct", "x", "--follow-up", "someday maybe"],
        ["void", "x", "--reason", " "],
        ["excuse", "--agent", "A", "--day", "2026-11-23", "--reason", ""],
        ["ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", ""],
        ["ask", "visit", "--on", "2026-11-24", "--minutes", "60", "--text", "t", "--sick"],
        ["ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "t", "--doctors-note"],
        ["appeal", "x", "--text", " "],
        ["coach", "x", "--text", " "],
        ["notice", " "],
        ["verify", "x", "--false"],
        ["verify", "x", "--false", "--text", " "],
        ["rule-on", "x", "--upheld", "--text", " "],
        ["proposals", "--dismiss", "x"],
        ["proposals", "--text", "t"],
        ["requests", "--refuse", "x"],
        ["requests", "--minutes", "60"],
        ["requests", "--leads", "5"],
        ["requests", "--text", "t"],
        ["payment", "12", "100", "--on", "2026-11-23"],
        ["payment", "13800138000", "many", "--on", "2026-11-23"],
        ["payment", "13800138000", "0", "--on", "2026-11-23"],
        ["grade", "12", "--step", "visited", "--grade", "A"],
        ["grade", "13800138000", "--step", "signed", "--grade", "A"],
        ["assign", "12", "--agent", "A"],
        ["visit-report", "12", "--text", "t"],
        ["dnc", "lift", "12"],
        ["propose", "12", "--grade", "A"],
        ["erase", "12"],
        ["plan", "--week", "2026-W99", "--companies", "100"],
        ["plan", "--week", "2026-W49"],
        ["summary", "--week", "next", "--text", "t"],
        ["summary", "--week", "2026-W48"],
        ["review", "--agent", "A", "--week", "2026-48", "--rating", "4"],
        ["review", "--agent", "A", "--week", "2026-W48", "--rating", "6"],
        ["export", "report", "--day", "2026-11-23", "--to", "r.txt"],
        ["policy", "show", "nonsense"],
        ["help", "nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_status_two(machine: Machine, arguments: list[str], spoken: Language) -> None:
    line = machine(*arguments, "--lang", spoken) if "--lang" not in arguments else machine(*arguments)
    said = line.wrong(2)
    assert said.startswith("agent-tui: ")
    assert "--help" in said
    if spoken == "zh" and "--lang" not in arguments:
        assert re.search("[\u4e00-\u9fff]", said)
        assert not re.search("argument|required|invalid|expected", said)


def test_what_is_left_over_names_the_command_to_read_on(machine: Machine) -> None:
    assert "agent-tui policy show --help" in machine("policy", "show", "pay", "x").wrong(2)
    assert "agent-tui locate --help" in machine("locate", "--nonsense").wrong(2)


def test_digits_and_signs_that_an_input_method_made_wide_are_plain_ones() -> None:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    for given in (
        ["team", "--day", "2026-11-23"],
        ["pay", "--month", "2026-11"],
        ["plan", "--week", "2026-W49", "--companies", "40"],
        ["log", "--phone", "138", "--outcome", "talked", "--started-at", "2026-11-23T14:30", "--duration", "90"],
    ):
        typed = [word.translate(wide) if word[0].isdigit() else word for word in given]
        assert vars(parse(typed)) | {"phone": ""} == vars(parse(given)) | {"phone": ""}
    assert parse(["status", "--now", "2026-11-23T14:30".translate(wide)]).now == "2026-11-23T14:30"
    assert parse(["join", "share", "--id", "A０17", "--name", "n", "--hired", "2026-11-09"]).id == "A017"


def test_nothing_is_made_by_wrong_usage(machine: Machine) -> None:
    machine("nonsense").wrong(2)
    assert not machine.home.exists()


def test_every_command_helps_in_both_languages(capsys: pytest.CaptureFixture[str], spoken: Language) -> None:
    for command in COMMANDS:
        words = command[:2] if command[:1] and command[0] in _WITH_SUBCOMMANDS else command[:1]
        with pytest.raises(SystemExit) as left:
            run([*words, "--help", "--lang", spoken], no_screens)
        assert left.value.code == 0
        printed = capsys.readouterr().out
        assert "--home" in printed
        assert ("用法" in printed) == (spoken == "zh")


@pytest.mark.usefixtures("spoken")
def test_the_help_of_an_option_names_what_holds_without_it() -> None:
    named = 0
    for parser in parsers(build()):
        for action in parser._actions:
            if (
                action.option_strings
                and action.nargs != 0
                and action.default not in (None, "", False, argparse.SUPPRESS)
            ):
                assert str(action.default) in str(action.help), (parser.prog, action.option_strings)
                named += 1
    assert named >= 6


def test_an_id_may_be_that_of_a_device_where_a_device_can_be_ended() -> None:
    (leave,) = (parser for parser in parsers(build()) if parser.prog == "agent-tui members leave")
    assert "ID|WRITER" in leave.format_usage()


def test_the_start_of_a_call_is_not_now_where_it_is_corrected(spoken: Language) -> None:
    helps = {parser.prog.split()[-1]: parser.format_help() for parser in parsers(build())}
    now = {"en": "(default: now)", "zh": "(默认:现在)"}[spoken]
    assert now in helps["log"]
    assert now not in helps["correct"]


def test_no_text_of_the_usage_is_left_over() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(build.__code__.co_filename).parent.glob("*.py"))
    for key in TEXTS:
        named = f'"usage.{key}"' in sources or f'.{key}"' in sources or f'"{key}"' in sources
        assert named or (key.startswith("field_") and "usage.field_" in sources), key
    for key in DEEDS:
        made = key.startswith(("done_", "before_", "what_", "found_", "ruled_", "meeting_", "state_", "reason_"))
        assert made or f'"deeds.{key}"' in sources or f'.{key}"' in sources or f'"{key}"' in sources, key


def test_without_a_terminal_the_screens_say_so(machine: Machine, spoken: Language) -> None:
    for command in ([], ["demo"], ["demo", "--desk"]):
        said = machine(*command, "--lang", spoken).wrong()
        assert "status" in said
        assert "demo --print" in said


def test_a_time_of_the_environment_that_is_none_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for told in ("noon", "9999-12-31T23:59:59-12:00"):
        monkeypatch.setenv("AGENT_TUI_NOW", told)
        assert run(["locate"], no_screens) == 1
        assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--lang", "zhx"], ["status", "--help", "--lang=fr"], ["--version", "--lang", "ZH"]]
)
def test_an_unknown_language_is_refused_in_that_of_the_system(arguments: list[str]) -> None:
    for system, word in (("C.UTF-8", "is none of"), ("zh_CN.UTF-8", "”不是")):
        said = process(*arguments, LC_ALL=system, LC_MESSAGES="", LANG="").wrong(2)
        assert f"{word} zh, en" in said
        assert "--lang" in said
        said = process("locate", AGENT_TUI_LANG=arguments[-1].rpartition("=")[2], LC_ALL=system).wrong(2)
        assert f"{word} zh, en" in said
        assert "AGENT_TUI_LANG" in said


def test_the_options_of_a_command_stand_under_one_heading_in_both_languages() -> None:
    for language, heading in (("en", "options:"), ("zh", "选项:")):
        for command in ((), ("points",), ("export", "report")):
            told = process(*command, "--help", AGENT_TUI_LANG=language).done().out
            assert told.count(f"{heading}\n") == 1, told


def test_the_version_is_printed(machine: Machine) -> None:
    said = machine("--version").done().out
    assert re.fullmatch(r"agent-tui \d+\.\d+\.\d+\n", said)
    assert machine.json("--version") == {"version": said.split()[1]}


def test_the_bare_command_without_a_terminal_says_so_in_one_line(tmp_path: Path) -> None:
    line = process(AGENT_TUI_HOME=str(tmp_path / "home"), AGENT_TUI_LANG="en").wrong()
    assert "terminal" in line
