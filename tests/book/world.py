"""A day and a call for the tests of the book, and a supervisor who lets everybody in."""

from datetime import date

from agent_tui.book import Book, CallEntry
from tests.company import Company

DAY = date(2026, 11, 23)

TALKED = CallEntry(
    phone="138 0013 8000",
    outcome="talked",
    interest="intent",
    grade="B",
    company="宁波宏达科技有限公司",
    contact="王",
    title="采购经理",
    note="要报价",
)


def valid(book: Book, agent: str) -> int:
    return book.day(agent, DAY).figures.valid


def approve(company: Company) -> None:
    company.boss.sync_once()
    for member in company.boss.members.all():
        if member.state == "waiting":
            company.boss.members.approve(member.writer)
    company.boss.sync_once()
