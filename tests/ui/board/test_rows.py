"""Who comes first on the board, and in which words."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.i18n import Language, set_language
from agent_tui.ui.board import rows
from agent_tui.ui.board.totals import totals_line
from agent_tui.ui.kit.text import fit, width
from agent_tui.views import DayView, TeamView, Totals
from agent_tui.words import team_words
from shared_rules.figures import DayFigures, Pace, PointsBalance, Quota

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 16, 36)


def agent(
    id: str = "A017", *, valid: int = 55, gap: int = 3, calls: int = 80, leads: int = 9, points: int = 96
) -> DayView:
    return DayView(
        agent=id,
        name="张敏",
        day=DAY,
        workday=True,
        judged=True,
        new_hire_day=None,
        figures=DayFigures(dials=valid + 5, connected=valid, complete=valid, valid=valid, leads=leads),
        quota=Quota(calls, 15),
        pace=Pace(valid - gap, gap, 10, leads - 10, AT, None),
        points=PointsBalance(points, 25, 17),
        estimate=None,
        state="open",
        must_stay=False,
        data_age_s=4,
    )


def order(agents: list[DayView], order: rows.Order = "needs", filter: rows.Filter = "all") -> list[str]:
    ages = {one.agent: one.data_age_s for one in agents}
    return [one.agent for one in rows.arranged(agents, ages, order, filter)]


def test_a_confirmed_day_says_what_came_after_its_confirmation() -> None:
    set_language("en")
    confirmed = replace(agent(), state="confirmed")
    assert team_words.states(confirmed, 4) == ["confirmed"]
    late = replace(confirmed, beside=3)
    assert team_words.state_words(team_words.states(late, 4)) == "confirmed, reconfirm"
    assert any("3 records" in reason for reason in rows.reasons(late, 4))


def test_a_day_handed_in_short_still_keeps_somebody_and_waits_to_be_confirmed() -> None:
    set_language("en")
    short = replace(agent(gap=-9), state="handed_in", must_stay=True)
    assert team_words.state_words(team_words.states(short, 4)) == "must stay, handed in"
    assert order([agent("A1"), short], filter="needs") == ["A017"]
    assert rows.reasons(replace(short, must_stay=False), 4)[0] == "handed in, to be confirmed"
    assert team_words.states(replace(short, must_stay=False), 4) == ["handed_in"]


def test_who_needs_something_comes_first_the_furthest_behind_before_all() -> None:
    fine, behind, far, silent = agent("A1"), agent("A2", gap=-1), agent("A3", gap=-9), agent("A4", gap=5)
    silent = replace(silent, data_age_s=team_words.STALE_S + 1)
    assert order([fine, behind, silent, far]) == ["A3", "A2", "A4", "A1"]
    assert order([fine, behind, silent, far], filter="needs") == ["A3", "A2", "A4"]


def test_other_orders_and_filters() -> None:
    one, two = agent("A1", valid=10, leads=9, points=99), agent("A2", valid=20, leads=3, points=80)
    assert order([two, one], "agent") == ["A1", "A2"]
    assert order([one, two], "valid") == ["A2", "A1"]
    assert order([two, one], "leads") == ["A1", "A2"]
    assert order([one, two], "points") == ["A2", "A1"]
    assert order([one, replace(two, new_hire_day=3)], filter="new") == ["A2"]


def test_no_row_moves_while_the_order_is_kept_and_new_agents_come_last() -> None:
    agents = [agent("A1"), agent("A2"), agent("A3")]
    assert [one.agent for one in rows.kept(["A2", "A1"], agents)] == ["A2", "A1", "A3"]


def test_the_words_of_a_state() -> None:
    behind = replace(agent(gap=-7), data_age_s=2460, new_hire_day=15)
    assert team_words.states(behind, 2460) == ["behind", "stale"]
    assert rows.row(behind, 2460, narrow=True).cells["state"] == ("behind, old data, new", "alert")
    wide = rows.row(behind, 2460, narrow=False).cells
    assert wide["state"] == ("behind, old data", "alert")
    assert wide["special"] == "new day 15"
    assert team_words.states(replace(behind, judged=False), None) == ["unjudged"]
    supervisor = replace(behind, judged=False, quota=None, pace=None, new_hire_day=None)
    cells = rows.row(supervisor, None, narrow=False).cells
    assert (cells["valid"], cells["leads"], cells["special"]) == ("55/-", "9/-", "")
    assert team_words.states(replace(behind, workday=False), None) == ["day_off"]
    assert team_words.states(replace(behind, must_stay=True), None)[0] == "stay"
    assert team_words.states(replace(behind, state="confirmed"), 2460) == ["confirmed"]
    assert team_words.states(agent(valid=80, leads=15), 4) == ["made"]


def test_where_the_state_has_no_room_whole_words_go_that_another_column_says() -> None:
    found = ["behind", "stale", "new"]
    assert rows.state_text(found, ["odd 3"], 28) == "behind, old data, new, odd 3"
    assert rows.state_text(found, ["odd 3"], 27) == "behind, new, odd 3"
    assert rows.state_text(found, ["odd 3"], 17) == "new, odd 3"
    assert rows.state_text(["handed_in", "new", "visit"], cells=18) == "handed in, visit"
    assert rows.state_text(["stay", "handed_in"], cells=18) == "must stay"
    assert rows.state_text(["handed_in"], ["odd 2", "appeal"], 18) == "odd 2, appeal", "what waits is never cut"
    assert rows.state_text(["stay", "behind", "made"], ["request"], 1) == "must stay, request", (
        "these are said nowhere else"
    )


@pytest.mark.parametrize(
    ("seconds", "zh", "en", "long"),
    [
        (None, "无", "none", "none"),
        (0, "0秒", "0s", "0 s"),
        (59, "59秒", "59s", "59 s"),
        (2460, "41分", "41m", "41 min"),
        (7200, "2时", "2h", "2 h"),
        (200_000, "2天", "2d", "2 days"),
    ],
)
def test_ages(seconds: int | None, zh: str, en: str, long: str) -> None:
    assert team_words.age(seconds) == en
    assert team_words.age(seconds, long=True) == long
    set_language("zh")
    assert team_words.age(seconds) == zh


def test_forecasts() -> None:
    going = agent()
    assert team_words.forecast(going) == "16:36"
    assert going.pace is not None
    assert team_words.forecast(replace(going, pace=replace(going.pace, forecast_calls=None))) == "no"
    assert team_words.forecast(replace(going, figures=DayFigures())) == ""
    # Who calls before the hours is not yet told that the day cannot be made.
    assert team_words.forecast(replace(going, pace=replace(going.pace, due_calls=0, forecast_calls=None))) == ""
    assert team_words.forecast(replace(going, pace=None)) == ""


def test_a_desk_is_not_silent_out_of_working_time_and_a_day_without_a_call_has_not_begun() -> None:
    morning = replace(agent(valid=0, gap=0), figures=DayFigures(), data_age_s=57_600, rest_s=57_600)
    set_language("zh")
    cells = rows.row(morning, 57_600, narrow=True).cells
    assert (cells["state"], cells["age"]) == (("未开始", "plain"), ("16时", "muted"))
    assert not rows.needs(morning, 57_600)
    assert team_words.states(morning, 57_600 + team_words.STALE_S) == ["not_begun"]
    assert team_words.states(morning, 57_601 + team_words.STALE_S) == ["stale"]
    # Of who is on leave all day no call is asked.
    assert team_words.states(replace(morning, quota=Quota(0, 0, 420), rest_s=0), 57_600) == ["made"]


def test_why_a_row_is_where_it_is() -> None:
    late = replace(agent(gap=-7), data_age_s=2460)
    assert rows.reasons(late, 2460) == ["7 behind the pace", "25 to go", "silent for 41 min", "leads 1 behind"]
    came = replace(agent(gap=-7), first=True)
    assert "first day judged, unless excused" in rows.reasons(came, 4)
    assert "first day judged, unless excused" not in rows.reasons(replace(came, excused=True), 4)
    assert rows.reasons(replace(agent(leads=12), first=True), 4) == ["nothing to do"]
    assert rows.reasons(agent(leads=12), 4) == ["nothing to do"]
    assert rows.reasons(agent(leads=12), 4, ["request"]) == ["request"]


@given(st.integers(-999, 999), st.integers(0, 999), st.integers(0, 200), st.integers(-500, 500), st.integers(0, 10**7))
def test_no_figure_is_cut_by_its_column(gap: int, valid: int, leads: int, points: int, age: int) -> None:
    columns = {column.key: column for column in rows.columns()}
    shown = rows.row(agent(valid=valid, gap=gap, calls=120, leads=leads, points=points), age, narrow=True).cells
    for key in ("valid", "gap", "leads", "forecast", "points", "age"):
        cell = shown[key]
        text = cell[0] if isinstance(cell, tuple) else cell
        assert width(text) <= columns[key].cells, key
        assert fit(text, columns[key].cells, "right").strip() == text


def test_what_makes_the_quota_another_is_never_cut_within_a_number() -> None:
    set_language("zh")
    away = replace(agent(), new_hire_day=13, quota=Quota(63, 15, 90), visit_minutes=90)
    assert rows.row(away, 4, narrow=False, special_room=19).cells["special"] == "新人第13天 外访90分"
    assert rows.row(away, 4, narrow=False, special_room=18).cells["special"] == "新人 外访"
    assert rows.row(replace(away, new_hire_day=None), 4, narrow=False, special_room=9).cells["special"] == "外访90分"
    left = replace(away, new_hire_day=None, leave_minutes=90, visit_minutes=0)
    assert rows.row(left, 4, narrow=False, special_room=9).cells["special"] == "请假90分"
    assert team_words.specials(replace(left, visit_minutes=30, quota=Quota(60, 15, 120))) == ["leave", "visit"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_waits_has_room_beside_the_totals_of_a_large_team(language: Language) -> None:
    set_language(language)
    totals = Totals(9999, 8888, 7777, 1111, 12936, 4484, 7777, 23343, 5690, -10407, -1206, 30)
    view = TeamView("t", "一组", DAY, (), totals, waiting=3)
    said = totals_line(view, {"suspects": 213, "appeals": 11, "requests": 21}, 78)
    texts = [part if isinstance(part, str) else part[0] for part in said]
    assert sum(width(text) for text in texts) <= 78
    for number in ("12,936/23,343", "30", "213", "11", "21", "3"):
        assert any(number in text for text in texts), number


@pytest.mark.parametrize(("language", "proposed"), [("zh", "F9建议 5"), ("en", "F9 proposed 5")])
def test_proposals_stand_in_the_totals_until_there_is_no_room_for_all_that_waits(
    language: Language, proposed: str
) -> None:
    set_language(language)
    totals = Totals(9999, 8888, 7777, 1111, 936, 484, 777, 1343, 290, -407, -16, 3)
    view = TeamView("t", "一组", DAY, (), totals, waiting=0)
    counts = {"suspects": 13, "appeals": 1, "requests": 2, "proposals": 5}

    def texts(cells: int) -> str:
        return "".join(part if isinstance(part, str) else part[0] for part in totals_line(view, counts, cells))

    assert proposed in texts(78)
    assert proposed not in texts(60)


def test_a_name_takes_no_cells_from_the_words_that_are_chosen_for_their_room() -> None:
    yields = {column.key: column.yields for column in rows.columns()}
    assert yields["state"] < yields["special"] < yields["name"]


def test_a_day_to_confirm_again_leaves_room_for_what_waits() -> None:
    names = ["confirmed", "beside"]
    assert rows.state_text(names, ["odd 44"], 18) == "reconfirm, odd 44"
    assert rows.state_text(names, [], 40) == "confirmed, reconfirm"
    assert rows.state_text(["confirmed"], ["odd 44"], 10) == "confirmed, odd 44"
