"""The hire date put right: one that was mistyped and approved all the same."""

from datetime import date

from agent_tui.book.acts.base import acts
from agent_tui.book.acts.supervising import Supervising
from agent_tui.book.place.pen import Draft
from agent_tui.errors import Problem
from shared_rules.records.entries import Hired, HiredSecret


class Hiring(Supervising):
    """Acts about who was hired when."""

    @acts
    def hired(self, who: str, hired: date) -> list[Draft]:
        """The hire date of a person, who may be named by a device, as it should have been.

        Days that are confirmed stand as they were confirmed, until they are confirmed again.
        """
        self._need_supervisor()
        membership = self._session.place.membership
        device = membership.binding(who)
        person = self._about(device.person if device else who)
        if person.role == "supervisor" and not membership.alone:
            raise Problem("acts.hired_supervisor", person=person.id)
        if hired > self._today:
            raise Problem("errors.hired_to_come", hired=hired)
        if person.left and hired > person.left:
            raise Problem("errors.after_leaving", day=hired, person=person.id, left=person.left)
        was = self._session.folds.hired(person)
        if hired == was:
            raise Problem("acts.hired_same", person=person.id, hired=hired)
        known = self._session.folds.fold(person.id).dossier.all("hired")
        secret = HiredSecret(hired=hired, was=was, replaces=tuple(fact.id for fact in known))
        return [self._draft(person.id, Hired(), secret)]
