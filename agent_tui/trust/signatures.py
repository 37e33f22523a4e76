"""The signature line: what a writer vouches for, up to a place in one segment.

It signs the team, the segment's name, the last `seq`, the highest roster number its writer knew, its own time, and the
SHA-256 of all earlier bytes of the segment. A signature line is only ever these bytes: one that says the same in other
bytes does not hold, so nobody else can make a second line that does.
"""

from agent_tui.trust.errors import from_text, to_text
from agent_tui.trust.keys import DeviceKey, writer_of
from shared_rules.records import lines

# Of lines and of rosters; JSON written elsewhere holds no greater number exactly.
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
"""A key, a signature and what it is over, for `keys.verify`."""


def claim(public: bytes, *, team: str, segment: str, raw: bytes, line: lines.Line, digest: bytes) -> Claim | None:
    """What the signature line `raw`, decoded as `line`, claims of that digest there; None for one that cannot hold.

    That `line.writer` is the file's is the caller's to see. Never raises.
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
