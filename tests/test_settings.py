"""The tree of settings: what may be stored, and what is said of the rest."""

from typing import Any

import pytest

from agent_tui.i18n import Language, set_language
from agent_tui.settings import Settings, check, leaves, read


@pytest.fixture(autouse=True, params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Any:
    set_language(request.param)
    yield
    set_language("en")


def test_nothing_stored_is_the_defaults() -> None:
    assert read({}) == (Settings(), [])


def test_what_is_stored_is_taken() -> None:
    stored = {"look.theme": "high-contrast", "desk.bell": True, "keys": {"desk.skip": "f8"}, "board.order": "pace"}
    settings, faults = read(stored)
    assert faults == []
    assert (settings.look.theme, settings.desk.bell, settings.keys) == ("high-contrast", True, {"desk.skip": "f8"})
    assert settings.desk.streak


@pytest.mark.parametrize(
    ("path", "value", "near"),
    [
        ("look.them", "x", "look.theme"),
        ("bel", True, None),
        ("desk.bell", "yes", None),
        ("look.language", "de", None),
        ("look.ascii", 1, None),
        ("look.theme", None, None),
        ("keys", {"desk.skip": 8}, None),
        ("keys", [], None),
        ("", "", None),
        ("look", {"theme": "x"}, None),
    ],
)
def test_a_typo_is_said_in_one_line_and_the_default_stands(path: str, value: Any, near: str | None) -> None:
    settings, faults = read({path: value, "desk.streak": False})
    assert settings.desk.streak is False
    assert settings == Settings(desk=settings.desk)
    (fault,) = faults
    assert fault.path == path
    assert path in fault.text
    assert "\n" not in fault.text
    assert "F2" in fault.text
    if near:
        assert near in fault.text


def test_every_leaf_has_its_name_its_sentence_and_a_name_for_each_choice() -> None:
    for leaf in leaves():
        assert leaf.title
        assert leaf.sentence
        assert check(leaf, leaf.default) == ""
        for choice in leaf.choices:
            assert check(leaf, choice) == ""


def test_the_language_in_use_changes_nothing_in_the_tree() -> None:
    languages: list[Language] = ["zh", "en"]
    for one in languages:
        set_language(one)
        assert [leaf.path for leaf in leaves()] == [
            "look.language", "look.theme", "look.ascii", "desk.bell", "desk.streak", "keys",
        ]  # fmt: skip
