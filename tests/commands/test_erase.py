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
    # It is in the folder when the command ends.
    desk("sync", "--once").done()
    boss("sync", "--once").done()
    for machine in (boss, desk):
        assert "宏达" not in machine("team", "--json").done().out
    again = boss.json("erase", PHONE)
    assert again["records"] == 1
    assert desk("erase", PHONE).wrong().startswith("agent-tui: ")
    assert "not a usable phone number" in boss("erase", "12").wrong(2)


def test_a_record_of_an_erased_customer_is_shown_as_erased(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    call = desk.json("log", "--phone", PHONE, "--outcome", "talked", "--company", "宏达", "--note", "要报价")["id"]
    desk("sync", "--once").done()
    boss("erase", PHONE).done()
    desk("sync", "--once").done()
    for machine in (boss, desk):
        assert machine("show", call).done().out.count("customer: this customer was erased\n") == 1
        shown = machine.json("show", call)
        assert (shown["customer"], shown["erased"]) == (None, True)


def test_what_lies_in_the_folder_already_is_erased_at_once_and_the_folder_named_while_it_is_away(
    machines: Machines,
) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    desk("log", "--phone", PHONE, "--outcome", "talked", "--company", "宏达", "--note", "要报价").done()
    desk("sync", "--once").done()
    assert "spoke of the customer: 1" in boss("erase", PHONE).done().out
    machines.share.rename(machines.share.with_name("away"))
    said = boss("erase", PHONE).done()
    assert "spoke of the customer: 1" in said.out
    assert str(machines.share) in said.err


def test_a_listed_number_that_was_erased_is_no_record_that_waits_for_its_key(machines: Machines) -> None:
    """The list keeps the tag; what was sealed beside it is gone on purpose, in whichever order the two are read."""
    boss, desks = machines.team("A017", "A018"), [machines["A017"], machines["A018"]]
    for number, desk in enumerate(desks):
        desk("log", "--phone", f"{PHONE[:-1]}{number}", "--outcome", "do_not_call").done()
        desk("sync", "--once").done()
    for number in range(len(desks)):
        boss("erase", f"{PHONE[:-1]}{number}").done()
    for machine in (boss, *desks):
        machine("sync", "--once").done()
        assert machine("check").done().err == ""
