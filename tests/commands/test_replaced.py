"""A review, an attendance and a summary say what they take the place of; what stood before stays to be seen."""

import pytest

from tests.commands.teaming import Team

WEEK = "2026-W48"
REVIEW = ("review", "--agent", "A017", "--week", WEEK, "--rating")
ATTEND = ("attend", "--agent", "A017", "--on", "2026-11-23", "--meeting", "daily", "--state")


@pytest.mark.parametrize(
    ("who", "first", "second", "said"),
    [
        ("boss", (*REVIEW, "2", "--text", "还要练"), (*REVIEW, "4"), "in place of what stood before: rated 2, by S001"),
        ("boss", (*ATTEND, "missed"), (*ATTEND, "present"), "in place of what stood before: missed, by S001"),
        (
            "agent",
            ("summary", "--week", WEEK, "--text", "开了三家"),
            ("summary", "--week", WEEK, "--text", "开了四家"),
            "in place of the one of 2026-11-23 14:32 (开了三家)",
        ),
    ],
)
def test_what_stood_before_is_said(
    team: Team, who: str, first: tuple[str, ...], second: tuple[str, ...], said: str
) -> None:
    machine = team.boss if who == "boss" else team.agent
    old = machine.json(*first)
    assert old["before"] is None
    out = machine(*second).done().out
    assert said in out
    assert old["id"] in out
    new = machine.json(*first)
    assert new["before"]["id"] != old["id"]
    # What stood before tells what holds now, and the other way round.
    assert f"holds no more: {'S001' if who == 'boss' else 'A017'}" in machine("why", old["id"]).done().out
    assert "in place of what" in machine("why", new["id"]).done().out
    assert machine.json("show", new["id"])["history"][0]["id"] == old["id"]
    assert machine.json("show", old["id"])["history"][-1]["id"] == new["id"]
    # Taken back, it leaves the one before in force.
    machine("withdraw", new["id"]).done()
    assert "holds no more" not in machine("why", new["before"]["id"]).done().out


def test_another_meeting_or_week_replaces_nothing(team: Team) -> None:
    team.boss(*ATTEND, "missed").done()
    other = ("attend", "--agent", "A017", "--on", "2026-11-23", "--meeting", "training", "--state", "present")
    assert team.boss.json(*other)["before"] is None
    team.boss(*REVIEW, "3").done()
    assert team.boss.json("review", "--agent", "A017", "--week", "2026-W47", "--rating", "4")["before"] is None
