"""What somebody fills the folder with keeps nobody's own documents from being read."""

from tests.book.world import DAY
from tests.company import Company, talk


def test_a_directory_full_of_junk_hides_no_key_file(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    desk.sync_once()
    (folder,) = (one for one in (company.share / "keys").iterdir() if one.name == desk.session.place.writer)
    for number in range(2100):
        junk = folder / f"{number:06}.json"
        if not junk.exists():
            junk.write_text("{}", encoding="utf-8")
    company.boss.sync_once()
    (call,) = company.boss.calls("A017", DAY)
    assert call.customer


def test_a_directory_full_of_junk_hides_no_request(company: Company) -> None:
    company.ask("A018", "李雷")
    for number in range(2100):
        letters = "".join("234567"[number // 6**place % 6] for place in range(5))
        (company.share / "join" / f"22222222222{letters}.json").write_text("{}", encoding="utf-8")
    company.boss.sync_once()
    assert [one.id for one in company.boss.members.all() if one.state == "waiting"] == ["A018"]
