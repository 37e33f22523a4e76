"""The key sheets of the manual say what the registry says."""

import re

import pytest

from agent_tui import manual
from agent_tui.i18n import LANGUAGES, Language
from agent_tui.ui.commands import commands, everything, key_label, scope_name
from agent_tui.ui.keysheet import sheet
from tests.commands.running import process


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_sheets_are_in_step_with_the_registry(spoken: Language) -> None:
    assert manual.page("keys", spoken) == sheet(spoken), "run: python -m agent_tui.ui.keysheet"


def test_every_command_is_on_the_sheet_with_its_first_key() -> None:
    page = sheet("en")
    for command in everything():
        assert command.sentence in page
        if command.keys:
            assert f"| {key_label(command.keys[0])}" in page


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    ("topic", "table", "scopes"),
    [
        ("board", 1, ("board", "board.day")),
        ("customers", 1, ("customers.file",)),
        ("week", 0, ("day",)),
        ("week", 1, ("week",)),
    ],
)
def test_the_page_of_a_screen_tells_all_its_digits_and_no_others(
    topic: str, table: int, scopes: tuple[str, ...], spoken: Language
) -> None:
    _, *tables = manual.page(topic, spoken).split("|---|---|")
    cells = re.findall(r"^\| (.*?) \|", tables[table].partition("\n\n")[0], re.MULTILINE)
    told = {key for cell in cells for key in re.findall(r"\b\d\b", cell)}
    there = [command for scope in scopes for command in commands(scope)]
    assert told == {key for command in there for key in command.keys if key.isdecimal()}


def test_every_screen_has_a_name() -> None:
    for scope in {command.scope for command in everything()}:
        assert scope_name(scope)


@pytest.mark.parametrize(("spoken", "word"), [("zh", "在任何一栏保存"), ("en", "Save the entry from any field")])
def test_the_command_line_prints_the_sheet_without_a_screen(spoken: str, word: str) -> None:
    assert word in process("--lang", spoken, "help", "keys").done().out


def test_a_hint_line_has_no_key_of_another_sort_between_its_digits() -> None:
    for scope in {command.scope for command in everything()}:
        shown = sorted((one for one in commands(scope) if one.footer), key=lambda one: one.footer)
        digits = [bool(one.keys) and one.keys[0].isdigit() for one in shown]
        first, last = (digits.index(True), len(digits) - digits[::-1].index(True)) if any(digits) else (0, 0)
        assert all(digits[first:last]), scope


def test_no_command_has_a_key_that_others_take() -> None:
    """An input method takes Ctrl+Space and letters alone, terminals take F10 to F12, ^J is a newline.

    On the board letters are extras: digits and the queues do the same.
    """
    for command in everything():
        assert not {
            "ctrl+@",
            "ctrl+space",
            "ctrl+j",
            "f10",
            "f11",
            "f12",
            "ctrl+b",
            "ctrl+a",
            "ctrl+w",
            "ctrl+t",
        } & set(command.keys), command.id
        letters = [key for key in command.keys if len(key) == 1 and key.isalpha()]
        assert not letters or command.id.startswith("board."), command.id
