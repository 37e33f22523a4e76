"""`check`: everything this machine can see, verified; what is damaged or forged, where, and what still stands."""

from dataclasses import dataclass
from typing import Any

from agent_tui.book import Book
from agent_tui.book.judge import SessionJudge
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.sync.audit import Audit, audit
from agent_tui.sync.backend import Backend, open_backend
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.names import ROSTER, is_document
from agent_tui.sync.shares import team_document
from agent_tui.trust.membership import Report


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out. `away` tells why the share could not be read; this machine alone was checked then."""

    audit: Audit
    newer: int
    reports: tuple[Report, ...]
    away: str | None


def check(context: Context) -> int:
    """Verify; exit 0 whatever is found, 1 when the share could not be read at all."""
    with opened(context) as book:
        checked = _checked(book, context.share or book.identity.share)
    seen = checked.audit
    findings = [_finding(one.code, one.where, one.offset, one.detail, one.text()) for one in seen.findings]
    findings += [_finding(one.code, one.writer, None, str(one.number), _report(one)) for one in checked.reports]
    document = {
        "files": seen.files,
        "documents": seen.documents,
        "lines": seen.lines,
        "waiting": seen.waiting,
        "newer": checked.newer,
        "unbound": sorted(seen.unbound),
        "findings": findings,
    }
    context.show(document, lambda: _print(checked, findings))
    if findings:
        output.say(t("check.found", n=len(findings)))
    if checked.away:
        output.say("agent-tui: " + t("check.share_away", reason=checked.away))
        return 1
    return 0


def _checked(book: Book, share: str | None) -> Checked:
    session = book.session
    backend = open_backend(share) if share else None
    away = _reason_away(backend) if backend else None
    judge = SessionJudge(session)
    place = session.place
    seen = audit(None if away else backend, Mirror(place.where.mirror), place.journal, judge, team=place.team.team)
    if backend and not away:
        numbers = [int(entry.name[:-5]) for entry in backend.list(ROSTER) if is_document(ROSTER, entry.name)]
        place.membership.share_shows_roster(max(numbers, default=0))
    return Checked(seen, judge.newer, place.membership.reports(), away)


def _reason_away(backend: Backend) -> str | None:
    """Why the share cannot be read; None when it can."""
    try:
        team_document(backend)
    except Problem as problem:
        return str(problem)
    return None


def _finding(code: str, where: str, offset: int | None, detail: str, text: str) -> dict[str, Any]:
    return {"code": code, "where": where, "offset": offset, "detail": detail, "text": text}


def _report(report: Report) -> str:
    return t(f"check.report_{report.code}", number=report.number, writer=report.writer)


def _print(checked: Checked, findings: list[dict[str, Any]]) -> None:
    seen = checked.audit
    output.line(t("check.seen", files=seen.files, documents=seen.documents, lines=seen.lines, waiting=seen.waiting))
    for finding in findings:
        output.line(finding["text"])
    if checked.newer:
        output.line(t("check.newer", n=checked.newer))
    if seen.unbound:
        output.line(t("check.unbound", n=len(seen.unbound)))
    if not findings:
        output.line(t("check.well"))
