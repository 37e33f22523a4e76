"""What is refused in one clear line: what, where, how to mend it; and nothing is done by half."""

import errno
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent_tui import teams
from agent_tui.errors import Problem
from agent_tui.store.files import Files
from tests.book.world import DAY, TALKED, valid
from tests.company import ZONE, Company
from tests.sync.world import World


def test_a_withdrawn_call_is_not_brought_back_by_a_correction(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(TALKED)
    desk.own.void(call.id)
    with pytest.raises(Problem, match="log it again"):
        desk.own.correct(call.id, TALKED)
    assert valid(desk, "A017") == 0
    assert desk.own.log(TALKED).valid


def test_a_hire_date_to_come_is_refused(company: Company, tmp_path: Path) -> None:
    tomorrow = DAY + timedelta(days=1)
    before = sorted(company.share.rglob("*"))
    with pytest.raises(Problem, match=str(tomorrow)):
        teams.ask_to_join(tmp_path / "A", company.share, "A017", "张敏", tomorrow, company.clock)
    with pytest.raises(Problem, match=str(tomorrow)):
        teams.create_solo(tmp_path / "A", "A017", "张敏", tomorrow, ZONE, company.clock)
    assert not teams.has_team(tmp_path / "A")
    assert sorted(company.share.rglob("*")) == before
    teams.ask_to_join(tmp_path / "A", company.share, "A017", "张敏", DAY, company.clock)


@contextmanager
def there_already(id: str) -> Iterator[None]:
    """Refused for the record of that id."""
    with pytest.raises(Problem) as refused:
        yield
    assert refused.value.values["record"] == id


def test_an_entry_made_twice_is_refused_unless_something_sets_it_apart(company: Company) -> None:
    desk = company.join("A017", "张敏")
    first, second = desk.own.log(TALKED), desk.own.log(TALKED)
    company.sync()
    boss = company.boss.supervisor
    late = boss.points("A017", "att.late", DAY, note="堵车")
    for note in ("堵车", ""):
        with there_already(late.id):
            boss.points("A017", "att.late", DAY, note=note)
    boss.points("A017", "att.late", DAY, note="午后又迟到")
    boss.points("A017", "att.late", DAY - timedelta(days=1))
    abuse = boss.points("A017", "conduct.abuse", DAY, evidence=first.id)
    with there_already(abuse.id):
        boss.points("A017", "conduct.abuse", DAY, evidence=first.id)
    boss.points("A017", "conduct.abuse", DAY, evidence=second.id)
    assert company.boss.ledger("A017", "2026-11").balance == 100 - 3 * 2 - 2 * 5
    # One that counts nothing any more stands in nobody's way.
    boss.withdraw(late.id)
    boss.rule_on(abuse.id, upheld=False, text="误记")
    boss.points("A017", "att.late", DAY, note="堵车")
    boss.points("A017", "conduct.abuse", DAY, evidence=first.id)


def test_a_payment_recorded_twice_is_refused_unless_a_note_sets_it_apart(company: Company) -> None:
    company.join("A017", "张敏")
    company.join("A018", "李强")
    boss = company.boss.supervisor
    paid = boss.payment("13800138000", "5000", DAY, agent="A017")
    for agent, amount in (("A017", "5000"), ("A018", "5,000.00")):
        with there_already(paid.id):
            boss.payment("138-0013-8000", amount, DAY, agent=agent)
    boss.payment("13800138000", "5000", DAY, agent="A017", note="第二笔")
    boss.payment("13800138000", "5000", DAY - timedelta(days=1), agent="A017")
    boss.payment("13800138001", "5000", DAY, agent="A017")
    refund = boss.payment("13800138000", "-5000", DAY, agent="A017")
    with there_already(refund.id):
        boss.payment("13800138000", "-5000", DAY, agent="A017")
    boss.withdraw(paid.id)
    boss.payment("13800138000", "5000", DAY, agent="A017", note="更正")


def test_a_payment_that_a_refund_rests_on_is_withdrawn_after_it(company: Company) -> None:
    company.join("A017", "张敏")
    boss = company.boss.supervisor
    paid, more = (boss.payment("13800138000", amount, DAY, agent="A017") for amount in ("100", "30"))
    refund = boss.payment("13800138000", "-80", DAY, agent="A017")
    boss.withdraw(more.id)
    with pytest.raises(Problem, match="refund"):
        boss.withdraw(paid.id)
    boss.withdraw(refund.id)
    boss.withdraw(paid.id)


def test_a_refund_rests_on_the_payment_also_when_the_customer_is_anothers_by_then(company: Company) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss.supervisor
    company.join("A018", "李强")
    desk.own.log(TALKED)
    company.sync()
    number = TALKED.phone
    paid = boss.payment(number, "100", DAY)
    boss.assign(number, "A018")
    refund = boss.payment(number, "-80", DAY)
    assert (paid.agent, refund.agent) == ("A017", "A018")
    with pytest.raises(Problem, match="refund"):
        boss.withdraw(paid.id)
    boss.withdraw(refund.id)
    boss.withdraw(paid.id)


def test_what_stands_in_the_way_is_told_in_words_and_not_by_the_id_of_its_record(company: Company) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss.supervisor
    company.join("A018", "李强")
    number = TALKED.phone
    paid, more = (boss.payment(number, amount, DAY, agent="A017") for amount in ("100", "30"))
    refund = boss.payment(number, "-120", DAY, agent="A017")
    card = boss.publish_card("展会", DAY, "太贵", "先试一个月", "哪天方便?")
    asked = desk.agent.ask("leave", DAY + timedelta(days=1), 60, "看牙")
    refused: dict[str, Callable[[], object]] = {
        "the same card is out already, by S001 陈静 on 11-23 14:32": (
            lambda: boss.publish_card("展会", DAY, "太贵", "先试一个月", "哪天方便?")
        ),
        "this payment is A017's already": lambda: boss.move_payment(number, paid.id, "A017"),
        "the refund of 120.00 yuan on 2026-11-23 is of this payment and of others": (
            lambda: boss.move_payment(number, paid.id, "A018")
        ),
        "a refund to the customer rests on this payment": lambda: boss.withdraw(paid.id),
        "asked for the same minutes of 2026-11-24 already, on 11-23 14:32": (
            lambda: desk.agent.ask("leave", DAY + timedelta(days=1), 60, "看牙")
        ),
    }
    for said, act in refused.items():
        with pytest.raises(Problem, match=said) as problem:
            act()
        assert not [one for one in (paid, more, refund, card, asked) if one.id in str(problem.value)]


def test_evidence_must_be_a_record_of_that_agent_where_the_rule_cites_one(company: Company) -> None:
    desk, other = company.join("A017", "张敏"), company.join("A018", "李强")
    mine, theirs = desk.own.log(TALKED), other.own.log(TALKED)
    company.sync()
    for evidence in ("nonsense", "019a0000-0000-7000-8000-000000000000", theirs.id):
        with pytest.raises(Problem, match=evidence):
            company.boss.supervisor.points("A017", "conduct.abuse", DAY, evidence=evidence)
    company.boss.supervisor.points("A017", "conduct.abuse", DAY, evidence=mine.id)
    (entry,) = company.boss.ledger("A017", "2026-11").entries
    assert entry.evidence == mine.id
    with pytest.raises(Problem, match="cites a call"):
        company.boss.supervisor.points("A017", "conduct.abuse", DAY)
    with pytest.raises(Problem, match=mine.id):
        company.boss.supervisor.points("A017", "att.late", DAY, evidence=mine.id)
    for evidence in ("nonsense", theirs.id):
        with pytest.raises(Problem, match=evidence):
            company.boss.supervisor.points("A017", "award.excellent", DAY, points=3, note="好", evidence=evidence)
    company.boss.supervisor.points("A017", "award.excellent", DAY, points=3, note="好", evidence=mine.id)
    with pytest.raises(Problem, match="nonsense"):
        company.boss.supervisor.points("A017", "week.summary", DAY, evidence="nonsense")
    company.boss.supervisor.points("A017", "week.summary", DAY, evidence="2026-W48")


@pytest.mark.parametrize("place", ["s3://bucket/team", "postgresql://host/db", "http://x/y", "S3:/bucket"])
def test_a_share_that_is_no_folder_is_refused_and_no_folder_is_made_of_its_name(
    tmp_path: Path, company: Company, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    # On Windows a Path of it has one slash and is a folder's that is not there.
    for given in (place, Path(place)) if sys.platform != "win32" else (place,):
        with pytest.raises(Problem, match="folder"):
            teams.ask_to_join(tmp_path / "A", given, "A017", "张敏", DAY, company.clock)
        with pytest.raises(Problem, match="folder"):
            teams.init_team(tmp_path / "A", given, "一组", "S001", "陈", ZONE, company.clock)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_url_is_a_folder(tmp_path: Path, company: Company) -> None:
    teams.ask_to_join(tmp_path / "A", company.share.as_uri(), "A017", "张敏", date(2026, 1, 5), company.clock)
    assert len(list(company.share.joinpath("join").iterdir())) == 1


def test_a_folder_that_is_not_there_is_told_with_its_own_mend(tmp_path: Path, company: Company) -> None:
    nowhere = tmp_path / "not connected" / "team"
    for act in (
        lambda: teams.init_team(tmp_path / "A", nowhere, "一组", "S001", "陈", ZONE, company.clock),
        lambda: teams.ask_to_join(tmp_path / "A", nowhere, "A017", "张敏", DAY, company.clock),
    ):
        with pytest.raises(Problem, match=re.escape(str(nowhere))) as refused:
            act()
        assert "meanwhile" not in str(refused.value)
        assert "by itself" not in str(refused.value)


class FullHome(Files):
    """A disk of this machine that has no room for anything new."""

    full = False

    def write(self, handle: int, offset: int, data: bytes) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(handle, offset, data)


def test_a_full_disk_of_this_machine_is_not_blamed_on_the_share(tmp_path: Path) -> None:
    world = World(tmp_path)
    desk, board = world.desk("desk"), world.desk("board")
    board.syncer.once()
    home = FullHome()
    for part in (board.syncer, board.syncer.mirror):
        part._files = home
    desk.log(3)
    desk.syncer.once()
    home.full = True
    with pytest.raises(Problem) as refused:
        board.syncer.once()
    assert refused.value.name == "store.disk_full"
    assert str(board.place.path) in str(refused.value)
    home.full = False
    world.time.wait(61)
    board.syncer.once()
    assert board.taken == desk.own
    home.full = True
    world.time.wait(61)
    with pytest.raises(Problem) as refused:
        board.syncer.round()  # nothing to read: the note of how sync went
    assert refused.value.name == "store.disk_full"


def test_the_word_for_a_full_share_names_the_share(tmp_path: Path) -> None:
    world = World(tmp_path)
    desk = world.desk("desk")
    desk.syncer.once()
    share = FullHome(private=False)
    desk.backend._files = share  # type: ignore[attr-defined]
    share.full = True
    desk.log()
    with pytest.raises(Problem) as refused:
        desk.syncer.round()
    assert refused.value.name == "sync.trouble"
    assert str(world.share) in str(refused.value)
