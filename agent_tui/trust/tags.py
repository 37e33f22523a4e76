"""Tags: keyed hashes by which figures can tell numbers and companies apart without knowing them.

Each agent has keys of their own, derived from a secret of the supervisors. Whoever holds an agent's keys can try all
mobile numbers in hours, so they are handed over sealed, at approval. Only do-not-call numbers also have a tag under a
key of the whole team.
"""

from datetime import UTC, datetime
from hashlib import blake2b
from uuid import UUID

from nacl.utils import random as random_bytes

from agent_tui.trust.errors import TrustError, from_text, to_text
from agent_tui.trust.keys import Key, box_to

_KEY = 32
_TAG = 8


def _hash(key: bytes, what: bytes, text: str, size: int) -> bytes:
    # A lone surrogate, from bytes of a command line that are no UTF-8, must have a tag too.
    return blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=size, person=what).digest()


def _uuid(hashed: bytes) -> str:
    digest = bytearray(hashed)
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(digest)))


class TagKeys:
    """The keys of one agent's tags, and that of the whole team's."""

    def __init__(self, agent: bytes, team: bytes) -> None:
        if len(agent) != _KEY or len(team) != _KEY:
            raise TrustError("bad_key")
        self._agent, self._team = agent, team

    def phone(self, e164: str) -> str:
        """The tag of a number in E.164 without extension: 16 hex digits."""
        return _hash(self._agent, b"tag phone", e164, _TAG).hex()

    def company(self, key: str) -> str:
        """The tag of a company (by `shared_rules.text.company_key`): 16 hex digits."""
        return _hash(self._agent, b"tag company", key, _TAG).hex()

    def team_phone(self, e164: str) -> str:
        """The tag of a number that is the same for everybody in the team: 16 hex digits."""
        return _hash(self._team, b"tag team phone", e164, _TAG).hex()

    def import_id(self, started_at: datetime, number: str) -> str:
        """The record id of an imported call, a UUID (version 8): the same row, the same id, in whatever zone.

        `started_at` is aware.
        """
        instant = started_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return _uuid(_hash(self._agent, b"import id", f"{instant} {number}", 16))

    def lead_id(self, e164: str) -> str:
        """The record id of a number on a lead list, a UUID (version 8): it comes in once."""
        return _uuid(_hash(self._agent, b"lead id", e164, 16))

    def to_bytes(self) -> bytes:
        return self._agent + self._team

    @classmethod
    def from_bytes(cls, data: bytes) -> "TagKeys":
        """Raises TrustError for another length than 64."""
        return cls(data[:_KEY], data[_KEY:])

    def boxed(self, public: bytes) -> str:
        """The keys sealed to a device, as a `member` record carries them. Raises TrustError for no key."""
        return to_text(box_to(public, self.to_bytes()))

    @classmethod
    def from_boxed(cls, key: Key, text: str) -> "TagKeys":
        """The keys that `boxed` sealed to `key`. Raises TrustError."""
        try:
            data = from_text(text)
        except ValueError:
            raise TrustError("unreadable") from None
        return cls.from_bytes(key.open_box(data))


class TagSecret:
    """The supervisors' secret that every agent's tag keys come from."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _KEY:
            raise TrustError("bad_key")
        self._secret = secret

    @classmethod
    def generate(cls) -> "TagSecret":
        return cls(random_bytes(_KEY))

    def for_agent(self, agent: str) -> TagKeys:
        """The keys of the agent with this id."""
        return TagKeys(
            _hash(self._secret, b"agent tags", agent, _KEY),
            _hash(self._secret, b"team tags", "", _KEY),
        )

    def to_bytes(self) -> bytes:
        return self._secret

    @classmethod
    def from_bytes(cls, data: bytes) -> "TagSecret":
        """Raises TrustError for another length than 32."""
        return cls(data)
