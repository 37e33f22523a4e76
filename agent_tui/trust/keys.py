"""Keys: one Ed25519 key for each device and one for the team's owner, and what people see of them.

Signing is Ed25519; sealing is libsodium's sealed box to the key's X25519 form. Key files are only bytes here: the store
writes them, readable by this user alone.
"""

import zlib
from base64 import b32encode
from functools import cached_property, lru_cache
from hashlib import blake2b, sha256
from unicodedata import normalize

from nacl import bindings
from nacl._sodium import ffi, lib
from nacl.exceptions import CryptoError
from nacl.utils import random as random_bytes

from agent_tui.i18n import Language
from agent_tui.trust.errors import TrustError, from_text, to_text

PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64
OWNER = "owner"
"""How the owner's key is named among the readers of a ring. No writer is: those have 16 characters."""

_SEED_SIZE = 32
_RECOVERY_SIZE = 16
# Crockford's base32 digits, without I, L, O and U. Where people read I, L or O, the digit is meant.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")
_CODE_DIGITS, _CHECK_DIGITS, _GROUP = 26, 4, 5
_WORDS_SALT = b"agent-tui words1"
_WORDS_PASSES, _WORDS_MEMORY = 24, 32 * 1024 * 1024


def _name(data: bytes) -> str:
    return b32encode(sha256(data).digest())[:16].decode("ascii").lower()


@lru_cache(maxsize=4096)
def writer_of(public: bytes) -> str:
    """A device's name: 16 base32 characters of the SHA-256 of its public key."""
    return _name(public)


def team_of(owner_public: bytes) -> str:
    """A team's id: 16 base32 characters, from the hash of its owner's public key."""
    return _name(b"agent-tui team\n" + owner_public)


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether `signature` over `data` is by the holder of `public`. Never raises."""
    if len(public) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    signed = signature + data
    # PyNaCl's own function also copies the signed bytes, which nobody needs, and a poll checks hundreds.
    return not lib.crypto_sign_open(ffi.NULL, ffi.NULL, signed, len(signed), public)


def box_to(public: bytes, data: bytes) -> bytes:
    """`data` sealed so that only the holder of `public` can read it; 48 bytes longer. Raises TrustError `bad_key`."""
    try:
        return bindings.crypto_box_seal(data, bindings.crypto_sign_ed25519_pk_to_curve25519(public))
    except CryptoError:
        raise TrustError("bad_key") from None


class Key:
    """An Ed25519 key made from a seed of 32 bytes. `reader` is how rings name it among their readers."""

    reader: str

    def __init__(self, seed: bytes) -> None:
        if len(seed) != _SEED_SIZE:
            raise TrustError("bad_key")
        self.seed = seed
        self.public, self._secret = bindings.crypto_sign_seed_keypair(seed)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(public={self.public.hex()})"

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, 64 bytes. The caller begins what it signs with a prefix that names its purpose."""
        return bindings.crypto_sign(data, self._secret)[:SIGNATURE_SIZE]

    def open_box(self, data: bytes) -> bytes:
        """The bytes that `box_to` sealed to this key. Raises TrustError `unreadable`."""
        public, secret = self._exchange
        try:
            return bindings.crypto_box_seal_open(data, public, secret)
        except (CryptoError, TypeError):  # PyNaCl calls data shorter than a box a TypeError
            raise TrustError("unreadable") from None

    @cached_property
    def _exchange(self) -> tuple[bytes, bytes]:
        return (
            bindings.crypto_sign_ed25519_pk_to_curve25519(self.public),
            bindings.crypto_sign_ed25519_sk_to_curve25519(self._secret),
        )


class DeviceKey(Key):
    """The key of one device in one team."""

    @classmethod
    def generate(cls) -> "DeviceKey":
        return cls(random_bytes(_SEED_SIZE))

    def __init__(self, seed: bytes) -> None:
        super().__init__(seed)
        self.writer = self.reader = writer_of(self.public)

    def to_bytes(self) -> bytes:
        """The key file."""
        return _key_file(b"device", self.seed)

    @classmethod
    def from_bytes(cls, data: bytes) -> "DeviceKey":
        """The key of a key file. Raises TrustError."""
        return cls(_from_key_file(b"device", data, _SEED_SIZE))


class OwnerKey(Key):
    """The key that signs the roster of supervisors. It grows from 128 random bits, which the recovery code spells."""

    reader = OWNER

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _RECOVERY_SIZE:
            raise TrustError("bad_key")
        super().__init__(blake2b(secret, digest_size=_SEED_SIZE, person=b"agent-tui owner").digest())
        self._recovery = secret

    @classmethod
    def generate(cls) -> "OwnerKey":
        return cls(random_bytes(_RECOVERY_SIZE))

    @property
    def team(self) -> str:
        return team_of(self.public)

    def recovery_code(self) -> str:
        """The key as people write it down: six groups of five, the last four characters a check."""
        digits = _digits(int.from_bytes(self._recovery, "big"), _CODE_DIGITS) + _check(self._recovery)
        return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))

    @classmethod
    def from_recovery_code(cls, code: str) -> "OwnerKey":
        """The key of a code as a person types it, in any case and width, with any blanks and dashes. Raises TrustError
        `bad_code`.
        """
        if len(code) > 200:
            raise TrustError("bad_code")
        typed = normalize("NFKC", code).upper()
        plain = "".join(sign for sign in typed if sign.isalnum()).translate(_MISREAD)
        if len(plain) != _CODE_DIGITS + _CHECK_DIGITS or not set(plain) <= set(_DIGITS):
            raise TrustError("bad_code")
        number = 0
        for digit in plain[:_CODE_DIGITS]:
            number = number * len(_DIGITS) + _DIGITS.index(digit)
        if number >> 8 * _RECOVERY_SIZE:
            raise TrustError("bad_code")
        secret = number.to_bytes(_RECOVERY_SIZE, "big")
        if plain[_CODE_DIGITS:] != _check(secret):
            raise TrustError("bad_code")
        return cls(secret)

    def to_bytes(self) -> bytes:
        """The key file."""
        return _key_file(b"owner", self._recovery)

    @classmethod
    def from_bytes(cls, data: bytes) -> "OwnerKey":
        """The key of a key file. Raises TrustError."""
        return cls(_from_key_file(b"owner", data, _RECOVERY_SIZE))


@lru_cache(maxsize=256)
def four_words(owner_public: bytes, device_public: bytes, language: Language) -> tuple[str, ...]:
    """Four words that the desk and the supervisor's machine both show: 32 bits of a slow hash of both keys.

    To make a false desk or a false team with the same words takes some 2^32 tries of about a third of a second and 32
    MiB each. Both languages show the same words, translated.
    """
    from nacl import pwhash  # noqa: PLC0415 - only where it is asked

    from agent_tui.trust.words import WORDS  # noqa: PLC0415 - only where it is asked

    # The function gives at least 16 bytes; the first four are used.
    digest = pwhash.argon2id.kdf(
        16, owner_public + device_public, _WORDS_SALT, opslimit=_WORDS_PASSES, memlimit=_WORDS_MEMORY
    )
    return tuple(WORDS[language][byte] for byte in digest[:4])


def _digits(number: int, length: int) -> str:
    signs = []
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        signs.append(_DIGITS[digit])
    return "".join(reversed(signs))


def _check(secret: bytes) -> str:
    digest = blake2b(secret, digest_size=3, person=b"agent-tui code").digest()
    return _digits(int.from_bytes(digest, "big") >> 4, _CHECK_DIGITS)


def _key_file(kind: bytes, secret: bytes) -> bytes:
    head = b"agent-tui %s key 1 %s" % (kind, to_text(secret).encode("ascii"))
    return b"%s %08x\n" % (head, zlib.crc32(head))


def _from_key_file(kind: bytes, data: bytes, size: int) -> bytes:
    try:
        secret = from_text(data.split(b" ")[4].decode("ascii"))
    except (IndexError, ValueError):
        raise TrustError("bad_key_file") from None
    if len(secret) != size or data != _key_file(kind, secret):
        raise TrustError("bad_key_file")
    return secret
