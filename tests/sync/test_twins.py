"""A key that lives twice, and what others leave in this device's name."""

import errno
import shutil

import pytest

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.sync.folder import FolderBackend
from tests.sync.world import Counted, Desk, World, fresh_read, published


def test_a_restored_home_is_a_clone_and_cuts_nothing(world: World) -> None:
    desk, _ = published(world)
    saved = world.base / "saved"
    shutil.copytree(desk.place.path, saved)
    desk.log(2)
    desk.syncer.round()
    there = desk.path().read_bytes()
    desk.journal.close()
    shutil.rmtree(desk.place.path)
    shutil.copytree(saved, desk.place.path)
    for logged in (0, 1):
        desk.open()
        if logged:
            desk.log()
        desk.syncer.once()
        assert desk.path().read_bytes() == there
        name = f"records/2026-11-23/{desk.path().name}"
        assert [(one, len(data), since) for one, data, since in desk.clones] == [
            (name, len(there), 12 + logged)
        ]  # it logs the very same line
        assert desk.codes() == ["cloned"]
    desk.log()
    desk.syncer.once()
    assert desk.path().read_bytes() == there
    assert len(desk.clones) == 1


def test_of_a_cloned_disk_one_goes_on_and_the_other_is_told(world: World) -> None:
    one, _ = published(world)
    shutil.copytree(one.place.path, world.base / "copy" / "teams" / one.place.path.name)
    other = Desk(world, "copy", one.key, FolderBackend(world.share))
    one.log()
    one.syncer.once()
    other.log(2)
    other.syncer.once()
    one.log()
    one.syncer.once()
    assert other.clones
    assert not one.clones
    assert fresh_read(world, "late") == one.own


def test_a_clone_is_told_though_a_good_line_of_its_own_lies_over_the_end_of_the_others(world: World) -> None:
    """No line here is damaged: what is cut where the other history ends is no line to be mended."""
    one, _ = published(world)
    shutil.copytree(one.place.path, world.base / "copy" / "teams" / one.place.path.name)
    other = Desk(world, "copy", one.key, FolderBackend(world.share))
    one.log()
    one.syncer.once()
    there = one.path().read_bytes()
    other.log()
    other.log(ring="r" * 400)  # longer than the signature that stands there in its place
    assert len(other.journal.path(one.path().name).read_bytes()) > len(there)
    other.syncer.once()
    assert other.codes() == ["cloned"]
    assert not other.syncer.busy
    assert one.path().read_bytes() == there


def test_a_segment_only_the_clone_has_is_found(world: World) -> None:
    one, _ = published(world)
    shutil.copytree(one.place.path, world.base / "copy" / "teams" / one.place.path.name)
    other = Desk(world, "copy", one.key, FolderBackend(world.share))
    world.time.wait(24 * 3600)
    one.log()
    one.syncer.once()
    assert one.path("2026-11-24", 2).exists()
    other.syncer.once()
    assert other.clones
    assert other.codes() == ["cloned"]


def test_a_forged_file_in_my_name_is_said_and_replaced_when_its_number_comes(world: World) -> None:
    desk, good = published(world)
    forged = desk.path("2026-11-24", 2)
    forged.parent.mkdir()
    forged.write_bytes(good)  # my lines and signatures, but for another segment
    desk.syncer.once()
    assert desk.codes() == ["clone_segment"]
    assert not desk.clones
    assert forged.read_bytes() == good
    world.time.wait(24 * 3600)
    desk.log(2)
    desk.syncer.once()
    assert fresh_read(world, "late") == desk.own


def test_a_file_in_the_place_of_a_day_keeps_nobody_from_seeing_what_both_copies_of_a_key_have(world: World) -> None:
    desk, _ = published(world)
    (world.share / "records" / "2020-01-01").write_bytes(b"")
    assert desk.syncer.last_common() == desk.journal.last_seq


def test_a_file_in_my_name_that_is_taken_away_again_keeps_nothing_from_the_share(world: World) -> None:
    desk, _ = published(world)
    stranger = desk.path("2026-11-22", 99)
    stranger.parent.mkdir()
    stranger.write_bytes(b"x\n")
    desk.log()
    world.time.wait(70)
    desk.syncer.round()
    assert [one.code for one in desk.syncer.findings] == ["clone_segment"]
    stranger.unlink()
    for _ in range(2):
        desk.log()
        world.time.wait(70)
        desk.syncer.round()
    assert desk.syncer.published == desk.journal.last_seq
    assert not list(desk.syncer.findings)


def test_files_in_my_name_are_read_once_and_in_bounded_rounds(world: World) -> None:
    share = Counted(world.share)
    desk = world.desk("desk", backend=share)
    desk.syncer.once()
    folder = desk.path("2026-11-22").parent
    folder.mkdir(parents=True)
    for number in range(100, 120):
        with (folder / desk.path(number=number).name).open("wb") as file:
            file.truncate(4 * 1024 * 1024)
    desk.log()
    world.time.wait(70)
    desk.syncer.round()
    assert desk.syncer.published == 1
    assert desk.syncer.busy
    while desk.syncer.busy:
        desk.syncer.round()
    assert sorted(desk.codes()) == ["clone_segment"] * 20
    before = share.bytes_read
    desk.log()
    desk.syncer.round()
    assert share.bytes_read - before < 100_000


def test_a_twin_found_as_the_share_goes_is_told_when_it_is_back(world: World) -> None:
    desk = world.desk("desk")
    desk.log()
    desk.syncer.once()
    shutil.copytree(world.base / "desk", world.base / "twin")
    desk.log(2)
    desk.syncer.once()
    twin = Desk(world, "twin", desk.key, FolderBackend(world.share))
    twin.log()
    there = twin.backend.list

    def going(prefix: str) -> list[Entry]:
        if prefix == "records/" and twin.syncer._publisher.cloned:
            raise OSError(errno.EIO, "the share is away")
        return there(prefix)

    twin.backend.list = going  # type: ignore[method-assign]
    with pytest.raises(Problem):
        twin.syncer.once()
    assert not twin.clones
    twin.backend.list = there  # type: ignore[method-assign]
    twin.syncer.once()
    assert len(twin.clones) == 1
    twin.syncer.once()
    assert len(twin.clones) == 1
