"""The AEAD is the one PyNaCl has, and gives nothing out that was not sealed so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt

from agent_tui.trust.aead import decrypt, encrypt

NONCE, KEY = bytes(range(24)), bytes(range(32))
BOUND = b"agent-tui record\nx\n7"


@given(
    st.binary(max_size=3000),
    st.binary(max_size=100),
    st.binary(min_size=24, max_size=24),
    st.binary(min_size=32, max_size=32),
)
def test_pynacl_makes_and_opens_the_same_bytes(plain: bytes, bound_to: bytes, nonce: bytes, key: bytes) -> None:
    sealed = encrypt(plain, bound_to, nonce, key)
    assert sealed == crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)
    assert decrypt(sealed, bound_to, nonce, key) == plain
    assert crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound_to, nonce, key) == plain


def test_one_bit_of_anything_matters() -> None:
    sealed = encrypt(b"+8613800138000", BOUND, NONCE, KEY)
    parts = sealed, BOUND, NONCE, KEY
    for place, part in enumerate(parts):
        for bit in range(len(part) * 8):
            flipped = bytearray(part)
            flipped[bit // 8] ^= 1 << bit % 8
            changed = [*parts]
            changed[place] = bytes(flipped)
            with pytest.raises(ValueError, match="not what was sealed"):
                decrypt(changed[0], changed[1], changed[2], changed[3])


@pytest.mark.parametrize("size", [0, 15, 16, 17])
def test_what_is_cut_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=r"too short|not what was sealed"):
        decrypt(encrypt(b"call back", BOUND, NONCE, KEY)[:size], BOUND, NONCE, KEY)


@pytest.mark.parametrize(("nonce", "key"), [(NONCE[1:], KEY), (NONCE + b"x", KEY), (NONCE, KEY[1:]), (NONCE, b"")])
def test_no_byte_beyond_a_short_key_or_nonce_is_read(nonce: bytes, key: bytes) -> None:
    for act in (encrypt, decrypt):
        with pytest.raises(ValueError, match="another length"):
            act(bytes(40), BOUND, nonce, key)
