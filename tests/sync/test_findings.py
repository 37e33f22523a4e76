"""What is wrong on a share is told once, when it has lasted; a poll costs no more for what was told already."""

import pytest

from agent_tui.sync.findings import Finding, Findings
from tests.effort import effort


class Told:
    """Who is told, and a clock put on by hand. `deaf`: what is told raises."""

    def __init__(self) -> None:
        self.now = 0.0
        self.deaf = False
        self.heard: list[str] = []
        self.findings = Findings(self.tell, lambda: self.now)

    def tell(self, finding: Finding) -> None:
        if self.deaf:
            raise RuntimeError(finding.where)
        self.heard.append(finding.where)

    def wait(self, until: float) -> list[str]:
        """What is told at that time."""
        self.now, self.heard = until, []
        self.findings.remind()
        return self.heard


def test_each_is_told_once_when_it_has_lasted() -> None:
    told = Told()
    told.findings.notice(Finding("gone", "at once"))
    assert told.heard == ["at once"]
    told.findings.notice(Finding("gone", "later"), 60)
    told.findings.notice(Finding("gone", "sooner"), 30)
    told.findings.notice(Finding("gone", "mended"), 40)
    assert told.wait(29) == []
    assert told.wait(30) == ["sooner"]
    told.findings.clear("gone", "mended")
    assert told.wait(59) == []
    assert told.wait(60) == ["later"]
    told.findings.notice(Finding("gone", "mended"), 40)
    assert told.wait(99) == []
    assert told.wait(100) == ["mended"]
    assert told.wait(1000) == []


def test_what_is_due_beside_one_that_could_not_be_told_is_told_next_time() -> None:
    told = Told()
    for where in ("one", "two"):
        told.findings.notice(Finding("gone", where), 60)
    told.deaf = True
    with pytest.raises(RuntimeError):
        told.wait(60)
    told.deaf = False
    assert told.wait(60) == ["two"]


def test_a_poll_costs_no_more_for_a_thousand_that_were_told() -> None:
    told = Told()
    few = effort(told.findings.remind)
    for number in range(1000):
        told.findings.notice(Finding("document", str(number)))
    told.findings.remind()
    assert effort(told.findings.remind) == few


def test_junk_by_the_thousand_hides_nothing_else() -> None:
    told = Told()
    for number in range(3000):
        told.findings.notice(Finding("foreign_name", str(number)))
    assert len(told.heard) == 1000
    told.findings.notice(Finding("changed", "what matters"))
    assert told.heard[-1] == "what matters"
    for number in range(3000):
        told.findings.clear("foreign_name", str(number))
    told.findings.notice(Finding("foreign_name", "once more"))
    assert [one.where for one in told.findings] == ["what matters", "once more"]
