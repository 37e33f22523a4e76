"""The thread that syncs: how often, what it tells, and that a share that hangs holds nothing up."""

import threading
from datetime import timedelta

import pytest

from agent_tui.errors import Problem
from agent_tui.store.files import Entry
from agent_tui.store.home import TeamHome
from agent_tui.sync import service as service_room
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.host import Moved
from agent_tui.sync.known import KNOWN, Known, last_known
from agent_tui.sync.service import _POLL_S, Service
from tests.sync.world import START, Desk, World
from tests.waiting import PATIENCE_S


class Hanging(FolderBackend):
    """A share that does not answer, once it is told so."""

    def __init__(self, world: World) -> None:
        super().__init__(world.share)
        self.hangs = False
        self.entered = threading.Event()
        self.release = threading.Event()

    def list(self, prefix: str) -> list[Entry]:
        if self.hangs:
            self.entered.set()
            self.release.wait()
        return super().list(prefix)


def service_of(desk: Desk, told: list[Moved | None] | None = None) -> Service:
    time = desk.world.time
    tell = told.append if told is not None else (lambda _: None)
    return Service(desk.syncer, now=time.now, monotonic=time.monotonic, told=tell)


def settled(service: Service) -> float:
    """The pause after a round that has nothing left to do at once."""
    while (pause := service.step()) == 0.0:
        pass
    return pause


def test_a_poll_leaves_time_for_the_rest_of_two_seconds(world: World) -> None:
    assert settled(service_of(world.desk("desk"))) == _POLL_S < 2


def test_it_backs_off_to_a_minute_and_says_since_when(world: World) -> None:
    desk = world.desk("desk")
    service = service_of(desk)
    settled(service)
    well = service.status()
    assert (well.error, well.offline_since) == (None, None)
    world.share.rename(world.base / "away")
    since = world.time.now()
    pauses = []
    for _ in range(8):
        pauses.append(service.step())
        world.time.wait(pauses[-1])
    assert pauses == [3, 6, 12, 24, 48, 60, 60, 60]
    ill = service.status()
    assert ill.error
    assert str(world.share) in ill.error
    assert "\n" not in ill.error
    assert (ill.offline_since, ill.last_ok) == (since, well.last_ok)
    (world.base / "away").rename(world.share)
    assert settled(service) == _POLL_S
    again = service.status()
    assert (again.error, again.offline_since, again.last_ok) == (None, None, world.time.now())


def test_what_lies_in_the_way_of_one_file_is_said_and_makes_no_poll_seldom(world: World) -> None:
    desk, board = world.desk("desk"), world.desk("board")
    board.log(at=START - timedelta(days=1))
    board.syncer.once()
    old = board.path("2026-11-22")
    old.unlink()
    old.mkdir()
    board.open()
    service = service_of(board)
    for _ in range(5):
        desk.log()
        desk.syncer.round()
        pause = service.step()
        assert pause <= _POLL_S
        world.time.wait(_POLL_S)
    assert board.taken == desk.own
    status = service.status()
    assert status.error
    assert str(old) in status.error
    assert status.offline_since is None
    old.rmdir()
    assert settled(service) == _POLL_S
    assert service.status().error is None


def test_each_round_is_told_with_what_it_moved(world: World) -> None:
    desk = world.desk("desk")
    told: list[Moved | None] = []
    service = service_of(desk, told)
    settled(service)
    desk.log(2)
    service.step()
    assert told[-1] is not None
    assert told[-1].records_out == 2
    assert service.status().published == 2
    world.share.rename(world.base / "away")
    service.step()
    assert told[-1] is None


def test_a_fault_of_the_program_is_reported_and_the_thread_goes_on(world: World) -> None:
    desk = world.desk("desk")
    faults: list[Exception] = []
    service = Service(desk.syncer, now=world.time.now, monotonic=world.time.monotonic, fault=faults.append)
    pulled = desk.pulled

    def broken(**_: object) -> None:
        raise RuntimeError("a customer's name")

    desk.pulled = broken  # type: ignore[method-assign]
    assert service.step() == 2 * _POLL_S
    error = service.status().error
    assert error
    assert "RuntimeError" in error
    assert "customer" not in error
    assert [type(fault) for fault in faults] == [RuntimeError]
    desk.pulled = pulled  # type: ignore[method-assign]
    settled(service)
    assert service.status().error is None


def test_another_process_that_syncs_is_no_error(world: World) -> None:
    desk = world.desk("desk")
    service = service_of(desk)
    settled(service)
    with desk.syncer._files.lock(desk.place.sync_lock):
        assert service.step() == _POLL_S
    assert service.status().error is None


def test_another_process_that_never_lets_go_is_said(world: World) -> None:
    desk = world.desk("desk")
    service = service_of(desk)
    settled(service)
    began = world.time.now()
    with desk.syncer._files.lock(desk.place.sync_lock):  # suspended, or hanging on the share
        service.step()
        world.time.wait(100)
        service.step()
        status = service.status()
    assert status.error
    assert str(desk.place.sync_lock) in status.error
    assert status.offline_since == began
    service.step()
    assert (service.status().error, service.status().offline_since) == (None, None)


def test_a_wake_syncs_before_the_next_poll_and_stop_ends_the_thread(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_room, "_STOP_S", PATIENCE_S)
    monkeypatch.setattr(service_room, "_POLL_S", 100 * PATIENCE_S)  # so that the second round is not a poll
    desk = world.desk("desk")
    rounds = threading.Semaphore(0)
    service = Service(desk.syncer, now=world.time.now, told=lambda _: rounds.release())
    service.start()
    assert rounds.acquire(timeout=PATIENCE_S)
    service.wake()
    assert rounds.acquire(timeout=PATIENCE_S)
    assert service.stop()


def test_what_is_logged_while_the_share_fails_changes_nothing_of_its_next_try(world: World) -> None:
    desk = world.desk("desk")
    world.share.rename(world.base / "away")
    service = service_of(desk)
    service.step()
    for _ in range(20):
        desk.log()
        service.wake()
        assert not service._wake.is_set()
    (world.base / "away").rename(world.share)
    settled(service)
    desk.log()
    service.wake()
    assert service._wake.is_set()


def test_it_stops_while_the_share_hangs_and_says_that_it_does(world: World) -> None:
    share = Hanging(world)
    desk = world.desk("desk", backend=share)
    service = service_of(desk)
    settled(service)
    share.hangs = True
    service.start()
    assert share.entered.wait(PATIENCE_S)
    began = world.time.now()
    assert service.status().error is None
    world.time.wait(20)
    hanging = service.status()
    assert hanging.error
    assert hanging.offline_since == began
    desk.log()  # the desk is not held up
    stopped: list[bool] = []
    stopping = threading.Thread(target=lambda: stopped.append(service.stop()), daemon=True)
    stopping.start()
    stopping.join(PATIENCE_S)
    # Who leaves waits a second at most; how long a machine at work takes for it says nothing.
    assert (stopped, service_room._STOP_S < 1) == ([False], True)
    share.release.set()


def test_what_was_published_is_known_to_those_who_do_not_sync(world: World) -> None:
    desk = world.desk("desk")
    assert last_known(desk.place) == Known()
    desk.log(3)
    desk.syncer.once()
    assert last_known(desk.place) == Known(3, world.time.now())
    world.time.wait(61)
    desk.syncer.round()
    assert last_known(desk.place) == Known(3, world.time.now())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"published":"x","last_ok":null}', b'{"published":1}', b"\xff"])
def test_a_damaged_note_of_it_is_nothing_known(world: World, data: bytes) -> None:
    place: TeamHome = world.desk("desk").place
    (place.path / KNOWN).write_bytes(data)
    assert last_known(place) == Known()


def test_what_fails_as_a_round_is_told_is_said_and_tried_again_after_the_next(world: World) -> None:
    """What is told may open the team that a desk was let into: its own disk can refuse that."""
    desk = world.desk("desk")
    refusals: list[Exception] = [Problem("errors.has_share_no"), ValueError("a fault")]
    faults: list[Exception] = []

    def tell(_: Moved | None) -> None:
        if refusals:
            raise refusals.pop(0)

    service = Service(desk.syncer, now=world.time.now, monotonic=world.time.monotonic, told=tell, fault=faults.append)
    since = world.time.now()
    assert service.step() > _POLL_S
    assert service.status().error == str(Problem("errors.has_share_no"))
    assert service.status().offline_since == since
    assert service.step() > _POLL_S
    assert [str(fault) for fault in faults] == ["a fault"]
    assert settled(service) == _POLL_S
    assert service.status().error is None
