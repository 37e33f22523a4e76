"""How a document is signed and read: one JSON object whose last member is `sig`.

`sig` is an Ed25519 signature over a prefix that names the kind and the very bytes before `,"sig"`. So no canonical form
is needed to check it, and members that only a newer program knows are signed too. What comes from a share is hostile:
any bytes may be given, their size is bounded, and nothing but TrustError is raised.
"""

from typing import Annotated, Any, ClassVar, Literal, TypeVar

import msgspec
from msgspec import Meta

from agent_tui.trust.errors import TrustError, from_text, to_text
from agent_tui.trust.keys import PUBLIC_SIZE, Key, verify
from shared_rules.forms import Asks, Form
from shared_rules.kept import remake

FORMAT = 1
"""The newest format of documents this program reads."""

_SIG_HEAD = b',"sig":"'
_SIG_TAIL = len(_SIG_HEAD) + 88 + len(b'"}\n')


def _bytes(value: Any) -> Any:
    return from_text(value) if isinstance(value, str) else value


Format = Annotated[int, Meta(ge=1, le=1_000_000)]
Raw = Annotated[bytes, Asks(before=_bytes)]
Public = Annotated[Raw, Meta(min_length=PUBLIC_SIZE, max_length=PUBLIC_SIZE)]
Box = Annotated[Raw, Meta(min_length=48, max_length=200)]


class Strict(Form):
    """A part of a document."""

    strict = True


class Document(Strict):
    """`what` names the kind of document; one of more than `limit` bytes is not read.

    `v` is the format it is written in, `reader` the lowest format that a program must know to read it.
    """

    what: ClassVar[str]
    limit: ClassVar[int]

    v: Format = FORMAT
    reader: Format = FORMAT


class _Head(msgspec.Struct):
    """The members that are read before the signature is checked."""

    reader: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    owner: bytes | None = None
    public: bytes | None = None


D = TypeVar("D", bound=Document)


def sign_document(key: Key, document: Document) -> bytes:
    """The signed file of a document. Raises TrustError `too_large` if it is longer than any reader takes."""
    head = json_of(document)[:-1]
    signature = key.sign(_signed(type(document), head))
    data = head + _SIG_HEAD + to_text(signature).encode("ascii") + b'"}\n'
    if len(data) > document.limit:
        raise TrustError("too_large", what=document.what, limit=document.limit)
    return data


def json_of(form: Form) -> bytes:
    """The JSON of a form, without the members that are None."""
    return msgspec.json.encode(_members(form))


def _members(value: Any) -> Any:
    if isinstance(value, Form):
        members = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _members(one) for name, one in members if one is not None}
    if isinstance(value, tuple):
        return [_members(one) for one in value]
    if isinstance(value, dict):
        return {name: _members(one) for name, one in value.items()}
    return to_text(value) if isinstance(value, bytes) else value


def read_document(model: type[D], data: bytes, by: bytes | Literal["owner", "public"], *, kept: bool = False) -> D:
    """The document in `data`. `by` is the public key that must have signed it, or the member that names that key.

    `kept`: it comes from this home, where it was read before. Its signature is checked again, its members are not.
    Raises TrustError: `too_large`, `bad_document`, or `newer_format` if its signer says that it needs a newer program.
    """
    if len(data) > model.limit:
        raise TrustError("too_large", what=model.what, limit=model.limit)
    head, tail = data[:-_SIG_TAIL], data[-_SIG_TAIL:]
    try:
        if not (tail.startswith(_SIG_HEAD) and tail.endswith(b'"}\n')):
            raise ValueError("no signature")
        first = msgspec.json.decode(head + b"}", type=_Head)
        public = by if isinstance(by, bytes) else first.owner if by == "owner" else first.public
        signature = from_text(tail[len(_SIG_HEAD) : -3].decode("ascii"))
        if public is None or not verify(public, signature, _signed(model, head)):
            raise ValueError("signature")
        if first.reader > FORMAT:
            raise TrustError("newer_format", what=model.what, version=first.reader, known=FORMAT)
        if kept:
            return remake(model, msgspec.json.decode(head + b"}"))
        from shared_rules.validating import checked_json  # noqa: PLC0415 - as said there

        return checked_json(model, head + b"}")
    except (ValueError, RecursionError):
        raise TrustError("bad_document", what=model.what) from None


def _signed(model: type[Document], head: bytes) -> bytes:
    return b"agent-tui %s\n%s" % (model.what.encode("ascii"), head)
