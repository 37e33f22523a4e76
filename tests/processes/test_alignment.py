"""Hostile names in a real terminal: every border stands in its column, measured by another program's idea of width."""

from pathlib import Path

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from tests.company import NOW
from tests.processes.terminal import Terminal, program
from tests.ui.desk.bench import make_home

NAMES = (
    "[/]",
    "[VIP]李四",
    "宁波宏达(集团)",
    "\u202eabc",
    "e\u0301te\u0301",
    "한국어회사",
    "ﾊﾝｶｸ株式会社",
    "ＡＢＣ有限公司",
    "…—“”·→",
)


def test_every_border_stands_in_its_column(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    book = Book.open(home, SetClock(NOW, ticking=False))
    for number, name in enumerate(NAMES):
        book.own.log(
            CallEntry(
                phone=f"1370013700{number}", outcome="talked", company=name, contact=name, title=name, note=name,
                follow_up=NOW, started_at=NOW,
            )
        )  # fmt: skip
    book.close()
    with Terminal(program(home, "--ascii", "--now", NOW.isoformat()), rows=40, columns=100) as desk:
        desk.wait("[VIP]")
        desk.wait(lambda text: f"今天 {len(NAMES)} 通" in text and text.splitlines()[-2].startswith("+-"))
        rows = desk.cells()
        panels = [row for row in rows if row[0] == "|"]
        assert len(panels) > 20, "\n".join("".join(row) for row in rows)
        for row in panels:
            assert row[-1] == "|", "".join(row)
        # The two lists beside each other: the borders between them are in one column, in every row.
        lists = panels[-len(NAMES) :]
        between = [column for column in range(1, 98) if all(row[column : column + 2] == ["|", "|"] for row in lists)]
        assert len(between) == 1, "\n".join("".join(row) for row in lists)
        desk.quit()
