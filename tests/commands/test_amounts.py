"""Amounts in what commands print for people: thousands in groups, with their unit."""

from pathlib import Path

from shared_rules.policies.policy import builtin
from tests.commands.teaming import PHONE, Team


def test_an_amount_of_thousands_is_grouped_in_the_ledger_in_proposals_and_in_answers(
    team: Team, tmp_path: Path
) -> None:
    policy = tmp_path / "dear.toml"
    dear = builtin("handbook").text.replace('fine = "100"\n', 'fine = "1200"\n')
    dear = dear.replace('proposed_by = "meeting"\n', 'proposed_by = "meeting"\nfine = "3000"\n')
    policy.write_text(dear, encoding="utf-8")
    team.boss("policy", "publish", str(policy), "--from", "2026-11-23").done()
    entry = ("points", "--agent", "A017", "--rule", "conduct.private_call", "--on", "2026-11-23")
    assert "-10 points, -1,200.00 yuan; balance 90" in team.boss(*entry).done().out
    assert "-1,200.00" in team.boss("ledger", "--agent", "A017").done().out
    team.boss("attend", "--agent", "A017", "--on", "2026-11-23", "--meeting", "daily", "--state", "missed").done()
    assert "-3,000.00" in team.boss("proposals").done().out
    paid = ("payment", PHONE, "80000", "--on", "2026-11-23", "--agent", "A017")
    assert "80,000.00 yuan received" in team.boss(*paid).done().out
    back = ("payment", PHONE, "-1200.5", "--on", "2026-11-23", "--agent", "A017")
    assert "1,200.50 yuan paid back" in team.boss(*back).done().out
    team.sync()
    assert "588.00 yuan, after 1,200.00 of fines" in team.agent("status").done().out
