"""Every finding has its line in both languages."""

from typing import get_args

import pytest

from agent_tui.i18n import LANGUAGES, Language, language, set_language
from agent_tui.sync.findings import Code, Finding
from agent_tui.sync.readme import README_BYTES


@pytest.mark.parametrize("code", get_args(Code))
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_finding_is_one_line_that_names_the_place(code: Code, spoken: Language) -> None:
    before = language()
    set_language(spoken)
    try:
        text = Finding(code, "records/2026-11-23/x.jsonl", 17, "7").text()
        bare = Finding(code, "records/2026-11-23/x.jsonl").text()
    finally:
        set_language(before)
    assert "records/2026-11-23/x.jsonl:17" in text
    assert "\n" not in text
    assert "{" not in text
    assert bare == bare.rstrip()
    assert " ;" not in bare


def test_the_readme_tells_the_layout_in_both_languages() -> None:
    text = README_BYTES.decode()
    for name in ("team.json", "roster/", "join/", "records/", "keys/"):
        assert text.count(name) >= 2
    assert all(len(line) <= 120 for line in text.splitlines())
