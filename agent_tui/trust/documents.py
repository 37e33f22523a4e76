"""The signed documents of a share: team.json, roster/<n>.json and join/<writer>.json."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from msgspec import Meta
from msgspec.structs import replace

from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import SIGNATURE_SIZE, DeviceKey, Key, OwnerKey, box_to, team_of, verify, writer_of
from agent_tui.trust.signed import Box, Document, Public, Raw, Strict, read_document, sign_document
from agent_tui.trust.tags import TagSecret
from shared_rules.forms import Asks, Form, Instant
from shared_rules.records.kinds import End
from shared_rules.records.parts import AgentId, Writer, nameable


def _printable(text: str) -> str:
    # Control, format (bidi among them), surrogate and private characters, and line breaks, have no place in a name.
    if not text.strip() or any(unicodedata.category(sign) in _UNPRINTABLE for sign in text):
        raise ValueError("not a name")
    return text


_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
Name = Annotated[str, Meta(max_length=64), Asks(after=_printable)]
Zone = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
RosterNumber = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class Team(Document):
    """What never changes about a team. The id is a hash of the owner's key; `zone`, an IANA name, says what a day is.

    `reader` is the lowest format that a program must know to read this share. `alone` marks a team of one person, who
    is supervisor and agent.
    """

    what = "team.json"
    limit = 16 * 1024

    team: Writer
    owner: Public
    name: Name
    zone: Zone
    alone: bool = False

    def check(self) -> None:
        if self.team != team_of(self.owner):
            raise ValueError("the id is not that of the key")


class Supervisor(Strict):
    """A supervisor's device. `joined` is the first day judged (in a team of one), `tags` the TagSecret sealed to it."""

    writer: Writer
    public: Public
    id: AgentId
    name: Name
    hired: date
    joined: date
    left: date | None = None
    end: End | None = None
    tags: Box | None = None

    def check(self) -> None:
        if self.writer != writer_of(self.public):
            raise ValueError("the writer is not that of the key")


class Roster(Document):
    """All devices that supervisors ever had, and their ends. The roster with the highest number holds."""

    what = "roster"
    limit = 1024 * 1024

    team: Writer
    number: RosterNumber
    supervisors: Annotated[tuple[Supervisor, ...], Meta(max_length=1000)]
    owner_tags: Box

    def check(self) -> None:
        if len({supervisor.writer for supervisor in self.supervisors}) != len(self.supervisors):
            raise ValueError("a writer twice")

    def tag_secret(self, key: Key) -> TagSecret:
        """The supervisors' secret, for a supervisor's device or the owner. Raises TrustError for anybody else."""
        boxes = [supervisor.tags for supervisor in self.supervisors if supervisor.public == key.public]
        box = self.owner_tags if isinstance(key, OwnerKey) else next(iter(boxes), None)
        if box is None:
            raise TrustError("unreadable")
        return TagSecret.from_bytes(key.open_box(box))


class Twin(Strict):
    """Says, signed with the device's earlier key, that this key lives twice, as after a disk was copied or restored.

    `seq` is the last line that both copies have, `line` its SHA-256 in hex ("" from an older program). The other
    machine with that key needs a new one too, if it wrote on from there. Of three copies two may agree on a line that
    the third does not have: by `line` it sees that theirs is another.
    """

    writer: Writer
    public: Public
    seq: Annotated[int, Meta(ge=0, le=2**53)]
    line: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")] = ""
    proof: Annotated[Raw, Meta(min_length=SIGNATURE_SIZE, max_length=SIGNATURE_SIZE)]

    def check(self) -> None:
        if self.writer != writer_of(self.public):
            raise ValueError("the writer is not that of the key")


class Join(Document):
    """A device's request to join, signed with its own key. It proves that the sender holds the key, and nothing else.

    `twin` is set if the device had another key before, which is in use on another machine too.
    """

    what = "join"
    limit = 16 * 1024

    team: Writer
    writer: Writer
    public: Public
    id: AgentId
    name: Name
    hired: Annotated[date, Asks(after=nameable)]
    at: Annotated[Instant, Asks(after=nameable)]
    twin: Twin | None = None

    def check(self) -> None:
        if self.writer != writer_of(self.public):
            raise ValueError("the writer is not that of the key")
        if self.twin and not verify(self.twin.public, self.twin.proof, _twin(self.team, self.writer, self.twin.seq)):
            raise ValueError("the other key did not sign for this one")


def build_team(owner: OwnerKey, name: str, zone: str, *, alone: bool = False) -> bytes:
    """The file team.json. `zone` is an IANA name. Raises TrustError `bad_name`, `bad_zone`."""
    return sign_document(owner, _made(Team, team=owner.team, owner=owner.public, name=name, zone=zone, alone=alone))


def parse_team(data: bytes, *, kept: bool = False) -> Team:
    """The team, signed with the owner's key that it names. Raises TrustError.

    Anybody can make such a file; the four words show that it is the right team. `kept`: see `read_document`.
    """
    return read_document(Team, data, "owner", kept=kept)


def supervisor(public: bytes, *, id: str, name: str, hired: date, joined: date) -> Supervisor:
    """A supervisor's device, for `build_roster`. Raises TrustError `bad_id`, `bad_name`."""
    return _made(Supervisor, writer=writer_of(public), public=public, id=id, name=name, hired=hired, joined=joined)


def build_roster(owner: OwnerKey, number: int, supervisors: Iterable[Supervisor], secret: TagSecret) -> bytes:
    """The file roster/<number>.json. The tag secret is sealed to the devices that have no end, and to the owner.

    Raises TrustError if no reader would accept it.
    """
    data = sign_document(
        owner,
        Roster(
            team=owner.team,
            number=number,
            supervisors=tuple(
                replace(one, tags=box_to(one.public, secret.to_bytes()) if one.end is None else None)
                for one in supervisors
            ),
            owner_tags=box_to(owner.public, secret.to_bytes()),
        ),
    )
    read_document(Roster, data, owner.public)
    return data


def parse_roster(data: bytes, team: Team, *, kept: bool = False) -> Roster:
    """The roster, signed by the team's owner. Raises TrustError."""
    roster = read_document(Roster, data, team.owner, kept=kept)
    _same_team(roster, team.team)
    return roster


def build_join(
    key: DeviceKey,
    team: str,
    *,
    id: str,
    name: str,
    hired: date,
    at: datetime,
    twin: tuple[DeviceKey, End] | None = None,
) -> bytes:
    """The file join/<writer>.json. Raises TrustError `bad_id`, `bad_name`.

    `twin`: the device's earlier key, which lives twice, and the last line that both copies have.
    """
    said = None
    if twin:
        other, common = twin
        proof = other.sign(_twin(team, key.writer, common.seq))
        said = Twin(writer=other.writer, public=other.public, seq=common.seq, line=common.line, proof=proof)
    made = _made(Join, team=team, writer=key.writer, public=key.public, id=id, name=name, hired=hired, at=at, twin=said)
    return sign_document(key, made)


def parse_join(data: bytes, team: str, *, kept: bool = False) -> Join:
    """The request, signed with the key it names. Raises TrustError. The caller checks that the file is named after its
    writer.
    """
    join = read_document(Join, data, "public", kept=kept)
    _same_team(join, team)
    return join


F = TypeVar("F", bound=Form)


def _made(form: type[F], **values: Any) -> F:
    """The form with values that a person entered. Raises TrustError `bad_<field>` for the first that does not fit."""
    from shared_rules import validating  # noqa: PLC0415 - as said there

    try:
        return validating.made(form, **values)
    except validating.ValidationError as error:
        field = error.errors()[0]["loc"][0]
        raise TrustError(f"bad_{field}", value=values[str(field)]) from None


class _Entered(Form):
    """Single fields as a person enters them."""

    id: AgentId = ""
    name: Name = ""


def check_entered(**entered: str) -> None:
    """Raise TrustError `bad_id` or `bad_name` for an `id` or a `name` that no document can hold."""
    _made(_Entered, **entered)


def _twin(team: str, writer: str, seq: int) -> bytes:
    return f"agent-tui twin\n{team}\n{writer}\n{seq}".encode()


def _same_team(document: Roster | Join, team: str) -> None:
    if document.team != team:
        raise TrustError("wrong_team", what=document.what)
