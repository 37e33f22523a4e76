"""Phone numbers as people write them (handbook 1)."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.phones import parse_phone

_WIDE = str.maketrans("0123456789+-()", "０１２３４５６７８９＋－（）")


@pytest.mark.parametrize(
    ("written", "e164", "extension"),
    [
        ("13800138000", "+8613800138000", ""),
        (" 138 0013-8000 ", "+8613800138000", ""),
        ("１３８００１３８０００", "+8613800138000", ""),
        ("+86 13800138000", "+8613800138000", ""),
        ("(+86)138.0013.8000", "+8613800138000", ""),
        ("0086-13800138000", "+8613800138000", ""),
        ("8613800138000", "+8613800138000", ""),
        ("013800138000", "+8613800138000", ""),
        ("19911112222", "+8619911112222", ""),
        ("0574-87654321", "+8657487654321", ""),
        ("(0574)87654321", "+8657487654321", ""),
        ("+86 574 87654321", "+8657487654321", ""),
        ("+86 (0)574 87654321", "+8657487654321", ""),
        ("86 010-12345678", "+861012345678", ""),
        ("010-12345678", "+861012345678", ""),
        ("024-49083016转803", "+862449083016", "803"),
        ("024-49083016 ext. 803", "+862449083016", "803"),
        ("024-49083016x803", "+862449083016", "803"),
        ("024-49083016＃803", "+862449083016", "803"),
        ("400-189-5559", "+864001895559", ""),
        ("8008208820", "+868008208820", ""),
        ("+86 400 189 5559", "+864001895559", ""),
        ("+1 650 253 0000", "+16502530000", ""),
        ("+852 2123 4567 转 8", "+85221234567", "8"),
    ],
)
def test_usable_numbers(written: str, e164: str, extension: str) -> None:
    phone = parse_phone(written)
    assert phone is not None
    assert (phone.e164, phone.extension) == (e164, extension)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "暂无电话",
        "12345",
        "1380013800",
        "138001380001",
        "12800138000",
        "87654321",
        "057487654",
        "0574876543210",
        "+86 1234",
        "40018955591",
        "=1+1",
        "13800138000转",
        "13800138000x12x13",
        "手机13800138000",
        "13800138000/13900139000",
        "1650253000012",
        "001 650 253 0000",
        "+1 123",
        "+999 12345678",
        "+",
        "٠١٣٨٠٠١٣٨٠٠٠",
        "1" * 10_000,
    ],
)
def test_unusable_numbers(written: str) -> None:
    assert parse_phone(written) is None


@pytest.mark.parametrize(
    ("written", "national"),
    [
        ("+8613800138000", "13800138000"),
        ("+8657487654321", "0574-87654321"),
        ("+861012345678", "010-12345678"),
        ("+862112345678", "021-12345678"),
        ("+864001895559", "4001895559"),
        ("+16502530000", "+1 650-253-0000"),
    ],
)
def test_a_number_is_shown_as_people_write_it(written: str, national: str) -> None:
    phone = parse_phone(written)
    assert phone is not None
    assert phone.national == national


_numbers = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"0[1-9][0-9]{8,10}", fullmatch=True),
    st.from_regex(r"[48]00[0-9]{7}", fullmatch=True),
)


@given(_numbers, st.lists(st.tuples(st.integers(0, 11), st.sampled_from(" -.()\u3000－–")), max_size=5), st.booleans())
def test_blanks_signs_and_width_change_no_number(number: str, signs: list[tuple[int, str]], wide: bool) -> None:
    written = number
    for place, sign in signs:
        written = written[:place] + sign + written[place:]
    assert parse_phone(written.translate(_WIDE) if wide else written) == parse_phone(number)


@given(_numbers)
def test_the_country_and_the_identity_lead_back_to_the_number(number: str) -> None:
    phone = parse_phone(number)
    assert phone is not None
    for prefix in ("+86", "0086", "86"):
        assert parse_phone(prefix + number) == phone
    assert parse_phone(phone.e164) == phone
    assert parse_phone(phone.national) == phone


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    phone = parse_phone(text)
    assert phone is None or phone.e164.startswith("+")


def test_the_tables_of_other_countries_load_for_their_numbers_alone() -> None:
    code = (
        "import sys; from shared_rules.phones import parse_phone\n"
        "parse_phone('13800138000'); parse_phone('0574-1'); parse_phone('+86 1')\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "parse_phone('+1 650 253 0000'); assert 'phonenumbers' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
