"""The one error of this package, and the one way in which bytes are written as text."""

from binascii import a2b_base64, b2a_base64
from typing import Any

from agent_tui.errors import Problem


class TrustError(Problem):
    """Bytes that are not what they should be. `code` is a key of `agent_tui.texts.trust`, str() a line for people."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"trust.{code}", **values)
        self.code = code


def to_text(data: bytes) -> str:
    """Standard base64 with padding."""
    return b2a_base64(data, newline=False).decode("ascii")


def from_text(text: str) -> bytes:
    """The bytes that `to_text` wrote. Raises ValueError for any other spelling: one value has one text."""
    data = a2b_base64(text, strict_mode=True)
    # The last character may carry bits that are not decoded, and two texts of one value would be two documents.
    if to_text(data) != text:
        raise ValueError("not canonical base64")
    return data
