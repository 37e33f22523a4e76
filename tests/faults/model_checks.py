"""What must hold in the model's world after quiet: every machine has every record, all books are alike."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from agent_tui.book import Book
from agent_tui.errors import Problem
from shared_rules.records.kinds import BODIES, encode
from shared_rules.records.lines import FORMAT
from tests.faults.model_board import let_in
from tests.faults.model_desk import PHONES
from tests.faults.model_world import AGENTS, Machine, World

_ROUNDS = 20
_NEWS = ("records_in", "records_out", "documents_out", "bytes_out", "mended")


def quiet(world: World) -> None:
    """No more faults: everybody syncs, and whoever waits is let in, until nothing moves."""
    world.fault = None
    ended: set[tuple[str, int]] = set()
    for _ in range(_ROUNDS):
        moved = 0
        for machine in world.machines:
            known = len(world.written)
            # A key file that is taken and dropped again, as whoever made it is gone and erased customers are in it, is
            # no news.
            moved += sum(count for name, count in machine.sync().items() if name in _NEWS)
            world.note(machine)
            assert len(world.written) == known, f"the sync of {machine.name} invented {list(world.written)[known:]}"
        for machine in world.machines:
            place = machine.book.session.place
            if place.owner and place.supervisor and place.membership.waiting():
                let_in(world, machine, 0)
                world.note(machine)
                moved += 1
        if not moved and not _ends_moved(world, ended):
            break
    else:
        raise AssertionError("there is no quiet")
    waiting = [machine.name for machine in world.machines if machine.book.identity.waiting]
    assert not waiting, f"{waiting} wait for ever"


def _ends_moved(world: World, known: set[tuple[str, int]]) -> bool:
    """The supervisor says the end of a key again where lines of it came later, each of them `known` afterwards."""
    boss = next(machine for machine in world.machines if machine.name == "boss")
    late = {(one.writer, one.seq) for one in boss.book.session.folds.left_out.values() if one.why == "ended"} - known
    known |= late
    _end(world, {writer for writer, _ in late})
    return bool(late)


def _done_as_proposed(world: World, ended: set[str]) -> bool:
    """What `check` proposes is done: files that the share lost are put back by who has them; a key of which machines
    stand by different histories is `ended`. Whether there was anything to do.
    """
    apart: set[str] = set()
    put_back = 0
    for machine in world.machines:
        machine.sync()
        found = machine.book.upkeep.check().findings
        apart |= {one.where.rpartition("/")[2][:16] for one in found if one.code == "changed"}
        if any(one.code in ("gone", "shrunk") for one in found):
            put_back += machine.book.upkeep.refill(str(world.share)).segments
    apart -= ended
    ended |= apart
    _end(world, apart)
    return bool(apart or put_back)


def _end(world: World, writers: set[str]) -> None:
    """The supervisor ends these, by a clock that is put right: by one that is weeks behind, the day would be before
    somebody was hired.
    """
    if not writers:
        return
    boss = next(machine for machine in world.machines if machine.name == "boss")
    latest = max(machine.clock.at for machine in world.machines) + timedelta(seconds=1)
    boss.clock.at = latest.replace(microsecond=boss.clock.at.microsecond)
    for writer in sorted(writers):
        with suppress(Problem):
            boss.book.members.leave(writer, boss.book.today())
    world.note(boss)


def check(world: World) -> None:
    """Raises AssertionError where something is lost, invented or told otherwise elsewhere.

    Where `check`, the command, proposes something, it must be so once that is done.
    """
    ended: set[str] = set()
    while True:
        try:
            return _all_alike(world)
        except AssertionError:
            if not _done_as_proposed(world, ended):
                raise
            quiet(world)


def _all_alike(world: World) -> None:
    _same_time(world.machines)
    _all_is_there(world)
    _the_share_is_the_journals(world)
    for agent in AGENTS:
        seen = [one for one in world.machines if one.supervisor or one.person == agent]
        first = told(seen[0].book, agent, world)
        for machine in seen[1:]:
            _same(first, told(machine.book, agent, world), f"{agent} at {machine.name} and {seen[0].name}")
        again = seen[world.steps % len(seen)]
        again.book.close()
        again.open()
        # Before anything else is looked at.
        place = world.steps // 7 % len(first[0]) if first[0] else 0
        for day in sorted(world.days)[place : place + 1]:
            assert _told_of(again.book, agent, day) == first[0][place], f"{day} of {agent} at {again.name}, at first"
        _same(first, told(again.book, agent, world), f"{agent} at {again.name}, started again")
        _as_the_set_says(world, again.book, agent)
    _shown_alike(world, AGENTS[world.steps % 2])


def _shown_alike(world: World, agent: str) -> None:
    """Whoever has the same rights is shown the same, also by a program that was just started."""
    for group in (
        [one for one in world.machines if one.supervisor],
        [one for one in world.machines if one.person == agent],
    ):
        first = _shown(group[0], agent, world)
        for machine in (*group[1:], group[world.steps % len(group)]):
            if machine is group[world.steps % len(group)]:
                machine.book.close()
                machine.open()
            for what, there in _shown(machine, agent, world).items():
                assert there == first[what], f"{what} of {agent} at {machine.name}: {there}, at first: {first[what]}"


def _shown(machine: Machine, agent: str, world: World) -> dict[str, Any]:
    """What a machine shows of an agent beside the days, by what it is."""
    book, read, days = machine.book, machine.book.read, sorted(world.days)
    shown: dict[str, Any] = {"cards": book.cards(), "notice": book.notice(), "rules": read.policy_versions()}
    for month in sorted({f"{day:%Y-%m}" for day in days}):
        if month <= f"{book.today():%Y-%m}" and read.owed(agent, month):
            shown[f"statement {month}"] = read.statement(agent, month)
    for week in sorted({f"{day:%G-W%V}" for day in days}):
        shown[f"week {week}"] = read.week(agent, week)
    for day in days:
        shown[f"records {day}"] = sorted(map(repr, read.day_records(agent, day)))
        shown[f"phase {day}"] = read.phase(agent, day)
    shown["notes"] = sorted(map(repr, read.notes(agent, days[0]) if days else ()))
    shown["visits"] = sorted(map(repr, read.visit_reports(agent, days[0]) if days else ()))
    shown["requests"] = sorted(map(repr, read.requests(agent)))
    if machine.supervisor:
        shown |= {
            "proposals": sorted(map(repr, read.proposals(agent, open_only=False))),
            "appeals": sorted(map(repr, read.appeals())),
            "repeats": sorted(map(repr, read.repeats())),
            "offered": sorted(map(repr, book.lists.offered())),
        }
        for day in days:
            shown[f"stays {day}"] = read.stays(agent, day)
            shown[f"attendance {day}"] = sorted(map(repr, read.attendance(day)))
            shown[f"suspects {day}"] = read.suspects(agent, day)
            shown[f"meeting {day}"] = sorted(map(repr, read.meeting(day)))
    book.customers.build()
    shown["lists"] = sorted(map(repr, book.lists.progress()))
    for phone in PHONES:
        file = book.lists.file(phone)
        shown[phone] = (
            file.company, file.owner, file.listed, sorted(map(repr, file.events)),
            sorted((call.id, call.outcome) for call in file.calls),
            sorted((row.agent, row.last, row.outcome, row.company, row.contact, row.lead_at) for row in file.rows),
        )  # fmt: skip
    return shown


def told(book: Book, agent: str, world: World) -> list[Any]:
    """All that a machine tells of an agent."""
    days = sorted(world.days)
    return [
        [_told_of(book, agent, day) for day in days],
        [
            sorted(
                (
                    one.id, one.outcome, one.valid, one.lead, one.why_not or "", one.pending, one.late, one.corrected,
                    encode(one.customer).decode() if one.customer else "",
                )
                for one in book.calls(agent, day)
            )
            for day in days
        ],
        [book.ledger(agent, month) for month in sorted({f"{day:%Y-%m}" for day in days})],
    ]  # fmt: skip


def _told_of(book: Book, agent: str, day: date) -> tuple[Any, ...]:
    one = book.day(agent, day)
    return one.day, one.figures, one.quota, one.points, one.estimate, one.state, one.shortfall, one.beside


def _same_time(machines: Iterable[Machine]) -> None:
    """What depends on the day it is can be compared on one day alone."""
    at = max(machine.clock.at for machine in machines) + timedelta(seconds=1)
    for machine in machines:
        machine.clock.at = at


def _same(first: list[Any], other: list[Any], where: str) -> None:
    for one, two in zip(first, other, strict=True):
        pairs = zip(one, two, strict=True) if isinstance(one, list) else [(one, two)]
        for this, that in pairs:
            assert this == that, f"{where} differ: {this} / {that}"


def _all_is_there(world: World) -> None:
    twice = _keys_that_lived_twice(world)
    for machine in world.machines:
        held = world.held(machine)
        invented = held.keys() - world.written.keys() - world.before
        assert not invented, f"{machine.name} has {invented}, which nobody wrote"
        for id in world.written.keys() - held.keys():
            one = world.written[id]
            # What this program does not know it cannot bring over from a key that lives twice: a newer one does.
            assert one.line.writer in twice and (one.line.kind not in BODIES or one.line.v > FORMAT), (
                f"{machine.name} lacks {one.line.kind} {id} of {one.machine}"
            )
        for id, (line, raw) in held.items():
            one_ = world.written.get(id)
            # A lead's id tells its number: both machines of a copied key may have put it on a list.
            if one_ and line.kind != "lead" and (line.writer, line.seq) == (one_.line.writer, one_.line.seq):
                assert raw == one_.raw, f"{id} is not as it was written"


def _keys_that_lived_twice(world: World) -> set[str]:
    """The writers of which a request says that another machine has their key too."""
    found = set()
    for path in world.share.glob("join/*.json"):
        if twin := msgspec.json.decode(path.read_bytes()).get("twin"):
            found.add(twin["writer"])
    return found


def _the_share_is_the_journals(world: World) -> None:
    for machine in world.machines:
        place = machine.book.session.place
        for segment in place.journal.segments():
            path = world.share / "records" / segment.day.isoformat() / segment.name
            assert path.exists(), f"{path.name} of {machine.name} is not on the share"
            assert path.read_bytes() == place.journal.path(segment.name).read_bytes(), f"{path.name} is another"


def _as_the_set_says(world: World, book: Book, agent: str) -> None:
    shown = {one.id: one for day in world.days for one in book.calls(agent, day)}
    lines = [one.line for one in world.written.values() if one.line.v == FORMAT and one.line.agent == agent]
    calls = {line.id: msgspec.json.decode(line.body) for line in lines if line.kind == "call"}
    assert shown.keys() == calls.keys(), f"calls of {agent}: {shown.keys() ^ calls.keys()} missing or invented"
    entries = {one.id for month in {f"{day:%Y-%m}" for day in world.days} for one in book.ledger(agent, month).entries}
    points = {line.id for line in lines if line.kind == "points"}
    points -= world.accepted  # of several that accept one proposal one is shown
    assert points <= entries, f"entries of {agent} are missing: {points - entries}"
    if world.confirmed:
        return
    changes: dict[str, list[tuple[datetime, Any, str, str]]] = {id: [] for id in calls}
    for line in lines:
        if line.kind in ("correction", "void"):
            body = msgspec.json.decode(line.body)
            changes[body["about"]["id"]].append((datetime.fromisoformat(line.at), body, line.kind, line.id))
    for id, made in changes.items():
        replaced = {old for _, body, _, _ in made for old in body.get("replaces", ())}
        free = sorted((one for one in made if one[3] not in replaced), key=lambda one: one[0])
        void = bool(free) and free[-1][2] == "void"
        assert (shown[id].why_not == "void") == void, f"call {id}: {shown[id]}, {made}"
        if not void:
            outcome = free[-1][1]["call"]["outcome"] if free else calls[id]["outcome"]
            assert shown[id].outcome == outcome, f"call {id} is {shown[id].outcome}, not {outcome}: {made}"
