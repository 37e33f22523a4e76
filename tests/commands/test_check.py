"""`check`: what is damaged, forged or missing is named, and nothing is changed by looking."""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import get_args

import pytest

from agent_tui.book.folding.taken import Why
from agent_tui.i18n import t
from shared_rules.records.authority import Refusal
from tests.commands.running import Machine, Machines
from tests.commands.teaming import TALKED, Team


@pytest.fixture
def boss(machines: Machines) -> Machine:
    """A supervisor who has read three calls of A017."""
    supervisor = machines.team("A017")
    agent = machines["A017"]
    for number in range(3):
        agent("log", "--phone", f"1380013800{number}", *TALKED[3:]).done()
    agent("sync", "--once").done()
    supervisor("sync", "--once").done()
    return supervisor


def segment(machines: Machines) -> Path:
    """The file of A017's calls on the share."""
    writer = next(one["writer"] for one in machines["S001"].json("members") if one["id"] == "A017")
    (found,) = machines.share.glob(f"records/*/{writer}-*.jsonl")
    return found


def state(*folders: Path) -> dict[str, str]:
    """Every file that is data, by its content."""
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.parent.name != "cache"
    ]
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


def test_an_honest_share_is_well_and_untouched(machines: Machines, boss: Machine) -> None:
    before = state(machines.share, boss.home, machines["A017"].home)
    seen = boss.json("check")
    assert seen["findings"] == []
    assert seen["lines"] >= 4
    assert seen["waiting"] == 0
    assert machines["A017"].json("check")["findings"] == []
    assert boss("check").err == ""
    assert state(machines.share, boss.home, machines["A017"].home) == before


def test_a_flipped_bit_is_named_and_the_figures_stand(machines: Machines, boss: Machine) -> None:
    file = segment(machines)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    ran = boss("check", "--json").done()
    assert any(file.name in finding["where"] for finding in ran.json["findings"])
    assert len(ran.err.splitlines()) == 1
    assert boss.json("team")["totals"]["valid"] == 3


def test_a_lost_file_is_no_deletion(machines: Machines, boss: Machine) -> None:
    file = segment(machines)
    file.unlink()
    findings = boss.json("check")["findings"]
    assert [finding["code"] for finding in findings] == ["gone"]
    assert file.name in findings[0]["where"]
    assert boss.json("team")["totals"]["valid"] == 3


def test_a_forged_line_counts_nothing(machines: Machines, boss: Machine) -> None:
    file = segment(machines)
    first = file.read_bytes().split(b"\n")[0]
    with file.open("ab") as there:
        there.write(first.replace(b'"seq":1,', b'"seq":9,') + b"\n")
    assert "unsigned" in {finding["code"] for finding in boss.json("check")["findings"]}
    boss("sync", "--once")
    assert boss.json("team")["totals"]["valid"] == 3


def test_a_roster_nobody_signed_is_named(machines: Machines, boss: Machine) -> None:
    (roster,) = (machines.share / "roster").iterdir()
    document = json.loads(roster.read_bytes())
    roster.with_name(roster.name.replace("1", "2")).write_text(json.dumps(document), encoding="utf-8")
    assert "document" in {finding["code"] for finding in boss.json("check")["findings"]}


def test_another_folder_can_be_checked(machines: Machines, boss: Machine, tmp_path: Path) -> None:
    copy = shutil.copytree(machines.share, tmp_path / "copy")
    assert boss.json("check", "--share", str(copy))["findings"] == []
    (copy / segment(machines).relative_to(machines.share)).unlink()
    assert boss.json("check", "--share", str(copy))["findings"]
    assert boss.json("check")["findings"] == []


@pytest.mark.parametrize("whole", [True, False])
def test_a_folder_that_became_another_teams_is_said_to_be_and_nothing_there_to_be_removed(
    machines: Machines, boss: Machine, tmp_path: Path, whole: bool
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    machines["S009"]("init", str(other), "--team", "二组", "--id", "S009", "--name", "李").done()
    if whole:
        shutil.rmtree(machines.share)
        other.rename(machines.share)
    else:
        shutil.copy(other / "team.json", machines.share)
    seen = boss("check").done()
    assert ("another team" in seen.err) is whole
    assert ("may be removed" in seen.out) is not whole
    assert ("puts it back" in seen.out) is False


def test_with_the_share_away_this_machine_alone_is_checked_and_that_is_said(machines: Machines, boss: Machine) -> None:
    (copy,) = boss.home.glob(f"teams/*/mirror/records/*/{segment(machines).name}")
    machines.share.rename(machines.share.with_name("away"))
    ran = boss("check", "--json").done()
    assert (ran.json["findings"], ran.json["lines"] >= 4) == ([], True)
    assert str(machines.share) in ran.json["away"]
    assert len(ran.err.splitlines()) == 1
    assert str(machines.share) in ran.err
    copy.write_bytes(copy.read_bytes()[:-9])
    assert [one["code"] for one in boss.json("check")["findings"]] == ["unsigned"]
    assert boss.json("check", "--share", str(machines.share / "nowhere"))["findings"]


def test_a_record_its_author_may_not_write_is_told_with_the_reason(machines: Machines, boss: Machine) -> None:
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    machines["A017"]("log", "--phone", "13900139000", *TALKED[3:]).done()
    assert "ended this device" in machines["A017"]("sync", "--once").err
    boss("sync", "--once").done()
    ended = [one for one in boss.json("check")["findings"] if one["code"] == "refused"]
    assert [one["detail"] for one in ended] == ["ended"]
    assert "ended" not in boss("check", "--lang", "zh").done().out
    # Brought over under a new key it counts: nothing is wrong any more, on no machine.
    desk = machines["A017"]
    machines.join("A017")
    (writer,) = [one["writer"] for one in boss.json("members") if one["state"] == "waiting"]
    boss("members", "approve", writer).done()
    for machine in (desk, boss):
        machine("sync", "--once").done()
    assert boss.json("check")["findings"] == desk.json("check")["findings"] == []
    # Once the new key is ended before it too, it counts nowhere, and each line is told.
    boss("members", "leave", writer, "--on", "2026-11-22").done()
    assert len([one for one in boss.json("check")["findings"] if one["code"] == "refused"]) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_findings_are_told_in_the_language_chosen(machines: Machines, boss: Machine, language: str) -> None:
    segment(machines).unlink()
    ran = boss("check", "--lang", language).done()
    assert segment_line(ran.out) != ""
    assert ("条" in ran.out) == (language == "zh")


def segment_line(text: str) -> str:
    return next((line for line in text.splitlines() if ".jsonl" in line), "")


@pytest.mark.parametrize("reason", [*get_args(Refusal), *get_args(get_args(Why)[1])])
def test_every_reason_has_words(reason: str) -> None:
    assert reason == "newer" or t(f"check.why_{reason}")


@pytest.mark.usefixtures("boss")
def test_who_waits_and_knows_nobody_yet_judges_no_keys_of_the_others(machines: Machines) -> None:
    machines["A017"](*TALKED).done()
    machines["A017"]("sync", "--once").done()
    machines.join("A018")
    seen = machines["A018"]("check").done()
    assert "may be removed" not in seen.out
    assert "1 device is not approved" in seen.out
    assert machines["A018"].json("check")["findings"] == []


def test_what_is_sealed_without_a_leaver_is_no_fault_at_their_machine(team: Team) -> None:
    team.agent("log", "--phone", "13800138000", "--outcome", "busy").done()
    team.sync()
    team.boss("members", "leave", "A017", "--on", "2026-11-23").done()
    team.at("2026-12-01T09:00:00+08:00")
    for on in ("2026-11-20", "2026-11-23"):
        team.boss("points", "--agent", "A017", "--rule", "att.late", "--on", on).done()
    team.boss("sync", "--once").done()
    assert "ended this device" in team.agent("sync", "--once").err
    seen = team.agent("check").done()
    assert "2 records are sealed without this machine" in seen.out
    assert "nothing is damaged or forged" in seen.out
    assert (team.agent.json("check")["findings"], team.agent.json("check")["sealed_off"]) == ([], 2)
    assert "refused" not in team.agent("status").done().err
    assert team.boss.json("check")["sealed_off"] == 0


def test_a_share_that_cannot_be_one_is_named_and_no_command_promises_to_try_again(
    boss: Machine, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    ran = boss("check", "--share", str(tmp_path / "file")).done()
    assert f"{tmp_path / 'file'} does not work (it is no folder" in ran.err
    assert "everything is kept on this machine" in ran.err
    assert "nothing is damaged or forged" in ran.out
