"""XChaCha20-Poly1305 (IETF): one call of libsodium for each message, through PyNaCl's own copy of the library.

PyNaCl's own functions compose three error texts at every call. Right after a flush, when the processor's caches hold
other things, that took longer than the sealing itself.
"""

from nacl._sodium import ffi, lib
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)

KEY_SIZE = crypto_aead_xchacha20poly1305_ietf_KEYBYTES
NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES

_encrypt = lib.crypto_aead_xchacha20poly1305_ietf_encrypt
_decrypt = lib.crypto_aead_xchacha20poly1305_ietf_decrypt
_make, _bytes_of, _NULL = ffi.new, ffi.buffer, ffi.NULL


def encrypt(plain: bytes, bound_to: bytes, nonce: bytes, key: bytes) -> bytes:
    """The ciphertext, 16 bytes longer than `plain`. Raises ValueError for a nonce or a key of another length."""
    _check(nonce, key)
    made = _make("unsigned char[]", len(plain) + _TAG_SIZE)
    _encrypt(made, _NULL, plain, len(plain), bound_to, len(bound_to), _NULL, nonce, key)
    found: bytes = _bytes_of(made)[:]
    return found


def decrypt(sealed: bytes, bound_to: bytes, nonce: bytes, key: bytes) -> bytes:
    """The plain bytes. Raises ValueError unless `encrypt` made `sealed` with the same `bound_to`, nonce and key."""
    _check(nonce, key)
    size = len(sealed) - _TAG_SIZE
    if size < 0:
        raise ValueError("too short")
    made = _make("unsigned char[]", size)
    if _decrypt(made, _NULL, _NULL, sealed, len(sealed), bound_to, len(bound_to), nonce, key):
        raise ValueError("not what was sealed")
    found: bytes = _bytes_of(made)[:]
    return found


def _check(nonce: bytes, key: bytes) -> None:
    # The library reads so many bytes, however short the arguments are.
    if len(nonce) != NONCE_SIZE or len(key) != KEY_SIZE:
        raise ValueError("a nonce or a key of another length")
