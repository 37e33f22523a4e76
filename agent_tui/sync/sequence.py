"""Whether all of a writer's records are there: seq counts 1, 2, 3 … over its segments, each number once."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent_tui.store.segments import Stored
from agent_tui.sync import names
from agent_tui.sync.findings import Finding, Findings


@dataclass(slots=True)
class Span:
    """The first and last seq of a segment as far as it was read, 0 while unknown. `where` is its name on the share."""

    where: str
    first: int = 0
    last: int = 0


class Sequences:
    """The spans of all segments, by writer and number."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._spans: dict[str, dict[int, Span]] = {}
        self._touched: set[str] = set()
        # By writer the segment with the highest seq: lines added to it cannot overlap another segment.
        self._highest: dict[str, Span] = {}

    def span(self, segment: names.SegmentName, where: str) -> Span:
        """The span of a segment seen for the first time. A file of its name on another day gets a span of its own."""
        self._touched.add(segment.writer)
        spans = self._spans.setdefault(segment.writer, {})
        if segment.number in spans:
            return Span(where)
        return spans.setdefault(segment.number, Span(where))

    def known(self, span: Span, stored: Sequence[Stored], damaged: int) -> None:
        """Note the lines of a segment from its beginning, as the mirror has them, and report gaps and repeats."""
        span.first = span.last = 0
        if stored:
            self._highest.pop(stored[0].line.writer, None)
        for one in stored:
            self._continue(span, one, damaged, there=one.line.seq <= span.last)

    def _continue(self, span: Span, one: Stored, damaged: int, *, there: bool) -> bool:
        """Whether a line continues a segment; one whose seq was `there` before does not, and is reported."""
        seq = one.line.seq
        if there:
            self._findings.notice(Finding("twice", span.where, one.offset, str(seq)))
            return False
        if span.last and seq > span.last + 1 + damaged:
            self._findings.notice(Finding("gap", span.where, one.offset, f"{span.last + 1}-{seq - 1}"))
        span.first = span.first or seq
        span.last = seq
        return True

    def accept(self, segment: names.SegmentName, span: Span, stored: Sequence[Stored], damaged: int) -> list[Stored]:
        """The lines that continue a segment. One whose seq was there before is left out: the earlier copy stands.

        A gap is reported if it is wider than the `damaged` lines among them can explain.
        """
        self._touched.add(segment.writer)
        others = self._overlapping(segment.writer, span, stored)
        accepted = []
        for one in stored:
            seq = one.line.seq
            there = seq <= span.last or (bool(others) and any(other.first <= seq <= other.last for other in others))
            if self._continue(span, one, damaged, there=there):
                accepted.append(one)
        highest = self._highest.get(segment.writer)
        if highest is None or highest.last < span.last:
            self._highest[segment.writer] = max(self._spans[segment.writer].values(), key=lambda one: one.last)
        return accepted

    def _overlapping(self, writer: str, span: Span, stored: Sequence[Stored]) -> list[Span]:
        """The writer's other segments, whatever their numbers, whose records overlap the seqs of those lines.

        Whoever holds the key may give a file any number: a record must not count a second time in a far-off segment.
        """
        numbers = [one.line.seq for one in stored]
        if not numbers or self._highest.get(writer) is span:
            return []
        first, last = min(numbers), max(numbers)
        return [
            other
            for other in self._spans[writer].values()
            if other is not span and other.last and other.first <= last and first <= other.last
        ]

    def compare(self, patience: float) -> None:
        """Report where segments do not join, of the writers that brought something. Call it once all were listed."""
        for writer in self._touched:
            spans = self._spans.get(writer, {})
            before: tuple[int, Span] | None = None
            highest = 0
            for number in sorted(spans):
                span = spans[number]
                self._findings.clear("gap", f"{writer}-{number:06d}")
                if span.first and highest >= span.first:
                    self._findings.notice(Finding("twice", span.where, None, str(span.first)))
                elif before:
                    self._join(writer, before, (number, span), patience)
                before = number, span
                highest = max(highest, span.last)
        self._touched.clear()

    def _join(self, writer: str, before: tuple[int, Span], after: tuple[int, Span], patience: float) -> None:
        where = f"{writer}-{after[0]:06d}"
        if after[0] != before[0] + 1:
            missing = f"{writer}-{before[0] + 1:06d} … {writer}-{after[0] - 1:06d}"
            self._findings.notice(Finding("gap", where, None, missing), patience)
        elif before[1].last and after[1].first > before[1].last + 1:
            missing = f"{before[1].last + 1}-{after[1].first - 1}"
            self._findings.notice(Finding("gap", where, None, missing), patience)
