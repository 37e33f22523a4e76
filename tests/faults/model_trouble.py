"""What happens to the machines and to the share in the model's world. `number` chooses among what there is."""

import random
import shutil
from datetime import timedelta

from tests.company import NOW
from tests.faults.model_desk import Act
from tests.faults.model_world import Machine, World
from tests.faults.share import IN_CALLS

CLONES = 3
"""So many copies of homes there may be."""

_MINUTES = (1, 5, 30, 30, 300, 300, -30, -600, 1440, -1440, 20 * 1440, -40 * 1440)


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
