"""People: what the devices of one say together."""

from datetime import date, timedelta

from agent_tui.trust.membership import Membership
from tests.trust.world import EVE, LI, MONDAY, NEXT_DAY, ZHANG, ZHANG_2, member, team


def test_a_person_is_all_devices_together() -> None:
    old = member(LI, ZHANG, end=30)
    new = member(LI, ZHANG_2, seq=2, id="m2", joined=MONDAY + timedelta(days=7))
    person = team(old, new).person("A017")
    assert person
    assert person.writers == tuple(sorted((ZHANG.writer, ZHANG_2.writer)))
    assert (person.joined, person.left) == (MONDAY, None)
    assert [person.there(MONDAY + timedelta(days=days)) for days in (-1, 0, 7, 300)] == [False, True, True, True]


def test_who_left_is_judged_to_the_last_day_and_again_after_coming_back() -> None:
    friday, april = MONDAY + timedelta(days=4), date(2027, 4, 1)
    given_up = member(LI, ZHANG, end=30)
    gone = member(LI, ZHANG_2, seq=2, id="m2", left=friday, end=80)
    person = team(given_up, gone).person("A017")
    assert person
    assert person.left == friday
    assert person.there(friday)
    assert not person.there(friday + timedelta(days=1))
    back = team(given_up, gone, member(LI, EVE, seq=3, id="m3", joined=april)).person("A017")
    assert back
    assert back.left is None
    assert [back.there(day) for day in (MONDAY, friday, april - timedelta(days=1), april)] == [True, True, False, True]


def test_a_device_given_up_after_its_person_came_back_is_judged_until_that_person_leaves_anew() -> None:
    friday, april, june = MONDAY + timedelta(days=4), date(2027, 4, 1), date(2027, 6, 30)
    gone = member(LI, ZHANG, left=friday, end=30)
    # Its successor is not known on this machine yet, the one beside it left in June.
    given_up = member(LI, ZHANG_2, seq=2, id="m2", joined=april, end=80)
    beside = member(LI, EVE, seq=3, id="m3", joined=april, left=june)
    person = team(gone, given_up, beside).person("A017")
    assert person
    assert person.left == june
    days = (friday, friday + timedelta(days=1), april, june, june + timedelta(days=1))
    assert [person.there(day) for day in days] == [True, False, True, True, False]
    alone = team(gone, given_up).person("A017")
    assert alone
    assert alone.there(april)


def test_the_hire_date_is_that_of_the_device_let_in_first() -> None:
    september, november = date(2026, 9, 1), date(2026, 11, 20)
    first = member(LI, ZHANG, hired=september)
    # Its request is the older one; a supervisor answered it later.
    later = member(LI, ZHANG_2, seq=2, id="m2", at=NEXT_DAY, hired=november, joined=MONDAY - timedelta(days=30))
    lost = member(LI, ZHANG, seq=3, id="m3", at=NEXT_DAY, hired=september, end=30, replaces=("m1",))
    for records in ([first, later], [later, first], [first, later, lost], [lost, later, first]):
        assert _hired(team(*records)) == september
    # What a supervisor wrote anew about the first device holds for the person too.
    anew = member(LI, ZHANG, seq=3, id="m3", hired=MONDAY, replaces=("m1",))
    assert _hired(team(first, later, anew)) == _hired(team(anew, later, first)) == MONDAY


def _hired(membership: Membership) -> date:
    person = membership.person("A017")
    assert person
    return person.hired
