"""`erase` on the command line."""

from tests.commands.running import Machines

PHONE = "13800138000"


def test_erase_says_what_went_who_is_to_follow_and_what_stays(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    desk("log", "--phone", PHONE, "--outcome", "talked", "--company", "宏达", "--note", "要报价").done()
    desk("sync", "--once").done()
    boss("sync", "--once").done()
    said = boss("erase", PHONE, "--reason", "asked for it").done().out
    assert "spoke of the customer: 1" in said
    assert "A017 张敏" in said
    assert "verdicts" in said
    assert "backups" in said
    boss("sync", "--once").done()
    desk("sync", "--once").done()
    boss("sync", "--once").done()
    for machine in (boss, desk):
        assert "宏达" not in machine("team", "--json").done().out
    again = boss.json("erase", PHONE)
    assert again["records"] == 1
    assert desk("erase", PHONE).wrong().startswith("agent-tui: ")
    assert "no usable phone number" in boss("erase", "12").wrong(2)
