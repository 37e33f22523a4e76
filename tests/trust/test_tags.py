"""Tags, and the keys they come from."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.trust.tags import TagKeys, TagSecret
from tests.trust.world import LI, NOON, SECRET, ZHANG, refused

KEYS = SECRET.for_agent("A017")
PHONE = "+8613800138000"


def test_tags_are_what_they_always_were() -> None:
    assert KEYS.phone(PHONE) == "09485613b131c4be"
    assert KEYS.company("宁波宏达科技有限公司") == "ca3df8e62af51103"
    assert KEYS.team_phone(PHONE) == "9f7f5ab2baa584fc"
    assert KEYS.import_id(NOON, PHONE) == "750e7663-c40d-81d0-b9d6-87d573b18da3"


def test_an_agents_tags_are_the_agents_own_and_the_teams_are_shared() -> None:
    other = SECRET.for_agent("A018")
    assert KEYS.phone(PHONE) != other.phone(PHONE)
    assert KEYS.company("x") != other.company("x")
    assert KEYS.import_id(NOON, PHONE) != other.import_id(NOON, PHONE)
    assert KEYS.team_phone(PHONE) == other.team_phone(PHONE)


def test_what_is_hashed_tells_tags_apart() -> None:
    assert len({KEYS.phone(PHONE), KEYS.company(PHONE), KEYS.team_phone(PHONE)}) == 3


@given(st.text(), st.text())
def test_a_tag_is_16_hex_digits_and_distinct(one: str, other: str) -> None:
    for tag in (KEYS.phone, KEYS.company, KEYS.team_phone):
        assert len(tag(one)) == 16
        assert int(tag(one), 16) >= 0
        assert (tag(one) == tag(other)) == (one == other)


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.integers(-14, 14),
)
def test_an_imported_row_has_one_id_in_every_zone(start: datetime, hours: int) -> None:
    there = start.astimezone(timezone(timedelta(hours=hours)))
    assert KEYS.import_id(there, PHONE) == KEYS.import_id(start, PHONE)
    assert KEYS.import_id(start + timedelta(microseconds=1), PHONE) != KEYS.import_id(start, PHONE)
    assert UUID(KEYS.import_id(start, PHONE)).version == 8


def test_keys_are_handed_over_in_a_box() -> None:
    boxed = KEYS.boxed(ZHANG.public)
    assert TagKeys.from_boxed(ZHANG, boxed).to_bytes() == KEYS.to_bytes()
    with refused("unreadable"):
        TagKeys.from_boxed(LI, boxed)


@given(st.text(max_size=200))
def test_a_box_of_any_text_is_refused(text: str) -> None:
    with refused("unreadable", "bad_key"):
        TagKeys.from_boxed(ZHANG, text)


@given(st.binary(max_size=100))
def test_round_trips_refuse_other_lengths(data: bytes) -> None:
    for kind, size in ((TagKeys, 64), (TagSecret, 32)):
        if len(data) == size:
            assert kind.from_bytes(data).to_bytes() == data
        else:
            with refused("bad_key"):
                kind.from_bytes(data)


def test_an_agents_keys_do_not_hold_the_secret() -> None:
    assert SECRET.to_bytes() not in KEYS.to_bytes()
    assert TagSecret.generate().to_bytes() != TagSecret.generate().to_bytes()
