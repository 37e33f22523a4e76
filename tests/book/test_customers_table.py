"""The table of customers against looking at each of them, whatever was put in, changed, removed or made anew."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.book.customers_letters import initials
from agent_tui.book.customers_table import CustomerTable, Known, make_texts, spelled
from shared_rules.text import plain

NAMES = st.text(st.sampled_from("宁波宏达重庆长安单王李AB58 \n\u3000[/]é😀"), max_size=8)
PHONES = st.integers(13000000000, 13000000999).map(lambda number: f"+86{number}")
ROWS = st.builds(
    lambda tag, phone, company, contact, last, lead: spelled(
        Known("A017", f"{tag:016x}", phone, company=company, contact=contact, last=last, lead_at=lead, lead_row=tag)
    ),
    st.integers(0, 15),
    PHONES,
    NAMES,
    NAMES,
    st.integers(0, 3),
    st.integers(0, 3),
)
STEPS = st.lists(ROWS | st.integers(0, 15) | st.just("texts") | st.just("again"), max_size=40)
QUERIES = NAMES | st.text(st.sampled_from("nbhdczqas58"), max_size=4) | st.integers(0, 99999).map(str)


def finds(query: str, row: Known) -> bool:
    """Whether a query finds a customer, said once more in the plainest way."""
    words = plain(query).casefold().split()
    if words and all(word.isascii() and word.isdigit() for word in words):
        words = ["".join(words)]
    names = plain(f"{row.company}  {row.contact}").casefold()

    def one(word: str) -> bool:
        if word in names:
            return True
        if word.isascii() and word.isdigit():
            return word in row.phone[3:] if len(word) >= 5 else row.phone.endswith(word)
        return word.isascii() and word in row.letters

    return bool(words) and all(one(word) for word in words)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.lists(QUERIES, max_size=6))
def test_it_finds_what_looking_at_each_finds(steps: list[Known | int | str], queries: list[str]) -> None:
    table = CustomerTable()
    there: dict[str, Known] = {}
    for step in steps:
        if isinstance(step, Known):
            table.put(step)
            there[step.tag] = step
        elif isinstance(step, int):
            assert table.remove(("A017", f"{step:016x}")) == (there.pop(f"{step:016x}", None) is not None)
        elif step == "texts":
            table.take_texts(make_texts(*table.rows()))
        else:
            packed, table = table.packed(), CustomerTable()
            table.load(packed)
            table.take_texts(make_texts(*table.rows()))
    assert len(table) == len(there)
    assert {row.tag: row for row in table.all()} == there
    for query in queries:
        found = table.search(query, 100)
        assert len(found) == len({row.tag for row in found})
        assert {row.tag for row in found} == {tag for tag, row in there.items() if finds(query, row)}, query
    leads = [row for row in there.values() if row.open_lead]
    assert [row.tag for row in table.leads("A017")] == [
        row.tag for row in sorted(leads, key=lambda row: (row.lead_at, row.lead_row))
    ]
    assert table.lead_count("A017") == len(leads)
    ranks = [row.rank for row in table.latest(100)]
    assert ranks == sorted(ranks)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_any_name_has_initials_without_a_break(name: str) -> None:
    spelt = initials(name, surname=True)
    assert spelt.isascii()
    assert "\n" not in spelt
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(spelt)) == spelt
