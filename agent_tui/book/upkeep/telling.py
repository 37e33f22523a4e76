"""What is wrong, told by name: whose device it is, beside which file or number."""

import re
from collections.abc import Sequence

from agent_tui.book.folding.taken import Why
from agent_tui.book.place.place import Place
from agent_tui.i18n import t
from agent_tui.sync.findings import Finding
from agent_tui.trust.membership import Report
from shared_rules.folding.tallies import Standing

_WRITER = re.compile(r"(?<![a-z2-7])[a-z2-7]{16}(?![a-z2-7])")


def finding_text(place: Place, finding: Finding) -> str:
    """One line: who, what, where, and what still stands."""
    found = _WRITER.search(finding.where)
    return _named(place, found[0] if found else "", finding.text())


def report_text(place: Place, report: Report) -> str:
    """One line for what cannot have come about honestly."""
    text = t(f"check.report_{report.code}", number=report.number, writer=report.writer)
    return _named(place, report.writer, text)


def refusal_text(place: Place, writer: str, why: Why, n: int) -> str:
    """One line for the records of a device that count nothing for one reason."""
    return _named(place, writer, t("check.refused_lines", n=n, why=t(f"check.why_{why}")))


def ahead_text(place: Place, calls: Sequence[Standing]) -> str:
    """One line for an agent's calls on days that have not come, the first one first."""
    first = calls[0]
    return _named(place, first.fact.writer, t("check.ahead", n=len(calls), day=first.day, id=first.fact.id))


def _named(place: Place, writer: str, text: str) -> str:
    binding = place.membership.binding(writer) if writer else None
    return t("check.of_person", id=binding.person, name=binding.name, text=text) if binding else text
