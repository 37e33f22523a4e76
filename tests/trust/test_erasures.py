"""The erasures that count: whatever the order they come in, every machine knows the same."""

from datetime import datetime, timedelta
from itertools import permutations

from agent_tui.trust.erasures import Erasures
from shared_rules.records.kinds import Erase, ErasedTag
from shared_rules.records.lines import Line

_AT = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
_TAG, _NUMBER, _WRONG, _OTHER = (sign * 16 for sign in "1234")


def test_an_erasure_told_otherwise_under_its_id_is_known_alike_in_any_order() -> None:
    tags = (ErasedTag(agent="A017", tag=_TAG),)
    told = [
        (Erase(tags=tags, wrong_tag=_WRONG), _AT),
        (Erase(tags=tags, wrong_tag=_OTHER), _AT + timedelta(hours=1)),
        (Erase(tags=tags), _AT + timedelta(hours=2)),
        (Erase(tags=tags, team_tag=_NUMBER), _AT),
        (Erase(tags=tags, team_tag=_NUMBER), _AT + timedelta(hours=3)),
        (Erase(tags=(ErasedTag(agent="A017", tag=_OTHER),), team_tag=_NUMBER), _AT),
    ]
    known = set()
    for order in permutations(told):
        erasures = Erasures()
        for body, at in order:
            erasures.add(Line(1, "erase", "a" * 16, 1, at.isoformat(), "", id="one"), body, at)
        tags_of = [
            {agent: sorted(tags) for agent, tags in erasures.tags(of).items()} for of in (_NUMBER, _WRONG, _OTHER)
        ]
        known.add((erasures.digest(), str(tags_of), erasures.when("A017", _TAG), erasures.since(_NUMBER)))
    assert len(known) == 1


def test_a_tag_that_was_erased_is_known_under_any_agents_keys_and_no_other_is() -> None:
    erasures = Erasures()
    assert not erasures.names(_TAG)
    body = Erase(tags=(ErasedTag(agent="A017", tag=_TAG), ErasedTag(agent="A018", tag=_OTHER)), team_tag=_NUMBER)
    erasures.add(Line(1, "erase", "a" * 16, 1, _AT.isoformat(), "", id="one"), body, _AT)
    assert [erasures.names(tag) for tag in (_TAG, _OTHER, _WRONG, _NUMBER)] == [True, True, False, False]
