"""The entry form as a state machine: what each key does, without a screen.

The states are those of the form: empty (on 电话), ready (on 结果), walk, frozen while it is written, parked. What the
form shows is read from its public attributes after each key.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from agent_tui.ui.desk.editor import Stack
from agent_tui.ui.desk.rules import FormRules
from agent_tui.ui.desk.sheet import Sheet, from_call, from_draft, identity, known_values
from agent_tui.ui.desk.walk import Walk
from agent_tui.ui.desk.world import Effect, Offer, Save, Withdraw, World
from agent_tui.views import CallView


class EntryForm(Walk):
    """The form: one entry in hand, those laid aside, and those saved that ^Z can take back."""

    def __init__(self, rules: FormRules, world: World) -> None:
        super().__init__(rules, world)
        self.parked: list[Stack] = []
        self.rebegun = False
        """Whether the clock was put back before the start of an entry that a draft brought back: it begins now."""
        self.damaged = False
        """Whether a draft that was there could not be read."""
        self.undoable: list[tuple[str, Stack]] = []
        """What was saved, by the call's id, each as it stood before its last key: ^Z takes it back, the last first."""
        self._frozen = self._editor.stack
        self._skipped_on: dict[str, date] = {}
        self._used: Mapping[str, Counter[str]] = {}

    @property
    def taken(self) -> frozenset[str]:
        """The numbers in hand: this entry's and the parked ones'."""
        sheets = [self.sheet, *(stack.sheet for stack in self.parked)]
        return frozenset(identity(phone) for sheet in sheets if (phone := sheet.value("phone").strip()))

    @property
    def _skipped(self) -> frozenset[str]:
        """The numbers skipped today: tomorrow they are offered again, also where the desk stays open."""
        today = self._world.now().date()
        return frozenset(number for number, day in self._skipped_on.items() if day == today)

    @property
    def opened(self) -> bool:
        """Whether a recorded call is open to be put right, and nothing of it has been changed."""
        return self.sheet.correcting is not None and not self._editor.changed and not self._editor.steps

    @property
    def unfinished(self) -> int:
        """How many entries were begun and not saved: those laid aside, and this one if anything of it was answered."""
        return len(self.parked) + (not self.sheet.untouched)

    def rank_notes(self, used: Mapping[str, Counter[str]]) -> None:
        """Rank the canned notes by own use, from the next entry on: no digit changes under a finger."""
        self._used = used
        if self.sheet.untouched:
            self.rules.used = used

    # ---- start, draft ----

    def start(self, drafts: Iterable[Mapping[str, Any]] = ()) -> None:
        """Begin with what was unfinished, else with the next number."""
        self._lay_aside(drafts)
        self._advance()

    def take_up(self, drafts: Iterable[Mapping[str, Any]], recorded: Set[tuple[datetime, str]]) -> None:
        """Lay aside what was left unfinished elsewhere, but for what is `recorded`; no number is exchanged for it under
        a finger.
        """
        self._lay_aside(drafts)
        self.forget_recorded(recorded)
        if not self.busy and not self.sheet.worth_keeping and not self.sheet.correcting:
            self._advance()

    def _lay_aside(self, drafts: Iterable[Mapping[str, Any]]) -> None:
        now = self._world.now()
        for draft in drafts:
            try:
                sheets = [from_draft(one) for one in draft["entries"]]
            except (KeyError, TypeError, ValueError, AttributeError):
                self.damaged = True
                continue
            # The draft must begin when the call will: `forget_recorded` compares.
            begun = [
                replace(sheet, started_at=now, kept_start=sheet.started_at)
                if sheet.started_at and sheet.started_at > now
                else sheet
                for sheet in sheets
            ]
            self.rebegun |= begun != sheets
            self.parked += [Stack(sheet) for sheet in begun if sheet.worth_keeping]

    def day_read(self, recorded: Set[tuple[datetime, str]]) -> None:
        """What the records of the day tell is known now, a while after the start."""
        self.forget_recorded(recorded)
        self.know_again()
        self.load_next()

    def load_next(self) -> None:
        """Take the next number into a form in which nothing stands yet: the numbers were not read when it started."""
        if not self.busy and not self.sheet.worth_keeping and not self.sheet.correcting and not self.parked:
            self._advance()

    def know_again(self) -> None:
        """The records have been read: what they tell of the number that a draft brought back."""
        if self.busy or not self.sheet.number or self._editor.changed or self.sheet.correcting:
            return
        known = self._world.look_up(self.sheet.value("phone"))
        self._editor.settle(replace(self.sheet, known=known).fill(known_values(known), "known"))

    def forget_recorded(self, recorded: Set[tuple[datetime, str]]) -> None:
        """Drop what a draft brought back although it was saved (known by start and number): killed between the two."""

        def there(sheet: Sheet) -> bool:
            return (sheet.kept_start or sheet.started_at, sheet.number) in recorded and not sheet.correcting

        self.parked = [stack for stack in self.parked if not there(stack.sheet)]
        if not self.busy and there(self.sheet) and not self._editor.steps and not self._editor.changed:
            self._advance()

    def forget_erased(self, erased: Callable[[str, datetime], bool]) -> bool:
        """Drop whatever speaks of a customer who was erased since, which `erased` tells by number and start; whether
        there was any.
        """
        if self.busy:
            return False

        def gone(stack: Stack) -> bool:
            sheets = [stack.sheet, *(step.before for step in stack.steps)]
            named = {(sheet.value("phone"), sheet.started_at) for sheet in sheets}
            return any(phone and at and erased(phone, at) for phone, at in named)

        before = len(self.parked) + len(self.undoable)
        self.parked = [stack for stack in self.parked if not gone(stack)]
        # The program holds this list too, for the desk that is opened next.
        self.undoable[:] = [saved for saved in self.undoable if not gone(saved[1])]
        if gone(self._editor.stack):
            self._advance()
            self._say("erased_in_hand", "warning")
            return True
        return len(self.parked) + len(self.undoable) < before

    def heed_listed(self, listed: Callable[[str], object]) -> bool:
        """Warn of the number in hand if it was put on the do-not-call list since it was looked up; whether it was.

        It stays: it may be ringing already.
        """
        sheet, phone = self.sheet, self.sheet.value("phone")
        if self.busy or sheet.correcting or not sheet.number or self._editor.changed:
            return False
        if (sheet.known and sheet.known.listed) or not listed(phone):
            return False
        known = self._world.look_up(phone)
        self._editor.settle(replace(sheet, known=known))
        if known and known.listed:
            self._warn_of_listed("listed_in_hand", known.listed)
        return True

    def forget_withdrawn(self, id: str) -> None:
        """Drop what was saved, or begun to be put right, of a call that was withdrawn from the list: neither can be."""

        def of_it(stack: Stack) -> bool:
            return stack.sheet.correcting is not None and stack.sheet.correcting.id == id

        self.undoable[:] = [saved for saved in self.undoable if saved[0] != id]
        self.parked = [stack for stack in self.parked if not of_it(stack)]
        if not self.busy and of_it(self._editor.stack):
            self._advance()

    def draft(self) -> dict[str, Any] | None:
        """What is unfinished, as JSON. Corrections are left out: what they correct stands in the book."""
        present = self._frozen.sheet if isinstance(self.busy, Save) else self.sheet
        sheets = [*(stack.sheet for stack in self.parked), present]
        kept = [sheet.draft() for sheet in sheets if sheet.worth_keeping and not sheet.correcting]
        return {"entries": kept} if kept else None

    # ---- keys ----

    def undo(self) -> None:
        """Take back the last thing: an answer of this entry; in an untouched entry the last save."""
        self._key()
        if self.busy:
            return
        self.asking = False
        self.finding.clear()
        if field := self._editor.take_back():
            self._say("undone", field=field)
        elif self._leave_correction():
            return
        elif self.undoable:
            id, stack = self.undoable[-1]
            correcting = stack.sheet.correcting
            self._perform(Withdraw(id, correcting.before if correcting else None))
        else:
            self._say("nothing_to_undo")

    def new_number(self) -> None:
        """Lay this entry aside and begin an empty one."""
        self._key()
        if self.busy:
            return
        self._park()
        self._show(Stack(Sheet()))
        self._say("new_number")

    def skip(self) -> None:
        """Go on to the next number. An answered entry is laid aside, for nothing is discarded."""
        self._key()
        if self.busy:
            return
        self._editor.commit()
        phone = self.sheet.value("phone")
        if not self.sheet.untouched:
            self._park()
        elif phone and not self.sheet.correcting:
            self._skipped_on[identity(phone)] = self._world.now().date()
        if offer := self._world.next_offer(self.taken | self._skipped):
            self._load(offer)
            if phone:
                self._say("skipped")
        elif self.sheet.untouched and self.parked:
            self._advance()
        else:
            self._show(Stack(Sheet()))
            self._say("no_next")

    def take_callback(self, offer: Offer | None = None) -> None:
        """Lay this entry aside and take the callback that is due, or the one given."""
        self._key()
        if self.busy:
            return
        offer = offer or self._world.next_callback(self.taken)
        if offer is None:
            self._say("no_callback")
        elif identity(offer.phone) in self.taken:
            self._say("already_taken")
        else:
            self._park()
            self._load(offer)
            self._say("callback_taken")

    @property
    def calling(self) -> bool:
        """Whether a call goes on: a number was loaded or entered, and no recorded call is put right."""
        return bool(self.sheet.number) and not self.sheet.correcting and not self.busy

    def mark(self, card: str) -> None:
        """Mark a talk card as the one used in this call."""
        self._editor.sheet = replace(self.sheet, card=card)

    def take_number(self, offer: Offer) -> None:
        """Lay this entry aside and take a number that was looked up."""
        self._key()
        if self.busy:
            return
        if identity(offer.phone) in self.taken:
            self._say("already_taken")
            return
        self._park()
        self._load(offer)

    def correct(self, call: CallView) -> None:
        """Open a recorded call to put it right or to complete it."""
        self._key()
        if self.busy:
            return
        self._park()
        sheet = from_call(call, self.rules)
        self._show(Stack(replace(sheet, known=self._world.look_up(sheet.value("phone")))))
        self._deaf_since = self._world.tick()

    # ---- what the world tells ----

    def saved(self, id: str) -> None:
        """The entry is on the disk: go on to a parked entry, the next number, or an empty one."""
        self.busy = None
        self.undoable.append((id, self._frozen))
        self._advance()

    def withdrawn(self) -> None:
        """The last save is taken back: its entry stands as before its last key. A number it listed stays listed."""
        self.busy = None
        self._park()
        _, stack = self.undoable.pop()
        sheet = replace(stack.sheet, aside=True)
        known = self._world.look_up(sheet.value("phone"))
        if known is not None and known.listed:
            self._show(Stack(replace(sheet, known=known), stack.steps))
            self._say("save_undone_listed", "warning")
        else:
            self._show(Stack(sheet, stack.steps))
            self._say("save_undone", "good")

    def failed(self, reason: str) -> None:
        """What was begun did not reach the disk: the entry stands as before its last key."""
        if isinstance(self.busy, Save):
            self._show(self._frozen)
        self.busy = None
        self._say("not_saved", "error", reason=reason)

    # ---- within ----

    def _leave_correction(self) -> bool:
        if not self.opened:
            return False
        self._advance()
        self._say("correction_left")
        return True

    def _perform(self, effect: Effect) -> None:
        self.busy = effect
        self._world.perform(effect)

    def _save(self, before: Stack | None = None) -> None:
        """Freeze the entry and have it written; `before` is how it stood before this key."""
        correcting = self.sheet.correcting
        entry = self.entry()
        self._frozen = before or self._editor.stack
        self.asking = False
        if correcting and entry == correcting.before:
            self._advance()
            self._say("unchanged")
        else:
            self._perform(Save(entry, correcting.id if correcting else None))

    def _park(self) -> None:
        self._editor.commit()
        if self.sheet.worth_keeping:
            self.parked.append(Stack(replace(self.sheet, aside=True), self._editor.steps))

    def _show(self, stack: Stack) -> None:
        self.asking = False
        self.finding.clear()
        self._deaf_since = None
        self.rules.used = self._used
        self._editor.show(stack)

    def _advance(self) -> None:
        """To a parked entry, else to the next number, else to an empty entry."""
        if self.parked:
            stack = self.parked.pop()
            sheet = stack.sheet
            if sheet.untouched and not sheet.correcting:
                sheet = replace(sheet, started_at=self._world.now() if sheet.number else None, aside=False)
            known = self._world.look_up(sheet.value("phone")) if sheet.number else None
            self._show(Stack(replace(sheet, focus="outcome" if sheet.number else "phone", known=known), stack.steps))
            self._deaf_since = self._world.tick()
        elif offer := self._world.next_offer(self._skipped):
            self._load(offer)
        else:
            self._show(Stack(Sheet()))

    def _load(self, offer: Offer) -> None:
        """Show a number to call; the call starts now, and 结果 is deaf for a moment."""
        known = self._world.look_up(offer.phone)
        sheet = Sheet(focus="outcome", number=identity(offer.phone), known=known, started_at=self._world.now())
        self._show(Stack(sheet.put("phone", offer.phone, "loaded").fill(known_values(known), "known")))
        self._deaf_since = self._world.tick()
