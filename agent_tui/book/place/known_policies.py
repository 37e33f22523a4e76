"""The policies this home has read before, as data: a start need neither read their TOML nor validate them again.

To validate one takes longer than most of what a short command does. The file can be thrown away. It tells what this
very program found right: another version, which may ask other things of a policy, reads each anew.
"""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

import shared_rules
from agent_tui.store.home import Home
from shared_rules.policies.policy import Policy, builtin, builtin_text, digest_of, parse_policy, policy_of, toml_data

_ASKS = ("policies/*.py", "forms.py", "validating.py", "kept.py", "records/parts.py")
"""The files of the rules that say what a policy is."""


class _Kept(msgspec.Struct):
    """What is kept: the program that read them, and what each policy's TOML says, by the digest of its text."""

    program: str
    policies: dict[str, Mapping[str, Any]]


class KnownPolicies:
    """Of one home. The same text gives the same object each time."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.cache / "policies.json"
        self._made: dict[str, Policy] = {}
        self._data: dict[str, Mapping[str, Any]] | None = None
        self._grown = False

    def shipped(self) -> Policy:
        """The policy that holds before one is published."""
        return self._policy(builtin_text("handbook"), builtin)

    def parse(self, toml: str, source: str) -> Policy:
        """As `parse_policy`, and raises what that raises."""
        return self._policy(toml, lambda: parse_policy(toml, source))

    def save(self) -> None:
        """Keep what was read. A disk that refuses costs the next start some time, nothing else."""
        if not self._grown or self._data is None:
            return
        self._grown = not self._home.keep(self._path, msgspec.json.encode(_Kept(_program(), self._data)))

    def _policy(self, toml: str, read: Callable[[], Policy]) -> Policy:
        digest = digest_of(toml)
        if digest not in self._made:
            if self._data is None:
                self._data = self._load()
            try:
                self._made[digest] = policy_of(self._data[digest], toml)
            except (KeyError, ValueError):
                self._made[digest] = read()
                self._data[digest] = toml_data(toml)
                self._grown = True
        return self._made[digest]

    def _load(self) -> dict[str, Mapping[str, Any]]:
        try:
            kept = msgspec.json.decode(self._home.kept(self._path) or b"", type=_Kept)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return {}
        return kept.policies if kept.program == _program() else {}


@cache
def _program() -> str:
    """A name for what this program asks of a policy."""
    folder = Path(shared_rules.__file__).parent
    files = sorted({file for pattern in _ASKS for file in folder.glob(pattern)})
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
