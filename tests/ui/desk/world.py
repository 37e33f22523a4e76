"""A world for the form: a clock that the test turns, numbers it knows, and effects that the test carries out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agent_tui.book import CallEntry
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.finding import Match
from agent_tui.ui.desk.rules import FormRules
from agent_tui.ui.desk.sheet import Known, identity
from agent_tui.ui.desk.world import Effect, Offer, Save, Withdraw
from shared_rules.policies.policy import builtin
from shared_rules.records.parts import Customer

START = datetime(2026, 11, 23, 14, 32, tzinfo=ZoneInfo("Asia/Shanghai"))
NUMBER = "+8613800138000"
WANG = Customer(
    phone=NUMBER,
    company="宁波宏达科技有限公司",
    contact="王",
    title="采购经理",
    department="采购部",
    headcount="51-200",
    it_status="有系统",
)
LISTED = Customer(phone="+8613900139000", company="华泰机械有限公司")


class Desk:
    """The form in a world. Keys come 0.2 s apart unless `wait` is called; saves succeed unless `disk_full`."""

    def __init__(
        self,
        *offers: str,
        known: tuple[Customer, ...] = (WANG, LISTED),
        spoken: bool = False,
        listed: dict[str, tuple[datetime, str]] | None = None,
    ) -> None:
        self.time = 100.0
        self.offers = list(offers)
        self.found: dict[str, list[Match]] = {}
        self.effects: list[Effect] = []
        self.records: list[CallEntry] = []
        self.corrected: dict[str, CallEntry] = {}
        self.withdrawn: list[str] = []
        self.disk_full = False
        self.keys = 0
        self._known = {one.phone: Known(one, spoken) for one in known}
        for phone, since in (listed or {}).items():
            self._known[phone] = Known(Customer(), spoken, listed=since)
        self.form = EntryForm(FormRules(builtin("handbook"), "zh"), self)

    # ---- the world ----

    def now(self) -> datetime:
        return START + timedelta(seconds=self.time - 100.0)

    def tick(self) -> float:
        return self.time

    def look_up(self, phone: str) -> Known | None:
        return self._known.get(identity(phone))

    def next_offer(self, avoid: frozenset[str]) -> Offer | None:
        return next((Offer(phone) for phone in self.offers if identity(phone) not in avoid), None)

    def next_callback(self, avoid: frozenset[str]) -> Offer | None:
        return self.next_offer(avoid)

    def find(self, field: str, text: str) -> list[Match]:
        return [match for match in self.found.get(field, []) if text.strip() and text.strip() in match.title]

    def perform(self, effect: Effect) -> None:
        self.effects.append(effect)

    # ---- the hands ----

    def wait(self, seconds: float = 1.0) -> "Desk":
        self.time += seconds
        return self

    def start(self) -> "Desk":
        self.form.start()
        return self.wait()

    def press(self, *keys: str) -> "Desk":
        """Named keys, or characters; each effect is carried out before the next key."""
        for key in keys:
            self.time += 0.2
            self.keys += 1
            if key in _COMMANDS:
                _COMMANDS[key](self.form)
            elif not self.form.press(key, key if len(key) == 1 else None):
                raise AssertionError(f"{key} is not the form's")
            self.carry_out()
        return self

    def type(self, text: str) -> "Desk":
        return self.press(*text)

    def carry_out(self) -> None:
        for effect in self.effects:
            if self.disk_full:
                self.form.failed("disk full")
            elif isinstance(effect, Save):
                self._save(effect)
            else:
                self._withdraw(effect)
        self.effects.clear()

    def _save(self, effect: Save) -> None:
        if effect.corrects:
            self.corrected[effect.corrects] = effect.entry
            self.form.saved(effect.corrects)
            return
        self.records.append(effect.entry)
        self.offers = [offer for offer in self.offers if identity(offer) != identity(effect.entry.phone)]
        self.form.saved(f"call-{len(self.records)}")

    def _withdraw(self, effect: Withdraw) -> None:
        if effect.back_to:
            self.corrected[effect.id] = effect.back_to
        else:
            self.withdrawn.append(effect.id)
        self.form.withdrawn()

    # ---- what is seen ----

    @property
    def focus(self) -> str:
        return self.form.sheet.focus

    @property
    def said(self) -> str | None:
        return self.form.said.key if self.form.said else None

    def value(self, name: str) -> str:
        return self.form.sheet.value(name)


_COMMANDS: dict[str, Callable[[EntryForm], None]] = {
    "^S": EntryForm.save,
    "^Z": EntryForm.undo,
    "^O": EntryForm.new_number,
    "^N": EntryForm.skip,
    "F9": EntryForm.take_callback,
}
