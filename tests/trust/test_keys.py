"""Keys, key files, the recovery code and the four words."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.trust.keys import DeviceKey, OwnerKey, box_to, four_words, team_of, verify, writer_of
from agent_tui.trust.words import WORDS
from tests.trust.world import LI, OWNER, STRANGER, ZHANG, refused


def test_names_and_code_are_what_they_always_were() -> None:
    """The formats are for good: a key made today must have the same names in ten years."""
    assert LI.writer == writer_of(LI.public) == "gr2q7gf5lh6pzfdn"
    assert OWNER.team == team_of(OWNER.public) == "a5zb4eetc2sytpvj"
    assert OWNER.recovery_code() == "00041-06105-0R3GG-28A1C-60T3G-F22G6"
    assert four_words(OWNER.public, ZHANG.public, "en") == ("window", "banana", "book", "farmer")


def test_a_device_and_a_team_of_one_key_have_different_names() -> None:
    assert writer_of(OWNER.public) != team_of(OWNER.public)


def test_a_signature_is_for_its_key_and_its_bytes() -> None:
    signature = LI.sign(b"data")
    assert verify(LI.public, signature, b"data")
    assert not verify(ZHANG.public, signature, b"data")
    assert not verify(LI.public, signature, b"Data")


def test_a_signature_and_a_key_of_another_length_are_none_however_they_go_on() -> None:
    """The library reads as many bytes as a key and a signature have, wherever they end."""
    signature = LI.sign(b"data")
    assert not verify(LI.public, signature[:60], signature[60:] + b"data")
    assert not verify(LI.public, signature + b"d", b"ata")
    assert not verify(LI.public + b"more", signature, b"data")


@given(st.binary(max_size=40), st.binary(max_size=80), st.binary(max_size=80))
def test_verify_takes_any_bytes(public: bytes, signature: bytes, data: bytes) -> None:
    assert not verify(public, signature, data)


def test_a_box_opens_for_its_reader_alone() -> None:
    box = box_to(ZHANG.public, b"secret")
    assert ZHANG.open_box(box) == b"secret"
    with refused("unreadable"):
        LI.open_box(box)


@given(st.binary(max_size=120))
def test_open_box_takes_any_bytes(data: bytes) -> None:
    with refused("unreadable"):
        LI.open_box(data)


# The neutral point and others of small order: sealing to them would seal to everybody.
@pytest.mark.parametrize("public", [b"", b"short", bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_nothing_is_sealed_to_what_is_no_key(public: bytes) -> None:
    with refused("bad_key"):
        box_to(public, b"secret")


def test_a_key_does_not_show_its_seed() -> None:
    for key in (LI, OWNER):
        assert key.seed.hex() not in repr(key)
        assert repr(key.seed) not in repr(key)


@pytest.mark.parametrize("key", [LI, OWNER])
def test_key_file_round_trip(key: DeviceKey | OwnerKey) -> None:
    assert type(key).from_bytes(key.to_bytes()).public == key.public


def test_key_files_are_not_taken_for_each_other() -> None:
    with refused("bad_key_file"):
        DeviceKey.from_bytes(OWNER.to_bytes())
    with refused("bad_key_file"):
        OwnerKey.from_bytes(LI.to_bytes())


@pytest.mark.parametrize("key", [LI, OWNER])
def test_a_key_file_that_is_written_in_another_way_is_refused(key: DeviceKey | OwnerKey) -> None:
    data = key.to_bytes()
    head, _, checksum = data.rpartition(b" ")
    for changed in (data + b"\n", data[:-1], data.replace(b" key 1 ", b" key 2 "), head + b" " + checksum.upper()):
        if changed != data:
            with refused("bad_key_file"):
                type(key).from_bytes(changed)


def test_a_key_file_with_a_secret_of_another_length_is_refused() -> None:
    for kind, key in (("device", OWNER), ("owner", LI)):
        head = f"agent-tui {kind} key 1 {key.to_bytes().split(b' ')[4].decode()}".encode()
        with refused("bad_key_file"):
            (DeviceKey if kind == "device" else OwnerKey).from_bytes(b"%s %08x\n" % (head, zlib.crc32(head)))


@given(st.binary(max_size=120))
def test_a_key_file_of_any_bytes_is_refused(data: bytes) -> None:
    for kind in (DeviceKey, OwnerKey):
        with refused("bad_key_file"):
            kind.from_bytes(data)


@given(st.binary(min_size=16, max_size=16))
def test_recovery_code_round_trip(secret: bytes) -> None:
    key = OwnerKey(secret)
    assert OwnerKey.from_recovery_code(key.recovery_code()).public == key.public


def test_recovery_code_is_read_as_people_write_it() -> None:
    code = STRANGER.recovery_code()
    wide = code.translate({ord("0"): "０", ord("-"): "－"})
    for written in (code.lower(), code.replace("-", " "), code.replace("-", ""), code.replace("0", "O"), wide):
        assert OwnerKey.from_recovery_code(written).public == STRANGER.public


def test_every_slip_in_a_recovery_code_is_found() -> None:
    code = OWNER.recovery_code()
    slips = [
        code[:at] + wrong + code[at + 1 :]
        for at, right in enumerate(code)
        if right != "-"
        for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if wrong != right
    ]
    swaps = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(len(code) - 1)
        if "-" not in code[at : at + 2] and code[at] != code[at + 1]
    ]
    assert len(slips) == 30 * 31
    for slip in slips + swaps:
        with refused("bad_code"):
            OwnerKey.from_recovery_code(slip)


@given(st.text(max_size=250))
def test_a_recovery_code_of_any_text_is_refused(text: str) -> None:
    with refused("bad_code"):
        OwnerKey.from_recovery_code(text)


def test_keys_are_generated_anew() -> None:
    assert DeviceKey.generate().public != DeviceKey.generate().public
    assert OwnerKey.generate().public != OwnerKey.generate().public


def test_four_words_tell_keys_apart_and_agree_in_both_languages() -> None:
    english = four_words(OWNER.public, ZHANG.public, "en")
    chinese = four_words(OWNER.public, ZHANG.public, "zh")
    assert [WORDS["en"].index(word) for word in english] == [WORDS["zh"].index(word) for word in chinese]
    assert four_words(STRANGER.public, ZHANG.public, "en") != english != four_words(OWNER.public, LI.public, "en")


def test_each_byte_has_a_word_of_its_own() -> None:
    assert {language: len(set(words)) for language, words in WORDS.items()} == {"en": 256, "zh": 256}
    assert all(word.isascii() and word.isalpha() for word in WORDS["en"])
    assert all(len(word) == 2 for word in WORDS["zh"])
