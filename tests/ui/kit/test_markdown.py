"""Pages of the manual as lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui import manual
from agent_tui.i18n import LANGUAGES, Language
from agent_tui.ui.kit.markdown import page_lines
from agent_tui.ui.kit.text import width


def shown(markdown: str, cells: int) -> list[str]:
    return [content.plain for content in page_lines(markdown, cells)]


def test_chinese_breaks_between_characters_and_not_before_punctuation() -> None:
    assert shown("`agent-tui` 是电话销售员的工作台。", 20) == ["agent-tui 是电话销售", "员的工作台。"]
    assert shown("no,\nyes (a)\nb", 40) == ["no, yes (a) b"]
    assert shown("一二,\n三四\n`F1` 五\n`F2`\u3002\n六\n(七)\n八:\n`F3`", 50) == ["一二,三四 F1 五 F2\u3002六(七)八:F3"]


def test_lists_hang_and_english_breaks_at_blanks() -> None:
    assert shown("- **one** two three\n- four", 12) == ["- one two", "  three", "- four"]
    assert shown("1. one two three", 10) == ["1. one two", "   three"]


def test_the_lines_of_a_paragraph_are_one_and_code_stays_as_it_is() -> None:
    text = "# Head\none\ntwo\n\nthree:\n\n    code\n    more\n\n- four\n  five\n- six"
    assert shown(text, 40) == ["Head", "one two", "", "three:", "", "    code", "    more", "", "- four five", "- six"]
    assert shown("一二,\n三四\n`F1` 五\n`F2`。\n(六", 40) == ["一二,三四 F1 五 F2。(六"]


def test_a_table_wraps_its_last_column() -> None:
    table = "| key | does |\n|---|---|\n| `F1` | opens the help of this screen |"
    assert shown(table, 24) == ["key  does", "F1   opens the help of", "     this screen"]


def test_strong_words_and_code_keep_their_style() -> None:
    content = page_lines("see **this** and `that`", 60)[0]
    assert content.plain == "see this and that"
    assert [content.plain[span.start : span.end] for span in content.spans] == ["this", "that"]


@given(st.text("ab 王五,。**`|-#1.\n", max_size=120), st.integers(24, 80))
def test_no_line_is_wider_than_asked(markdown: str, cells: int) -> None:
    narrow = "|" not in markdown  # columns of a table have a least width each
    assert all(width(row) <= cells for row in shown(markdown, cells) if narrow)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", manual.TOPICS)
def test_every_page_of_the_manual_fits_a_narrow_terminal(topic: str, language: Language) -> None:
    rows = shown(manual.page(topic, language), 74)
    assert rows
    assert max(map(width, rows)) <= 74
