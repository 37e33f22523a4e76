"""The demo's story is there for a supervisor to look at: suspects, an appeal, a card, a request, somebody offline."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from agent_tui.demo.story import FAKES, LATE, OFFLINE, before
from agent_tui.demo.team import DemoTeam

DAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize("day", [DAY, FRIDAY])
def test_everything_a_supervisor_decides_on_is_in_the_demo(tmp_path: Path, day: date) -> None:
    with closing(DemoTeam(tmp_path, 10, day, 1, before(day))) as team:
        team.gather()
        team.tell()
        with team.supervisor() as book:
            book.sync_once()
            view = book.team(day)
            ids = [one.agent for one in view.agents]
            heard = {one.agent: one.data_age_s or 0 for one in view.agents}
            assert heard[ids[OFFLINE]] > 2000 > max(age for agent, age in heard.items() if agent != ids[OFFLINE])
            odd = book.read.suspects(ids[FAKES], day)
            assert {reason.code for one in odd.suspects for reason in one.reasons} >= {"cadence", "identical", "repeat"}
            assert [one.agent for one in book.read.appeals()] == [ids[LATE]]
            assert len(book.read.requests(open_only=True)) == 1
            assert book.read.meeting(day)
            (card,) = book.cards()
            assert card.uses.calls
            assert view.waiting == 1
            gaps = [one.pace.gap_calls for one in view.agents if one.pace]
            assert min(gaps) < 0 < max(gaps), "some are ahead, some behind"
            states = {book.day(agent, before(day)).state for agent in ids}
            assert states == {"open", "handed_in", "confirmed"}


def test_a_small_team_has_a_smaller_story(tmp_path: Path) -> None:
    with closing(DemoTeam(tmp_path, 1, DAY, 1, before(DAY))) as team:
        team.gather()
        team.tell()
        with team.supervisor() as book:
            book.sync_once()
            assert book.team(DAY).agents[0].figures.dials


def test_who_is_hired_on_the_day_is_hired_when_the_story_begins(tmp_path: Path) -> None:
    with closing(DemoTeam(tmp_path, 2, DAY, 6, before(DAY))) as team:
        team.gather()
        with team.supervisor() as book:
            assert max(one.hired for one in book.members.all()) == before(DAY)
