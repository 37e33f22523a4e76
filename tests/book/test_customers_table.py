"""The table of customers against looking at each of them, whatever was put in, changed, removed or made anew."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from agent_tui.book.customers.letters import initials
from agent_tui.book.customers.pinyin import syllables
from agent_tui.book.customers.table import CustomerTable, Known, make_texts, spelled
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
# 重庆 is chongqing and zhongqing, 长 is chang and zhang, 单 is dan and shan; xian is one syllable or two.
PINYIN = (
    *("ho", "hong", "hongd", "hongda", "ningbo", "chongqing", "zhongqing"),
    *("changan", "zha", "shanwang", "xian", "an"),
)
QUERIES = (
    NAMES
    | st.text(st.sampled_from("nbhdczqas58"), max_size=4)
    | st.lists(st.sampled_from(PINYIN), max_size=2).map("".join)
    | st.integers(0, 99999).map(str)
)


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
        return word.isascii() and (word in row.letters or heard(word, names))

    return bool(words) and all(one(word) for word in words)


def heard(word: str, names: str) -> bool:
    """Whether a word is the pinyin of characters in a row somewhere in the names."""
    if len(word) < 2 or not any(vowel in word for vowel in "aeiouv"):
        return False
    return any(reads(word, names[place:]) for place in range(len(names)))


def reads(word: str, names: str) -> bool:
    table = syllables()
    for reading in (syllable for syllable, characters in table.items() if names[:1] and names[0] in characters):
        if reading == word or (word not in table and reading.startswith(word)):
            return True
        if word.startswith(reading) and reads(word[len(reading) :], names[1:]):
            return True
    return False


def test_the_table_of_pinyin_is_what_pypinyin_reads() -> None:
    assert sum(map(len, syllables().values())) > 6763
    for syllable, characters in syllables().items():
        for character in characters[::7]:
            assert syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0][:2], character


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
