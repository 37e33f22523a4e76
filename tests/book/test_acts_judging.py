"""Acts that judge: verdicts, appeals, rulings, and taking them back."""

from tests.book.acting import NUMBER, TALKED, refuse
from tests.book.world import DAY
from tests.company import Company


def test_a_call_is_verified_under_its_customers_tag(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    company.sync()
    refuse(boss, lambda: boss.supervisor.verify(call.id, True, ""), "why")
    refuse(boss, lambda: boss.supervisor.verify("nothing", True, "没打"), "no record")
    found = boss.supervisor.verify(call.id, True, "号码主人说没接过")
    refuse(boss, lambda: boss.supervisor.verify(call.id, True, "没打"), "verified so already")
    assert boss.day("A001", DAY).figures.valid == 0
    line = next(
        stored.line
        for segment in boss.session.place.journal.segments()
        for stored in boss.session.place.journal.read(segment.name)
        if stored.line.id == found.id
    )
    keys = desk.session.place.tag_keys()
    assert keys is not None
    assert keys.phone(NUMBER).encode() in bytes(line.body)
    true = boss.supervisor.verify(call.id, False)
    assert true.content["replaces"] == [found.id]
    assert boss.day("A001", DAY).figures.valid == 1
    entry = boss.supervisor.points("A001", "att.late", DAY)
    refuse(boss, lambda: boss.supervisor.verify(entry.id, True, "x"), "not a call")


def test_an_entry_is_appealed_against_once_and_ruled_on_by_a_supervisor(company: Company) -> None:
    desk, other, boss = company.join("A001", "刘洋"), company.join("A002", "李强"), company.boss
    entry = boss.supervisor.points("A001", "att.late", DAY)
    theirs = boss.supervisor.points("A002", "att.late", DAY)
    company.sync()
    for book in (desk, other):
        book.sync_once()
    refuse(desk, lambda: desk.agent.appeal(entry.id, "  "), "why")
    refuse(desk, lambda: desk.agent.appeal(theirs.id, "不对"), "record")
    desk.agent.appeal(entry.id, "地铁停运")
    refuse(desk, lambda: desk.agent.appeal(entry.id, "地铁停运"), "once")
    refuse(desk, lambda: desk.supervisor.rule_on(entry.id, upheld=False, text="本人撤销"), "supervisor")
    company.sync()
    refuse(boss, lambda: boss.supervisor.rule_on(entry.id, upheld=False, text=""), "why")
    boss.supervisor.rule_on(entry.id, upheld=True, text="无证明")
    refuse(boss, lambda: boss.supervisor.rule_on(entry.id, upheld=True, text="无证明"), "already")
    boss.supervisor.rule_on(entry.id, upheld=False, text="补了证明")
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.appeal(entry.id, "再申诉"), "once")


def test_what_is_taken_back_is_of_ones_own(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    flag = desk.agent.flag(call.id, "请教")
    punch = desk.agent.punch("in")
    entry = boss.supervisor.points("A001", "att.late", DAY)
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.flag(call.id), "already")
    refuse(desk, lambda: desk.agent.punch("in"), "14:32")
    desk.agent.punch("out")
    refuse(desk, lambda: desk.agent.withdraw(entry.id), "S001")
    refuse(boss, lambda: boss.supervisor.withdraw(flag.id), "A001")
    refuse(desk, lambda: desk.agent.withdraw(call.id), "void")
    refuse(desk, lambda: desk.agent.withdraw(punch.id), "punch")
    desk.agent.withdraw(flag.id)
    desk.agent.flag(call.id, "再请教")
    boss.supervisor.withdraw(entry.id, "记错人")
    refuse(boss, lambda: boss.supervisor.rule_on(entry.id, upheld=True, text="x"), "withdrawn")


def test_a_finding_that_a_ruling_withdrew_can_be_made_anew(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    company.sync()
    first = boss.supervisor.verify(call.id, True, "没接过")
    boss.supervisor.rule_on(first.id, upheld=False, text="查错了号码")
    assert boss.day("A001", DAY).figures.valid == 1
    refuse(boss, lambda: boss.supervisor.rule_on(first.id, upheld=False, text="再撤"), "already")
    second = boss.supervisor.verify(call.id, True, "又问了一次,确实没接过")
    assert second.content["replaces"] == [first.id]
