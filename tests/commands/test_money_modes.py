"""What the money mode hides is hidden by every command: `points` shows points alone, `off` neither (handbook 6)."""

import csv
from pathlib import Path

import pytest

from shared_rules.policies.policy import builtin_text
from tests.commands.running import Machine, Machines
from tests.commands.teaming import TALKED

LATE = ("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23")


def hiding(machines: Machines, tmp_path: Path, mode: str) -> Machine:
    """The supervisor of a team under that money mode, with a call and a missed meeting."""
    boss = machines.team("A017")
    machines["A017"](*TALKED).done()
    machines["A017"]("sync", "--once").done()
    boss("sync", "--once").done()
    file = tmp_path / "rules.toml"
    file.write_text(builtin_text("handbook").replace('mode = "estimate"', f'mode = "{mode}"'), encoding="utf-8")
    boss("policy", "publish", str(file), "--from", "2026-11-23").done()
    boss("attend", "--agent", "A017", "--on", "2026-11-23", "--meeting", "daily", "--state", "missed").done()
    return boss


def test_points_alone_are_shown(machines: Machines, tmp_path: Path) -> None:
    boss = hiding(machines, tmp_path, "points")
    entry = boss.json(*LATE)
    assert (entry["points"], entry["yuan"]) == (-2, None)
    said = boss("points", "--agent", "A017", "--rule", "duty.cleaning", "--on", "2026-11-23").done().out
    assert "-5 points" in said
    assert "yuan" not in said
    assert {one["yuan"] for one in boss.json("ledger", "--agent", "A017")["entries"]} == {None}
    assert "10.00" not in boss("ledger", "--agent", "A017").done().out
    assert [(one["points"], one["yuan"]) for one in boss.json("proposals")] == [(-2, None)]
    assert "yuan" not in boss("proposals").done().out
    accepted = boss.json("proposals", "--accept", boss.json("proposals")[0]["id"])
    assert (accepted["points"], accepted["yuan"], accepted["entry"]["yuan"]) == (-2, None, None)
    why = boss("why", entry["id"]).done().out
    assert "-2 points" in why
    assert "10.00" not in why
    assert "amount" not in boss("why", entry["id"], "--json").done().out
    assert "'points'" in boss("why", "day:A017:2026-11-23:shortfall").wrong()
    assert "'points'" in boss("why", "pay:A017:2026-11:total").wrong()
    assert boss("why", "points:A017:2026-11").done().out
    assert "yuan" not in boss("confirm", "--agent", "A017", "--day", "2026-11-23").done().out
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "r.csv")).done()
    with (tmp_path / "r-ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["points"]) for row in rows) == -9
    assert "yuan" not in rows[0]
    assert not (tmp_path / "r-statement.csv").exists()


def test_neither_is_shown(machines: Machines, tmp_path: Path) -> None:
    boss = hiding(machines, tmp_path, "off")
    entry = boss.json(*LATE)
    assert (entry["points"], entry["yuan"]) == (None, None)
    said = boss("points", "--agent", "A017", "--rule", "duty.cleaning", "--on", "2026-11-23").done().out
    assert "points" not in said
    assert [(one["points"], one["yuan"]) for one in boss.json("proposals")] == [(None, None)]
    assert "-2" not in boss("proposals").done().out.replace("2026-11-23", "")
    for command in (["ledger", "--agent", "A017"], ["why", entry["id"]], ["why", "points:A017:2026-11"]):
        assert "'off'" in boss(*command).wrong()
    assert "'off'" in boss("pay", "--agent", "A017").wrong()
    assert boss.json("confirm", "--agent", "A017", "--day", "2026-11-23")["fine"] is None
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "r.csv"), "--lang", "zh").done()
    assert not (tmp_path / "r-ledger.csv").exists()
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["积分变动"] for row in csv.DictReader(file)} == {""}


@pytest.mark.parametrize("mode", ["points", "off"])
def test_what_is_shown_is_told_by_the_policy_of_today_also_of_days_and_months_before_it(
    machines: Machines, tmp_path: Path, mode: str
) -> None:
    boss = machines.team("A017")
    boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    boss.now = machines["A017"].now = "2026-11-24T09:30:00+08:00"
    boss("confirm", "--agent", "A017", "--day", "2026-11-24").done()
    file = tmp_path / "rules.toml"
    file.write_text(builtin_text("handbook").replace('mode = "estimate"', f'mode = "{mode}"'), encoding="utf-8")
    boss("policy", "publish", str(file), "--from", "2026-11-24").done()
    boss("sync", "--once").done()
    machines["A017"]("sync", "--once").done()
    for day in ("2026-11-23", "2026-11-24"):
        (row,) = boss.json("team", "--day", day)["agents"]
        assert row["estimate"] is None
        assert (row["points"] is None) == (mode == "off")
    status = machines["A017"].json("status")
    assert (status["estimate"], status["points"] is None) == (None, mode == "off")
    boss.now = "2026-12-02T09:00:00+08:00"
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "r.csv")).done()
    assert not (tmp_path / "r-statement.csv").exists()
    # Shown again, also of the days that were hidden once.
    file.write_text(builtin_text("handbook") + "\n# shown\n", encoding="utf-8")
    boss("policy", "publish", str(file), "--from", "2026-12-02").done()
    (row,) = boss.json("team", "--day", "2026-11-30")["agents"]
    assert row["estimate"] is not None
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "r.csv")).done()
    assert (tmp_path / "r-statement.csv").exists()


@pytest.mark.parametrize("mode", ["points", "off"])
def test_a_month_is_not_replayed_where_amounts_are_hidden(machines: Machines, tmp_path: Path, mode: str) -> None:
    boss = hiding(machines, tmp_path, mode)
    assert mode in boss("policy", "replay", str(tmp_path / "rules.toml"), "--month", "2026-11").wrong()
