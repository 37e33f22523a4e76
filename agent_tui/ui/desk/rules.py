"""What the policy says of the form: outcomes, what a digit chooses in each field, what an answer means."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from agent_tui.i18n import Language
from agent_tui.when import read_time
from shared_rules.calendar import is_workday
from shared_rules.follow_ups import follow_up_at
from shared_rules.policies.policy import Policy
from shared_rules.policies.tables import InterestChoice, Outcome
from shared_rules.records.parts import Grade, Interest

NOTHING = "none"
"""The value of 意向 that says: no lead."""


class Option(msgspec.Struct, frozen=True):
    """What a digit chooses: the value it gives a field, and how it is shown."""

    digit: str
    label: str
    value: str


class Due(msgspec.Struct, frozen=True):
    """A follow-up as it was read: when, or why it cannot be taken. Neither of them: no follow-up is wanted."""

    at: datetime | None = None
    problem: Literal["", "unreadable", "past"] = ""
    label: str = ""
    off: bool = False
    """Whether it falls on a day off, which a promise may well do: it is told and hinders nothing."""


class FormRules:
    """The form's part of a policy, in one language."""

    def __init__(self, policy: Policy, language: Language, used: Mapping[str, Counter[str]] | None = None) -> None:
        """`used`: how often each note was written, by outcome; by it the canned notes are ranked."""
        self._policy = policy
        self._language = language
        self.used = used or {}
        self.required = frozenset[str](policy.validity.required)
        self._options: dict[str, dict[str, Option]] = {
            name: {digit: Option(digit, text.of(language), text.of(language)) for digit, text in texts.items()}
            for name, texts in policy.form.choices.items()
        }
        self._options["outcome"] = {
            one.digit: Option(one.digit, one.title.of(language), one.id) for one in policy.outcomes
        }
        self._options["interest"] = {
            one.digit: Option(one.digit, one.title.of(language), _interest_value(one)) for one in policy.form.interests
        }
        self._options["follow_up"] = {
            one.digit: Option(one.digit, one.title.of(language), one.digit) for one in policy.form.follow_ups
        }

    # ---- choices ----

    def options(self, field: str, outcome: str = "") -> tuple[Option, ...]:
        """What the digits choose in a field, in the order of the policy; notes by own use for that outcome."""
        options = tuple(self._options.get(field, {}).values())
        used = self.used.get(outcome) if field == "note" else None
        if not used:
            return options
        texts = [*self._policy.form.choices["note"].values()]
        uses = {one.label: used[text.zh] + used[text.en] for one, text in zip(options, texts, strict=True)}
        ranked = sorted(options, key=lambda one: -uses[one.label])
        return tuple(Option(place.digit, one.label, one.value) for place, one in zip(options, ranked, strict=True))

    def option(self, field: str, digit: str, outcome: str = "") -> Option | None:
        """What a digit chooses; None for one that chooses nothing."""
        return next((one for one in self.options(field, outcome) if one.digit == digit), None)

    def label(self, field: str, value: str) -> str:
        """How a value is shown: an id by its title, a text as it is."""
        return next((one.label for one in self.options(field) if one.value == value), value)

    # ---- outcomes ----

    def outcome(self, id: str) -> Outcome | None:
        """The outcome of that id, None when the policy has none."""
        return self._policy.outcome(id)

    def asks(self, outcome: str) -> tuple[str, ...]:
        """The fields an outcome asks for."""
        found = self.outcome(outcome)
        return found.asks if found else ()

    def presets(self, outcome: str) -> Mapping[str, str]:
        """What an outcome answers by itself: no interest, no follow-up."""
        found = self.outcome(outcome)
        nothing = {
            "interest": NOTHING,
            "follow_up": next((one.digit for one in self._policy.form.follow_ups if one.none), ""),
        }
        return {name: nothing[name] for name in found.presets} if found else {}

    def spoke(self, outcome: str) -> bool:
        """Whether a conversation took place."""
        found = self.outcome(outcome)
        return found is not None and found.spoke

    # ---- interest ----

    def interested(self, value: str) -> tuple[Interest | None, Grade | None]:
        """The interest and the proposed grade that a value of 意向 means."""
        for one in self._policy.form.interests:
            if _interest_value(one) == value:
                return one.interest, one.grade
        return None, None

    def interest_value(self, interest: Interest | None, grade: Grade | None) -> str:
        """The value of 意向 for what a record says; empty where it says nothing, which may be no answer at all."""
        return f"{interest}{grade or ''}" if interest else ""

    # ---- follow-up ----

    def due(self, text: str, now: datetime) -> Due:
        """What is typed in 下次, seen from `now`: a digit alone is a choice, more is read as a time."""
        text = text.strip()
        if not text:
            return Due()
        if option := self.option("follow_up", _plain(text)):
            choice = next(one for one in self._policy.form.follow_ups if one.digit == option.digit)
            at = follow_up_at(choice, now.replace(second=0, microsecond=0))
            return Due(at, label=option.label, off=self._off(at))
        at = read_time(text, now)
        if at is None:
            return Due(problem="unreadable")
        return Due(at, off=self._off(at)) if at > now else Due(at, "past")

    def _off(self, at: datetime | None) -> bool:
        return at is not None and not is_workday(self._policy, at.date())


def _plain(text: str) -> str:
    return text.translate({code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)})


def _interest_value(choice: InterestChoice) -> str:
    return f"{choice.interest}{choice.grade or ''}" if choice.interest else NOTHING
