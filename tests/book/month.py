"""A team whose clock is set anew for each act: a month of real homes, keys, journals and syncs in seconds."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui import teams
from agent_tui.book import Book, CallEntry

ZONE = ZoneInfo("Asia/Shanghai")


class Hands:
    """The clock of a whole team, moved by hand."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        self.at = datetime.combine(day, time(hour, minute), ZONE)


class Month:
    """A supervisor and agents that joined on the day the clock starts with; `chief` is the id of another supervisor."""

    def __init__(self, folder: Path, start: date, agents: dict[str, date], chief: str = "") -> None:
        self.clock = Hands(datetime.combine(start, time(8), ZONE))
        self._folder = folder
        share = folder / "share"
        share.mkdir()
        teams.init_team(folder / "boss", share, "一组", "S001", "陈静", "Asia/Shanghai", self.clock)
        teams.code_seen(folder / "boss")
        self.boss = Book.open(folder / "boss", self.clock)
        self.boss.sync_once()
        self.desks: dict[str, Book] = {}
        for id, hired in {**agents, **({chief: start} if chief else {})}.items():
            teams.ask_to_join(folder / id, share, id, f"业务员{id}", hired, self.clock)
            self.desks[id] = Book.open(folder / id, self.clock)
            self.desks[id].sync_once()
        self.boss.sync_once()
        for member in self.boss.members.all():
            if member.state == "waiting":
                self.boss.members.approve(member.writer, "supervisor" if member.id == chief else "agent")
        self.down()

    def up(self) -> None:
        """What agents wrote, to the supervisor."""
        for desk in self.desks.values():
            desk.sync_once()
        self.boss.sync_once()

    def down(self) -> None:
        """What the supervisor wrote, to the agents."""
        self.boss.sync_once()
        for desk in self.desks.values():
            desk.sync_once()

    def sync(self) -> None:
        """Everything to everybody."""
        self.up()
        self.down()

    def close(self) -> None:
        for book in (self.boss, *self.desks.values()):
            book.close()


def conversation(number: int, start: datetime, *, lead: bool = False) -> CallEntry:
    """A complete conversation with the customer of that number."""
    return CallEntry(
        phone=f"138{number:08}",
        outcome="talked",
        interest="intent" if lead else None,
        company=f"宏达{number}公司",
        contact="王",
        title="采购经理",
        note="要报价",
        started_at=start,
        imported=True,
    )


def a_day(day: date, valid: int, leads: int, *, first: int = 0) -> list[CallEntry]:
    """So many valid calls, the first of them leads, from nine o'clock on."""
    start = datetime.combine(day, time(9), ZONE)
    return [
        conversation(first + number, start + timedelta(seconds=90 * number), lead=number < leads)
        for number in range(valid)
    ]
