"""What an entry or a fine is worth, in words, as far as the money mode in force shows it (handbook 6)."""

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.ui.board.doing.writing import money


def shows_points(book: Book) -> bool:
    """Whether points are shown."""
    return book.policy().money.mode != "off"


def shows_amounts(book: Book) -> bool:
    """Whether amounts are shown."""
    return book.policy().money.mode == "estimate"


def worth(book: Book, points: int, fen: int) -> str:
    """-2 分 -10 元; without what is hidden, and without what is 0."""
    shown = t("board.points_amount", points=f"{points:+d}") if points and shows_points(book) else ""
    fine = money(-fen) if fen and shows_amounts(book) else ""
    return " ".join(part for part in (shown, fine) if part)
