"""The signature line, with which a writer vouches for all lines before it in a segment.

It signs the team, the segment's name, the last `seq`, the highest roster number its writer knew, its own time, and the
SHA-256 of all earlier bytes of the segment. Its bytes are fixed by what it says: the same content in other bytes does
not hold, so nobody else can make a second line that holds.
"""

from agent_tui.trust.errors import from_text, to_text
from agent_tui.trust.keys import DeviceKey, writer_of
from shared_rules.records import lines

# No seq and no roster number is as high: JSON parsers of other programs hold no greater integer exactly.
_MOST = 2**53


def _signed(*, team: str, segment: str, seq: int, roster: int, at: str, digest: bytes) -> bytes:
    parts = ("agent-tui segment", team, segment.removesuffix(".jsonl"), str(seq), str(roster), at, digest.hex())
    return "\n".join(parts).encode("utf-8", "surrogatepass")


def _members(writer: str, seq: int, roster: int, at: str, sig: str) -> dict[str, str | int]:
    return {
        "v": lines.FORMAT,
        "kind": lines.SIGNATURE,
        "writer": writer,
        "seq": seq,
        "at": at,
        "roster": roster,
        "sig": sig,
    }


def build_signature(
    key: DeviceKey, *, team: str, segment: str, last_seq: int, roster: int, at: str, digest: bytes
) -> bytes:
    """A signature line, newline included. `digest` is the SHA-256 of all bytes of the segment before it.

    `segment` is the name of the file, with or without `.jsonl`; `at` is ISO 8601 with offset.
    """
    signature = key.sign(_signed(team=team, segment=segment, seq=last_seq, roster=roster, at=at, digest=digest))
    return lines.encode(_members(key.writer, last_seq, roster, at, to_text(signature)))


Claim = tuple[bytes, bytes, bytes]
"""The arguments of `keys.verify`: a public key, a signature, and the bytes it is over."""


def claim(public: bytes, *, team: str, segment: str, raw: bytes, line: lines.Line, digest: bytes) -> Claim | None:
    """The claim of the signature line `raw`, decoded as `line`, that `digest` is over the bytes before it in `segment`.

    None if it cannot hold. The caller checks that `line.writer` is the writer of the file. Never raises.
    """
    try:
        if line.kind != lines.SIGNATURE or line.writer != writer_of(public):
            return None
        if not (0 < line.seq < _MOST and 0 <= line.roster < _MOST):
            return None
        if not lines.says(raw, _members(line.writer, line.seq, line.roster, line.at, line.sig)):
            return None
        signature = from_text(line.sig)
    except ValueError:
        return None
    signed = _signed(team=team, segment=segment, seq=line.seq, roster=line.roster, at=line.at, digest=digest)
    return public, signature, signed
