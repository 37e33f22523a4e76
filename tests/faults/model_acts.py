"""What people do in the model's world, and what happens to their machines. `number` chooses among what there is."""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta

import msgspec

from agent_tui.book import Book, CallEntry
from agent_tui.book.members import devices
from agent_tui.book.own import own
from agent_tui.store.journal import Journal
from shared_rules.records import encode
from tests.company import NOW
from tests.faults.model_world import AGENTS, Machine, World
from tests.faults.share import IN_CALLS

CLONES = 3
"""So many copies of homes there may be."""

_PHONES = [f"1380000{number:04}" for number in range(12)]
_OUTCOMES = ("talked", "talked", "talked", "busy", "no_answer", "refused", "do_not_call")
_RULES = ("att.late", "conduct.harm", "meet.missed")
_MINUTES = (1, 5, 30, 30, 300, 300, -30, -600, 1440, -1440, 20 * 1440, -40 * 1440)

Act = Callable[[World, Machine, int], object]


# ---- an agent ----


def entry(number: int, company: str = "宏达") -> CallEntry:
    """A call with one of a few customers."""
    phone, outcome = _PHONES[number % 12], _OUTCOMES[number // 12 % 7]
    lead = number % 5 == 0 and outcome == "talked"
    return CallEntry(
        phone=phone, outcome=outcome, interest="intent" if lead else None, company=f"{company}{phone}", contact="王",
        title="经理", note="要报价" if number % 3 else "",
    )  # fmt: skip


def log(_: World, machine: Machine, number: int) -> None:
    machine.book.own.log(entry(number))


def correct(world: World, machine: Machine, number: int) -> None:
    machine.book.own.correct(world.some(number, "call", of=machine.person), entry(number // 5, "改"))


def void(world: World, machine: Machine, number: int) -> None:
    machine.book.own.void(world.some(number, "call", of=machine.person), "按错")


def command(world: World, machine: Machine, number: int) -> None:
    """Another process of this home logs, and may sync."""
    book = Book.open(machine.home, machine.clock)
    try:
        book.own.log(entry(number))
        if number % 3 == 0:
            book.sync_once()
    finally:
        book.close()
        # It may be in a team, or have a key, which the desk beside it does not know of yet.
        world.note(machine, "*")


def newer(_: World, machine: Machine, number: int) -> None:
    """A newer program at this home writes what this one does not know: a kind, a format, members of a call."""
    session, now = machine.book.session, machine.book.now()
    place = session.place
    draft = own.drafts(session, entry(number), now)[0]
    make = session.pen._maker(draft, now)

    def made(seq: int) -> dict[str, object]:
        members = dict(make(seq)) | {"later": [1, {"more": None}]}
        body = msgspec.json.decode(encode(draft.body))
        if number % 3 == 0:
            return members | {"kind": "of_the_future", "body": {"said": [seq]}}
        if number % 3 == 1:
            return members | {"v": 2}
        return members | {"body": body | {"mood": "glad", "also": {"how": [seq]}}}

    other = Journal(place.where.journal, place.writer, place.zone)
    other.append([made], now)
    other.close()


def hand_in(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.hand_in(machine.book.today() - timedelta(days=number % 2))


def ask(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.ask("leave" if number % 2 else "visit", machine.book.today(), 60 + number % 60, "事")


def appeal(world: World, machine: Machine, number: int) -> None:
    machine.book.agent.appeal(world.some(number, "points", "verdict"), "不服")


def punch(_: World, machine: Machine, number: int) -> None:
    machine.book.agent.punch("in" if number % 2 else "out")


DESK: tuple[Act, ...] = (
    *(log,) * 8, *(correct,) * 4, *(void,) * 2, command, newer, hand_in, ask, appeal, punch,
)  # fmt: skip


# ---- a supervisor ----


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
        _PHONES[number % 12], "100.55", machine.book.today(), agent=AGENTS[number // 12 % 2], note=str(number)
    )


def lift(_: World, machine: Machine, number: int) -> None:
    machine.book.supervisor.lift(_PHONES[number % 12])


# ---- seldom ----


def confirm(world: World, machine: Machine, number: int) -> None:
    """A day is settled; from then on what was read counts, and the model does not say which that was."""
    world.confirmed = True
    day = machine.book.today() - timedelta(days=number // 2 % 3)
    machine.book.supervisor.confirm(AGENTS[number % 2], day)


def erase(_: World, machine: Machine, number: int) -> None:
    machine.book.erasures.erase(_PHONES[number % 12])


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


BOARD: tuple[Act, ...] = (
    *(points, verify, points, verify, points, rule_on, withdraw, decide, excuse, time_away, payment, let_in) * 8,
    confirm, erase, end_key, lift,
)  # fmt: skip


# ---- what happens to a machine ----


def clock(_: World, machine: Machine, number: int) -> None:
    """It is put forward, or back; seldom by weeks."""
    minutes = _MINUTES[number % (12 if number // 12 % 4 == 0 else 8)]
    if abs((machine.clock.at + timedelta(minutes=minutes) - NOW).days) < 60:
        machine.clock.at += timedelta(minutes=minutes)


def start_again(_: World, machine: Machine, number: int) -> None:  # noqa: ARG001
    machine.book.close()
    machine.open()


def read_again(_: World, machine: Machine, number: int) -> None:  # noqa: ARG001
    """Everything of the others comes once more, in another order."""
    machine.book.close()
    for records in machine.home.glob("teams/*/mirror/records"):
        shutil.rmtree(records)
    shutil.rmtree(machine.home / "cache", ignore_errors=True)
    machine.open()


def back_up(world: World, machine: Machine, number: int) -> None:  # noqa: ARG001
    """Its disk is copied, as it is at this moment."""
    kept = world.base / "backups" / machine.name
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(machine.home, kept)


def restore(world: World, machine: Machine, number: int) -> None:  # noqa: ARG001
    """Its disk breaks, and what was backed up is put back: an earlier day, with this day's clock."""
    kept = world.base / "backups" / machine.name
    if not kept.exists():
        return
    others = [one for one in world.machines if one is not machine]
    lost = world.own(machine.home).keys() - world.own(kept).keys() - world.shared().keys()
    if any(lost & world.held(one).keys() for one in others):
        # Somebody has it whom nobody would ask: the share lost it, and gets it back while there is time.
        machine.sync()
        lost -= world.shared().keys()
    for one in others:
        lost -= world.own(one.home).keys()
    # The last copy of what the share lost of a key that nobody publishes with any more may lie here.
    copies = world.held(machine).keys() - world.held_in(kept).keys() - world.shared().keys()
    lost |= copies.difference(*(world.held(one) for one in others))
    if any(lost & world.held(one).keys() for one in others):
        return  # its key lives twice: until it has a new one, its disk alone has what the share lost
    machine.book.close()
    shutil.rmtree(machine.home)
    shutil.copytree(kept, machine.home)
    machine.noted.clear()
    machine.open()
    world.forget(id for id in lost if id in world.written)


def clone(world: World, machine: Machine, number: int) -> None:  # noqa: ARG001
    """Its disk is copied to another machine, and both are used."""
    copies = sum(one.name.startswith("copy") for one in world.machines)
    if copies < CLONES:
        name = f"copy{copies + 1}"
        shutil.copytree(machine.home, world.base / name)
        world.add(name, machine.person, machine.clock.at)


TROUBLE: tuple[Act, ...] = (
    *(clock,) * 5, *(start_again,) * 2, *(back_up,) * 2, read_again, restore, restore, clone, clone,
)  # fmt: skip


# ---- what happens to the share ----


def harm(world: World, number: int) -> None:
    """The share loses the end of a file, or all of it: one that its writer still has and publishes, or that somebody
    has who can refill the share, where nobody will publish with that key any more.
    """
    world.happened(f"harm {number}")
    files = sorted(world.share.glob("records/*/*.jsonl"))
    if files:
        path = files[number % len(files)]
        data, writer = path.read_bytes(), path.name[:16]
        places = [one.book.session.place for one in world.machines]
        journals = [one.where.journal for one in places if one.writer == writer and not one.state.retired]
        copies = [journal / path.name for journal in journals]
        if not copies and not _may_publish(world, writer):
            folders = ("teams/*/journal/", "teams/*/mirror/records/*/")
            copies = [
                copy for one in world.machines for folder in folders for copy in one.home.glob(folder + path.name)
            ]
        if any(copy.exists() and copy.read_bytes().startswith(data) for copy in copies):
            path.write_bytes(data[: max(0, len(data) - number // 7 % 600)])


def _may_publish(world: World, writer: str) -> bool:
    """Whether a desk waits with a key, or has it again where a disk is put back."""
    waiting = (one.book.sharing.waiting for one in world.machines)
    kept = (f"teams/*/journal/{writer}-*", f"teams/*/own/join/{writer}.json")
    return any(one and one.place.writer == writer for one in waiting) or any(
        True for pattern in kept for _ in world.base.glob(f"backups/*/{pattern}")
    )


def fault(world: World, number: int) -> None:
    """The next call of a kind goes wrong, at whichever machine."""
    world.happened(f"fault {number}")
    world.fault = IN_CALLS[number % len(IN_CALLS)]
    world.chance = random.Random(number)
