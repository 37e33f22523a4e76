"""A small team on a real folder: real homes, keys, journals and syncs; only the clock is set."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 14, 32, tzinfo=ZoneInfo(ZONE))


class Company:
    """A supervisor and the desks that joined; every book is open until `close`."""

    def __init__(self, folder: Path, now: datetime = NOW, *, ticking: bool = False) -> None:
        self.folder = folder
        self.clock = SetClock(now, ticking=ticking)
        self.share = folder / "share"
        self.share.mkdir()
        self.boss_home = folder / "boss"
        self.code = teams.init_team(self.boss_home, self.share, "一组", "S001", "陈静", ZONE, self.clock)
        teams.code_seen(self.boss_home)
        self.boss = Book.open(self.boss_home, self.clock)
        self.boss.sync_once()
        self.desks: dict[str, Book] = {}

    def ask(self, id: str, name: str, hired: date = date(2026, 1, 5)) -> Book:
        """A desk that asked to join and waits."""
        home = self.folder / id
        teams.ask_to_join(home, self.share, id, name, hired, self.clock)
        desk = Book.open(home, self.clock)
        desk.sync_once()
        self.desks[id] = desk
        return desk

    def join(self, id: str, name: str, hired: date = date(2026, 1, 5)) -> Book:
        """A desk that asked and was let in."""
        desk = self.ask(id, name, hired)
        self.boss.sync_once()
        writer = next(
            member.writer for member in self.boss.members.all() if member.id == id and member.state == "waiting"
        )
        self.boss.members.approve(writer)
        self.boss.sync_once()
        desk.sync_once()
        return desk

    def second_supervisor(self) -> Book:
        """The home of S002, who is let in as a supervisor."""
        return self.supervisor("S002", "周丽")

    def supervisor(self, id: str, name: str) -> Book:
        """The home of another supervisor, who asked and was let in."""
        asked = self.ask(id, name)
        self.boss.sync_once()
        writer = next(member.writer for member in self.boss.members.all() if member.state == "waiting")
        self.boss.members.approve(writer, "supervisor")
        self.boss.sync_once()
        asked.sync_once()
        return asked

    def sync(self) -> None:
        """Bring every desk's records to the supervisor, and back."""
        for desk in self.desks.values():
            desk.sync_once()
        self.boss.sync_once()

    def close(self) -> None:
        for book in (self.boss, *self.desks.values()):
            book.close()


def talk(desk: Book, number: int, *, minutes_ago: int = 0, lead: bool = False, company: str = "") -> None:
    """Log a complete conversation with the customer of that number."""
    desk.own.log(
        CallEntry(
            phone=f"138{number:08}",
            outcome="talked",
            interest="intent" if lead else None,
            company=company or f"宏达{number}公司",
            contact="王",
            title="采购经理",
            department="采购部",
            headcount="51-200",
            it_status="有系统",
            note="要报价",
            started_at=desk.now() - timedelta(minutes=minutes_ago),
            duration_s=87,
        )
    )
