"""What supervisors do in the model's world. `number` chooses among what there is."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from agent_tui.book.members import devices
from shared_rules.policies.policy import builtin_text
from shared_rules.records.parts import Meeting, Presence, Step
from tests.faults.model_desk import PHONES, Act, leads
from tests.faults.model_world import AGENTS, Machine, World

_RULES = ("att.late", "conduct.harm", "meet.missed")
_STEPS: tuple[Step, ...] = ("visited", "file", "signed")
_MEETINGS: tuple[Meeting, ...] = ("daily", "company", "training")
_PRESENCE: tuple[Presence, ...] = ("present", "late", "missed")
_TAKEN_BACK = (
    "payment", "grade_step", "owner", "attendance", "punch_check", "release", "visit_report", "hired", "review",
    "coaching", "refusal", "flag", "dismissal", "plan",
)  # fmt: skip


def points(_: World, machine: Machine, number: int) -> None:
    rule = _RULES[number // 2 % 3]
    day = machine.book.today() - timedelta(days=number // 6 % 2)
    machine.book.supervisor.points(AGENTS[number % 2], rule, day, note=str(number))


def excuse(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.excuse(AGENTS[number % 2], machine.book.today(), "停电")


def time_away(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.time_away(AGENTS[number % 2], "visit", machine.book.today(), 60)


def verify(world: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.verify(world.some(number // 2, "call"), bool(number % 2), "查过")


def rule_on(world: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.rule_on(world.some(number // 2, "points", "verdict"), upheld=bool(number % 2), text="裁")


def withdraw(world: World, machine: Machine, number: int) -> None:
    id = world.some(number, "points", "excuse", "time_away", "confirm")
    world.confirmed |= world.written[id].line.kind == "confirm" if id in world.written else False
    machine.book.supervisor.withdraw(id)


def decide(world: World, machine: Machine, number: int) -> None:
    id = world.some(number // 2, "request")
    if number % 2:
        machine.book.supervisor.approve(id)
    else:
        machine.book.supervisor.refuse(id, "不")


def payment(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.payment(
        PHONES[number % 12], "100.55", machine.book.today(), agent=AGENTS[number // 12 % 2], note=str(number)
    )


def lift(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.lift(PHONES[number % 12])


def refund(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.payment(
        PHONES[number % 12], "-20", machine.book.today(), agent=AGENTS[number // 12 % 2], note=str(number)
    )


def move_payment(_: World, machine: Machine, number: int) -> None:
    phone = PHONES[number % 12]
    paid = machine.book.read.payments(phone)
    machine.book.supervisor.move_payment(phone, _one_of(paid, number // 24), AGENTS[number // 12 % 2])


def grade_step(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.grade_step(
        PHONES[number % 12],
        _STEPS[number // 12 % 3],
        "A" if number // 36 % 2 else "B",
        by="刘洋" if number // 72 % 2 else "",
        agent=AGENTS[number // 144 % 2] if number // 288 % 2 else None,
    )


def assign(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.assign(PHONES[number % 12], AGENTS[number // 12 % 2], swap=bool(number // 24 % 2))


def visit_report(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.visit_report(PHONES[number % 12], f"拜访{number % 9}")


def accept_offer(_: World, machine: Machine, number: int) -> None:
    machine.book.lists.accept(_one_of(machine.book.lists.offered(), number))


def refuse_offer(_: World, machine: Machine, number: int) -> None:
    machine.book.lists.refuse(_one_of(machine.book.lists.offered(), number), "不")


def accept(world: World, machine: Machine, number: int) -> None:
    world.accepted.add(machine.book.supervisor.accept(_one_of(machine.book.read.proposals(), number)).id)


def dismiss(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.dismiss(_one_of(machine.book.read.proposals(), number), "不")


def approve_plan(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.plan(AGENTS[number % 2], machine.book.read.this_week(), companies=number // 2 % 9)


def review(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.review(AGENTS[number % 2], machine.book.read.this_week(), 1 + number // 2 % 5, "评")


def attendance(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.attendance(
        AGENTS[number % 2], _MEETINGS[number // 2 % 3], machine.book.today(), _PRESENCE[number // 6 % 3]
    )


def punch_check(_: World, machine: Machine, number: int) -> None:
    day = machine.book.today() - timedelta(days=number // 4 % 2)
    machine.book.supervisor.punch_check(AGENTS[number % 2], day, "in" if number // 2 % 2 else "out", "查")


def release(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.release(AGENTS[number % 2], machine.book.today(), "走")


def coaching(world: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.coaching(world.some(number, "call"), "多问")


def pick(world: World, machine: Machine, number: int) -> None:
    """A call is picked for the meeting."""
    machine.book.supervisor.flag(world.some(number, "call"))


def publish_card(world: World, machine: Machine, number: int) -> None:
    older = world.some(number // 100, "card") if number // 50 % 2 else None
    machine.book.supervisor.publish_card(
        "事", machine.book.today(), f"异议{number % 50}", "换位", "问题", instead_of=older
    )


def take_back_card(world: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.take_back_card(world.some(number, "card"))


def offer_card_again(world: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.offer_card_again(world.some(number, "card"))


def notice(_: World, machine: Machine, number: int) -> None:
    until = machine.book.today() + timedelta(days=number // 3 % 2) if number % 3 else None
    machine.book.supervisor.notice(f"通知{number % 9}", until)


def end_notice(_: World, machine: Machine, number: int) -> None:  # noqa: ARG001 - the one that is shown
    machine.book.supervisor.end_notice()


# ---- seldom ----


def confirm(world: World, machine: Machine, number: int) -> None:
    """A day is settled; from then on what was read counts, and the model does not say which that was."""
    world.confirmed = True
    day = machine.book.today() - timedelta(days=number // 2 % 3)
    machine.book.supervisor.confirm(AGENTS[number % 2], day)


def erase(_: World, machine: Machine, number: int) -> None:
    machine.book.erasures.erase(PHONES[number % 12])


def let_in(_: World, machine: Machine, number: int) -> None:  # noqa: ARG001 - all who wait
    """Whoever waits is let in, their words left out."""
    book = machine.book
    for request in book.session.place.membership.waiting():
        with book.writing:
            book.write(devices.approve(book.session, request.writer, None, book.now()), book.now(), members=True)


def end_key(_: World, machine: Machine, number: int) -> None:
    """A key that lives twice is ended, as the board proposes."""
    book = machine.book
    twice = [one.writer for one in book.session.place.membership.reports() if one.code == "cloned"]
    if twice:
        book.members.leave(twice[number % len(twice)], book.today())


def take_back(world: World, machine: Machine, number: int) -> None:
    """A record of one's own that is not withdrawn every day."""
    machine.book.supervisor.withdraw(world.some(number, *_TAKEN_BACK))


def hired(_: World, machine: Machine, number: int) -> None:
    """A hire date that was mistyped is put right."""
    machine.book.supervisor.hired(AGENTS[number % 2], machine.book.today() - timedelta(days=number // 2 % 40))


def publish_policy(_: World, machine: Machine, number: int) -> None:
    """The quota is another from today, or tomorrow, on."""
    toml = builtin_text("handbook").replace("calls = 120", f"calls = {100 + number % 30}")
    machine.book.supervisor.publish_policy(toml, "quota", machine.book.today() + timedelta(days=number // 30 % 2))


def _one_of(found: Sequence[Any], number: int) -> str:
    """The id of one of those; "-" where there is none."""
    return found[number % len(found)].id if found else "-"


BOARD: tuple[Act, ...] = (
    *(points, verify, points, verify, points, rule_on, withdraw, decide, excuse, time_away, payment, let_in) * 8,
    *(
        refund, move_payment, grade_step, grade_step, assign, visit_report, accept_offer, refuse_offer, accept, dismiss,
        approve_plan, review, attendance, punch_check, release, coaching, pick, take_back, leads,
    ) * 3,
    publish_card, take_back_card, offer_card_again, notice, end_notice, hired, publish_policy,
    confirm, confirm, erase, erase, end_key, end_key, lift, lift,
)  # fmt: skip
