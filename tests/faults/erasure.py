"""Erasing: a story over every kind of record, and then everything is searched for the customer.

    python -m tests.faults erasure

A customer is spoken of by agents and supervisors in every kind of record, in drafts, on the do-not-call list, at a desk
that is offline for days, by somebody who has left, on a second device and before a desk joined. After `erase` and quiet
nobody who has all keys, all homes and the share finds the customer; the others are still there, figures unchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.place.pen import Draft
from agent_tui.ids import uuid7
from shared_rules.phones import parse_phone
from shared_rules.records.kinds import BODIES
from tests.company import Company
from tests.faults.figures import Figure
from tests.faults.kinds import draft, secret_kinds
from tests.faults.vault import look

PHONE = "138 1234 5678"
MARKS = ("13812345678", "138 1234 5678", "镇海永兴轴承厂", "诸葛建国", "只在周三下午接电话")
OTHER = ("13987654321", "慈溪白云山泉", "欧阳秋水")
DAY = date(2026, 11, 23)
# Kinds in which a supervisor or an agent of the story writes about A017.
_BY_AGENT = ("call", "correction", "void", "request", "hand_in", "appeal", "summary", "proposal", "handover", "alias",
             "plan", "flag", "seminar", "do_not_call", "withdrawal")  # fmt: skip


def entry(phone: str, company: str, contact: str, note: str = "要报价") -> CallEntry:
    """A conversation with a customer."""
    return CallEntry(
        phone=phone, outcome="talked", interest="intent", company=company, contact=contact, title="厂长", note=note
    )


CUSTOMER = entry(*MARKS[1:])
ANOTHER = entry(*OTHER)


@dataclass
class Story:
    """A team of two supervisors and three agents, one with two devices; everything open."""

    company: Company
    agent: Book
    second: Book
    offline: Book
    leaver: Book
    late: Book

    @property
    def folder(self) -> Path:
        return self.company.folder

    def books(self) -> list[Book]:
        return [self.company.boss, self.agent, self.second, self.offline, self.leaver]

    def quiet(self) -> None:
        """Everybody syncs until nothing is left to be said."""
        for _ in range(3):
            for book in self.books():
                book.sync_once()

    def figures(self) -> list[object]:
        """What the supervisor's machine makes of the day."""
        boss = self.company.boss
        return [boss.day(agent, DAY).figures for agent in ("A017", "A018", "A019")]


def tell(folder: Path) -> Story:
    """The story up to the erasing; one desk has not been heard for long."""
    company = Company(folder)
    agent = company.join("A017", "张敏")
    offline = company.join("A018", "李强")
    leaver = company.join("A019", "王芳")
    second = second_device(company)
    late = company.ask("A020", "赵六")
    company.desks.pop("A020")
    for book in (agent, second, leaver, late):
        book.own.log(CUSTOMER)
        book.own.log(ANOTHER)
    offline.sync_once()
    offline.own.log(CUSTOMER)
    offline.own.log(ANOTHER)
    agent.machine.keep_draft(
        {"entries": [{"answers": {"phone": [PHONE, "typed"], "note": [MARKS[-1], "typed"]}}, {"number": OTHER[0]}]}
    )
    company.desks.pop("A018")
    every_kind(agent, company.boss)
    for one in (agent, second, leaver):
        one.sync_once()
    company.boss.sync_once()
    company.boss.members.leave("A019", DAY)
    company.sync()
    second.sync_once()
    for one in (agent, second, company.boss):
        one.customers.build()
        one.customers._save()
    return Story(company, agent, second, offline, leaver, late)


def every_kind(agent: Book, boss: Book) -> None:
    """One record of every kind with a sealed part, each free text of it naming the customer."""
    for kind in secret_kinds():
        writer = agent if kind in _BY_AGENT else boss
        keys = agent.session.place.tag_keys()
        number = parse_phone(PHONE)
        assert keys is not None
        assert number is not None
        now = writer.now()
        text = " ".join(MARKS)
        one = draft(kind, uuid7(now), "A017", keys.phone(number.e164), "" if BODIES[kind].stays else text)
        if kind == "do_not_call":
            body = replace(one.body, team_tag=keys.team_phone(number.e164))
            one = Draft(one.id, one.agent, body, one.secret)
        writer.write([one], now)


def second_device(company: Company) -> Book:
    home = company.folder / "second"
    teams.ask_to_join(home, company.share, "A017", "张敏", date(2026, 1, 5), company.clock)
    second = Book.open(home, company.clock)
    company.boss.sync_once()
    waiting = next(one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(waiting.writer)
    company.boss.sync_once()
    second.sync_once()
    return second


def run(folder: Path) -> tuple[int, int, list[str]]:
    """Tell the story, erase, come to quiet: bytes searched, places that held the customer before, those found after."""
    story = tell(folder)
    before = look(folder)
    held = before.found(*MARKS)
    figures = story.figures()
    story.company.boss.erasures.erase(PHONE, "客户要求")
    story.quiet()
    # The late desk is let in after all that.
    story.company.boss.sync_once()
    waiting = next(one for one in story.company.boss.members.all() if one.state == "waiting")
    story.company.boss.members.approve(waiting.writer)
    story.company.boss.sync_once()
    story.late.sync_once()
    story.quiet()
    for book in (story.agent, story.company.boss):
        book.customers.hear()
        assert not book.customers.search(MARKS[0], 5)
        assert book.customers.search(OTHER[0], 5)
        book.customers._save()
    after = look(folder)
    assert after.found(*OTHER), "the others are gone too"
    offline = story.company.boss.day("A018", DAY).figures
    now = story.figures()
    assert [figures[0], figures[2]] == [now[0], now[2]], (figures, now)
    assert offline.dials == 2
    return sum(map(len, after.files.values())), len(held), after.found(*MARKS)


def figures(tries: int) -> Iterator[Figure]:
    """The long form: the story again and again, keys and times anew each time."""
    searched = held = 0
    found: list[str] = []
    for _ in range(tries):
        with TemporaryDirectory() as folder:
            size, before, after = run(Path(folder))
        searched, held = searched + size, held + before
        found += after
    what = "bytes searched after erase and quiet, with all keys"
    yield Figure(what, searched, len(found), held, "control: places it was in before")
