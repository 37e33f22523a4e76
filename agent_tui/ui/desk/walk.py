"""One entry being filled in: what a key does in each field, and which field comes next.

What happens when it is saved or laid aside is the form's (`entry.py`). Time comes from the `World`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from agent_tui.ui.desk.editor import Stack
from agent_tui.ui.desk.finding import Match
from agent_tui.ui.desk.hand import Hand
from agent_tui.ui.desk.line import BLANKS, Line, plain_digit
from agent_tui.ui.desk.paste import read_paste
from agent_tui.ui.desk.sheet import CHOSEN, FIELDS, Sheet, identity, known_values
from shared_rules.phones import parse_phone

SEARCHED = ("phone", "company")
"""Fields in which what is typed is looked for."""


class Walk(Hand, ABC):
    """An entry and its keys. While an effect is under way (`busy`) keys do nothing."""

    # ---- keys ----

    def press(self, key: str, character: str | None) -> bool:
        """A key by Textual's name; False for one that is not the form's."""
        action = _KEYS.get(key)
        if action is not None:
            action(self)
        elif character and (character.isprintable() or character in BLANKS):
            self.type(character)
        else:
            return False
        return True

    def type(self, character: str) -> None:
        """A character: a digit that chooses, or text."""
        hears = self._key()
        if self.busy:
            return
        name, digit = self.sheet.focus, plain_digit(character)
        if name == "outcome" and not hears:
            self._say("deaf", "warning")
        elif name in CHOSEN:
            if digit:
                self._choose(digit)
            else:
                self._say("digits_only", "warning")
        elif character in BLANKS and self.line.fresh:
            self.line.begin_literal()
            self._editor.store()
            self._look()
        elif digit and self.line.fresh and name != "follow_up" and self.rules.options(name):
            self._choose(digit)
        else:
            self._insert(character)

    def click(self, digit: str) -> None:
        """A click on a choice of the focused field: the digit, whatever stands there."""
        if self.sheet.focus not in CHOSEN:
            self.line.selected, self.line.literal = True, False
        self.type(digit)

    def paste(self, text: str) -> None:
        """A pasted text; on 电话 a line with a number, a name and a company fills the form."""
        self._key()
        if self.busy:
            return
        text = "".join(char for char in " ".join(text.split()) if char.isprintable())
        found = read_paste(text) if self.sheet.focus == "phone" else None
        if self.sheet.focus in CHOSEN:
            self._say("digits_only", "warning")
        elif found:
            sheet = self.sheet if identity(found.phone) == self.sheet.number else self.sheet.without("known")
            self._editor.answer("phone", sheet.put("phone", found.phone).fill(found.others, "pasted"))
            if not self._refuses():
                self._arrive("outcome")
        else:
            self.line.literal = True
            self._insert(text)

    def enter(self) -> None:
        """Accept the field, even empty, and go to the next one asked for; save when none is left."""
        if not self._ready():
            return
        if match := self.finding.taken:
            self._take(match)
            return
        name = self.sheet.focus
        self._editor.commit()
        if name == "phone":
            if self.sheet.value("phone").strip():
                self.focus("outcome")
            else:
                self._say("number_needed", "warning")
        elif name == "outcome" and not self.sheet.value("outcome"):
            self._say("outcome_needed", "warning")
        elif name == "outcome" and self.asking:
            self._save()
        elif name == "follow_up" and self.due.problem:
            self._say(self.due.problem, "warning")
        else:
            before = self._editor.stack
            if not self.sheet.value(name).strip():
                self._editor.settle(replace(self.sheet, passed=self.sheet.passed | {name}))
            if not self._go_on():
                self._finish(before)

    def save(self) -> None:
        """Save from any field, without a follow-up that cannot be read."""
        if not self._ready():
            return
        self._editor.commit()
        if self._lacks_basics():
            return
        if self._confirms:
            self._ask()
        else:
            self._save()

    def forward(self) -> None:
        """To the next field."""
        self._step(1)

    def back(self) -> None:
        """To the previous field."""
        self._step(-1)

    def down(self) -> None:
        """To the next thing found, else to the next field."""
        if self.busy or not self.finding.move(1):
            self.forward()
        else:
            self._key()

    def up(self) -> None:
        """To the thing found before, else to the previous field."""
        if self.busy or not self.finding.move(-1):
            self.back()
        else:
            self._key()

    def take_match(self, place: int) -> None:
        """A click on something found."""
        self.finding.pick(place)
        self.enter()

    def to_outcome(self) -> None:
        """To 结果; a confirmation asked for is refused; nothing is discarded. There already, in a correction that has
        changed nothing: out of it.
        """
        self._key()
        if self.busy or (self.sheet.focus == "outcome" and self._leave_correction()):
            return
        refused = self.asking
        self.focus("outcome")
        if refused:
            self._say("not_confirmed")

    def focus(self, name: str) -> None:
        """To a field, as by a click."""
        if self.busy:
            return
        self._editor.commit()
        if self.sheet.focus == "phone" and name != "phone" and self._refuses():
            return
        self._arrive(name)

    def backspace(self) -> None:
        """Delete; in an empty field one field back, but not from the first to the last: held, it runs on."""
        self._key()
        if self.busy:
            return
        name = self.sheet.focus
        if name in CHOSEN and self.sheet.value(name):
            self._editor.answer(name, self._without_presets(name).put(name, ""))
            self._arrive(name)
        elif self.line.backspace():
            self._editor.store()
            self._look()
        elif name != FIELDS[0]:
            self._step(-1)

    def edit(self, change: Callable[[Line], None]) -> None:
        """Another change of the line, or of the cursor in it."""
        self._key()
        if not self.busy and self.sheet.focus not in CHOSEN:
            change(self.line)
            self._editor.store()
            self._look()

    # ---- within ----

    @abstractmethod
    def _save(self, before: Stack | None = None) -> None:
        """Have the entry written; `before` is how it stood before this key, where that is not how it stands now."""

    @abstractmethod
    def _leave_correction(self) -> bool:
        """Leave a correction that has changed nothing; False where there is none."""

    def _insert(self, text: str) -> None:
        if not self._editor.insert(text):
            self._say("too_long", "warning")
        self._look()

    def _look(self) -> None:
        """Look for what is being typed: a customer on 电话, a company on 单位."""
        name, text = self.sheet.focus, self.line.text
        if name in SEARCHED:
            # What has no digit in it is no number: it can only be looked for.
            words = name == "phone" and text.strip() != "" and not any(char.isdigit() for char in text)
            self.finding.show(self._world.find(name, text), first=words)

    def _take(self, match: Match) -> None:
        """Take what was found and go on."""
        name = self.sheet.focus
        self._editor.answer(name, self.sheet.put(name, match.value))
        self.finding.clear()
        if name != "phone":
            if not self._go_on():
                self._arrive(name)
        elif not self._refuses():
            self._arrive("outcome")

    def _arrive(self, name: str) -> None:
        self.asking = False
        self.finding.clear()
        self._editor.arrive(name)

    def _step(self, by: int) -> None:
        self._key()
        self.focus(FIELDS[(FIELDS.index(self.sheet.focus) + by) % len(FIELDS)])

    def _choose(self, digit: str) -> None:
        name = self.sheet.focus
        option = self.rules.option(name, digit, self.sheet.value("outcome"))
        if option is None:
            self._say("no_such_digit", "warning", digit=digit)
        elif name == "outcome":
            self._choose_outcome(option.value)
        else:
            self._editor.answer(name, self.sheet.put(name, option.value))
            if not self._go_on():
                self._arrive(name)

    def _choose_outcome(self, id: str) -> None:
        before, fresh = self._editor.stack, self.sheet.untouched and not self.sheet.correcting
        chosen = self._without_presets("outcome").put("outcome", id)
        self._editor.answer("outcome", chosen.fill(self.rules.presets(id), "preset"))
        outcome = self.rules.outcome(id)
        assert outcome is not None
        spoken = self.sheet.known is not None and self.sheet.known.spoken
        if not self.sheet.value("phone").strip():
            self._arrive("phone")
            self._say("number_needed", "warning")
        elif outcome.confirms:
            self._ask()
        elif outcome.at_once and fresh and not (outcome.at_once_unless_spoken and spoken):
            self._save(before)
        elif not self._go_on():
            self._arrive("outcome")
            self._say("enter_saves", outcome=id)

    def _without_presets(self, name: str) -> Sheet:
        return self.sheet.without("preset") if name == "outcome" else self.sheet

    def _go_on(self) -> bool:
        """To the next field asked for; False when none is left."""
        following = self.left if self.sheet.value("outcome") else ["outcome"]
        if following:
            self._arrive(following[0])
        return bool(following)

    def _finish(self, before: Stack) -> None:
        if self._lacks_basics():
            return
        if problem := self.due.problem:
            self._arrive("follow_up")
            self._say(problem, "warning")
        elif self._confirms:
            self._ask()
        else:
            self._save(before)

    def _lacks_basics(self) -> bool:
        """Whether number or outcome is missing; goes there and says so."""
        for name, need in (("phone", "number_needed"), ("outcome", "outcome_needed")):
            if not self.sheet.value(name).strip():
                self.focus(name)
                self._say(need, "warning")
                return True
        self._know_number()
        return False

    def _ask(self) -> None:
        self._arrive("outcome")
        self.asking = True

    def _refuses(self) -> bool:
        """Look the number up; whether it is refused: once, when it is on the do-not-call list.

        Asked again it is let through, for a customer who rings is recorded all the same.
        """
        self._know_number()
        known, number = self.sheet.known, self.sheet.number
        if known is None or known.listed is None or self._warned_of == number:
            return False
        self._arrive("phone")
        self._warn_of_listed("listed", known.listed)
        return True

    def _warn_of_listed(self, key: str, listed: tuple[datetime, str]) -> None:
        """Say since when, and by whom, the number in hand is on the do-not-call list."""
        self._warned_of = self.sheet.number
        since, by = listed
        self._say(key, "error", since=f"{since:%m-%d}", by=by)

    def _know_number(self) -> None:
        """Look the number up if it is another one: what the old one filled in goes, what was typed stays."""
        phone = self.sheet.value("phone")
        number = identity(phone)
        if number == self.sheet.number:
            return
        sheet = self.sheet.without("known")
        # Without bracketed paste a pasted line comes as keys.
        if not parse_phone(phone) and (found := read_paste(phone)):
            phone, number = found.phone, identity(found.phone)
            sheet = sheet.put("phone", phone).fill(found.others, "pasted")
        known = self._world.look_up(phone) if number else None
        sheet = replace(sheet, number=number, known=known)
        if not sheet.correcting:
            sheet = replace(sheet, started_at=self._world.now() if number else None, aside=False)
        self._editor.settle(sheet.fill(known_values(known), "known"))
        if number and not parse_phone(phone):
            self._say("number_unusable", "warning", phone=phone.strip())


_KEYS: dict[str, Callable[[Walk], None]] = {
    "enter": Walk.enter,
    "tab": Walk.forward,
    "down": Walk.down,
    "shift+tab": Walk.back,
    "up": Walk.up,
    "escape": Walk.to_outcome,
    "backspace": Walk.backspace,
    "delete": lambda walk: walk.edit(Line.delete),
    "ctrl+u": lambda walk: walk.edit(Line.clear),
    "left": lambda walk: walk.edit(lambda line: line.move(line.cursor - 1)),
    "right": lambda walk: walk.edit(lambda line: line.move(line.cursor + 1)),
    "home": lambda walk: walk.edit(lambda line: line.move(0)),
    "end": lambda walk: walk.edit(lambda line: line.move(len(line.text))),
}
