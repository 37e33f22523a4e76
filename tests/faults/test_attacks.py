"""The attack list of the manual: each line that claims something names its test, and the tests are there."""

import ast
import re
from pathlib import Path

import pytest

from agent_tui import manual
from agent_tui.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
_PROOF = re.compile(r"^(\d+)\. `(tests/[\w/]+\.py)::(\w+)`$", re.MULTILINE)
_CLAIMS = {"en": ("- Prevented:", "- Detected:", "- Not covered:"), "zh": ("- 防住:", "- 能发现:", "- 防不住:")}


def claims(language: str) -> list[str]:
    """The lines of the list, each whole."""
    text = manual.page("attacks", language).partition("1. `tests")[0]  # type: ignore[arg-type]
    return re.findall(r"^- .*(?:\n  .*)*", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proof_is_a_test_that_is_there(language: str) -> None:
    proofs = _PROOF.findall(manual.page("attacks", language))  # type: ignore[arg-type]
    assert [int(number) for number, _, _ in proofs] == list(range(1, len(proofs) + 1))
    for _, file, name in proofs:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        there = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in there, f"{file}::{name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_says_what_it_claims_and_what_is_claimed_is_proved(language: str) -> None:
    prevented, detected, _ = _CLAIMS[language]
    lines = claims(language)
    assert len(lines) > 30
    for line in lines:
        assert line.startswith(_CLAIMS[language]), line
        assert re.search(r"\[\d+\]", line) or not line.startswith((prevented, detected)), line


def test_both_languages_claim_the_same_with_the_same_proofs() -> None:
    told = {
        language: [
            (next(place for place, start in enumerate(_CLAIMS[language]) if line.startswith(start)),
             re.findall(r"\[(\d+)\]", line))
            for line in claims(language)
        ]
        for language in LANGUAGES
    }  # fmt: skip
    assert told["en"] == told["zh"]
    used = {number for _, numbers in told["en"] for number in numbers}
    assert used == {number for number, _, _ in _PROOF.findall(manual.page("attacks", "en"))}
