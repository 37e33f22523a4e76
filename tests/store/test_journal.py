"""The journal: what is appended is there, in order, for every process, and damage costs its own line alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.errors import Problem
from agent_tui.store.journal import Journal
from agent_tui.store.segments import MAX_SEGMENT
from shared_rules.records import lines
from shared_rules.records.lines import SIGNATURE
from tests.store.records import MONDAY, WRITER, ZONE, call, journal_at, sig, sign

FIRST = f"{WRITER}-000001.jsonl"
SECOND = f"{WRITER}-000002.jsonl"


def seqs(journal: Journal) -> list[int]:
    return [each.line.seq for part in journal.segments() for each in journal.read(part.name)]


def test_what_is_appended_is_returned_as_it_lies_in_the_segment(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    one = journal.append([call(id="one", note="王经理")], MONDAY)
    more = journal.append([call(id="two"), call(id="three")], MONDAY)
    data = (tmp_path / "journal" / FIRST).read_bytes()
    assert b"".join(each.raw for each in one + more) == data
    assert [(each.segment, each.line.seq, each.line.id) for each in one + more] == [
        (FIRST, 1, "one"), (FIRST, 2, "two"), (FIRST, 3, "three"),
    ]  # fmt: skip
    assert all(data[each.offset :].startswith(each.raw) for each in one + more)
    assert list(journal_at(tmp_path).read(FIRST)) == one + more
    assert list(journal.read(FIRST, more[0].offset)) == more
    assert journal_at(tmp_path).last_seq == journal.last_seq == 3


def test_nothing_to_append_writes_nothing(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    assert journal.append([], MONDAY) == []
    assert journal.segments() == []
    assert journal.last_seq == 0


def test_a_new_local_day_begins_a_new_segment_and_the_count_goes_on(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    late = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)  # 23:59 in the team's zone
    for at in (late, late + timedelta(minutes=1), late + timedelta(days=3), MONDAY):
        journal.append([call(at)], at)
    assert [(part.number, part.day.isoformat()) for part in journal.segments()] == [
        (1, "2026-11-23"), (2, "2026-11-24"), (3, "2026-11-26"), (4, "2026-11-23"),
    ]  # fmt: skip
    assert seqs(journal) == [1, 2, 3, 4]
    assert journal_at(tmp_path).segments() == journal.segments()


def test_a_segment_past_four_mebibytes_is_followed_by_another_of_the_same_day(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    for _ in range(3):
        journal.append([call(note="x" * 60_000) for _ in range(30)], MONDAY)
    first, second = journal.segments()
    assert first.size <= MAX_SEGMENT < first.size + second.size
    assert first.day == second.day
    assert seqs(journal) == list(range(1, 91))


def test_a_batch_no_segment_can_hold_and_a_record_over_the_limits_are_refused_whole(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    with pytest.raises(ValueError, match="4 MiB"):
        journal.append([call(note="x" * 60_000) for _ in range(80)], MONDAY)
    with pytest.raises(lines.LineError):
        journal.append([call(), call(note="x" * lines.MAX_LINE)], MONDAY)
    with pytest.raises(ValueError, match="seq"):
        journal.append([lambda seq: {**call()(seq), "seq": seq + 1}], MONDAY)
    with pytest.raises(ValueError, match="writer"):
        journal.append([lambda seq: {**call()(seq), "writer": "b" * 16}], MONDAY)
    assert journal.segments() == []
    assert [each.line.seq for each in journal.append([call()], MONDAY)] == [1]


def test_each_process_takes_in_what_the_others_added_before_it_writes(tmp_path: Path) -> None:
    desk, command = journal_at(tmp_path), journal_at(tmp_path)
    desk.append([call(id="a")], MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    command.append([call(tuesday, id="b"), call(tuesday, id="c")], tuesday)
    desk.append([call(tuesday, id="d")], tuesday)
    assert [each.line.id for each in command.refresh()] == ["a", "d"]
    assert [each.line.id for each in desk.refresh()] == ["b", "c"]
    assert desk.refresh() == command.refresh() == []
    assert seqs(desk) == [1, 2, 3, 4]


def test_another_process_signing_is_no_news(tmp_path: Path) -> None:
    desk, sync = journal_at(tmp_path), journal_at(tmp_path)
    desk.append([call()], MONDAY)
    sync.append_signature(sign, FIRST)
    assert desk.refresh() == []
    assert desk.append([call()], MONDAY)[0].line.seq == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["append", "refresh", "reopen", "sign"]), st.integers(0, 3)))
)
def test_any_turns_of_three_processes_give_one_count_without_gap(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[int, str, int]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    processes = [journal_at(home) for _ in range(3)]
    heard: list[set[str]] = [set(), set(), set()]
    written: list[str] = []
    for who, what, many in turns:
        journal = processes[who]
        if what == "append":
            at = MONDAY + timedelta(days=many)
            stored = journal.append([call(at, id=f"{len(written) + each}") for each in range(many)], at)
            written += [each.line.id for each in stored]
            heard[who].update(each.line.id for each in stored)
        elif what == "refresh":
            heard[who].update(each.line.id for each in journal.refresh())
        elif what == "reopen":
            processes[who] = journal_at(home)
            heard[who] = set(written)
        else:
            for segment in journal.segments():
                journal.append_signature(sign, segment.name)
            assert not any(journal.append_signature(sign, segment.name) for segment in journal.segments())
    for who, journal in enumerate(processes):
        heard[who].update(each.line.id for each in journal.refresh())
        assert heard[who] == set(written)
        assert journal.last_seq == len(written)
    stored = [each for part in processes[0].segments() for each in processes[0].read(part.name)]
    records = [each.line for each in stored if each.line.kind != SIGNATURE]
    assert [line.id for line in records] == written
    assert [line.seq for line in records] == list(range(1, len(written) + 1))


# ---- signatures ----


def test_a_signature_covers_all_bytes_before_it_and_is_written_once(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    records = journal.append([call(), call()], MONDAY)
    signed = journal.append_signature(sign, FIRST)
    assert signed is not None
    assert (signed.line.seq, signed.line.sig) == (2, sig(FIRST, b"".join(each.raw for each in records)))
    assert journal.append_signature(sign, FIRST) is None
    journal.append([call()], MONDAY)
    before = (tmp_path / "journal" / FIRST).read_bytes()
    again = journal.append_signature(sign, FIRST)
    assert again is not None
    assert again.line.sig == sig(FIRST, before)
    assert [each.line.kind for each in journal.read(FIRST)] == ["call", "call", SIGNATURE, "call", SIGNATURE]


def test_an_earlier_segment_can_be_signed_after_a_new_one_began(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    tuesday = MONDAY + timedelta(days=1)
    journal.append([call()], MONDAY)
    journal.append([call(tuesday)], tuesday)
    signed = journal.append_signature(sign, FIRST)
    assert signed is not None
    assert signed.line.seq == 1
    assert [each.line.seq for each in journal.append([call(tuesday)], tuesday)] == [3]


def test_a_line_that_is_no_signature_of_this_segment_is_not_written(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.append([call()], MONDAY)
    before = (tmp_path / "journal" / FIRST).read_bytes()
    with pytest.raises(ValueError, match="signature"):
        journal.append_signature(lambda segment, seq, digest: sign(segment, seq + 1, digest), FIRST)
    with pytest.raises(ValueError, match="signature"):
        journal.append_signature(lambda *_: lines.encode(call()(2)), FIRST)
    with pytest.raises(FileNotFoundError):
        journal.append_signature(sign, SECOND)
    assert (tmp_path / "journal" / FIRST).read_bytes() == before


# ---- damage ----


@pytest.mark.parametrize("tail", [b'{"v":1,"id":"half', bytes(700), b"\0\0\0}\n", b"\0\n" + b'{"v":1'])
def test_a_torn_tail_is_moved_aside_and_the_next_record_follows_the_last_whole_one(tmp_path: Path, tail: bytes) -> None:
    journal_at(tmp_path).append([call(id="a"), call(id="b")], MONDAY)
    path = tmp_path / "journal" / FIRST
    good = path.read_bytes()
    path.write_bytes(good + tail)
    journal = journal_at(tmp_path)
    assert path.read_bytes() == good
    assert journal.torn() == [f"{WRITER}-000001.torn"]
    assert (tmp_path / "journal" / journal.torn()[0]).read_bytes() == tail + b"\n"
    assert [each.line.seq for each in journal.append([call()], MONDAY)] == [3]
    assert seqs(journal) == [1, 2, 3]


def test_a_tail_torn_while_another_process_runs_is_moved_aside_too(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.append([call()], MONDAY)
    path = tmp_path / "journal" / FIRST
    for _ in range(2):
        with path.open("ab") as file:
            file.write(b'{"torn')
        assert journal.append([call()], MONDAY)
    assert seqs(journal) == [1, 2, 3]
    assert (tmp_path / "journal" / journal.torn()[0]).read_bytes() == b'{"torn\n' * 2


@pytest.mark.parametrize("lost", [(1,), (1, 2), (0,), (0, 1, 2), (0, 2)])
def test_a_line_behind_the_zeros_of_lost_ones_is_read(tmp_path: Path, lost: tuple[int, ...]) -> None:
    stored = journal_at(tmp_path).append([call(id=f"{each}") for each in range(5)], MONDAY)
    path = tmp_path / "journal" / FIRST
    content = b"".join(bytes(len(each.raw)) if place in lost else each.raw for place, each in enumerate(stored))
    for end in (len(content), stored[-1].offset):  # the first line behind a hole may be the last of all
        path.write_bytes(content[:end])
        journal = journal_at(tmp_path)
        rest = [each for place, each in enumerate(stored) if place not in lost and each.offset < end]
        assert [*journal.read(FIRST)] == rest
        assert sum(each.size for each in journal.damage) == sum(len(stored[place].raw) for place in lost)
        assert (path.read_bytes(), journal.torn()) == (content[:end], [])
        assert journal.append([call()], MONDAY)[0].line.seq == rest[-1].line.seq + 1


def test_a_mended_segment_may_keep_a_hole_but_no_good_line_behind_one_is_given_up_for_it(tmp_path: Path) -> None:
    stored = journal_at(tmp_path).append([call(id=f"{each}") for each in range(4)], MONDAY)
    first, second, third, fourth = (each.raw for each in stored)
    path = tmp_path / "journal" / FIRST
    path.write_bytes(first + bytes(len(second)) + third + fourth)
    journal = journal_at(tmp_path)
    assert not journal.replace(FIRST, first + second)
    assert not journal.replace(FIRST, first + second + bytes(len(third)) + fourth)
    assert journal.replace(FIRST, path.read_bytes())
    assert journal.replace(FIRST, first + second + third + fourth)
    assert [each.line.id for each in journal_at(tmp_path).read(FIRST)] == ["0", "1", "2", "3"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_bad_byte_costs_at_most_its_line_and_is_said(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    home = tmp_path_factory.mktemp("home")
    stored = journal_at(home).append([call(id=f"{each}") for each in range(4)], MONDAY)
    path = home / "journal" / FIRST
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(content))
    hit = next(each for each in reversed(stored) if each.offset <= place)
    # A newline made or lost in a line touches the line after it at most.
    near = {hit.line.id, *(each.line.id for each in stored if each.offset == hit.offset + len(hit.raw))}
    journal = journal_at(home)
    found = {each.line.id: each.raw for each in journal.read(FIRST)}
    assert {each.line.id: each.raw for each in stored if each.line.id not in near}.items() <= found.items()
    assert hit.line.id not in found
    assert journal.damage or journal.torn()
    assert all(found[each.line.id] == each.raw for each in stored if each.line.id in found)
    after = journal.append([call(id="after")], MONDAY)[0]
    assert after.line.seq > max([each.line.seq for each in stored if each.line.id in found])
    assert [each.line.id for each in journal.read(FIRST)][-1] == "after"


def test_a_number_that_a_damaged_line_may_bear_is_not_given_again(tmp_path: Path) -> None:
    journal_at(tmp_path).append([call(), call(), call()], MONDAY)
    path = tmp_path / "journal" / FIRST
    good = path.read_bytes()
    path.write_bytes(good[:-20] + b"XXX" + good[-17:])
    journal = journal_at(tmp_path)
    stored = journal.append([call()], MONDAY)
    assert stored[0].line.seq == 4
    signed = journal.append_signature(sign, FIRST)
    assert signed is not None
    assert signed.line.seq == 4


def test_a_last_segment_without_one_good_line_is_said_and_the_count_goes_on(tmp_path: Path) -> None:
    tuesday = MONDAY + timedelta(days=1)
    journal = journal_at(tmp_path)
    journal.append([call(), call()], MONDAY)
    journal.append([call(tuesday)], tuesday)
    (tmp_path / "journal" / SECOND).write_bytes(b"spoilt\n")
    journal = journal_at(tmp_path)
    assert [part.name for part in journal.segments()] == [FIRST]
    assert [(each.segment, each.reason) for each in journal.damage] == [(SECOND, "unreadable")]
    assert journal.append([call(tuesday)], tuesday)[0].line.seq == 4


def test_a_line_of_another_writer_is_damage(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.append([call()], MONDAY)
    with (tmp_path / "journal" / FIRST).open("ab") as file:
        file.write(lines.encode({**call()(2), "writer": "b" * 16}))
    assert len(list(journal.read(FIRST))) == 1
    assert [each.reason for each in journal.damage] == ["writer"]


def test_mending_puts_a_good_line_back_and_tells_the_other_process(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.append([call(id="a"), call(id="b")], MONDAY)
    path = tmp_path / "journal" / FIRST
    good = path.read_bytes()
    path.write_bytes(good.replace(b"talked", b"walked", 1))
    sync, desk = journal_at(tmp_path), journal_at(tmp_path)
    assert [each.line.id for each in sync.read(FIRST)] == ["b"]
    assert sync.damage
    assert sync.replace(FIRST, good)
    assert not sync.damage
    assert path.read_bytes() == good
    assert [each.line.id for each in desk.refresh()] == ["a", "b"]
    assert desk.append([call()], MONDAY)[0].line.seq == 3


def test_mending_never_takes_a_record_away(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.append([call(id="a")], MONDAY)
    before = (tmp_path / "journal" / FIRST).read_bytes()
    journal.append([call(id="b")], MONDAY)
    assert not journal.replace(FIRST, before)
    with pytest.raises(ValueError, match="whole lines"):
        journal.replace(FIRST, before[:-1])
    assert seqs(journal) == [1, 2]


def test_a_segment_that_vanishes_in_use_is_a_problem_named_by_its_file(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.append([call()], MONDAY)
    (tmp_path / "journal" / FIRST).unlink()
    with pytest.raises(Problem, match=FIRST):
        journal.append([call()], MONDAY)


def test_opening_reads_the_last_segment_alone(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    for day in range(3):
        at = MONDAY + timedelta(days=day)
        journal.append([call(at)], at)
    # An earlier segment that is not there any more could not be read.
    (tmp_path / "journal" / FIRST).unlink()
    (tmp_path / "journal" / SECOND).unlink()
    later = Journal(tmp_path / "journal", WRITER, ZONE)
    assert later.last_seq == 3
