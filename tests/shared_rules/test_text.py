"""Text made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.text import company_key, plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ＡＢＣ１２３（上海）", "ABC123(上海)"),
        ("  宁波 \t\u3000宏达\n科技 ", "宁波 宏达 科技"),
        ("\u3000\u200b\u2060\ufeff", ""),
        ("宁波\u200b宏达", "宁波宏达"),
        ("58同城", "58同城"),
    ],
)
def test_full_width_and_blanks_are_made_plain(written: str, meant: str) -> None:
    assert plain(written) == meant


def test_one_company_however_it_is_typed() -> None:
    assert company_key(" 宁波（宏达）科技有限公司\u3000") == company_key("宁波(宏达)科技有限公司")
    assert company_key("宁波宏达") != company_key("宁波宏大")


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert once == once.strip()
