"""Sealing one record's secrets: XChaCha20-Poly1305 under the key its ring gives its tag, bound to writer and seq."""

from os import urandom
from typing import Any

from agent_tui.trust.aead import NONCE_SIZE, decrypt, encrypt
from agent_tui.trust.errors import TrustError, from_text, to_text
from agent_tui.trust.rings import Ring


def _bound_to(writer: str, seq: int) -> bytes:
    return f"agent-tui record\n{writer}\n{seq}".encode()


def seal(ring: Ring, tag: str | None, writer: str, seq: int, plain: bytes) -> dict[str, Any]:
    """The member `sealed` of the record `seq` of `writer`: the ring's id, and nonce and ciphertext in base64.

    `tag` is the record's `phone_tag`. Raises TrustError `erased` when the ring has lost that tag.
    """
    nonce = urandom(NONCE_SIZE)
    data = nonce + encrypt(plain, _bound_to(writer, seq), nonce, ring.key(tag))
    return {"ring": ring.id, "data": to_text(data)}


def open_sealed(ring: Ring, tag: str | None, writer: str, seq: int, data: str) -> bytes:
    """The bytes that `seal` was given. Raises TrustError `erased`, or `unreadable` for damaged data or another ring,
    writer or seq.
    """
    key = ring.key(tag)
    try:
        found = from_text(data)
        return decrypt(found[NONCE_SIZE:], _bound_to(writer, seq), found[:NONCE_SIZE], key)
    except ValueError:
        raise TrustError("unreadable") from None
