"""Real servers carry the share between homes: started, used, killed and stopped here."""

from pathlib import Path

import pytest

from agent_tui.book import CallEntry
from agent_tui.errors import Problem
from agent_tui.sync import places
from tests.company import Company
from tests.faults import samba, syncthing
from tests.faults.share import run

needs_samba = pytest.mark.skipif(bool(samba.missing()), reason=samba.missing() or "-")
needs_syncthing = pytest.mark.skipif(bool(syncthing.missing()), reason=syncthing.missing() or "-")
CALL = CallEntry(phone="13800138000", outcome="talked", company="宏达", contact="王", title="经理", note="要报价")


@needs_samba
def test_a_team_works_through_samba_and_outlives_its_being_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with samba.Samba(tmp_path / "server", tmp_path / "files") as server:
        company = Company(server.folder)
        agent = company.join("A017", "张敏")
        # From here on the desk reaches the folder through the server, the board where it lies.
        monkeypatch.setattr(places, "open_backend", lambda place: server.reached(Path(place)))
        agent.own.log(CALL)
        agent.sync_once()
        server.kill()
        agent.own.log(CALL)
        with pytest.raises(Problem) as away:
            agent.sync_once()
        assert away.value.name == "sync.trouble"
        assert agent.day("A017", agent.today()).figures.dials == 2
        server.start()
        agent.sync_once()
        monkeypatch.undo()
        company.boss.sync_once()
        assert company.boss.day("A017", agent.today()).figures.dials == 2
        assert [call.customer and call.customer.company for call in company.boss.calls("A017", agent.today())] == [
            "宏达",
            "宏达",
        ]
        company.close()


@needs_samba
def test_nothing_is_missing_after_faults_on_samba(tmp_path: Path) -> None:
    with samba.Samba(tmp_path / "server", tmp_path / "files") as server:
        met, _, missing = run(60, within=server.folder, reached=server.reached)
    assert met.total() >= 60
    assert missing == 0


@needs_samba
def test_nothing_is_missing_after_samba_was_killed_while_calls_were_under_way(tmp_path: Path) -> None:
    with samba.Samba(tmp_path / "server", tmp_path / "files") as server:
        broken, _, missing = samba.run_killed(3, 5, server)
    assert broken >= 3
    assert missing == 0


@needs_syncthing
def test_nothing_is_missing_after_faults_on_a_pair_of_syncthings_one_of_which_is_killed() -> None:
    met, missing = syncthing.run(60, kills=1)
    assert met.total() >= 60
    assert missing == 0
