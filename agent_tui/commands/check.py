"""`check`: everything this machine can see, verified; what is damaged or forged, where, and what still stands."""

from typing import Any

from msgspec.structs import replace

from agent_tui.book.place.place import Place
from agent_tui.book.upkeep.telling import finding_text, report_text
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import t
from agent_tui.sync.audit import Audit
from agent_tui.sync.findings import Finding
from agent_tui.trust.membership import Report


def check(context: Context) -> int:
    """Verify; exit 0 whatever is found, also where the share is away and this machine alone can be looked at."""
    with opened(context) as book:
        seen = book.upkeep.check()
        place = book.session.place
        findings = [_finding(place, one) for one in seen.findings]
        findings += [_report(place, one) for one in place.membership.reports()]
    document = {
        "files": seen.files,
        "documents": seen.documents,
        "lines": seen.lines,
        "waiting": seen.waiting,
        "unbound": sorted(seen.unbound),
        "away": str(seen.away) if seen.away else None,
        "sealed_off": seen.sealed_off,
        "findings": findings,
    }
    context.show(document, lambda: _print(seen, findings))
    if seen.away:
        output.say(t("check.away", reason=seen.away))
    if findings:
        output.say(t("check.found", n=len(findings)))
    return 0


def _finding(place: Place, found: Finding) -> dict[str, Any]:
    told = replace(found, detail=t(f"check.why_{found.detail}")) if found.code == "refused" else found
    return {
        "code": found.code,
        "where": found.where,
        "offset": found.offset,
        "detail": found.detail,
        "text": finding_text(place, told),
    }


def _report(place: Place, report: Report) -> dict[str, Any]:
    return {
        "code": report.code,
        "where": report.writer,
        "offset": None,
        "detail": str(report.number),
        "text": report_text(place, report),
    }


def _print(seen: Audit, findings: list[dict[str, Any]]) -> None:
    output.line(t("check.seen", files=seen.files, documents=seen.documents, lines=seen.lines, waiting=seen.waiting))
    for finding in findings:
        output.line(finding["text"])
    if seen.unbound:
        output.line(t("check.unbound", n=len(seen.unbound)))
    if seen.sealed_off:
        output.line(t("check.sealed_off", n=seen.sealed_off))
    if not findings:
        output.line(t("check.well"))
