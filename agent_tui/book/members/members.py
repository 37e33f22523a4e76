"""Who is in the team, as a supervisor decides it (`book.members`)."""

from datetime import date

from msgspec.structs import replace

from agent_tui.book.entries import Change
from agent_tui.book.members import devices
from agent_tui.book.part import BookPart
from agent_tui.errors import Problem
from agent_tui.i18n import language
from agent_tui.trust.keys import four_words
from agent_tui.views import EndView, MemberView
from shared_rules.figures import DayFigures

_WORDS = 20


class Members(BookPart):
    """The devices of the team."""

    def all(self, *, words: bool = False) -> list[MemberView]:
        """All devices: those waiting first, then approved, ended and ignored ones. With `words`, those that ask have
        their four words; as these are a slow hash, only the first twenty. For others see the method `words`.
        """
        with self._lock:
            found = devices.members(self._session)
        if not words:
            return found
        told = [one.writer for one in found if one.state in ("waiting", "ignored")][:_WORDS]
        return [replace(one, words=self.words(one.writer)) if one.writer in told else one for one in found]

    def wrote(self) -> dict[str, date]:
        """The day of the newest records of each device that are here; a device that wrote none is left out."""
        found: dict[str, date] = {}
        with self._lock:
            for one in self._session.segments.held():
                found[one.writer] = max(one.day, found.get(one.writer, one.day))
        return found

    def named(self, id: str) -> str:
        """A person's id with the name: S001 陈静; the id alone of somebody who never was in the team."""
        name = self.name(id)
        return f"{id} {name}" if name else id

    def name(self, id: str) -> str:
        """The name of a person; empty for somebody who never was in the team."""
        with self._lock:
            person = self._session.place.membership.person(id)
        return person.name if person else ""

    def words(self, writer: str) -> tuple[str, ...]:
        """The four words of a device's request; none for a device that did not ask. Slow, so not under the book's lock:
        anybody who can write into the folder can leave any number of requests.
        """
        with self._lock:
            place = self._session.place
            request, owner = place.membership.request(writer), place.team.owner
        return four_words(owner, request.public, language()) if request else ()

    def waiting_words(self) -> tuple[str, ...]:
        """The four words of this desk's request to join, as the board shows them; none without one. Slow."""
        waiting = self._book.sharing.waiting
        if waiting is None:
            return ()
        return four_words(waiting.place.team.owner, waiting.place.key.public, language())

    def approve(self, writer: str, role: str | None = None) -> MemberView:
        """Let a waiting device in; `role` None: as what its person is. Raises Problem.

        Not a supervisor, nobody of that name waits, no owner's key.
        """
        self._book.put(lambda now: devices.approve(self._session, writer, role, now), members=True)
        return next(member for member in self.all() if member.writer == writer)

    def ignore(self, writer: str) -> MemberView:
        """Pass over the request of a device on this machine. Raises Problem: not a supervisor, nobody of that name."""
        with self._lock:
            devices.ignore(self._session, writer)
        self._book.tell(Change(members=True))
        return next(member for member in self.all() if member.writer == writer)

    def refusal(self, who: str) -> Problem | None:
        """Why the person or the device of that name cannot be ended here, to be asked before anybody is; None where
        they can.
        """
        try:
            with self._book.lock:
                devices.leaving(self._book.session, who)
        except Problem as problem:
            return problem
        return None

    def leave(self, who: str, on: date) -> tuple[MemberView, EndView]:
        """End a person's devices, `on` being the last day that counts; or one device alone, by its name.

        Said again, it moves the end. Raises Problem: not a supervisor, nobody of that name, a day that cannot be.
        """
        with self._book.writing:
            now = self._now
            with self._lock:
                drafts, view, days = devices.leave(self._session, who, on, now)
                before = self._figures(days)
            self._book.write(drafts, now, members=True)
            after = self._figures(days)
        view = replace(view, confirmed=tuple(day for day in sorted(days) if before[day] != after[day]))
        return next(member for member in self.all() if who in (member.writer, member.id)), view

    def _figures(self, days: dict[date, str]) -> dict[date, DayFigures]:
        return {day: self._book.day(agent, day, money=False).figures for day, agent in days.items()}
