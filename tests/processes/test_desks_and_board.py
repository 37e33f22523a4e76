"""Two desks and a board on one folder, as processes in terminals."""

from functools import partial
from pathlib import Path

from tests.commands.running import process
from tests.company import NOW
from tests.processes.office import AGENTS, Board, Desk, found_team, number
from tests.processes.terminal import Terminal
from tests.waiting import happens


def pending(home: Path, count: int) -> bool:
    """Whether so many records of a home are still to be sent."""
    status = process("--home", str(home), "--now", NOW.isoformat(), "status", "--json").done().json
    return bool(status["sync"]["pending"] == count)


async def test_calls_reach_the_board_also_after_the_folder_was_away(tmp_path: Path) -> None:
    company = found_team(tmp_path)
    away = tmp_path / "away"
    with (
        Desk(tmp_path / AGENTS[0]) as first,
        Desk(tmp_path / AGENTS[1]) as second,
        Board(company.boss_home) as board,
    ):
        desks = dict(zip(AGENTS, (first, second), strict=True))
        took = []
        for count in range(1, 3):
            for agent, desk in desks.items():
                board.choose(agent)
                pressed = desk.log(number(count))
                took.append(board.wait_for_calls(agent, count) - pressed)
        print(f"from a desk's key to the board: {', '.join(f'{seconds:.2f}' for seconds in took)} s")

        # The board may have read the last call before its desk knows that it is sent.
        for agent in AGENTS:
            assert await happens(partial(pending, tmp_path / agent, 0))
        company.share.rename(away)
        for count in range(3, 6):
            for desk in desks.values():
                desk.log(number(count))
        for desk in desks.values():
            desk.wait("离线")
            desk.wait("待发 3")
            desk.log(number(6))
        board.wait("没有同步成功")

        away.rename(company.share)
        for agent, desk in desks.items():
            desk.log(number(7))
            desk.wait(lambda text: "待发 0" in text and "离线" not in text)
            assert desk.logged == 7
            board.wait_for_calls(agent, 7)
        everything: list[Terminal] = [first, second, board]
        for terminal in everything:
            terminal.quit()

    boss = ("--home", str(company.boss_home), "--now", NOW.isoformat())
    team = process(*boss, "team", "--json").done().json
    assert {agent["agent"]: agent["dials"] for agent in team["agents"]} == dict.fromkeys(AGENTS, 7)
    checked = process(*boss, "check", "--json").done()
    assert checked.json["findings"] == [], checked
