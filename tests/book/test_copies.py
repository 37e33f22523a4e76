"""Stories of copied homes, drawn at random: whatever was copied, lost or overwritten, every record counts once."""

import shutil
from pathlib import Path
from random import Random

import pytest

from agent_tui.book import Book
from tests.book.world import DAY, approve
from tests.company import Company, talk

_STEPS = ("log",) * 5 + ("sync",) * 5 + ("hear",) * 2 + ("approve", "copy", "overwrite", "delete", "reopen")


@pytest.mark.parametrize("seed", [7, 21, 48])
def test_whatever_happens_every_record_counts_once(tmp_path: Path, seed: int) -> None:
    """The seeds are those that once found a fault."""
    draw, company = Random(seed), Company(tmp_path)
    company.join("A017", "张敏")
    logged = 0
    seen: dict[Path, list[bytes]] = {}
    for _ in range(25):
        step, name = draw.choice(_STEPS), draw.choice(list(company.desks))
        desk = company.desks[name]
        if step == "log":
            logged += 1
            talk(desk, logged)
        elif step == "sync":
            desk.sync_once()
        elif step == "hear":
            company.boss.sync_once()
        elif step == "approve":
            approve(company)
        elif step == "reopen" or (step == "copy" and len(company.desks) < 4):
            desk.close()
            company.desks[name] = Book.open(tmp_path / name, company.clock)
            if step == "copy":
                new = f"copy{len(company.desks)}"
                shutil.copytree(tmp_path / name, tmp_path / new)
                company.desks[new] = Book.open(tmp_path / new, company.clock)
        elif step in ("overwrite", "delete"):
            _spoil(company, draw, seen, step)
    for _ in range(6):
        company.sync()
        approve(company)
    company.sync()
    company.sync()
    expected = [f"{number:04}" for number in range(1, logged + 1)]
    for book in (company.boss, Book.open(company.boss_home, company.clock), *company.desks.values()):
        calls = book.calls("A017", DAY)
        assert sorted(call.customer.phone[-4:] if call.customer else "?" for call in calls) == expected
        assert book.day("A017", DAY).figures.valid == logged
        assert book.identity.waiting is None


def _spoil(company: Company, draw: Random, seen: dict[Path, list[bytes]], step: str) -> None:
    """Take a desk's file from the share, or put an earlier state of it there, as a sync tool may."""
    files = sorted(company.share.glob("records/*/*"))
    files = [file for file in files if not file.name.startswith(company.boss.identity.writer)]
    if not files:
        return
    file = draw.choice(files)
    seen.setdefault(file, []).append(file.read_bytes())
    if step == "delete":
        file.unlink()
    else:
        file.write_bytes(draw.choice(seen[file]))
