"""`policy`: the rules shown, checked, published, and a month replayed under others; and rules added by data alone."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from agent_tui.book.policies import allowed_text
from agent_tui.i18n import set_language
from agent_tui.texts.policy_allowed import TEXTS
from shared_rules.policies.policy import builtin, builtin_text
from tests.commands.running import Machine, Machines
from tests.commands.teaming import TALKED


@pytest.fixture
def boss(machines: Machines) -> Machine:
    made = machines["S001"]
    made("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
    return made


@pytest.fixture
def desk(machines: Machines, boss: Machine) -> Machine:
    one = machines["A017"]
    one("join", str(machines.share), "--id", "A017", "--name", "张敏", "--hired", "2026-01-05").done()
    boss("sync", "--once").done()
    boss("members", "approve", boss.json("members")[0]["writer"]).done()
    sync(boss, one)
    return one


def sync(*machines: Machine) -> None:
    for one in (*machines, *machines):
        one("sync", "--once").done()


def edited(folder: Path, *pairs: tuple[str, str]) -> Path:
    text = builtin_text("handbook")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_rules_are_shown_and_printed_to_be_edited(boss: Machine, tmp_path: Path) -> None:
    shown = boss.json("policy", "show")
    assert (shown["name"], shown["from"], shown["digest"]) == ("handbook", None, builtin().digest)
    rules = {rule["id"]: rule for rule in shown["rules"]}
    assert rules["quota.standard"]["values"] == {"calls": "120", "leads": "25"}
    assert rules["pay.valid_calls"]["values"] == {"rate": "0.5"}
    assert rules["att.late"]["title"] == {"zh": "迟到", "en": "Late"}
    assert rules["day.punches"]["status"] == "disabled"
    printed = boss("policy", "show", "quota", "--toml").done().out
    path = tmp_path / "mine.toml"
    path.write_text(printed, encoding="utf-8")
    assert boss.json("policy", "check", str(path))["name"] == "quota"
    assert "quota.standard" in boss("policy", "show").done().out


def test_a_file_in_utf16_as_a_shell_of_windows_writes_it_is_read(boss: Machine, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(builtin_text("quota").replace("\n", "\r\n").encode("utf-16"))
    assert boss.json("policy", "check", str(path))["digest"] == builtin("quota").digest
    path.write_bytes(path.read_bytes()[:-1])
    assert "is neither UTF-8 nor UTF-16; save it as UTF-8" in boss("policy", "check", str(path)).wrong()


def test_a_check_says_what_would_change(boss: Machine, tmp_path: Path) -> None:
    path = edited(tmp_path, ("calls = 120", "calls = 100"), ('fine = "50"', 'fine = "60"'))
    changes = boss.json("policy", "check", str(path))["changes"]
    assert [(one["rule"], one["key"], one["before"], one["after"]) for one in changes] == [
        ("quota.standard", "calls", "120", "100"),
        ("report.false", "fine", "50", "60"),
    ]
    assert "report.false.fine: 50 -> 60" in boss("policy", "check", str(path)).done().out


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        ("calls = 120", "calls = -1", "quota.standard.calls", "a whole number from 0"),
        ("calls = 120", "cals = 120", "quota.standard.cals", "one of the keys"),
        ('cleared_by = ["att.absent"]', 'cleared_by = ["att.abset"]', "quota.shortfall.cleared_by", "points.rules"),
        ("under = 80", "under = 130", "points.malus.under", "not above bonus.over"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_by_line_key_and_what_is_allowed(
    boss: Machine, tmp_path: Path, old: str, new: str, key: str, allowed: str
) -> None:
    path = edited(tmp_path, (old, new))
    line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text.startswith(new))
    file = str(path)
    for command in (("check", file), ("publish", file, "--from", "2026-11-23"), ("replay", file, "--month", "2026-11")):
        said = boss("policy", *command).wrong()
        assert f"line {line}: {key}" in said
        assert allowed in said
    said = boss("policy", "check", str(path), "--lang", "zh").wrong()
    assert f"第 {line} 行" in said
    assert "可用" in said


def test_what_is_allowed_is_said_in_chinese() -> None:
    set_language("zh")
    try:
        for english, chinese in TEXTS.values():
            assert allowed_text(english.replace("{x}", "a, b")) == chinese.replace("{x}", "a, b")
        assert allowed_text("not without it; a whole number from 0") == "不可缺少;不小于 0 的整数"
    finally:
        set_language("en")


def test_a_published_policy_judges_from_its_day_on_everywhere(boss: Machine, desk: Machine, tmp_path: Path) -> None:
    path = edited(tmp_path, ("calls = 120", "calls = 100"))
    assert "2026-11-22 has passed" in boss("policy", "publish", str(path), "--from", "2026-11-22").wrong()
    assert "supervisor" in desk("policy", "publish", str(path), "--from", "2026-11-24").wrong()
    published = boss.json("policy", "publish", str(path), "--from", "2026-11-24")
    assert "already" in boss("policy", "publish", str(path), "--from", "2026-11-25").wrong()
    sync(boss, desk)
    for one in (boss, desk):
        assert one.json("policy", "show")["name"] == "handbook"
        shown = one.json("policy", "show", "--day", "2026-11-24")
        assert (shown["digest"], shown["from"]) == (published["digest"], "2026-11-24")
    assert desk.json("status")["quota"]["calls"] == 120
    desk.now = "2026-11-24T10:00:00+08:00"
    assert desk.json("status")["quota"]["calls"] == 100
    assert boss.json("team", "--day", "2026-11-23")["agents"][0]["quota"]["calls"] == 120


def test_a_month_replayed_under_another_file(boss: Machine, desk: Machine, tmp_path: Path) -> None:
    desk(*TALKED).done()
    sync(boss, desk)
    boss("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23").done()
    late = 'points = -2\nfine = "10"\nminutes = 30'
    path = edited(tmp_path, ('rate = "0.5"', 'rate = "2"'), (late, 'points = -5\nfine = "20"\nminutes = 30'))
    boss.now = "2026-11-24T09:00:00+08:00"
    (agent,) = boss.json("policy", "replay", str(path), "--month", "2026-11")["agents"]
    lines = {line["line"].partition(":")[0]: line for line in agent["lines"] if "shortfall" not in line["line"]}
    assert lines["pay.valid_calls"]["now"]["amount"] == "0.50"
    assert lines["pay.valid_calls"]["then"] == {"quantity": 1, "rate": "2", "amount": "2.00"}
    assert (lines["pay.fines"]["now"]["amount"], lines["pay.fines"]["then"]["amount"]) == ("-10.00", "-20.00")
    assert agent["points"] == {"now": 98, "then": 95}
    assert agent["total"] == {"now": "270.50", "then": "262.00"}  # 1000 + calls − fine − (119 + 24) × 5
    printed = boss("policy", "replay", str(path), "--month", "2026-11").done().out
    assert "262.00" in printed
    assert printed.count("1,000.00") == 2
    assert "-8.50" in printed
    assert "Shortfall, calls 2026-11-23" in printed
    assert "Shortfall, leads 2026-11-23" in printed
    # Nothing is written by it.
    assert boss.json("policy", "show")["digest"] == builtin().digest


def test_a_month_that_has_nothing_to_replay_is_refused(boss: Machine, tmp_path: Path) -> None:
    path = str(edited(tmp_path))
    assert "2026-12 is still to come" in boss("policy", "replay", path, "--month", "2026-12").wrong()
    assert "nobody was an agent of the team in 2025-01" in boss("policy", "replay", path, "--month", "2025-01").wrong()


NEW_RULE = """
[points.rules."conduct.phone"]
title = { zh = "上班玩手机", en = "Playing with the phone" }
clause = "上班时间禁止玩手机"
points = -3
fine = "15"
"""
NEW_OUTCOME = """
[[outcomes]]
id = "voicemail"
title = { zh = "语音留言", en = "Left a message" }
digit = "9"
spoke = true
asks = ["company", "note"]
"""


def test_a_rule_an_outcome_and_another_validity_by_data_alone(boss: Machine, desk: Machine, tmp_path: Path) -> None:
    text = builtin_text("handbook")
    start = text.index('[[outcomes]]\nid = "do_not_call"')
    text = text[:start] + text[text.index("[[outcomes]]", start + 5) :] + NEW_RULE + NEW_OUTCOME
    text = text.replace(
        'required = ["company", "contact", "title", "phone", "note"]', 'required = ["company", "phone"]'
    )
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    assert desk.json(*TALKED[:5], "--company", "甲公司")["valid"] is False
    boss("policy", "publish", str(path), "--from", "2026-11-24").done()
    sync(boss, desk)
    for one in (boss, desk):
        one.now = "2026-11-24T10:00:00+08:00"
    logged = desk.json("log", "--phone", "13900000002", "--outcome", "voicemail", "--company", "乙公司")
    assert (logged["valid"], logged["missing"]) == (True, [])
    assert "do_not_call" in desk("log", "--phone", "13900000003", "--outcome", "do_not_call").wrong()
    sync(boss, desk)
    entry = boss.json("points", "--agent", "A017", "--rule", "conduct.phone", "--on", "2026-11-24")
    assert (entry["points"], entry["yuan"]) == (-3, "-15.00")
    sync(boss, desk)
    day: Any = desk.json("status")
    assert (day["valid"], day["points"]["balance"], day["estimate"]["fines"]) == (1, 97, "740.00")  # 725 of Monday + 15
    assert boss.json("team")["agents"][0]["valid"] == 1
    rules = [rule["id"] for rule in desk.json("policy", "show")["rules"]]
    assert "conduct.phone" in rules
    # Monday is judged by the rules of Monday.
    assert boss.json("team", "--day", "2026-11-23")["agents"][0]["valid"] == 0
    # Of a rule that Monday did not have, no entry.
    assert "conduct.phone" in boss("points", "--agent", "A017", "--rule", "conduct.phone", "--on", "2026-11-23").wrong()


def test_an_imported_row_is_read_by_the_outcomes_of_its_own_day(boss: Machine, desk: Machine, tmp_path: Path) -> None:
    policy = edited(tmp_path, ('id = "existing_customer"', 'id = "wechat"'), ('zh = "已合作"', 'zh = "微信"'))
    boss("policy", "publish", str(policy), "--from", "2026-11-23").done()
    sync(boss, desk)
    file = tmp_path / "calls.csv"
    file.write_text(
        "电话,结果,开始时间\n13800138000,微信,2026-11-20 9:00\n13800138000,微信,2026-11-23 9:00\n", encoding="utf-8"
    )
    report = desk.json("import", "calls", str(file))
    assert (report["imported"], report["refused"]) == (1, 1)


def test_a_file_that_is_no_toml_is_refused_in_the_language_with_its_place(boss: Machine, tmp_path: Path) -> None:
    path = edited(tmp_path, ("calls = 120", "calls = = 120"))
    line = path.read_text(encoding="utf-8").splitlines().index("calls = = 120") + 1
    said = boss("policy", "check", str(path), "--lang", "zh").wrong()
    assert f"第 {line} 行第 9 列:不是 TOML:缺少值" in said
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(said.split("行第")[1])
    assert f"line {line}, column 9: not TOML: a value is missing" in boss("policy", "check", str(path)).wrong()
    card = tmp_path / "card.toml"
    card.write_text("event = 个税调整\n", encoding="utf-8")
    assert "第 1 行第 9 列不是 TOML:缺少值" in boss("card", "publish", str(card), "--lang", "zh").wrong()


def test_a_file_that_is_too_large_or_has_no_end_is_refused(boss: Machine, tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_text("# " + "x" * 2_000_000, encoding="utf-8")
    for command in (("policy", "check"), ("card", "publish")):
        assert "too large" in boss(*command, str(large)).wrong()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of that kind on Windows")
def test_a_file_without_an_end_is_left_before_it_is_read_to_one(boss: Machine, tmp_path: Path) -> None:
    endless = tmp_path / "endless.toml"
    os.mkfifo(endless)
    broken = Event()

    def write() -> None:
        with suppress(BrokenPipeError), endless.open("wb") as pipe:
            for _ in range(64):
                pipe.write(b"x" * 1_000_000)
            return
        broken.set()

    for command in (("policy", "check"), ("card", "publish")):
        broken.clear()
        writer = Thread(target=write)
        writer.start()
        assert "too large" in boss(*command, str(endless)).wrong()
        writer.join()
        assert broken.is_set()


@pytest.mark.usefixtures("desk")
def test_a_fine_in_days_of_base_pay_is_explained(boss: Machine, tmp_path: Path) -> None:
    path = edited(tmp_path, ('day_pay_status = "disabled"', 'day_pay_status = "disputed"'))
    boss("policy", "publish", str(path), "--from", "2026-11-23").done()
    entry = boss.json("points", "--agent", "A017", "--rule", "att.absent", "--on", "2026-11-23")
    assert entry["yuan"] == "-142.86"
    assert "3 x 1,000.00 / 21 workdays = 142.86" in boss("why", entry["id"]).done().out
    assert "/ 21 workdays" not in boss("why", boss.json("points", *LATE)["id"]).done().out


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("text", [builtin_text("quota"), builtin_text("pay")], ids=["quota", "pay"])
def test_a_month_whose_policy_has_no_points_has_no_ledger(boss: Machine, tmp_path: Path, text: str) -> None:
    boss("points", *LATE).done()
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    boss("policy", "publish", str(path), "--from", "2026-11-24").done()
    assert boss.json("ledger", "--agent", "A017")["balance"] == 98
    boss.now = "2026-11-24T10:00:00+08:00"
    for more in ([], ["--json"]):
        assert "2026-11 has no points: there is no ledger" in boss("ledger", "--agent", "A017", *more).wrong()
    assert "2026-11 的制度没有积分部分" in boss("ledger", "--agent", "A017", "--lang", "zh").wrong()
    assert boss.json("ledger", "--agent", "A017", "--month", "2026-10")["balance"] == 100


LATE = ("--agent", "A017", "--rule", "att.late", "--on", "2026-11-23")
