"""A policy: the handbook as data. Every number that a rule needs is a value in it, and none is a literal in code."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from shared_rules.kept import remake
from shared_rules.policies.errors import PolicyError
from shared_rules.policies.names import Builtin
from shared_rules.policies.points import PointsPart
from shared_rules.policies.sense import check_words
from shared_rules.policies.tables import (
    Day,
    Form,
    Leads,
    Money,
    Outcome,
    PayPart,
    PhasePart,
    QuotaPart,
    Validity,
    WeekPart,
    check_outcomes,
    rules_of,
)
from shared_rules.policies.values import Part, Rule, Titles
from shared_rules.policies.verify import VerifyPart

# The shipped policies: that of the whole page, and those of the three companies whose rules it merges. Each is put
# together from its own file (name, validity and the like) and these parts.
_PARTS: dict[Builtin, tuple[str, ...]] = {
    "handbook": ("day", "quota", "points", "pay", "week", "verify", "desk"),
    "quota": ("day", "quota", "verify", "desk"),
    "points": ("day", "points", "verify", "desk"),
    "pay": ("day", "pay", "verify", "desk"),
}
_MAX_TOML = 60_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


_Shown = Annotated[dict[str, Rule], Meta(description="a table for each rule that is only shown")]


class Counting(NamedTuple):
    """All that decides how a call counts, taken out of a policy so that policies that count alike share tallies."""

    spoken: frozenset[str]
    required: frozenset[str]
    interests: frozenset[str]


class Policy(Part, dict=True):
    """The rules in force. If a part is None nothing of it is shown: no quota, no ledger or no statement."""

    name: Annotated[str, Meta(min_length=1, max_length=60, description="a name, 1 to 60 characters")]
    title: Titles
    outcomes: Annotated[tuple[Outcome, ...], Meta(min_length=1, max_length=10, description="one to ten outcomes")]
    validity: Validity
    leads: Leads
    day: Day
    money: Money
    form: Form
    quota: QuotaPart | None = None
    points: PointsPart | None = None
    pay: PayPart | None = None
    week: WeekPart | None = None
    phase: PhasePart | None = None
    verify: VerifyPart | None = None
    texts: _Shown = msgspec.field(default_factory=dict)

    def _written(self, toml_text: str) -> "Policy":
        """The same policy, with the text it was read from."""
        self.__dict__["text"] = toml_text  # a policy is frozen, what is cached of it is not
        return self

    def check(self) -> None:
        check_outcomes(self.outcomes)
        check_words(self)

    @cached_property
    def text(self) -> str:
        """The TOML that it was read from; empty if it was not read from any."""
        return ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the policy's text, in hex: what names this very version."""
        return digest_of(self.text) if self.text else ""

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule by id, in the order of the handbook."""
        found: dict[str, Rule] = {"validity": self.validity, "leads": self.leads, "money": self.money}
        found |= rules_of(self.day, "day")
        if self.quota:
            found |= rules_of(self.quota, "quota")
        if self.points:
            found |= rules_of(self.points, "points") | self.points.rules
        if self.pay:
            found |= rules_of(self.pay, "pay")
        if self.week:
            found |= rules_of(self.week, "week")
        if self.phase:
            found |= rules_of(self.phase, "phase")
        if self.verify:
            found |= rules_of(self.verify, "verify")
        return found | self.texts

    def outcome(self, id: str) -> Outcome | None:
        """The outcome of that id; None if this policy has none."""
        return self._outcomes.get(id)

    def counting(self, new_hire: bool = False) -> Counting:
        """What decides how a call counts, for a new hire or any other agent."""
        return self._countings[new_hire]

    def new_hire_day(self, hired: date | None, day: date) -> int | None:
        """Which day of being new `day` is, the hire date being 1; None if the agent is not new, or not hired yet."""
        if hired is None or self.quota is None or not (self.quota.new_hire.on and self.quota.new_hire_days.on):
            return None
        number = (day - hired).days + 1
        return number if 1 <= number <= self.quota.new_hire_days.days else None

    @property
    def withholds_fines(self) -> bool:
        """Whether fines on days under this policy are withheld; no later policy changes that for them."""
        return self.pay is None or self.pay.fines.on

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        return {outcome.id: outcome for outcome in self.outcomes}

    @cached_property
    def _countings(self) -> tuple[Counting, Counting]:
        spoken = frozenset(outcome.id for outcome in self.outcomes if outcome.spoke)
        required = frozenset(self.validity.required)
        usual = frozenset[str](self.leads.interests)
        new = frozenset[str](self.leads.new_hire_interests) if self.leads.new_hire_status != "disabled" else usual
        return Counting(spoken, required, usual), Counting(spoken, required, new)


def digest_of(toml_text: str) -> str:
    """SHA-256 of a policy's text, in hex."""
    return hashlib.sha256(toml_text.encode(errors="surrogatepass")).hexdigest()


@lru_cache(maxsize=8)
def toml_data(toml_text: str) -> Mapping[str, Any]:
    """The data in a TOML text. It is cached and must not be changed.

    Raises ValueError, also for a number of thousands of digits, and RecursionError.
    """
    import tomllib  # noqa: PLC0415 - a tenth of what `status` takes, and what was read once is kept

    return tomllib.loads(toml_text)


def parse_policy(toml_text: str, source: str) -> Policy:
    """The policy in a TOML text. Raises PolicyError, which names `source`, the line, the key and what is allowed."""
    if len(toml_text) > _MAX_TOML:
        raise PolicyError(source, 1, "", f"at most {_MAX_TOML} characters")
    try:
        data = toml_data(toml_text)
    except (ValueError, RecursionError) as error:
        from shared_rules.policies.explaining import explain_syntax  # noqa: PLC0415 - only where one is refused

        raise explain_syntax(error, toml_text, source) from None
    from shared_rules import validating  # noqa: PLC0415 - as said there

    try:
        policy = validating.checked(Policy, data)
    except validating.ValidationError as error:
        from shared_rules.policies.explaining import explain  # noqa: PLC0415 - likewise

        raise explain(error, validating.model_of(Policy), toml_text, source) from None
    return policy._written(toml_text)


def policy_of(data: Mapping[str, Any], toml_text: str) -> Policy:
    """The policy in a text that was validated before, from its `data`. Raises ValueError for data of another shape."""
    return remake(Policy, data)._written(toml_text)


def builtin_text(name: Builtin) -> str:
    """The TOML of a shipped policy, complete in itself."""
    folder = Path(__file__).parent
    files = [folder / f"{name}.toml", *(folder / "parts" / f"{part}.toml" for part in _PARTS[name])]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def builtin(name: Builtin = "handbook") -> Policy:
    """A shipped policy. The tests have validated it, so that a start need not."""
    text = builtin_text(name)
    return policy_of(toml_data(text), text)


EARLIER = Path(__file__).with_name("earlier")
"""The `handbook` policies of earlier versions of this program, as <digest>.toml: days were confirmed under them."""


@cache
def earlier(digest: str) -> Policy | None:
    """The policy that an earlier version shipped, by the digest of its text; None if none has that digest."""
    file = EARLIER / f"{digest}.toml"
    if not _DIGEST.fullmatch(digest) or not file.is_file():
        return None
    return parse_policy(file.read_text(encoding="utf-8"), file.name)


class Version(msgspec.Struct, frozen=True):
    """A policy in force from the day `effective` on. `by` published it at the instant `at`, in the record `id` and the
    line (`writer`, `seq`).
    """

    effective: date
    at: datetime
    writer: str
    seq: int
    by: str
    id: str
    policy: Policy


class Policies:
    """The versions of a team's policy, each in force from a day on; before the first one a shipped policy holds.

    Versions may be added in any order and repeatedly, also in another line: a supervisor's records may be brought over
    under a new key. Of two versions for the same day the later (instant, writer, seq) holds.
    """

    def __init__(self, base: Policy | None = None, parse: Callable[[str, str], Policy] = parse_policy) -> None:
        """`base` is the policy before the first version, by default the handbook; `parse` replaces `parse_policy`."""
        self._base = base
        self._parse = parse
        # By content: who published it under which id, when, from which day on, and its text.
        self._versions: dict[tuple[str, str, datetime, date, str], Version] = {}
        self._order: list[Version] = []

    def add(
        self, effective: date, at: datetime, writer: str, seq: int, toml: str, *, by: str = "", id: str = ""
    ) -> PolicyError | None:
        """Take in a version published at the instant `at`. If it does not parse, only the error is returned."""
        try:
            policy = self._parse(toml, f"{writer}:{seq}")
        except PolicyError as error:
            return error
        tells = by, id, at, effective, toml
        known = self._versions.get(tells)
        if known is None or (writer, seq) < (known.writer, known.seq):
            self._versions[tells] = Version(effective, at, writer, seq, by, id, policy)
        self._order = sorted(
            self._versions.values(), key=lambda one: (one.effective, one.at, one.writer, one.seq), reverse=True
        )
        return None

    def version(self, day: date) -> Version | None:
        """The version in force on `day`; None if that is the policy before the first version."""
        return next((one for one in self._order if one.effective <= day), None)

    def on(self, day: date) -> Policy:
        """The policy in force on `day`."""
        found = self.version(day)
        return found.policy if found else self._base or builtin()

    def named(self, digest: str) -> Policy | None:
        """The policy with that digest, among those published here or ever shipped; None if there is none."""
        known = (one.policy for one in self._order)
        found = (policy for policy in (*known, self._base or builtin()) if policy.digest == digest)
        return next(found, None) or earlier(digest)

    def versions(self) -> list[Version]:
        """Every version, the latest in force first."""
        return list(self._order)
