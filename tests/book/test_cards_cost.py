"""What came of a talk card is told of days that are put away without unfolding them."""

from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from agent_tui.book import Book
from shared_rules.policies.policy import builtin_text
from tests.book.month import Month, a_day
from tests.effort import effort

FIRST = date(2026, 3, 2)


def test_cards_are_counted_of_days_put_away_as_of_days_unfolded(tmp_path: Path) -> None:
    month = Month(tmp_path, FIRST, {"A001": date(2026, 1, 5), "A002": date(2026, 1, 5)})
    cards = [
        month.boss.supervisor.publish_card(event, FIRST, "忙", "正是机遇", "周三?").id for event in ("新规", "展会")
    ]
    month.sync()
    for number in range(4):
        day = FIRST + timedelta(days=number)
        month.clock.set(day, 18)
        for agent, desk in month.desks.items():
            calls = a_day(day, 12, 5, first=20 * number)
            desk.own.log_many([replace(one, card=(*cards, None)[place % 3]) for place, one in enumerate(calls)])
            shown = desk.calls(agent, day)
            desk.own.void(shown[1].id)
            desk.own.correct(shown[2].id, replace(calls[0], started_at=shown[2].started_at, note=""))
            month.up()
            month.boss.supervisor.verify(shown[3 + number % 2].id, number % 2 == 0, "核")
        month.sync()
    month.clock.set(FIRST + timedelta(days=6), 9)
    fresh = Book.open(tmp_path / "boss", month.clock)
    assert fresh.cards() == month.boss.cards()
    assert fresh.read.why(cards[0]) == month.boss.read.why(cards[0])
    fresh.close()
    month.close()


def test_the_calls_with_a_card_are_told_in_one_order_on_every_machine(tmp_path: Path) -> None:
    # So many that the order in which one machine comes to know them is another's by no chance.
    agents = [f"A{number:03}" for number in range(1, 7)]
    month = Month(tmp_path, FIRST, dict.fromkeys(agents, date(2026, 1, 5)))
    card = month.boss.supervisor.publish_card("新规", FIRST, "忙", "正是机遇", "周三?").id
    month.sync()
    month.clock.set(FIRST, 18)
    for agent in reversed(agents):
        month.desks[agent].own.log_many([replace(one, card=card) for one in a_day(FIRST, 1, 1)])
        month.up()
    month.boss.close()
    month.boss = Book.open(tmp_path / "boss", month.clock)
    found = month.boss.read.why(card)
    assert found is not None
    assert [one.by for one in found.why.records if one.kind == "call"] == agents
    month.close()


def test_the_texts_of_a_card_are_told_in_one_order_however_they_came(tmp_path: Path) -> None:
    month = Month(tmp_path, FIRST, {"A001": date(2026, 1, 5)})
    supervisor = month.boss.supervisor
    first = supervisor.publish_card("新规", FIRST, "忙", "正是机遇", "周三?").id
    second = supervisor.publish_card("新规", FIRST, "没空", "正是机遇", "周四?", instead_of=first).id
    shown = month.boss.cards()
    assert [set(one.versions) for one in shown] == [{first, second}]
    folds = month.boss.session.folds
    folds.told = dict(reversed(folds.told.items()))
    assert month.boss.cards() == shown
    month.close()


def test_a_new_hires_calls_with_a_card_are_leads_as_the_day_counts_them(tmp_path: Path) -> None:
    month = Month(tmp_path, FIRST, {"A001": FIRST})
    both = 'new_hire_interests = ["intent", "developable"]'
    narrow = builtin_text("handbook").replace(both, 'new_hire_interests = ["intent"]')
    month.boss.supervisor.publish_policy(narrow, "narrow.toml", FIRST)
    card = month.boss.supervisor.publish_card("新规", FIRST, "忙", "正是机遇", "周三?").id
    month.sync()
    month.clock.set(FIRST, 18)
    calls = [replace(one, card=card) for one in a_day(FIRST, 2, 2)]
    month.desks["A001"].own.log_many([replace(calls[0], interest="developable"), calls[1]])
    month.sync()
    (view,) = month.boss.cards()
    assert (view.uses.calls, view.uses.leads) == (2, month.boss.day("A001", FIRST).figures.leads) == (2, 1)
    month.close()


def test_cards_leave_put_away_what_is_put_away(tmp_path: Path) -> None:
    assert cost_of_cards(tmp_path / "many", 120) - cost_of_cards(tmp_path / "few", 20) < 20


def cost_of_cards(folder: Path, calls: int) -> int:
    folder.mkdir()
    month = Month(folder, FIRST, {"A001": date(2026, 1, 5)})
    month.boss.supervisor.publish_card("新规", FIRST, "忙", "正是机遇", "周三?")
    for number in range(2):
        month.clock.set(FIRST + timedelta(days=number), 18)
        month.desks["A001"].own.log_many(a_day(FIRST + timedelta(days=number), calls, 0))
        month.sync()
    month.clock.set(FIRST + timedelta(days=5), 9)
    boss = Book.open(folder / "boss", month.clock)
    boss.load_month(boss.today())
    cost = effort(boss.cards)
    boss.close()
    month.close()
    return cost
