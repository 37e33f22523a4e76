"""Whether the team's records are whole, here and on the share, and mending them (`book.upkeep`)."""

from typing import TYPE_CHECKING

from agent_tui.book.part import BookPart
from agent_tui.book.upkeep.ahead import calls_ahead
from agent_tui.book.upkeep.refused import refusals
from agent_tui.book.upkeep.telling import ahead_text, finding_text, refusal_text, report_text
from agent_tui.errors import Problem
from agent_tui.i18n import t

if TYPE_CHECKING:
    from agent_tui.sync.audit import Audit
    from agent_tui.sync.refill import Refilled


class Upkeep(BookPart):
    """What is damaged, missing or owed to the share."""

    def notes(self) -> list[str]:
        """What was seen and left out, a line each: damage here and on the share, records refused or not known."""
        with self._lock:
            place = self._session.place
            notes = [finding_text(place, finding) for finding in self._book.sharing.findings()]
            notes += [report_text(place, report) for report in place.membership.reports()]
            refused = refusals(self._session)
            notes += [finding.text() for finding in self._session.unerased or ()]
            notes += [ahead_text(place, calls) for calls in calls_ahead(self._session)]
            notes += [refusal_text(place, writer, why, refused[writer, why]) for writer, why in sorted(refused)]
            notes += [t("errors.requests_unread", problem=problem) for problem in place.requests_unread.values()]
            newer = sum(one.why == "newer" for one in self._session.folds.left_out.values())
            damaged = len(self._session.segments.damaged)
        if place.code_unseen:
            who = {"id": place.state.id, "name": place.state.name}
            notes.append(t("errors.code_unseen", share=place.state.share, team=place.team.name, **who))
        if aside := self._book.odds.moved_aside:
            notes.append(t("errors.odds_damaged", path=aside))
        if newer:
            notes.append(t("errors.newer_lines", n=newer))
        if damaged:
            notes.append(t("errors.damaged_lines", n=damaged))
        return notes

    def check(self) -> "Audit":
        """Verify everything this machine can see; without the share where that is away. Raises Problem."""
        from agent_tui.book.upkeep.checking import check  # noqa: PLC0415 - for one command alone

        session = self._book.sharing.target() or self._session
        return check(session, self._book.sharing.folder(session))

    def refill(self, share: str) -> "Refilled":
        """Fill a wiped share again with what this machine has of the team, its own records too. Raises Problem, but for
        what the own records met: that is in the result.
        """
        from agent_tui.book.upkeep.refilling import refill_share  # noqa: PLC0415 - for one command alone

        self._book.erasures.obey()
        done = refill_share(self._session, share)
        try:
            self._book.sharing.way = share
            self._book.sync_once()
        except Problem as problem:
            done.not_synced = problem
        return done
