"""Amounts on a supervisor's screens: thousands in groups, with their unit."""

from shared_rules.policies.policy import builtin
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board


async def test_a_fine_of_thousands_is_grouped_in_the_ledger_and_in_what_is_proposed(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    dear = builtin("handbook").text.replace('fine = "100"\n', 'fine = "1200"\n')
    dear = dear.replace('proposed_by = "meeting"\n', 'proposed_by = "meeting"\nfine = "3000"\n')
    company.boss.supervisor.publish_policy(dear, "dear.toml", MONDAY)
    company.boss.supervisor.points("A017", "conduct.private_call", MONDAY)
    company.boss.supervisor.attendance("A017", "daily", MONDAY, "missed")
    company.sync()
    async with at_board(company, size=(120, 34)) as keys:
        await keys.press("f9", "1")
        await keys.sees("missed a meeting  -2 points -3,000 yuan")
        await keys.press("escape", "f4")
        await keys.sees("-1,200.00")
