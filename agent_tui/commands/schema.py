"""`schema`: the JSON Schema of every kind of record, from the forms that read and write them."""

from typing import Any

from agent_tui.commands import output
from agent_tui.commands.context import Context
from shared_rules.records.kinds import BODIES
from shared_rules.records.lines import FORMAT, MAX_LINE
from shared_rules.validating import model_of

_TEXT = {"type": "string"}
ENVELOPE = {
    "type": "object",
    "description": f"One line: at most {MAX_LINE} bytes of UTF-8, ended by a newline; crc is the last member.",
    "properties": {
        "v": {"type": "integer", "description": "the format of the line", "const": FORMAT},
        "id": {**_TEXT, "description": "with the author, what a record is known by"},
        "kind": {**_TEXT, "description": "one of the kinds, or signature"},
        "writer": {**_TEXT, "pattern": "^[a-z2-7]{16}$", "description": "the device that wrote the line"},
        "seq": {"type": "integer", "minimum": 1, "description": "counts a writer's records 1, 2, 3 …"},
        "at": {**_TEXT, "format": "date-time", "description": "when it was written"},
        "agent": {**_TEXT, "description": "whom the record is about"},
        "body": {"type": "object", "description": "what is clear; by kind"},
        "sealed": {
            "type": "object",
            "description": "what is sealed; by kind, once opened with the ring",
            "properties": {"ring": _TEXT, "data": {**_TEXT, "contentEncoding": "base64"}},
            "required": ["ring", "data"],
        },
        "roster": {"type": "integer", "minimum": 0, "description": "of a signature: the highest roster known"},
        "sig": {**_TEXT, "contentEncoding": "base64", "description": "of a signature: Ed25519"},
        "crc": {**_TEXT, "pattern": "^[0-9a-f]{8}$", "description": 'CRC-32 of all bytes before ,"crc"'},
    },
    "required": ["v", "kind", "writer", "seq", "at", "crc"],
}


def schema(_: Context) -> int:
    """Print one document: the envelope of a line, and for each kind its clear body and what is sealed in it."""
    kinds: dict[str, Any] = {}
    for kind, body in BODIES.items():
        kinds[kind] = {"body": model_of(body).model_json_schema()}
        if body.sealed is not None:
            kinds[kind]["sealed"] = model_of(body.sealed).model_json_schema()
    output.document({"format": FORMAT, "line": ENVELOPE, "kinds": kinds})
    return 0
