"""The week and the talk cards by commands."""

from pathlib import Path

import pytest

from tests.commands.teaming import TALKED, Team, refused

CARD = """
event = "个税调整"
on = 2026-11-20
objection = "现在不是时候"
reframe = "现在正是机遇"
question = "周三上午方便吗?"
"""


def test_the_week_by_command(team: Team) -> None:
    plan = team.agent.json("plan", "--week", "2026-W49", "--companies", "300", "--grades", "2", "--trades", "机械")
    assert (plan["companies"], plan["grades"], plan["approved"]) == (300, 2, False)
    assert "2026-W49" in refused(team.agent, "plan", "--week", "W49", "--companies", "1", status=2)
    team.agent("summary", "--week", "2026-W48", "--text", "开发五家").done()
    team.sync()
    approved = team.boss.json("plan", "--week", "2026-W49", "--agent", "A017", "--grades", "3")
    assert (approved["companies"], approved["grades"], approved["approved"]) == (300, 3, True)
    team.boss("review", "--agent", "A017", "--week", "2026-W48", "--rating", "4", "--text", "开场白好").done()
    refused(team.boss, "review", "--agent", "A017", "--week", "2026-W48", "--rating", "6", status=2)
    team.sync()
    assert "approved" in refused(team.agent, "plan", "--week", "2026-W49", "--companies", "1")


def test_a_talk_card_reaches_the_desk_and_counts_its_use(team: Team, tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    file.write_text(CARD, encoding="utf-8")
    card = team.boss.json("card", "publish", str(file))
    assert (card["event"], card["question"]) == ("个税调整", "周三上午方便吗?")
    assert "out already" in refused(team.boss, "card", "publish", str(file))
    assert "see 'agent-tui card list'" in refused(team.boss, "card", "take-back", "x")
    other_encoding = tmp_path / "gb.toml"
    other_encoding.write_bytes('event = "个税调整"'.encode("gb18030"))
    assert "neither UTF-8" in refused(team.boss, "card", "publish", str(other_encoding))
    team.agent(*TALKED).done()
    team.sync()
    (listed,) = team.agent.json("card", "list")
    assert (listed["id"], listed["used"], listed["without"]) == (
        card["id"],
        {"calls": 0, "leads": 0},
        {"calls": 1, "leads": 0},
    )
    assert "现在正是机遇" in team.agent("card", "list", "--lang", "zh").done().out
    other = (*TALKED, "--phone", "13800138001", "--interest", "intent")
    assert "card list" in refused(team.agent, *other, "--card", "nothing")
    team.agent(*other, "--card", card["id"]).done()
    (listed,) = team.agent.json("card", "list")
    assert (listed["used"], listed["without"]) == ({"calls": 1, "leads": 1}, {"calls": 1, "leads": 0})
    assert "supervisor" in refused(team.agent, "card", "publish", str(file))
    team.boss("card", "take-back", card["id"]).done()
    team.boss("notice", "今天 16:30 开会", "--until", "2026-11-23").done()
    assert team.boss.json("card", "list") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("event = ", "TOML"),
        ("event = 'e'", "objection"),
        (CARD.replace("2026-11-20", '"Friday"'), "date"),
        (CARD + "colour = 'red'", "colour"),
    ],
)
def test_a_card_that_is_none_is_refused(team: Team, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "card.toml"
    file.write_text(text, encoding="utf-8")
    line = refused(team.boss, "card", "publish", str(file))
    assert said in line
    assert "card.toml" in line
    assert "nowhere" in refused(team.boss, "card", "publish", str(tmp_path / "nowhere.toml"))


def test_why_of_a_talk_card_tells_the_calls_it_was_marked_in(team: Team, tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    file.write_text(CARD, encoding="utf-8")
    card = team.boss.json("card", "publish", str(file))["id"]
    team.sync()
    call = team.agent(*TALKED, "--interest", "intent", "--card", card, "--json").done().json["id"]
    team.sync()
    for machine in (team.boss, team.agent):
        why = machine("why", card).done().out
        assert "with it: conversations 1, leads 1 (100%)" in why
        assert "without it: conversations 0" in why
        assert call in why
        assert "None" not in why
    newer = tmp_path / "newer.toml"
    newer.write_text(CARD.replace("现在正是机遇", "正是机遇"), encoding="utf-8")
    other = team.boss.json("card", "publish", str(newer), "--instead-of", card)["id"]
    assert f"[{other}]" in team.boss("why", card).done().out
    team.boss("card", "take-back", other).done()
    assert "no longer in use" in team.boss("why", card).done().out
