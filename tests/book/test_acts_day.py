"""Acts about a day: leave, excuse, release, confirmation."""

from datetime import timedelta
from hashlib import sha256

from msgspec.structs import replace

from shared_rules.leave import away as away_of
from shared_rules.policies.policy import builtin_text
from tests.book.acting import TALKED, refuse
from tests.book.world import DAY
from tests.company import Company


def test_leave_is_asked_approved_and_refused_once(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    tomorrow = DAY + timedelta(days=1)
    asked = desk.agent.ask("leave", tomorrow, 180, "看病", sick=True)
    refuse(desk, lambda: desk.agent.ask("leave", tomorrow, 180, "看病"), "already")
    refuse(desk, lambda: desk.agent.ask("leave", tomorrow, 421, "看病"), "420")
    refuse(desk, lambda: desk.agent.ask("visit", tomorrow, 60, " \u3000"), "reason")
    visit = desk.agent.ask("visit", tomorrow, 60, "拜访宏达")
    company.sync()
    refuse(boss, lambda: boss.supervisor.approve(asked.id, minutes=0), "420")
    refuse(boss, lambda: boss.supervisor.approve(asked.id, leads=26), "25")
    given = boss.supervisor.approve(asked.id, leads=10, text="准假")
    assert (given.kind, given.agent, given.content["minutes"], given.content["leads"]) == ("time_away", "A001", 180, 10)
    assert given.content["request"]["id"] == asked.id
    refuse(boss, lambda: boss.supervisor.approve(asked.id), "answered")
    refuse(boss, lambda: boss.supervisor.refuse(asked.id, "不行"), "answered")
    boss.supervisor.refuse(visit.id, "人手不够")
    refuse(boss, lambda: boss.supervisor.refuse(given.id, "不行"), "not a request")
    refuse(boss, lambda: boss.supervisor.time_away("A001", "leave", tomorrow, 180), "already")
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.withdraw(asked.id), "answered")
    away = away_of(desk.session.folds.fold("A001").dossier, tomorrow)
    assert (away.leave, away.visit, away.leads) == (180, 0, 10)


def test_leave_may_take_all_leads_off_a_day_and_no_more(company: Company) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    refuse(boss, lambda: boss.supervisor.time_away("A001", "leave", DAY, 60, leads=-1), "25")
    boss.supervisor.time_away("A001", "leave", DAY, 60, leads=0)
    quota = boss.day("A001", DAY).quota
    assert quota is not None
    assert (quota.calls, quota.leads) == (103, 0)


def test_an_excuse_and_a_release_are_given_once(company: Company) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    refuse(boss, lambda: boss.supervisor.excuse("A001", DAY, "  "), "reason")
    excuse = boss.supervisor.excuse("A001", DAY, "停电")
    refuse(boss, lambda: boss.supervisor.excuse("A001", DAY, "停电"), "excused already, by S001")
    boss.supervisor.withdraw(excuse.id)
    refuse(boss, lambda: boss.supervisor.withdraw(excuse.id), "withdrawn already")
    boss.supervisor.excuse("A001", DAY, "停电半天")
    boss.supervisor.release("A001", DAY)
    refuse(boss, lambda: boss.supervisor.release("A001", DAY), "already")


def test_who_was_let_go_and_made_the_quota_all_the_same_lacks_nothing(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    boss.supervisor.publish_policy(builtin_text("handbook").replace("calls = 120", "calls = 1"), "x.toml", DAY)
    company.clock._start += timedelta(hours=4)
    boss.supervisor.release("A001", DAY)
    company.sync()
    for missing in (1, 0):
        stay = boss.read.stays("A001", DAY)
        assert stay is not None
        assert (stay.quota, stay.missing) == (1, missing)
        desk.own.log(TALKED)
        company.sync()


def test_on_a_day_off_nothing_is_asked_excused_or_let_go(company: Company) -> None:
    desk, boss, sunday = company.join("A001", "刘洋"), company.boss, DAY - timedelta(days=1)
    refuse(desk, lambda: desk.agent.ask("leave", sunday, 60, "看病"), "not a workday")
    refuse(boss, lambda: boss.supervisor.excuse("A001", sunday, "停电"), "not a workday")
    refuse(boss, lambda: boss.supervisor.time_away("A001", "visit", sunday, 60), "not a workday")
    refuse(boss, lambda: boss.supervisor.release("A001", sunday), "not a workday")


def test_before_the_request_to_join_nothing_is_excused_and_of_a_day_gone_by_nobody_is_let_go(company: Company) -> None:
    company.join("A001", "刘洋")
    boss, friday, tomorrow = company.boss, DAY - timedelta(days=3), DAY + timedelta(days=1)
    for act in (
        lambda: boss.supervisor.excuse("A001", friday, "停电"),
        lambda: boss.supervisor.release("A001", friday),
    ):
        refuse(boss, act, f"judged from the day of the request on, {DAY}")
    company.clock._start += timedelta(days=1)
    refuse(boss, lambda: boss.supervisor.release("A001", DAY), "is over and nobody is kept")
    boss.supervisor.excuse("A001", DAY, "停电")
    boss.supervisor.release("A001", tomorrow)


def test_a_confirmed_day_names_what_was_read_and_is_locked(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    desk.agent.hand_in()
    refuse(desk, desk.agent.hand_in, "nothing has come since")
    desk.own.log(replace(TALKED, phone="13900000001"))
    desk.agent.hand_in(text="补两个")
    company.sync()
    confirmed = boss.supervisor.confirm("A001", DAY)
    (segment,) = confirmed.content["segments"]
    journal = desk.session.place.where.journal / segment["name"]
    read = journal.read_bytes()[: segment["length"]]
    assert segment["sha256"] == sha256(read).hexdigest()
    assert (segment["first"], segment["last"]) == (1, 4)
    assert confirmed.content["policy"] == boss.policy(DAY).digest
    refuse(boss, lambda: boss.supervisor.confirm("A001", DAY), "nothing has come")
    refuse(boss, lambda: boss.supervisor.release("A001", DAY), "locked")
    company.sync()
    desk.sync_once()
    refuse(desk, desk.agent.hand_in, "locked")
    desk.own.correct(call.id, replace(TALKED, note="要演示"))
    company.sync()
    again = boss.supervisor.confirm("A001", DAY)
    assert again.content["replaces"] == [confirmed.id]
    assert again.content["segments"][0]["last"] == 5
    # An excuse is the supervisor's own and comes at once.
    boss.supervisor.excuse("A001", DAY, "停电")
