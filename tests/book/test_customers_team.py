"""The customers of a team: everybody's at the supervisor, given on, erased."""

from pathlib import Path

import pytest

from agent_tui.book.customers.index import CustomerIndex
from agent_tui.errors import Problem
from shared_rules.records.parts import Customer
from tests.book.indexed import call, words
from tests.company import Company


def test_a_supervisor_finds_everybodys_customers(company: Company) -> None:
    for agent, name in (("A017", "张敏"), ("A018", "李强")):
        desk = company.join(agent, name)
        call(desk, "13800138001", "宏达", "王")
        call(desk, f"1380013{agent[1:]}9", f"公司{agent}")
    company.sync()
    index = company.boss.customers
    index.build()
    assert sorted(row.agent for row in index.search("8001", 9)) == ["A017", "A018"]
    assert sorted(row.agent for row in index.known("13800138001")) == ["A017", "A018"]
    assert [row.agent for row in index.search("公司a018", 9)] == ["A018"]
    own = company.desks["A017"].customers
    own.build()
    assert [row.agent for row in own.search("8001", 9)] == ["A017"]


def test_what_comes_from_a_day_that_nobody_looked_at_is_found(company: Company) -> None:
    desk = company.join("A017", "张敏")
    index = company.boss.customers
    index.build()
    for phone in ("13800138001", "13800138002"):
        call(desk, phone, "宏达", "王")
        company.sync()
        assert not list(company.boss.session.reach)
        index.hear()
        assert words(index, phone[-4:]) == [phone[-4:]]


def test_an_offered_customer_becomes_the_colleagues(company: Company) -> None:
    giver, taker = company.join("A017", "张敏"), company.join("A018", "李强")
    rows = company.boss.lists.taking("名单", ["A017"])
    for n in (1, 2):
        customer = Customer(phone=f"+8613800138{n:03}", company=f"单位{n}")
        assert rows.is_new(customer)
        rows.take([(n, "", customer)])
    company.boss.sync_once()
    company.sync()
    for book in (giver, taker):
        book.customers.build()
    assert giver.lists.left() == 2
    with pytest.raises(Problem):
        giver.lists.hand_over("13800138001", "A017")
    with pytest.raises(Problem):
        giver.lists.hand_over("13800138001", "A099")
    giver.lists.hand_over("13800138001", "A018")
    giver.customers.hear()
    assert [known.phone for known in [giver.lists.next()] if known] == ["+8613800138002"]
    company.sync()
    (offered,) = company.boss.lists.offered()
    assert (offered.agent, offered.to, offered.customer.company) == ("A017", "A018", "单位1")
    company.boss.lists.accept(offered.id)
    assert company.boss.lists.offered() == []
    company.boss.sync_once()
    company.sync()
    for book in (giver, taker):
        book.customers.hear()
    following = taker.lists.next()
    assert following is not None
    assert (following.phone, following.company) == ("+8613800138001", "单位1")
    assert giver.lists.left() == 1


def test_an_offer_that_is_refused_comes_back(company: Company) -> None:
    giver, _ = company.join("A017", "张敏"), company.join("A018", "李强")
    rows = company.boss.lists.taking("名单", ["A017"])
    rows.take([(1, "", Customer(phone="+8613800138001"))])
    company.boss.sync_once()
    company.sync()
    giver.customers.build()
    giver.lists.hand_over("13800138001", "A018")
    giver.customers.hear()
    assert giver.lists.left() == 0
    company.sync()
    (offered,) = company.boss.lists.offered()
    company.boss.lists.refuse(offered.id, "打完再说")
    assert company.boss.lists.offered() == []
    company.boss.sync_once()
    company.sync()
    giver.customers.hear()
    assert giver.lists.left() == 1


def test_an_offer_is_answered_by_what_was_given_after_it_alone(tmp_path: Path) -> None:
    company = Company(tmp_path, ticking=True)
    giver, _ = company.join("A017", "张敏"), company.join("A018", "李强")
    boss = company.boss
    for phone in ("13800138001", "13800138002"):
        call(giver, phone, "宏达")
    company.sync()
    boss.supervisor.assign("13800138002", "A018")
    for agent in ("A018", "A017"):
        boss.supervisor.assign("13800138001", agent)
    company.sync()
    for phone in ("13800138001", "13800138002"):
        giver.lists.hand_over(phone, "A018")
    company.sync()
    assert [one.customer.phone for one in boss.lists.offered()] == ["+8613800138001", "+8613800138002"]
    # What the colleague loses is not given.
    boss.supervisor.assign("13800138002", "A017")
    assert len(boss.lists.offered()) == 2
    boss.supervisor.assign("13800138001", "A018")
    assert [one.customer.phone for one in boss.lists.offered()] == ["+8613800138002"]
    company.close()


def test_ones_own_list_comes_along_into_the_team(company: Company) -> None:
    desk = company.ask("A017", "张敏")
    desk.lists.taking("自己的", ["A017"]).take([(1, "", Customer(phone="+8613800138001", company="宏达"))])
    call(desk, "13800138002", "鑫源")
    company.boss.sync_once()
    (waiting,) = [member for member in company.boss.members.all() if member.state == "waiting"]
    company.boss.members.approve(waiting.writer)
    company.boss.sync_once()
    desk.sync_once()
    assert desk.identity.team_name == "一组"
    desk.customers.build()
    following = desk.lists.next()
    assert following is not None
    assert (following.phone, following.company, following.lead_list) == ("+8613800138001", "宏达", "自己的")
    assert words(desk.customers, "8002") == ["8002"]


def test_an_erased_customer_is_gone_from_what_is_kept_too(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call(desk, "13800138001", "宏达", "王")
    call(desk, "13800138002", "鑫源", "李")
    index = desk.customers
    index.build()
    index.stop()
    (path,) = desk.session.place.home.cache.glob("*.customers")
    before = path.read_bytes()
    index = CustomerIndex(desk.session, desk.lock, lambda: None)
    index.build()
    company.sync()
    company.boss.erasures.erase("13800138001")
    company.boss.sync_once()
    company.sync()
    index.hear()
    assert words(index, "8001") == words(index, "宏达") == words(index, "hd") == []
    assert words(index, "8002") == ["8002"]
    assert path.read_bytes() != before
    again = CustomerIndex(desk.session, desk.lock, lambda: None)
    again.build()
    assert words(again, "8001") == []
    assert words(again, "8002") == ["8002"]
