"""The team's rules: a policy published by a supervisor."""

from datetime import date

from agent_tui.book.acts.base import acts
from agent_tui.book.acts.supervising import Supervising
from agent_tui.book.place.pen import Draft
from agent_tui.book.policies import read_policy
from agent_tui.errors import Problem
from shared_rules.records.kinds import PolicyVersion


class Governing(Supervising):
    """Acts about the rules."""

    @acts
    def publish_policy(self, toml: str, source: str, effective: date) -> list[Draft]:
        """A policy in force from a day on, today at the earliest: no day that is over is judged anew."""
        self._need_supervisor()
        policy = read_policy(toml, source)
        if effective < self._today:
            raise Problem("policy.from_past", day=effective, today=self._today)
        known = self._session.folds.policies.version(effective)
        if known is not None and known.policy.digest == policy.digest:
            raise Problem("policy.published_already", name=policy.name, day=known.effective)
        return [self._draft(self._me, PolicyVersion(name=policy.name, effective=effective, toml=toml))]
