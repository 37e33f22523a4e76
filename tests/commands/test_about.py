"""The manual, the places, the schema."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_tui import manual
from agent_tui.commands.parser import build
from agent_tui.commands.schema import ENVELOPE
from agent_tui.i18n import LANGUAGES, Language
from shared_rules.policies.policy import builtin
from shared_rules.records.kinds import BODIES
from shared_rules.records.lines import Line
from tests.commands.running import Machine, parsers, process
from tests.commands.teaming import Team


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", manual.TOPICS)
def test_every_topic_has_a_page_in_each_language(machine: Machine, topic: str, language: Language) -> None:
    ran = machine("help", topic, "--lang", language).done()
    assert ran.out.splitlines()[0].startswith("# ")
    assert len(ran.out.splitlines()) > 10
    document = machine.json("help", topic, "--lang", language)
    assert document["text"] == manual.page(topic, language)
    assert document["title"] == manual.title(topic, language)
    assert ran.out == document["text"]


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_the_two_languages_have_the_same_parts(topic: str) -> None:
    """Headings, rows of tables and examples: so that neither language is forgotten when a page grows."""
    one, other = ([_part(line) for line in manual.page(topic, language).splitlines()] for language in LANGUAGES)
    assert [part for part in one if part] == [part for part in other if part]


def _part(line: str) -> str:
    found = re.match(r"#+ |\| |[0-9]\. |- |    (?=\S)", line)
    return found.group() if found else ""


def test_no_page_lies_there_unread() -> None:
    for language in LANGUAGES:
        folder = Path(manual.__file__).with_name("help") / language
        assert {path.stem for path in folder.iterdir()} == set(manual.TOPICS)


def test_the_list_of_topics(machine: Machine) -> None:
    assert [topic["topic"] for topic in machine.json("help")] == list(manual.TOPICS)
    assert "nonsense" in machine("help", "nonsense").wrong(2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_the_manual_shows_is_understood(language: Language) -> None:
    shown = 0
    for topic in manual.TOPICS:
        for line in manual.page(topic, language).splitlines():
            if line.startswith("    agent-tui "):
                words = re.findall(r'"[^"]*"|\S+', line.split(" #")[0].strip())
                build().parse_args([word.strip('"') for word in words[1:]])
                shown += 1
    assert shown >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_commands_has_every_command_and_the_options_of_all(language: Language) -> None:
    page = manual.page("commands", language)
    named = re.findall(r"`([a-z-]+(?: [a-z-]+)?)", page)
    assert [name for name in _commands(build()) if not any(f"{one} ".startswith(f"{name} ") for one in named)] == []
    for option in ("--home", "--now", "--lang", "--json", "--share", "--ascii"):
        assert f"| `{option}" in page, option


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_a_page_names_is_one_of_its_command(language: Language) -> None:
    by_name = {parser.prog.removeprefix("agent-tui "): parser for parser in parsers(build())}
    named = 0
    for topic in manual.TOPICS:
        for span in re.findall(r"`(?:agent-tui )?([a-z][^`]*)`", manual.page(topic, language)):
            command = next((name for name in (" ".join(span.split()[:2]), span.split()[0]) if name in by_name), None)
            if command is not None:
                known = {option for action in by_name[command]._actions for option in action.option_strings}
                for option in re.findall(r"--[a-z-]+", span):
                    assert option in known, (topic, span)
                    named += 1
    assert named >= 50


def _commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command with the words before it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                deeper = list(_commands(inner, f"{before}{name} "))
                yield from deeper or [before + name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_that_the_page_on_the_architecture_names_is_there(language: Language) -> None:
    root = Path(manual.__file__).parent.parent
    named = re.findall(r"`((?:agent_tui|shared_rules|tests)/[^`]*)`", manual.page("architecture", language))
    assert len(named) > 30
    assert [place for place in named if not (root / place).exists()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_that_the_page_on_files_names_is_there(team: Team, language: Language) -> None:
    home = team.agent.home
    crash = Path(team.agent.json("locate")["crash_reports"])
    table = manual.page("files", language).partition("agent-tui locate")[2].partition("|---|---|")[2]
    rows = re.findall(r"^\| ([a-z].*?) \|", table, re.MULTILINE)
    assert len(rows) == 6
    for row in rows:
        folder, _, _ = row.rpartition("/")
        for name in re.split("、|, ", row.removeprefix(folder).lstrip("/")):
            pattern = f"{folder}/{name}".lstrip("/").replace("TEAM", "*").replace("团队", "*")
            assert list(home.glob(pattern)) or home / pattern == crash, pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_points_page_agrees_with_the_policy(language: Language) -> None:
    points = builtin("handbook").points
    assert points is not None
    rows = [row.split("|") for row in manual.page("points", language).splitlines() if row.startswith("| ")]
    shown = {rule: row[3:5] for row in rows for rule in row[1].replace("、", ",").replace(" ", "").split(",")}
    for id, rule in points.rules.items():
        if rule.computed:
            points_cell, yuan_cell = shown[id]
            number = rule.points or rule.least or 0
            assert re.findall(r"[+-]\d+", points_cell)[:1] == ([f"{number:+d}"] if number else []), id
            assert yuan_cell.strip() == (f"-{rule.fine // 100}" if rule.fine else ""), id


def test_places_need_no_team(machine: Machine) -> None:
    places = machine.json("locate")
    assert places["home"] == str(machine.home)
    assert places["teams"] == []
    assert not machine.home.exists()


def test_the_schema_has_every_kind(machine: Machine) -> None:
    document = machine.json("schema")
    assert set(document["kinds"]) == set(BODIES)
    assert "sealed" in document["kinds"]["call"]
    assert set(document["line"]["properties"]) == set(Line.__struct_fields__)
    assert document["line"] == ENVELOPE
    assert machine("schema").done().json == document


def test_a_crash_report_has_no_word_of_what_was_entered(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("13800138000")

    monkeypatch.setattr("agent_tui.commands.about.locate", fail)
    said = machine("locate").wrong()
    (report,) = (machine.home / "crash").iterdir()
    assert str(report) in said
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "13800138000" not in text


def test_a_report_that_cannot_be_written_is_said(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("agent_tui.commands.about.locate", fail)
    machine.home.write_text("a file where the home should be", encoding="utf-8")
    assert "RuntimeError" in machine("locate").wrong()


def test_the_environment_names_home_and_language(tmp_path: Path) -> None:
    ran = process("locate", "--json", AGENT_TUI_HOME=str(tmp_path / "there"), AGENT_TUI_LANG="zh").done()
    assert ran.json["home"] == str(tmp_path / "there")
    assert "主题" in process("help", AGENT_TUI_LANG="zh", PYTHONIOENCODING="ascii").done().out
