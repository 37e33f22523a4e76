"""Who vouches for a document: whether it is whole, and signed by who alone may write it."""

from pathlib import PurePosixPath

from agent_tui.book.place.place import Place
from agent_tui.sync import names
from agent_tui.trust.documents import parse_join, parse_roster, parse_team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import parse_keys


def public_of(place: Place, writer: str) -> bytes | None:
    """The key of a writer, the own one always; None while nobody bound it."""
    return place.key.public if writer == place.writer else place.membership.public(writer)


def vouched_for(place: Place, name: str, data: bytes) -> bool:
    """Whether a document that lies at `name` is whole, and signed by who alone may write it. Takes nothing in."""
    path = PurePosixPath(name)
    try:
        if name == names.TEAM:
            return parse_team(data).team == place.team.team
        if name.startswith(names.ROSTER):
            return path.stem == str(parse_roster(data, place.team).number)
        if name.startswith(names.JOIN):
            return path.stem == parse_join(data, place.team.team).writer
        public = public_of(place, path.parent.name)
        if public is None:
            return False
        number = int(path.stem)
        parse_keys(data, team=place.team.team, writer=path.parent.name, number=number, public=public)
    except (TrustError, ValueError):
        return False
    return True
