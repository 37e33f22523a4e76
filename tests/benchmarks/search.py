"""A keystroke of the customer search with 50,000 customers, and what it takes to have them at hand."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.book.customers.index import CustomerIndex
from agent_tui.clock import SetClock
from agent_tui.ui.customers.rows import customer_rows
from agent_tui.ui.customers.screen import SHOWN
from shared_rules.records.parts import Customer
from tests.company import NOW, ZONE

CUSTOMERS = 50_000
_BATCH = 1000
_AT_THE_DESK = 12
_CITIES = ("宁波", "杭州", "苏州", "无锡", "淮北", "东莞", "成都", "武汉", "重庆", "厦门")
_WORDS = "宏达丰禾博创远志雅迈普永世优诚联汇金鑫固天恒嘉长海通泰安盛"
_KINDS = ("科技有限公司", "机械厂", "汽配股份有限公司", "物流有限公司", "化工有限责任公司", "贸易有限公司")
_PEOPLE = ("王", "李", "张总", "刘经理", "单先生", "仇女士", "欧阳建国")
# What people type, each key of it a search: digits, initials, parts of names, two words, what is not there.
_TYPED = (
    *("0013", "138001", "nbhd", "cqca", "zzzz", "hongda", "fangan", "zhuangbei", "宏达", "海通物流", "宁波 王"),
    *("hd 8001", "hdkj", "没有这家"),
)


def run(directory: Path) -> str:
    """The table: each keystroke's p50, p95 and greatest, and how long the customers take to be there."""
    home = directory / "home"
    teams.create_solo(home, "A017", "张敏", date(2026, 1, 5), ZONE, SetClock(NOW))
    book = Book.open(home, SetClock(NOW, ticking=False))
    taker = book.lists.taking("名单", ["A017"])
    batch: list[tuple[int, str, Customer]] = []
    for row, customer in enumerate(_customers(), 2):
        batch.append((row, "", customer))
        if len(batch) == _BATCH:
            taker.take(batch)
            batch.clear()
    built = _timed(book.customers.build)
    book.customers.stop()
    again = CustomerIndex(book.session, book.lock, lambda: None)
    loaded = _timed(again.build)
    lines = [
        f"customer search, {len(again.table):,} customers, each key of {len(_TYPED)} searches; milliseconds",
        f"  {'':<44}{'p50':>8}{'p95':>8}{'most':>8}   goal",
        _row("found for the desk's hint rows", lambda typed: again.search(typed, _AT_THE_DESK)),
        _row("found, and made rows, for the customers' screen", lambda typed: _shown(book, again, typed)),
        f"  read from sealed records {built:.1f} s, from the sealed file on the disk {loaded:.2f} s",
    ]
    book.close()
    return "\n".join(lines)


def _customers() -> Iterator[Customer]:
    chance = random.Random(1)
    for number in chance.sample(range(100_000_000), CUSTOMERS):
        words = "".join(chance.choices(_WORDS, k=chance.choice((2, 2, 3))))
        yield Customer(
            phone=f"+86138{number:08}",
            company=f"{chance.choice(_CITIES)}{words}{chance.choice(_KINDS)}",
            contact=chance.choice(_PEOPLE),
            title="采购经理",
            department="采购部",
            headcount="51-200",
            it_status="有系统",
        )


def _shown(book: Book, index: CustomerIndex, typed: str) -> object:
    found = index.search(typed, SHOWN + 1)
    return customer_rows(found, index, book.policy(), book.now(), book.lists.listed)


def _row(what: str, search: Callable[[str], object]) -> str:
    taken = []
    for _ in range(5):
        for text in _TYPED:
            for length in range(1, len(text) + 1):
                began = perf_counter()
                search(text[:length])
                taken.append((perf_counter() - began) * 1000)
    taken.sort()
    p50, p95 = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
    return f"  {what:<44}{p50:>8.1f}{p95:>8.1f}{taken[-1]:>8.1f}   p95 < 50"


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
