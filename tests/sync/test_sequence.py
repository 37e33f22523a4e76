"""Whether the segments of a writer join, and each number stands once, while another thread loads more of them."""

import sys
import threading

from agent_tui.store.segments import Stored
from agent_tui.sync import names
from agent_tui.sync.findings import Finding, Findings
from agent_tui.sync.sequence import Sequences
from shared_rules.records.lines import Line

ONE, OTHER = "a" * 16, "b" * 16


def segment(writer: str, number: int) -> names.SegmentName:
    return names.SegmentName(writer, number, f"{writer}-{number:06d}.jsonl")


def test_a_segment_that_comes_to_be_known_during_a_comparison_is_compared_next_time() -> None:
    told: list[str] = []

    def tell(finding: Finding) -> None:
        """As another thread may just then."""
        told.append(finding.where)
        for number in (1, 3):
            sequences.span(segment(OTHER, number), "")

    sequences = Sequences(Findings(tell, lambda: 0.0))
    for number in (1, 3):
        sequences.span(segment(ONE, number), "")
    sequences.compare(patience=0)
    assert told == [f"{ONE}-000003"]
    sequences.compare(patience=0)
    assert told == [f"{ONE}-000003", f"{OTHER}-000003"]


def test_lines_are_accepted_while_another_thread_loads_other_segments_of_their_writer() -> None:
    sequences = Sequences(Findings(lambda _: None, lambda: 0.0))

    def load() -> None:
        for number in range(1, 3000):
            sequences.span(segment(ONE, number), "")

    thread = threading.Thread(target=load)
    before, accepted, seq = sys.getswitchinterval(), 0, 0
    sys.setswitchinterval(1e-6)
    try:
        thread.start()
        while thread.is_alive():
            seq += 1
            new = segment(ONE, 3000 + seq)
            line = Stored(new.leaf, 0, b"", Line(1, "call", ONE, seq, "", ""))
            accepted += len(sequences.accept(new, sequences.span(new, ""), [line], 0))
    finally:
        thread.join()
        sys.setswitchinterval(before)
    assert accepted == seq
