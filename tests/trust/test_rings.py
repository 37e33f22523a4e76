"""Rings: the way from a secret to a record's key, and punching tags out of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import weight
from agent_tui.trust.rings import Ring
from agent_tui.trust.seal import open_sealed, seal
from tests.trust.world import LI, ZHANG, refused

TAGS = st.one_of(st.none(), st.text("0123456789abcdef", min_size=16, max_size=16))
# Tags with long common beginnings, where punching one could take another with it.
NEAR_TAGS = st.integers(0, 600).map(lambda number: f"{number * number:016x}")
RING = Ring(f"{ZHANG.writer}-003", "A017", "2026-11", {"": bytes(range(32))})


def test_keys_are_what_they_always_were() -> None:
    assert RING.key("0123456789abcdef").hex() == "b7e1aabbb9335ffc6a745773c1e6a7f6a1accd86ead5121c78f2dc04f701ec58"
    assert (
        RING.key(None).hex()
        == RING.key("0" * 16).hex()
        == "349ae47f5e16391d6b0f2ce911c9d883f5062c1c7f1b354e08c77e6713708858"
    )


def test_a_new_ring_is_named_by_its_writer_and_number() -> None:
    ring = Ring.new(ZHANG.writer, 3, "A017", "2026-11")
    assert (ring.id, ring.writer, ring.number) == (f"{ZHANG.writer}-003", ZHANG.writer, 3)
    assert ring.nodes != Ring.new(ZHANG.writer, 3, "A017", "2026-11").nodes
    assert next(iter(ring.nodes.values())).hex() not in repr(ring)


@given(TAGS, TAGS)
def test_each_tag_has_a_key_of_its_own(one: str | None, other: str | None) -> None:
    same = (one or "0" * 16) == (other or "0" * 16)
    assert (RING.key(one) == RING.key(other)) == same


@given(st.lists(NEAR_TAGS, max_size=6), st.lists(NEAR_TAGS, max_size=6))
def test_a_punched_tag_is_gone_and_all_others_stay(gone: list[str], others: list[str]) -> None:
    ring = RING
    for tag in gone:
        ring = ring.puncture(tag)
    for tag in gone:
        assert not ring.has(tag)
        with refused("erased"):
            ring.key(tag)
    for tag in set(others) - set(gone):
        assert ring.key(tag) == RING.key(tag)
    assert Ring.from_payload(ring.id, ring.agent, ring.month, ring.payload()) == ring


def test_a_punched_tag_leaves_240_branches_and_nothing_above_them() -> None:
    ring = RING.puncture("0123456789abcdef")
    assert len(ring.nodes) == 16 * 15
    assert not any("0123456789abcdef".startswith(prefix) for prefix in ring.nodes)
    assert ring.puncture("0123456789abcdef") is ring
    assert len(ring.puncture(None).nodes) == 240 - 1 + 14 * 15


@given(st.lists(NEAR_TAGS, max_size=6))
def test_what_a_ring_weighs_is_the_length_of_what_is_sealed(gone: list[str]) -> None:
    ring = replace(RING.puncture(*gone), obeys=("e" * 32,) * len(gone))
    assert weight(ring) == len(ring.payload()) + 40 * len(gone)


@given(st.permutations(["0" * 16, "0" * 15 + "1", "f" * 16]))
def test_the_order_of_punching_makes_no_difference(order: list[str]) -> None:
    ring = RING
    for tag in order:
        ring = ring.puncture(tag)
    assert ring == RING.puncture(None).puncture("0" * 15 + "1").puncture("f" * 16)
    assert ring == RING.puncture(*order)
    assert RING.puncture(order[0]).puncture(*order) == ring
    assert ring.puncture(*order) is ring


@given(st.binary(max_size=200))
def test_nodes_of_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        ring = Ring.from_payload("x", "A017", "2026-11", data)
    except TrustError:
        return
    assert ring.payload() == data


@pytest.mark.parametrize(
    "nodes",
    [
        b"\x00" + bytes(32) + b"\x010" + bytes(32),  # one above the other
        b"\x011" + bytes(32) + b"\x010" + bytes(32),  # in another order
        b"\x010" + bytes(32) + b"\x010" + bytes(32),  # twice
        b"\x01g" + bytes(32),  # no digit
        b"\x010" + bytes(31),  # short
        b"\x11" + b"0" * 17 + bytes(32),  # too deep
    ],
)
def test_nodes_that_no_ring_has_are_refused(nodes: bytes) -> None:
    with refused("unreadable"):
        Ring.from_payload("x", "A017", "2026-11", nodes)


@pytest.mark.parametrize("tag", ["", "0", "g" * 16, "0" * 17, "A" * 16, "٠" * 16, "0" * 15 + "\n"])
def test_what_is_no_tag_has_no_key(tag: str) -> None:
    with refused("unreadable"):
        RING.key(tag)


@given(st.binary(max_size=300), TAGS)
def test_what_is_sealed_opens_under_its_ring_and_tag(plain: bytes, tag: str | None) -> None:
    sealed = seal(RING, tag, ZHANG.writer, 7, plain)
    assert sealed["ring"] == RING.id
    assert open_sealed(RING, tag, ZHANG.writer, 7, sealed["data"]) == plain


def test_sealed_data_is_bound_to_its_place() -> None:
    data = seal(RING, None, ZHANG.writer, 7, b"secret")["data"]
    other = Ring.new(ZHANG.writer, 3, "A017", "2026-11")
    for ring, tag, writer, seq in (
        (other, None, ZHANG.writer, 7),
        (RING, "f" * 16, ZHANG.writer, 7),
        (RING, None, LI.writer, 7),
        (RING, None, ZHANG.writer, 8),
    ):
        with refused("unreadable"):
            open_sealed(ring, tag, writer, seq, data)


def test_the_same_words_never_look_alike() -> None:
    assert seal(RING, None, ZHANG.writer, 7, b"secret") != seal(RING, None, ZHANG.writer, 7, b"secret")


def test_a_punched_tag_neither_seals_nor_opens() -> None:
    data = seal(RING, None, ZHANG.writer, 7, b"secret")["data"]
    punched = RING.puncture(None)
    with refused("erased"):
        open_sealed(punched, None, ZHANG.writer, 7, data)
    with refused("erased"):
        seal(punched, None, ZHANG.writer, 7, b"secret")


@given(st.text(max_size=120))
def test_sealed_data_of_any_text_is_refused(text: str) -> None:
    with refused("unreadable"):
        open_sealed(RING, None, ZHANG.writer, 7, text)


@given(st.lists(NEAR_TAGS, max_size=6), st.lists(NEAR_TAGS, max_size=6), NEAR_TAGS)
def test_a_narrowed_ring_has_what_it_was_narrowed_to_and_still_had(
    lost: list[str], kept: list[str], other: str
) -> None:
    ring = RING
    for tag in lost:
        ring = ring.puncture(tag)
    narrow = ring.narrowed(kept)
    narrow = Ring.from_payload(narrow.id, narrow.agent, narrow.month, narrow.payload())
    for tag in ("0" * 16, *kept):
        assert narrow.has(tag) is ring.has(tag)
        if ring.has(tag):
            assert narrow.key(tag) == RING.key(tag)
    assert narrow.has(other) is (ring.has(other) and other in (*kept, "0" * 16))
    assert not narrow.whole
