"""The entry in hand: what stands in it, what it still lacks, and when a key is heard."""

from typing import Any

from msgspec.structs import replace

from agent_tui.book import CallEntry
from agent_tui.ui.desk.editor import Editor
from agent_tui.ui.desk.finding import Finding
from agent_tui.ui.desk.line import Line
from agent_tui.ui.desk.rules import Due, FormRules
from agent_tui.ui.desk.sheet import FIELDS, Sheet
from agent_tui.ui.desk.world import Effect, Kind, Said, World
from agent_tui.ui.kit.quiet import QUIET_S


class Hand:
    """The entry as the walk and the form share it. Time comes from the `World`."""

    def __init__(self, rules: FormRules, world: World) -> None:
        self.rules = rules
        self.said: Said | None = None
        """What the last key said."""
        self.asking = False
        """The outcome wants one confirmation, and the hint rows ask for it."""
        self.busy: Effect | None = None
        self.finding = Finding()
        self._world = world
        self._editor = Editor()
        self._deaf_since: float | None = None
        self._warned_of = ""

    # ---- what it shows ----

    @property
    def sheet(self) -> Sheet:
        return self._editor.sheet

    @property
    def line(self) -> Line:
        """The text being edited in the focused field."""
        return self._editor.line

    @property
    def deaf(self) -> bool:
        """Whether 结果 does not listen yet."""
        return self._deaf_since is not None and self._world.tick() - self._deaf_since < QUIET_S

    @property
    def left(self) -> list[str]:
        """The fields that the walk still asks for."""
        asked = self.rules.asks(self.sheet.value("outcome"))
        return [
            name
            for name in FIELDS
            if name in asked and not self.sheet.value(name).strip() and name not in self.sheet.passed
        ]

    @property
    def due(self) -> Due:
        """The follow-up as it is read now."""
        due = self.rules.due(self.sheet.value("follow_up"), self._world.now())
        correcting = self.sheet.correcting
        if due.problem == "past" and correcting and correcting.before.follow_up:
            promised = correcting.before.follow_up
            # A promise stays what it was, also when its time has come.
            return Due(promised) if promised.replace(second=0, microsecond=0) == due.at else due
        return due

    def entry(self) -> CallEntry:
        """The entry as it would be saved now."""
        due = self.due
        return self.sheet.entry(self.rules, None if due.problem else due.at, self._world.now())

    # ---- hearing ----

    def _say(self, key: str, kind: Kind = "info", **values: Any) -> None:
        self.said = Said(key, values, kind)

    def _key(self) -> bool:
        """Note a key; False while the form is deaf, which the key prolongs.

        With its first key the call of a number begins that waited long for it.
        """
        self.said = None
        if self.sheet.waited(self._world.now()):
            self._editor.settle(replace(self.sheet, started_at=self._world.now()))
        if not self.deaf:
            self._deaf_since = None
            return True
        self._deaf_since = self._world.tick()
        return False

    def _ready(self) -> bool:
        """Note a key that may save; False when it is not to be heard."""
        hears = self._key()
        if not hears and not self.busy:
            self._say("deaf", "warning")
        return hears and not self.busy

    @property
    def _confirms(self) -> bool:
        outcome = self.rules.outcome(self.sheet.value("outcome"))
        return outcome is not None and outcome.confirms
