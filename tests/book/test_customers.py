"""The customers' index against the records: the same customers in whatever order records come, and nothing in plain."""

import random
from threading import Event

import pytest

from agent_tui.book import Book
from agent_tui.book.customers.index import CustomerIndex
from agent_tui.book.customers.table import Known
from agent_tui.errors import Problem
from tests.book.indexed import call, stir, told, words
from tests.waiting import PATIENCE_S


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
    assert came.wait(PATIENCE_S)
    came.clear()
    call(desk, "13800138001", "宏达")
    while not words(desk.customers, "8001"):
        assert came.wait(PATIENCE_S)
        came.clear()
