"""The customers' index against the records: the same customers in whatever order records come, and nothing in plain."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.customers import CustomerIndex
from agent_tui.book.customers_table import Known
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from shared_rules.phones import parse_phone
from shared_rules.record_parts import Customer
from tests.ui.company import NOW, Company

NUMBERS = [f"138001380{n:02}" for n in range(12)]
OUTCOMES = ["talked", "refused", "no_answer", "callback", "dead_number"]
FIELDS = ("extension", "company", "contact", "title", "department", "headcount", "it_status")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    teams.create_solo(tmp_path / "home", "A017", "张敏", date(2026, 1, 5), "Asia/Shanghai", SetClock(NOW))
    book = Book.open(tmp_path / "home", SetClock(NOW))
    yield book
    book.close()


def entry(chance: random.Random, phone: str | None = None) -> CallEntry:
    """A call at some time of the last months, each of its fields there or not."""
    outcome = chance.choice(OUTCOMES)
    spoken = outcome in ("talked", "refused", "callback")

    def maybe(*texts: str) -> str:
        return chance.choice(["", *texts]) if spoken else ""

    interest = chance.choice([None, "intent"]) if spoken else None
    return CallEntry(
        phone=phone or chance.choice(NUMBERS),
        outcome=outcome,
        interest="intent" if interest else None,
        grade=chance.choice([None, "A", "B"]) if interest else None,
        company=maybe("宁波宏达科技有限公司", "鑫源化工", "58同城"),
        contact=maybe("王", "李四"),
        title=maybe("经理", "厂长"),
        department=maybe("采购部"),
        headcount=maybe("51-200", "1-20"),
        it_status=maybe("有系统"),
        note=maybe("要报价"),
        follow_up=NOW + timedelta(days=2) if chance.random() < 0.3 else None,
        started_at=NOW - timedelta(minutes=chance.randrange(1, 60 * 24 * 80)),
        duration_s=30,
    )


def stir(desk: Book, chance: random.Random, steps: int) -> None:
    """Calls, corrections (of the number too), withdrawals, and numbers of lists."""
    ids: list[str] = []
    for _ in range(steps):
        what = chance.choice(["log", "log", "log", "correct", "void", "lead"])
        if what == "log" or not ids:
            ids.append(desk.own.log(entry(chance)).id)
        elif what == "correct":
            desk.own.correct(chance.choice(ids), entry(chance))
        elif what == "void":
            gone = chance.choice(ids)
            desk.own.void(gone)
            ids.remove(gone)
        else:
            number = parse_phone(chance.choice(NUMBERS))
            assert number is not None
            taker = desk.lists.taking("名单", ["A017"])
            customer = Customer(phone=number.e164, company="名单公司", title="总经理")
            if taker.is_new(customer):
                taker.take([(1, "", customer)])


def told(desk: Book, index: CustomerIndex) -> None:
    """The index says of every number what the records say."""
    spoke = {outcome.id for outcome in desk.policy().outcomes if outcome.spoke}
    index.hear()
    for phone in NUMBERS:
        found = index.known(phone)
        view = desk.own.customer(phone)
        assert bool(found) == (view is not None) or (found and found[0].lead_at)
        if view is None:
            continue
        row, calls = found[0], view.calls
        for name in FIELDS:
            said = getattr(view.latest, name)
            if said or not row.lead_at:
                assert getattr(row, name) == said, (phone, name)
        assert row.last == int(calls[0].started_at.timestamp())
        assert row.spoken == any(call.outcome in spoke for call in calls)
        due = calls[0].follow_up
        assert row.follow_up == (int(due.timestamp()) if due else 0)
        assert row.grade == next((call.grade for call in calls if call.grade), "")


@pytest.mark.parametrize("seed", range(6))
def test_it_says_what_the_records_say(desk: Book, seed: int) -> None:
    chance = random.Random(seed)
    index = desk.customers
    stir(desk, chance, 40)
    index.build()
    told(desk, index)
    # What comes while it is there, and what it finds kept on the disk, are the same as what is read at once.
    stir(desk, chance, 40)
    told(desk, index)
    index.stop()
    kept = CustomerIndex(desk.session, desk.lock, lambda: None)
    stir(desk, chance, 20)
    kept.build()
    told(desk, kept)
    for path in desk.session.place.home.cache.glob("*.customers"):
        path.unlink()
    anew = CustomerIndex(desk.session, desk.lock, lambda: None)
    anew.build()
    told(desk, anew)
    rows = [
        {name: getattr(row, name) for name in Known.__struct_fields__ if name != "segments"}
        for each in (kept, anew)
        for row in sorted(each.table.all(), key=lambda row: row.tag)
    ]
    assert rows[: len(rows) // 2] == rows[len(rows) // 2 :]


def words(index: CustomerIndex, query: str) -> list[str]:
    return [row.phone[-4:] for row in index.search(query, 50)]


def call(desk: Book, phone: str, company: str = "", contact: str = "", minutes_ago: int = 0) -> str:
    return desk.own.log(
        CallEntry(
            phone=phone,
            outcome="talked",
            company=company,
            contact=contact,
            title="经理",
            started_at=desk.now() - timedelta(minutes=minutes_ago),
        )
    ).id


def test_a_customer_is_found_as_people_look_for_one(desk: Book) -> None:
    call(desk, "13800138001", "宁波宏达科技有限公司", "王", minutes_ago=5)
    call(desk, "13800138002", "重庆长安汽车", "单雄信", minutes_ago=4)
    call(desk, "0574-87654321", "58同城", "Wang", minutes_ago=3)
    call(desk, "+1 212 555 0100", "ACME Ltd", minutes_ago=2)
    index = desk.customers
    index.build()
    assert words(index, "8001") == ["8001"]
    assert words(index, "8001") == words(index, "８００１") == words(index, "138 0013 8001")
    assert words(index, "4321") == ["4321"]
    assert words(index, "0100") == ["0100"]
    assert words(index, "nbhd") == words(index, "hdkj") == ["8001"]
    # 重 and 长 have two readings each, 单 is read Shan as a surname.
    assert words(index, "cqca") == words(index, "zqza") == words(index, "sxx") == ["8002"]
    assert words(index, "宏达") == words(index, "波宏") == ["8001"]
    assert words(index, "王经理") == ["8001"]
    assert words(index, "宏达 王") == words(index, "hd 8001") == ["8001"]
    assert words(index, "58") == words(index, "58tc") == ["4321"]
    assert words(index, "acme") == words(index, "ＡＣＭＥ") == ["0100"]
    assert words(index, "经理") == ["0100", "4321", "8002", "8001"]
    assert words(index, "") == words(index, "  ") == words(index, "nothing") == []
    assert [row.phone[-4:] for row in index.table.latest(3)] == ["0100", "4321", "8002"]


def test_hostile_names_are_found_as_they_are(desk: Book) -> None:
    for number, name in enumerate(
        ["[/]", "[VIP]李四", "\x1b[31m红", "a\nb", "\u202e倒", "𠮷野家", "😀公司", "x" * 200]
    ):
        call(desk, f"1380013810{number}", name)
    index = desk.customers
    index.build()
    assert words(index, "[/]") == ["8100"]
    assert words(index, "vip") == words(index, "李四") == ["8101"]
    assert words(index, "野家") == ["8105"]
    assert words(index, "😀") == ["8106"]
    assert words(index, "\n") == []
    assert words(index, "x" * 10_000) == []


def test_known_companies_are_offered(desk: Book) -> None:
    call(desk, "13800138001", "宁波宏达科技有限公司", "王", minutes_ago=9)
    call(desk, "13800138002", "宏达电子", "李", minutes_ago=5)
    call(desk, "13800138003", "宏达电子", "宏达", minutes_ago=4)
    index = desk.customers
    index.build()
    assert index.companies("宏达", 5) == ["宏达电子", "宁波宏达科技有限公司"]
    assert index.companies("nb", 5) == ["宁波宏达科技有限公司"]
    assert index.companies("宏达", 1) == ["宏达电子"]
    assert index.companies("", 5) == index.companies("经理", 5) == []


def test_two_spellings_of_a_company_become_one(desk: Book) -> None:
    call(desk, "13800138001", "宏达", "王", minutes_ago=9)
    call(desk, "13800138002", "宁波宏达科技有限公司", "李")
    index = desk.customers
    index.build()
    with pytest.raises(Problem):
        desk.lists.merge("宏达", " 宏达", "13800138001")
    desk.lists.merge("宁波宏达科技有限公司", "宏达", "13800138001")
    index.hear()
    assert index.companies("宏达", 5) == ["宁波宏达科技有限公司"]
    assert words(index, "宁波宏达") == ["8002", "8001"]
    assert words(index, "宏达") == ["8002", "8001"]


def test_a_withdrawn_call_is_shown_and_was_no_call(desk: Book) -> None:
    call(desk, "13800138001", "宏达", "王", 30)
    gone = call(desk, "13800138001", "宏达", "王", 20)
    desk.own.void(gone, "按错")
    desk.customers.build()
    file = desk.lists.file("13800138001")
    assert [one.id == gone for one in file.calls] == [True, False]
    assert file.made == 1
    known = desk.own.customer("13800138001")
    assert known is not None
    assert len(known.calls) == 1


def test_no_customer_lies_on_the_disk_in_plain(desk: Book) -> None:
    call(desk, "13800138001", "宁波宏达科技有限公司", "欧阳建国")
    desk.customers.build()
    desk.customers.stop()
    home = desk.session.place.home.path
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".customers" for path in files)
    for path in files:
        data = path.read_bytes()
        for secret in ("13800138001", "宏达", "欧阳", "nbhd"):
            assert secret.encode() not in data, path


@pytest.mark.parametrize("what", ["cut", "flip", "empty", "another"])
def test_a_damaged_file_is_built_anew(desk: Book, what: str) -> None:
    call(desk, "13800138001", "宏达")
    desk.customers.build()
    desk.customers.stop()
    (path,) = desk.session.place.home.cache.glob("*.customers")
    data = bytearray(path.read_bytes())
    if what == "flip":
        data[-20] ^= 1
    path.write_bytes({"cut": bytes(data[:-9]), "flip": bytes(data), "empty": b"", "another": b"{}\n"}[what])
    again = CustomerIndex(desk.session, desk.lock, lambda: None)
    again.build()
    assert words(again, "8001") == ["8001"]


def test_the_thread_keeps_up_and_tells(desk: Book) -> None:
    came = Event()
    desk.subscribe(lambda change: came.set() if change.customers else None)
    desk.customers.start()
    assert came.wait(10)
    came.clear()
    call(desk, "13800138001", "宏达")
    while not words(desk.customers, "8001"):
        assert came.wait(10)
        came.clear()


# ---- in a team ----


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


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
        assert company.boss.session.since is None
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
    giver.lists.hand_over("13800138001", "A018", swap=True)
    giver.customers.hear()
    assert [known.phone for known in [giver.lists.next()] if known] == ["+8613800138002"]
    company.sync()
    (offered,) = company.boss.lists.offered()
    assert (offered.agent, offered.to, offered.customer.company, offered.swap) == ("A017", "A018", "单位1", True)
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


# ---- whom to call next ----


def test_the_list_is_called_in_its_order(desk: Book) -> None:
    index = desk.customers
    rows = desk.lists.taking("名单", ["A017"])
    rows.take([(n, "", Customer(phone=f"+8613800138{n:03}")) for n in (5, 1, 3)])
    index.build()

    def following(*avoid: str) -> str | None:
        index.hear()
        known = desk.lists.next(frozenset(avoid))
        return known.phone[-3:] if known else None

    assert (desk.lists.left(), following()) == (3, "001")
    assert following("+8613800138001") == "003"
    desk.own.log(CallEntry(phone="13800138001", outcome="no_answer"))
    assert following() == "003"
    desk.lists.postpone("13800138003", NOW + timedelta(hours=1))
    assert following() == "005"
    desk.own.log(CallEntry(phone="13800138005", outcome="do_not_call"))
    assert following() is None
    assert desk.lists.left() == 1


def test_a_postponed_number_comes_back_first(tmp_path: Path) -> None:
    class Hands:
        time: datetime = NOW

        def now(self, zone: object) -> datetime:  # noqa: ARG002
            return self.time

    clock = Hands()
    teams.create_solo(tmp_path / "home", "A017", "张敏", date(2026, 1, 5), "Asia/Shanghai", SetClock(NOW))
    desk = Book.open(tmp_path / "home", clock)
    try:
        desk.lists.taking("名单", ["A017"]).take([(n, "", Customer(phone=f"+8613800138{n:03}")) for n in (1, 2, 3)])
        desk.customers.build()
        desk.lists.postpone("13800138003", NOW + timedelta(hours=1))
        first = desk.lists.next()
        clock.time = NOW + timedelta(hours=2)
        second = desk.lists.next()
        assert first is not None
        assert second is not None
        assert (first.phone[-1], second.phone[-1]) == ("1", "3")
    finally:
        desk.close()
